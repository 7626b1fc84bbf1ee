"""pyproject.toml, setup.cfg, setup.py, Pipfile, PEP 723 blocks, apt.txt: text in, requirements out."""

import pytest
from packaging.requirements import Requirement

from colabify.requirements import Problem, read_script
from colabify.requirements.apt import read_apt_file
from colabify.requirements.pipfile import read_pipfile
from colabify.requirements.poetry_version import alternatives, python_marker
from colabify.requirements.sources import read_file


def read(name, text, files=None):
    files = {path: data.encode() for path, data in (files or {}).items()}
    return read_file(text, name, files.get)


def declared(reading):
    return [(d.requirement, d.group) for d in reading.declared]


def rows(*expected):
    return [(Requirement(text), group) for text, group in expected]


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[metadata]\nname = course\n", []),
        (
            (
                "[metadata]\nname = course\n[options]\ninstall_requires =\n    numpy>=1  \n    # why\n"
                "    course[x]\n    scipy; os_name == 'nt'\n[options.extras_require]\ntest = pytest; mock\n"
                "Old =\n    enum34; python_version < '3'\n"
            ),
            [
                ("numpy>=1", ""),
                ("scipy; os_name == 'nt'", ""),
                ("pytest", "extra test"),
                ("mock", "extra test"),
                ("enum34; python_version < '3'", "extra Old"),
            ],
        ),
        ("[options]\ninstall_requires = file: r.txt, s.txt\n", [("numpy", ""), ("scipy", "")]),
        ("[options]\ninstall_requires = a\ninstall_requires = b%(c)s\n", None),
    ],
)
def test_setup_cfg_is_read(text, expected):
    reading = read("setup.cfg", text, {"r.txt": "numpy", "s.txt": "scipy"})
    if expected is None:
        assert [one.message for one in reading.problems] == [
            "b%(c)s is not a requirement that pip would read."
        ]
    else:
        assert (declared(reading), reading.problems) == (rows(*expected), ())


@pytest.mark.parametrize(
    ("text", "line"),
    [("numpy\n", 1), ("[options]\n\x00\n x", 2), ("[options", 1), ("[a]\nb\n", 2)],
)
def test_a_bad_setup_cfg_is_one_problem(text, line):
    assert read("setup.cfg", text).problems == (
        Problem("setup.cfg", line, "setup.cfg is not an INI file."),
    )


SETUP = "from setuptools import setup\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("setup(name='x')", [], id="nothing"),
        pytest.param(
            "setup(install_requires=['numpy>=1', 'scipy'])", [("numpy>=1", ""), ("scipy", "")],
            id="a list",
        ),
        pytest.param(
            "import setuptools\nsetuptools.setup(install_requires=('numpy',))", [("numpy", "")],
            id="an attribute, a tuple",
        ),
        pytest.param(
            "setup(install_requires='''\nnumpy\n# why\nscipy # y\n''')", [("numpy", ""), ("scipy", "")],
            id="a text",
        ),
        pytest.param(
            "base: list = ['numpy']\nmore = base + list(['scipy'])\n"
            "setup(name='x', install_requires=[*more, 'x'], extras_require={'all': base, ':os_name==\"nt\"': 'q'},"
            " tests_require=['t'])",
            [("numpy", ""), ("scipy", ""), ("numpy", "extra all"), ("q; os_name=='nt'", ""),
             ("t", "tests_require")],
            id="names, a sum, extras, itself",
        ),
        pytest.param(
            "args = dict(install_requires=['numpy'])\nsetup(**args)", [("numpy", "")], id="**dict()"
        ),
        pytest.param(
            "args = {'install_requires': ['numpy']}\nif True:\n    args['x'] = 1\nsetup(**args)",
            [("numpy", "")],
            id="**dict, changed",
        ),
        pytest.param(
            "setup(install_requires=open('r.txt').read().splitlines())", [("scipy", "")], id="open"
        ),
        pytest.param(
            "with open('README.md') as f: long = f.read()\n"
            "with open('r.txt') as f: lines = f.readlines()\n"
            "setup(install_requires=[l.strip() for l in lines if l])",
            [("scipy", "")],
            id="with, comprehension",
        ),
        pytest.param(
            "import os\ndef read(name):\n    return open(name).read().split()\n"
            "setup(install_requires=['numpy'] + read(os.path.join(here, 'r', 'r.txt')))",
            [("numpy", ""), ("pandas", "")],
            id="function, os.path.join",
        ),
        pytest.param(
            "reqs = []\nwith open('r.txt') as f:\n    for line in f:\n        reqs.append(line)\n"
            "setup(install_requires=reqs)",
            [("scipy", "")],
            id="a loop",
        ),
        pytest.param(
            "def reqs():\n    return [str(r.req) for r in parse_requirements('r.txt', session=0)]\n"
            "setup(install_requires=reqs())",
            [("scipy", "")],
            id="parse_requirements",
        ),
    ],
)  # fmt: skip
def test_setup_py_is_read(text, expected):
    reading = read("setup.py", SETUP + text, {"r.txt": "scipy", "r/r.txt": "pandas"})
    assert (declared(reading), reading.problems) == (rows(*expected), ())


COMPUTED = "setup.py computes install_requires, and is not run: write the list out."


@pytest.mark.parametrize(
    ("text", "known", "line", "message"),
    [
        ("setup(install_requires=requirements())", [], 2, COMPUTED),
        ("setup(install_requires=['numpy', f'a=={v}', 'b'])", ["numpy", "b"], 2, COMPUTED),
        (
            "r = ['numpy']\nif a:\n    r.append(b)\nsetup(install_requires=r)",
            ["numpy"],
            5,
            COMPUTED,
        ),
        ("if a:\n    r = ['a']\nelse:\n    r = ['b']\nsetup(install_requires=r)", [], 6, COMPUTED),
        ("a = b\nb = a\nsetup(install_requires=a)", [], 2, COMPUTED),
        ("a = ['x'] + a\nsetup(install_requires=a)", None, None, COMPUTED),
        (
            "setup(extras_require=extras())",
            [],
            2,
            "setup.py computes extras_require, and is not run: write the list out.",
        ),
        (
            "setup(**arguments())",
            [],
            2,
            "setup.py computes its arguments, and is not run: write the list out.",
        ),
        ("print 'a'", [], 2, None),
        (
            "setup(install_requires=open('../r.txt').read())",
            [],
            None,
            "../r.txt is not read: it is not in the repository.",
        ),
        (
            "setup(install_requires=open('no.txt').read())",
            [],
            None,
            "no.txt cannot be read, though setup.py takes its requirements from there.",
        ),
        (
            "setup(install_requires=open('a-requirements.txt') + open('b-requirements.txt'))",
            [],
            2,
            COMPUTED,
        ),
        (
            "setup(install_requires=['-r x', 'a'])",
            ["a"],
            2,
            "-r x is not a requirement that pip would read.",
        ),
    ],
)
def test_what_setup_py_computes_is_one_problem(text, known, line, message):
    reading = read("setup.py", SETUP + text)
    (one,) = reading.problems
    if known is not None:
        assert [d.name for d in reading.declared] == known
        assert one.line == line
    if message is not None:
        assert one.message == message
    else:
        assert one.message.startswith("setup.py is not Python 3: ")


@pytest.mark.parametrize("text", ["a = a0 = ['x']\n" + "".join(
    f"a{n + 1} = a{n} + a{n}\n" for n in range(60)) + "setup(install_requires=a60)", "(" * 5000, "\0"])  # fmt: skip
def test_a_hostile_setup_py_has_an_end(text):
    assert len(read("setup.py", text).problems) == 1


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
