"""pyproject.toml and its kin: PEP 621, PEP 735, Poetry: text in, what it declares and what is wrong out."""

import pytest
from packaging.requirements import Requirement

from colabify.requirements import Problem
from colabify.requirements.poetry_version import alternatives, python_marker
from tests.requirement_readings import declared, read, rows

PYPROJECT = [
    pytest.param("", [], id="empty"),
    pytest.param("[tool.black]\nline-length = 100", [], id="no dependencies"),
    pytest.param(
        '[project]\nname = "course"\ndependencies = ["numpy>=1", "a @ https://x.org/a.zip"]\n'
        '[project.optional-dependencies]\nplot = ["matplotlib"]\nall = ["course[plot]"]\n',
        [
            ("numpy>=1", ""),
            ("a @ https://x.org/a.zip", ""),
            ("matplotlib", "optional-dependencies plot"),
        ],
        id="PEP 621, an extra of its own",
    ),
    pytest.param(
        '[dependency-groups]\ndev = ["pytest", {include-group = "Doc_S"}]\n"doc-s" = ["sphinx"]\n'
        '[project]\ndependencies = ["numpy"]\n',
        [
            ("numpy", ""),
            ("pytest", "dependency-groups dev"),
            ("sphinx", "dependency-groups doc-s"),
        ],
        id="PEP 735 after the main ones",
    ),
    pytest.param(
        '[tool.setuptools.dynamic]\ndependencies = {file = "r.txt"}\n'
        'optional-dependencies.dev = {file = ["d.txt"]}',
        [("numpy", ""), ("pytest", "dev")],
        id="setuptools, from files",
    ),
    pytest.param(
        '[tool.poetry.dependencies]\npython = "^3.8"\nnumpy = "^1.19"\nscipy = "~1.5"\n'
        'pandas = {version = "1.*", extras = ["io"], optional = true}\nx = "*"\n'
        'y = {git = "https://x.org/y.git", tag = "v1"}\n'
        'z = [{version = "1", python = "<3.9"}, {version = "2", markers = "os_name == \'nt\'"}]\n'
        '[tool.poetry.dev-dependencies]\npytest = "6"\n[tool.poetry.group.docs.dependencies]\nq = "*"',
        [
            ("numpy>=1.19,<2", ""),
            ("scipy>=1.5,<1.6", ""),
            ("pandas[io]==1.*", "optional"),
            ("x", ""),
            ("y @ git+https://x.org/y.git@v1", ""),
            ('z==1 ; python_version < "3.9"', ""),
            ('z==2 ; os_name == "nt"', ""),
            ("pytest==6", "dev"),
            ("q", "docs"),
        ],
        id="Poetry",
    ),
    pytest.param(
        '[tool.poetry]\n[[tool.poetry.source]]\nname = "torchy"\npriority = "explicit"\n'
        'url = "https://download.pytorch.org/whl/cu118"\n'
        '[tool.poetry.dependencies]\ntorch = {version = "2", source = "torchy"}\nmine = "1"\n',
        [("torch==2", ""), ("mine==1", "")],
        id="Poetry, a vendor's index",
    ),
    pytest.param(
        '[tool.uv]\ndev-dependencies = ["a"]\n[tool.pdm.dev-dependencies]\ntest = ["b"]\n'
        '[tool.hatch.envs.default]\ndependencies = ["c"]\nextra-dependencies = ["d"]\n',
        [
            ("b", "dev-dependencies test"),
            ("a", "dev"),
            ("c", "hatch default"),
            ("d", "hatch default"),
        ],
        id="uv, pdm, hatch",
    ),
    pytest.param(
        '[project]\ndependencies = ["a[x]>=1; os_name == \'nt\'", "b", "c"]\n'
        '[tool.uv.sources]\nA = {git = "https://x.org/a", rev = "f0"}\nb = {workspace = true}\n'
        'c = {index = "torchy"}\n[[tool.uv.index]]\nname = "torchy"\n'
        'url = "https://download.pytorch.org/whl"\n',
        [("a[x] @ git+https://x.org/a@f0 ; os_name == 'nt'", ""), ("c", "")],
        id="uv's sources",
    ),
]


@pytest.mark.parametrize(("text", "expected"), PYPROJECT)
def test_pyproject_is_read(text, expected):
    reading = read("pyproject.toml", text, {"r.txt": "numpy", "d.txt": "pytest"})
    assert (declared(reading), reading.problems) == (rows(*expected), ())


def test_lines_of_toml_are_found():
    text = '[project]\nname = "numpy-course"\n\ndependencies = [\n  "scipy",\n  "numpy",\n]\n'
    text += '[tool.poetry.dependencies]\nnumpy = "1"\n'
    assert [d.line for d in read("pyproject.toml", text).declared] == [5, 6, 9]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            '[project]\ndependencies = ["a", 3, "b"]',
            2,
            "3, in dependencies, is not a requirement.",
        ),
        (
            '[project]\ndependencies = ["a", "b", "c=1"]',
            2,
            "c=1 is not a requirement that pip would read: write == for =.",
        ),
        (
            '[project]\ndependencies = ["a", "b", "-e ."]',
            2,
            "-e . is not a requirement that pip would read.",
        ),
        (
            '[project]\ndependencies = ["a", "b"]\n[project.optional-dependencies]\nx = "c"\n',
            4,
            "x in pyproject.toml is not a list.",
        ),
        (
            'dependency-groups = "c"\n[project]\ndependencies = ["a", "b"]\n',
            1,
            "dependency-groups in pyproject.toml is not a table.",
        ),
        (
            '[dependency-groups]\nx = ["a"]\ny = ["b", {include-group = "z"}]\n',
            3,
            "y in pyproject.toml includes z, which is not there.",
        ),
        (
            '[tool.poetry.dependencies]\na = "*"\nc = 3\nb = "*"\n',
            3,
            "c = 3 has no version.",
        ),
        (
            '[tool.poetry.dependencies]\na = "*"\nc = "latest"\nb = "*"\n',
            3,
            "c = latest is not a dependency that Poetry would read.",
        ),
        (
            '[tool.poetry.dependencies]\na = "*"\nb = "<1 || >2"\n',
            3,
            "b <1 || >2 is not one range of versions: any is taken.",
        ),
        (
            '[tool.poetry.dependencies]\na = "*"\nb = "*"\nc = {version = "1", source = "ours"}\n',
            4,
            "c may have to come from ours, not PyPI.",
        ),
        (
            '[tool.poetry.dependencies]\na = "*"\nb = "*"\nc = {path = "../../c"}\n',
            4,
            "../../c is not in the repository.",
        ),
        (
            '[tool.poetry.dependencies]\na = "*"\nb = "*"\n"-r x" = "*"\n',
            4,
            "-r x is not a requirement that pip would read.",
        ),
        (
            '[project]\ndependencies = ["a", "b", "c"]\n[tool.uv.sources]\nc = {index = "ours"}\n',
            2,
            "c may have to come from ours, not PyPI.",
        ),
    ],
)
def test_a_bad_entry_of_pyproject_is_one_problem(text, line, message):
    reading = read("pyproject.toml", text)
    assert [d.name for d in reading.declared] == ["a", "b"]
    assert reading.problems == (Problem("pyproject.toml", line, message),)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("[project", "pyproject.toml is not TOML: "),
        ("a = 1\na = 2", "pyproject.toml is not TOML: "),
        ("a = " + "[" * 5000, "pyproject.toml is not TOML: "),
        ('[project]\ndependencies = "numpy"', "dependencies in pyproject.toml is not a list."),
        ("[tool.poetry]\ndependencies = 3", "tool.poetry.dependencies in pyproject.toml is not"),
        (
            '[tool.setuptools.dynamic]\ndependencies = {file = "../r.txt"}',
            "../r.txt is not read: it is not in the repository.",
        ),
        (
            '[tool.setuptools.dynamic]\ndependencies = {file = "r.txt"}',
            "r.txt cannot be read, though pyproject.toml takes its requirements from there.",
        ),
    ],
)
def test_a_bad_pyproject_is_one_problem(text, start):
    reading = read("pyproject.toml", text)
    assert reading.declared == ()
    assert [one.message.startswith(start) for one in reading.problems] == [True]


@pytest.mark.parametrize("cycle", ['a = [{include-group = "b"}]\nb = [{include-group = "a"}]'])
def test_groups_that_include_each_other_are_named(cycle):
    reading = read("pyproject.toml", f"[dependency-groups]\n{cycle}\n")
    assert [one.message for one in reading.problems] == [
        "The group a in pyproject.toml includes itself: it is read once.",
        "The group b in pyproject.toml includes itself: it is read once.",
    ]


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        ("^1.2.3", [[">=1.2.3", "<2"]]),
        ("^0.2.3", [[">=0.2.3", "<0.3"]]),
        ("^0.0.3", [[">=0.0.3", "<0.0.4"]]),
        ("^0.0", [[">=0.0", "<0.1"]]),
        ("^0", [[">=0", "<1"]]),
        ("^2.0b1", [[">=2.0b1", "<3"]]),
        ("~1.2.3", [[">=1.2.3", "<1.3"]]),
        ("~1.2", [[">=1.2", "<1.3"]]),
        ("~1", [[">=1", "<2"]]),
        ("1.*", [["==1.*"]]),
        ("*", [[]]),
        ("1.2.3", [["==1.2.3"]]),
        (">= 1.2, <2 !=1.5", [[">=1.2", "<2", "!=1.5"]]),
        ("~=1.4", [["~=1.4"]]),
        ("^1.2 || ^2", [[">=1.2", "<2"], [">=2", "<3"]]),
        ("", None),
        ("^", None),
        ("latest", None),
        ("~=1", None),
        ("1.2 - 2", None),
    ],
)  # the first thirteen and the unions are what poetry-core 2.5 makes of them
def test_poetrys_constraints(constraint, expected):
    assert alternatives(constraint) == expected


@pytest.mark.parametrize(
    ("constraint", "marker"),
    [
        ("*", ""),
        ("^3.8", '(python_version >= "3.8" and python_version < "4")'),
        ("~2.7 || >=3.6.1", ('(python_version >= "2.7" and python_version < "2.8") or '
         '(python_full_version >= "3.6.1")')),
        ("3.8.*", '(python_version == "3.8.*")'),
        ("three", None),
    ],
)  # fmt: skip
def test_poetrys_python(constraint, marker):
    assert python_marker(constraint) == marker
    assert not marker or Requirement(f"x ; {marker}")
