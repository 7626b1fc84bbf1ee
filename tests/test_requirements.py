"""Requirement files, as `colabify.requirements` reads them."""

import codecs

import pytest
from packaging.requirements import Requirement

from colabify.requirements import Problem, applicable, decode_requirements, read_requirements
from colabify.runtime import load_runtime

OPTION = "is not followed."
CONDA = "is a line of conda's, which pip does not read."
ADDRESS = "is a path or an address without a name, which is not followed."
NONSENSE = "is not a requirement that pip would read."


def read(text):
    declared, problems = read_requirements(text, "requirements.txt")
    return [(d.name, d.requirement, d.line) for d in declared], problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("\n  \n# numpy\n", [], id="blank lines and comments"),
        pytest.param("numpy", [("numpy", "numpy", 1)], id="name, no final newline"),
        pytest.param(
            "\nScikit_Learn >= 1.0\n",
            [("scikit-learn", "Scikit_Learn>=1.0", 2)],
            id="name is normalised",
        ),
        pytest.param(
            "numpy  # fast\r\nscipy\r\n",
            [("numpy", "numpy", 1), ("scipy", "scipy", 2)],
            id="inline comment, CRLF",
        ),
        pytest.param("gym[atari,box2d]==0.21", [("gym", "gym[atari,box2d]==0.21", 1)], id="extras"),
        pytest.param(
            'pywin32; sys_platform == "win32"',
            [("pywin32", 'pywin32; sys_platform == "win32"', 1)],
            id="marker",
        ),
        pytest.param(
            "a @ git+https://x.org/a#egg=a",
            [("a", "a @ git+https://x.org/a#egg=a", 1)],
            id="address with a name",
        ),
        pytest.param(
            "numpy \\\n  >=1.0\nscipy",
            [("numpy", "numpy>=1.0", 1), ("scipy", "scipy", 3)],
            id="continued",
        ),
        pytest.param(
            "numpy \\\n# why\nscipy",
            [("numpy", "numpy", 1), ("scipy", "scipy", 3)],
            id="comment ends a continuation",
        ),
        pytest.param("numpy \\", [("numpy", "numpy", 1)], id="continued by nothing"),
        pytest.param(
            "# a comment \\\nnumpy", [("numpy", "numpy", 2)], id="comment is not continued"
        ),
        pytest.param(
            "a==1 \\\n  --hash=sha256:0 \\\n  --hash=sha256:1\nb",
            [("a", "a==1", 1), ("b", "b", 4)],
            id="hashes",
        ),
        pytest.param("a==1\n  --hash=sha256:0", [("a", "a==1", 1)], id="hash on a line of its own"),
        pytest.param(
            "-e .\n--editable=./\n-e .[dev]\n.\na", [("a", "a", 5)], id="the repository itself"
        ),
    ],
)
def test_requirements_are_read(text, expected):
    assert read(text) == ([(name, Requirement(s), line) for name, s, line in expected], [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("-r more.txt", OPTION, id="-r"),
        pytest.param("--requirement=more.txt", OPTION, id="--requirement"),
        pytest.param("-c pins.txt  # why", OPTION, id="-c"),
        pytest.param("-e ../other", OPTION, id="-e of another folder"),
        pytest.param("-e git+https://x.org/a#egg=a", OPTION, id="-e of an address"),
        pytest.param("--index-url https://x.org/", OPTION, id="--index-url"),
        pytest.param("numpy=1.19.2=py36_0", CONDA, id="conda list --export"),
        pytest.param("ruamel.yaml=0.15", CONDA, id="conda, without build"),
        pytest.param("git+https://x.org/a", ADDRESS, id="address"),
        pytest.param("./wheels/a-1.0-py3-none-any.whl", ADDRESS, id="path"),
        pytest.param("pip install numpy", NONSENSE, id="a command"),
        pytest.param("numpy>>1", NONSENSE, id="no specifier"),
        pytest.param("numpy==1.0.x1.*", NONSENSE, id="no version"),
    ],
)
def test_what_is_no_requirement_is_reported_and_the_rest_read(line, reason):
    declared, problems = read(f"a\n{line}\nb\n")
    assert declared == [("a", Requirement("a"), 1), ("b", Requirement("b"), 3)]
    shown = line.partition("  #")[0]
    assert problems == [Problem("requirements.txt", 2, f"{shown} {reason}")]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("numpy\n# é\n".encode(), id="UTF-8"),
        pytest.param("numpy\n# é\n".encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(codecs.BOM_UTF16_LE + "numpy\n# é\n".encode("utf-16-le"), id="PowerShell"),
        pytest.param(codecs.BOM_UTF16_BE + "numpy\n# é\n".encode("utf-16-be"), id="UTF-16 BE"),
        pytest.param("numpy\n# é\n".encode("utf-32"), id="UTF-32"),
        pytest.param("numpy\n# é\n".encode("latin-1"), id="Latin-1"),
    ],
)
def test_bytes_are_decoded(data):
    assert decode_requirements(data) == "numpy\n# é\n"


def test_bytes_cut_short_are_still_read():
    assert decode_requirements(codecs.BOM_UTF16_LE + b"a\0\n").startswith("a")


@pytest.mark.parametrize(
    ("line", "runtime", "holds"),
    [
        pytest.param("numpy", "latest", True, id="no marker"),
        pytest.param("pywin32; sys_platform == 'win32'", "latest", False, id="Windows"),
        pytest.param("tomli; python_version < '3.12'", "latest", False, id="the latest Python"),
        pytest.param("tomli; python_version < '3.12'", "2025.07", True, id="an older Python"),
        pytest.param("tomli; python_version < '3.9'", "2025.07", False, id="not the host's Python"),
        pytest.param("pytest; extra == 'dev'", "latest", False, id="extra"),
        pytest.param("a; platform_machine ~= 'x86'", "latest", True, id="no meaning"),
    ],
)
def test_marker_is_asked_on_the_runtime(line, runtime, holds):
    ((declared,), _) = read_requirements(line, "requirements.txt")
    assert applicable(declared, load_runtime(runtime)) is holds
