"""Pipfile, PEP 723 blocks and apt.txt: text in, what they declare and what is wrong out."""

import pytest

from colabify.requirements import Problem, read_script
from colabify.requirements.apt import read_apt_file
from colabify.requirements.pipfile import read_pipfile
from tests.requirement_readings import declared, rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (
            (
                "[packages]\nnumpy = '*'\nscipy = '>=1,<2'\n"
                'a = {version = "==1", extras = ["x"], markers = "os_name == \'nt\'"}\n'
                'b = {git = "https://x.org/b.git", ref = "v1", editable = true}\n'
                "c = {version = '*', python_version = \"< '3'\", sys_platform = \"== 'linux'\"}\n"
                "[dev-packages]\npytest = '*'\n"
            ),
            [
                ("numpy", ""),
                ("scipy>=1,<2", ""),
                ("a[x]==1; os_name == 'nt'", ""),
                ("b @ git+https://x.org/b.git@v1", ""),
                ("c; sys_platform == 'linux' and python_version < '3'", ""),
                ("pytest", "dev-packages"),
            ],
        ),
    ],
)
def test_a_pipfile_is_read(text, expected):
    reading = read_pipfile(text, "Pipfile")
    assert (declared(reading), reading.problems) == (rows(*expected), ())


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("c = 3", "c = 3 is not a requirement."),
        ("c = '1.0'", "c 1.0 is not a requirement that pip would read."),
        ("c = {path = '../c'}", "../c is not in the repository."),
        ("c = {version = '*', index = 'ours'}", "c may have to come from ours, not PyPI."),
        ("c = {version = '*', extras = 'x'}", "c = {'version': '*', 'extras': 'x'} is not a requirement."),
        ("c = {hg = 'https://x.org/c'}", "c @ hg+https://x.org/c is not followed: only an https address can be fetched on Colab."),
        ('"c d" = "*"', "c d is not a requirement that pip would read."),
    ],
)  # fmt: skip
def test_a_bad_entry_of_a_pipfile_is_one_problem(entry, message):
    reading = read_pipfile(f"[packages]\na = '*'\n{entry}\nb = '*'\n", "Pipfile")
    assert [d.name for d in reading.declared] == ["a", "b"]
    assert reading.problems[0].line == 3
    assert [one.message for one in reading.problems] == [message]


def test_a_pipfile_of_another_index_gives_known_names_alone():
    text = "[[source]]\nname = 'ours'\nurl = 'https://x.org/s'\n[packages]\nnumpy = '*'\nsecret = '*'\n"
    reading = read_pipfile(text, "Pipfile")
    assert [d.name for d in reading.declared] == ["numpy"]
    assert [one.line for one in reading.problems] == [6]


@pytest.mark.parametrize("text", ["[packages", "packages = 3"])
def test_a_bad_pipfile_is_one_problem(text):
    assert len(read_pipfile(text, "Pipfile").problems) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1", []),
        (
            (
                "%%time\n# /// script\n# requires-python = '>=3.9'\n# dependencies = [\n#   'numpy<2',\n"
                "#   'rich',\n# ]\n# ///\nimport rich"
            ),
            [("numpy<2", 5), ("rich", 6)],
        ),
        ("# /// other\n# dependencies = ['a']\n# ///\n", []),
        ("s = '''# /// script'''", []),
        ("# /// script\r\n# dependencies = ['a']\r\n#\r\n# ///\r\n", [("a", 2)]),
    ],
)
def test_a_block_in_a_cell_is_read(text, expected):
    reading = read_script(text, "cell 3")
    found = [(str(d.requirement), d.line) for d in reading.declared]
    assert (found, reading.problems) == (expected, ())


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "a\n# /// script\n# dependencies = []\n",
            2,
            "The block # /// script in cell 3 has no end: # ///.",
        ),
        ("# /// script\n# dependencies = 3\n# ///\n", 2, "dependencies in cell 3 is not a list."),
        (
            "# /// script\n# dependencies = []\n# ///\n\n# /// script\n# a = 1\n# ///\n",
            5,
            "Only the first # /// script in cell 3 is read.",
        ),
    ],
)
def test_a_bad_block_is_one_problem(text, line, message):
    assert read_script(text, "cell 3").problems == (Problem("cell 3", line, message),)


def test_a_block_that_is_not_toml_is_one_problem():
    (one,) = read_script("# /// script\n# dependencies = [\n# ///\n", "cell 3").problems
    assert (one.line, one.message.startswith("cell 3 is not TOML: ")) == (2, True)


def test_apt_packages():
    reading = read_apt_file("# tools\nffmpeg graphviz=2.4\n\ng++ # why\n-y\n$(rm)\n", "apt.txt")
    assert reading.system == ("ffmpeg", "graphviz", "g++")
    assert [(one.line, one.message) for one in reading.problems] == [
        (5, "-y is not the name of an Ubuntu package."),
        (6, "$(rm) is not the name of an Ubuntu package."),
    ]
