"""pip's requirement files, as `colabify.requirements` reads them, and what all formats share."""

import pytest
from packaging.requirements import Requirement

from colabify.requirements import (
    Problem,
    Reading,
    applicable,
    read_pip_file,
)
from colabify.runtime import load_runtime

NONSENSE = "is not a requirement that pip would read."


def read(text, files=None, source="requirements.txt"):
    files = {name: data.encode() for name, data in (files or {}).items()}
    return read_pip_file(text, source, files.get)


def declared(reading):
    return [(d.name, d.requirement, d.line) for d in reading.declared]


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
            "git+https://x.org/a.git@v1#egg=My_A&subdirectory=b",
            [("my-a", "My_A @ git+https://x.org/a.git@v1#egg=My_A&subdirectory=b", 1)],
            id="address whose fragment has the name",
        ),
        pytest.param(
            "-e git+git://github.com/o/a.git#egg=a",
            [("a", "a @ git+https://github.com/o/a.git#egg=a", 1)],
            id="address by a protocol that GitHub has given up",
        ),
        pytest.param(
            "a @ git+git://github.com/o/a.git",
            [("a", "a @ git+https://github.com/o/a.git", 1)],
            id="address with a name, by that protocol",
        ),
        pytest.param(
            "-e git+https://x.org/a#egg=a[dev]",
            [("a", "a[dev] @ git+https://x.org/a#egg=a[dev]", 1)],
            id="editable address, with an extra",
        ),
        pytest.param(
            "https://x.org/whl/My_A-1.0-py3-none-any.whl ; python_version > '3'",
            [
                (
                    "my-a",
                    "my-a @ https://x.org/whl/My_A-1.0-py3-none-any.whl ; python_version > '3'",
                    1,
                )
            ],
            id="wheel's address, with a marker",
        ),
        pytest.param(
            "https://x.org/a-1.0.tar.gz",
            [("a", "a @ https://x.org/a-1.0.tar.gz", 1)],
            id="source distribution's address",
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
            "--pre\n--no-binary :all:\n--prefer-binary\n--require-hashes\na",
            [("a", "a", 5)],
            id="options that say nothing of what is needed",
        ),
        pytest.param(
            "-i https://pypi.tuna.tsinghua.edu.cn/simple\n--trusted-host x.org\nmine",
            [("mine", "mine", 3)],
            id="a mirror of PyPI",
        ),
        pytest.param(
            "# platform: linux-64\n_libgcc_mutex=0.1=main\npython=3.8.5=h7_1\nnumpy=1.19.2=py38_0\n"
            "pytorch=1.9.0=py3.8_cpu\nmine=1.0=pypi_0",
            [("numpy", "numpy==1.19.2", 4), ("torch", "torch==1.9.0", 5), ("mine", "mine==1.0", 6)],
            id="conda list --export",
        ),
    ],
)
def test_requirements_are_read(text, expected):
    reading = read(text)
    assert declared(reading) == [(name, Requirement(s), line) for name, s, line in expected]
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("numpy=1.19.2", f"numpy=1.19.2 {NONSENSE[:-1]}: write == for =.", id="one ="),
        pytest.param("numpy==", f"numpy== {NONSENSE}", id="no version"),
        pytest.param("pip install numpy", f"pip install numpy {NONSENSE}", id="a command"),
        pytest.param("numpy>>1", f"numpy>>1 {NONSENSE}", id="no specifier"),
        pytest.param("numpy==1.0.x1.*", f"numpy==1.0.x1.* {NONSENSE}", id="version not of PEP 440"),
        pytest.param("<" * 200, f"{'<' * 79}… {NONSENSE}", id="long"),
        pytest.param("a\x07b\x1b[31m", f"a\ufffdb\ufffd[31m {NONSENSE}", id="control characters"),
        pytest.param(
            "a; python_verson < '3'",
            "a; python_verson < '3' has a marker that pip would not read.",
            id="unknown marker variable",
        ),
        pytest.param(
            "-r more.txt",
            "more.txt cannot be read, though requirements.txt includes it.",
            id="missing include",
        ),
        pytest.param(
            "-c ../pins.txt",
            "../pins.txt is not read: it is not in the repository.",
            id="include outside",
        ),
        pytest.param(
            "-r /etc/passwd",
            "/etc/passwd is not read: it is not in the repository.",
            id="include of an absolute path",
        ),
        pytest.param(
            "-r https://x.org/r.txt",
            "https://x.org/r.txt is not read: it is not in the repository.",
            id="include of an address",
        ),
        pytest.param("-r", "-r is not followed: -r option requires 1 argument.", id="no value"),
        pytest.param(
            "--what x", "--what x is not followed: no such option: --what.", id="no option"
        ),
        pytest.param("-e .'", "-e .' is not followed: No closing quotation.", id="no quotation"),
        pytest.param("-e . b", "-e . b is not followed: b belongs to no option.", id="two things"),
        pytest.param(
            "--extra-index-url https://me:secret@download.pytorch.org/whl/cu118",
            "https://download.pytorch.org/whl/cu118 is not looked at: packages are taken from PyPI alone.",
            id="a vendor's index",
        ),
        pytest.param(
            "git+https://x.org/a",
            "git+https://x.org/a does not say which distribution it is: write name @ git+https://x.org/a.",
            id="address without a name",
        ),
        pytest.param(
            "https://github.com/o/a/archive/v1-2.tar.gz",
            "https://github.com/o/a/archive/v1-2.tar.gz does not say which distribution it is: "
            "write name @ https://github.com/o/a/archive/v1-2.tar.gz.",
            id="archive named after a tag",
        ),
        pytest.param(
            "c @ git+https://me:secret@x.org/c",
            "c @ git+https://x.org/c is not followed: "
            "it has a user name or a password in it, which would be published.",
            id="credentials",
        ),
        pytest.param(
            "git+https://secret@x.org/c#egg=c",
            "git+https://x.org/c is not followed: "
            "it has a user name or a password in it, which would be published.",
            id="token, no @ name",
        ),
        pytest.param(
            "c @ https://${TOKEN}@x.org/c.whl",
            "c @ https://x.org/c.whl is not followed: "
            "it needs an environment variable that Colab does not have.",
            id="environment variable",
        ),
        pytest.param(
            "-e git+git@github.com:o/c.git#egg=c",
            "git+git@github.com:o/c.git#egg=c is not followed: "
            "it needs an SSH key, which Colab does not have; give its https address.",
            id="SSH",
        ),
        pytest.param(
            "c @ file:///home/me/c",
            "c @ file:///home/me/c is not followed: only an https address can be fetched on Colab.",
            id="file",
        ),
        pytest.param(
            "./wheels/a-1.0-py3-none-any.whl",
            "./wheels/a-1.0-py3-none-any.whl is a file, which is not followed: "
            "name a version of it on PyPI.",
            id="wheel",
        ),
        pytest.param("../../a", "../../a is not in the repository.", id="folder outside"),
    ],
)
def test_what_is_not_followed_is_one_problem_and_the_rest_is_read(line, message):
    reading = read(f"a\n{line}\nb\n")
    assert declared(reading) == [("a", Requirement("a"), 1), ("b", Requirement("b"), 3)]
    of_a_name = line.startswith("./wheels")
    assert reading.problems == (Problem("requirements.txt", 2, message, of_a_name),)


@pytest.mark.parametrize(
    "line",
    ["--index-url https://x.org/simple", "-f ./wheels", "--extra-index-url=http://10.0.0.1/simple"],
)
def test_what_may_be_another_indexs_alone_is_not_taken_from_pypi(line):
    reading = read(f"numpy\ncourse-secret-tools\n{line}\nmine @ https://x.org/mine-1.zip\n")
    assert [one.name for one in reading.declared] == ["numpy", "mine"]
    assert [one.line for one in reading.problems] == [3, 2]
    assert reading.problems[1].message.startswith("course-secret-tools may come from ")


@pytest.mark.parametrize(
    ("source", "text", "files", "local"),
    [
        ("requirements.txt", "-e .\n--editable=./\n-e .[dev]\n.\na", ["setup.py"], ("",)),
        ("week1/requirements.txt", "-e ..", ["setup.py"], ("",)),
        ("requirements.txt", "./tools\n-e libs/b", ["tools/setup.py"], ("tools", "libs/b")),
        ("requirements/dev.txt", "-e .", ["pyproject.toml"], ("",)),
        ("a/requirements.txt", "-e .", ["a/setup.cfg", "setup.py"], ("a",)),
    ],
)
def test_packages_of_the_repositorys_own_are_folders(source, text, files, local):
    reading = read(text, dict.fromkeys(files, "#"), source)
    assert reading.local == local
    assert reading.itself
    assert reading.problems == ()


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
    (one,) = read(line).declared
    assert applicable(one, load_runtime(runtime)) is holds


def test_an_empty_file_says_nothing():
    assert read("") == Reading()
