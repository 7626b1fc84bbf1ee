"""setup.cfg and setup.py, which is read and never run."""

import pytest

from colabify.requirements import Problem
from tests.requirement_readings import declared, read, rows


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
