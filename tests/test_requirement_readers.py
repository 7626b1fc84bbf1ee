"""No text makes a reader of requirements fail."""

import string

from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement

from colabify.requirements import read_script
from colabify.requirements.apt import read_apt_file
from colabify.requirements.conda_spec import declare_spec
from colabify.requirements.sources import read_file
from colabify.runtime import load_runtime
from tests.strategies import examples

LATEST = load_runtime("latest")


NAMES = [
    "requirements.txt",
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "Pipfile",
    "environment.yml",
    "apt.txt",
]
WORDS = st.sampled_from(
    [
        "numpy",
        "-r",
        "-c",
        "requirements.txt",
        "-e",
        ".",
        "[project]",
        "dependencies",
        "=",
        ":",
        "-",
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "\\",
        ";",
        "==",
        ">=",
        "<",
        "*",
        ",",
        "@",
        "#",
        "# /// script",
        "pip:",
        "setup(",
        "install_requires=",
        ")",
        "[options]",
        "[packages]",
        "!tag",
        "&a",
        "*a",
        "${A}",
        "^1",
        "git+https://a@b/c#egg=d",
        "https://x.org/a.whl",
        "~",
        "\n",
        "\t",
        "\ufeff",
        "  - ",
        "dependencies:",
    ]
)
TEXTS = (
    st.text()
    | st.lists(WORDS, max_size=30).map("".join)
    | st.lists(WORDS, max_size=30).map(" ".join)
)


@examples(300)
@given(name=st.sampled_from(NAMES), text=TEXTS)
def test_no_text_makes_a_reader_fail(name, text):
    reading = read_file(text, name, lambda _: text.encode("utf-8", "replace"))
    for one in reading.declared:
        assert not str(one.requirement).startswith("-")
        assert Requirement(str(one.requirement)) == one.requirement
    assert all("\n" not in one.message for one in reading.problems)
    read_script(f"# /// script\n# {text}\n# ///\n", "cell 1")
    read_apt_file(text, "apt.txt")
    for line in text.splitlines():
        declare_spec(line, "environment.yml", 1)


VERSIONS = st.text(string.digits + ".*^~<>=!|, rcb+", max_size=12) | st.sampled_from(
    ["*", "^1.2", "1.0"]
)


@examples(200)
@given(version=VERSIONS)
def test_no_version_makes_a_reader_fail(version):
    for name, text in (
        ("pyproject.toml", f'[tool.poetry.dependencies]\nx = "{version}"\ny = {{version = "1", python = "{version}"}}'),
        ("Pipfile", f'[packages]\nx = "{version}"'),
        ("environment.yml", f'dependencies: ["numpy{version}", "numpy {version}"]'),
        ("requirements.txt", f"x{version}\nx {version}"),
    ):  # fmt: skip
        names = {one.name for one in read_file(text, name, lambda _: None).declared}
        assert names <= {"x", "y", "numpy"} or name in ("requirements.txt", "environment.yml")
