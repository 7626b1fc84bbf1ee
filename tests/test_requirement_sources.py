"""Which requirement files count for a folder, and what they ask for together."""

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from colabify.project import Project
from colabify.requirements import Problem, RequirementFinder, read_script
from colabify.requirements.conflicts import satisfiable
from colabify.runtime import load_runtime
from colabify.tree import Tree

LATEST = load_runtime("latest")


def find(tmp_path, files, chosen=()):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return RequirementFinder(Project(root=tmp_path, tree=Tree(frozenset(files))), chosen)


def asked(requirements, name):
    wanted = requirements.of(name, LATEST)
    return wanted and (wanted.requirement, wanted.source, wanted.line, wanted.conflict)


def expected_of(row):
    return row and (Requirement(row[0]), *row[1:])


ALL = {
    "requirements.txt": "x==1",
    "requirements-lab.txt": "x==2",
    "requirements/dev.txt": "x==3",
    "pyproject.toml": '[project]\ndependencies = ["x==4"]',
    "setup.cfg": "[options]\ninstall_requires = x==5",
    "setup.py": "setup(install_requires=['x==6'])",
    "Pipfile": "[packages]\nx = '==7'",
    "environment.yml": "dependencies: [{pip: ['x==8']}]",
    "conda.yml": "dependencies: [{pip: ['x==9']}]",
    "binder/requirements.txt": "x==10",
    ".binder/environment.yml": "dependencies: [{pip: ['x==11']}]",
}


@pytest.mark.parametrize("first", range(len(ALL)))
def test_the_first_file_of_a_folder_answers(tmp_path, first):
    names = list(ALL)[first:]
    found = find(tmp_path, {f"a/{name}": ALL[name] for name in names}).nearest("a")
    wanted = found.of("X", LATEST)
    assert str(wanted.requirement) == f"x=={first + 1}"
    assert wanted.source == f"a/{names[0]}"


@pytest.mark.parametrize(
    ("files", "name", "expected"),
    [
        pytest.param(
            {"a/requirements.txt": "x==1", "requirements.txt": "x==2\ny"},
            "x",
            ("x==1", "a/requirements.txt", 1, ""),
            id="the nearest folder",
        ),
        pytest.param(
            {"a/requirements.txt": "x==1", "requirements.txt": "x==2\ny"},
            "y",
            ("y", "requirements.txt", 2, ""),
            id="a farther one for what no nearer one names",
        ),
        pytest.param({"b/requirements.txt": "x"}, "x", None, id="not beside"),
        pytest.param({"a/b/requirements.txt": "x"}, "x", None, id="not below"),
        pytest.param(
            {"a/setup.py": "setup(name='a')", "requirements.txt": "x"},
            "x",
            ("x", "requirements.txt", 1, ""),
            id="a file that declares nothing",
        ),
        pytest.param(
            {"requirements.txt": "x<2; os_name == 'nt'\nx>=3"},
            "x",
            ("x>=3", "requirements.txt", 2, ""),
            id="the line that applies",
        ),
        pytest.param(
            {"a/requirements.txt": "x; os_name == 'nt'", "requirements.txt": "x==2"},
            "x",
            ("x==2", "requirements.txt", 1, ""),
            id="a nearer line that does not apply",
        ),
        pytest.param(
            {"requirements.txt": "x[a]>=1\n-c c.txt\nx!=3", "c.txt": "x<4\ny<2"},
            "x",
            ("x[a]!=3,<4,>=1", "requirements.txt", 1, ""),
            id="all lines of a file, and constraints",
        ),
        pytest.param(
            {"a/requirements.txt": "-c c.txt", "a/c.txt": "x<4", "requirements.txt": "x"},
            "x",
            ("x", "requirements.txt", 1, ""),
            id="a constraint does not ask",
        ),
        pytest.param(
            {"requirements.txt": "-c c.txt", "c.txt": "x<4"},
            "x",
            ("x<4", "c.txt", 1, ""),
            id="a constraint alone",
        ),
        pytest.param(
            {"requirements.txt": "x @ https://x.org/x.zip\nx>1"},
            "x",
            ("x @ https://x.org/x.zip", "requirements.txt", 1, ""),
            id="an address",
        ),
        pytest.param(
            {"requirements.txt": "x<2\nx>=2"},
            "x",
            (
                "x<2",
                "requirements.txt",
                1,
                (
                    "x<2 (requirements.txt line 1) and x>=2 (requirements.txt line 2) "
                    "exclude each other: no version is both."
                ),
            ),
            id="lines that exclude each other",
        ),
        pytest.param(
            {"requirements.txt": "x>1\nx<3\n-c c.txt", "c.txt": "x==3.1"},
            "x",
            (
                "x>1",
                "requirements.txt",
                1,
                (
                    "x<3 (requirements.txt line 2) and x==3.1 (c.txt line 1) "
                    "exclude each other: no version is both."
                ),
            ),
            id="a line and a constraint",
        ),
        pytest.param(
            {
                "requirements.txt": "x==1.2",
                "environment.yml": "dependencies:\n- pip:\n  - x==1.3",
                "requirements-old.txt": "x==0.1",
            },
            "x",
            (
                "x==1.2",
                "requirements.txt",
                1,
                (
                    "x==1.2 (requirements.txt line 1) and x==1.3 (environment.yml line 3) "
                    "exclude each other: no version is both."
                ),
            ),
            id="two files of one environment; not a variant's",
        ),
        pytest.param(
            {"requirements.txt": "x", "environment.yml": "dependencies: [{pip: ['x==1.3']}]"},
            "x",
            ("x", "requirements.txt", 1, ""),
            id="another file does not narrow",
        ),
        pytest.param(
            {
                "pyproject.toml": '[project]\ndependencies = ["x>1"]\n'
                '[dependency-groups]\ndev = ["x==1", "y==1"]\nlab = ["y==2"]'
            },
            "x",
            ("x>1", "pyproject.toml", 2, ""),
            id="a group does not narrow, nor contradict",
        ),
        pytest.param(
            {
                "pyproject.toml": '[project]\ndependencies = ["x>1"]\n'
                '[dependency-groups]\ndev = ["x==1", "y==1"]\nlab = ["y==2"]'
            },
            "y",
            ("y==1", "pyproject.toml", 4, ""),
            id="the first group",
        ),
    ],
)
def test_what_is_asked_for(tmp_path, files, name, expected):
    assert asked(find(tmp_path, files).nearest("a"), name) == expected_of(expected)


def test_what_is_chosen_overrides_the_search(tmp_path):
    files = {
        "a/requirements.txt": "x==1",
        "pins.txt": "y==1",
        "lab/env.yml": "dependencies: [numpy]",
    }
    found = find(tmp_path, files, ["./pins.txt", "lab/env.yml", "../out.txt", "no.txt"]).nearest(
        "a"
    )
    assert found.names == {"y", "numpy"}
    assert found.problems == (
        Problem("../out.txt", None, "../out.txt is not read: it is not in the repository."),
        Problem("no.txt", None, "no.txt cannot be read."),
    )


def test_one_file_is_read_by_its_name(tmp_path):
    finder = find(tmp_path, {"lab/r.txt": "-r s.txt", "lab/s.txt": "x"})
    assert [one.name for one in finder.read("lab/r.txt").declared] == ["x"]
    assert finder.read("r.txt") is None


def test_a_block_in_a_cell_stands_nearest_of_all(tmp_path):
    found = find(tmp_path, {"requirements.txt": "x==1\ny==1"}).nearest("")
    both = found.with_script(
        read_script("# /// script\n# dependencies = ['x==2']\n# ///\n", "cell 1")
    )
    assert asked(both, "x") == expected_of(("x==2", "cell 1", 2, ""))
    assert asked(both, "y") == expected_of(("y==1", "requirements.txt", 2, ""))
    assert asked(found, "x") == expected_of(("x==1", "requirements.txt", 1, ""))


def test_all_that_files_say_is_gathered(tmp_path):
    files = {
        "a/requirements.txt": "x\n-c c.txt\n-e ..\n",
        "a/c.txt": "only-limited<2",
        "setup.py": "",
        "environment.yml": "dependencies: [graph-tool, ffmpeg]",
        "binder/apt.txt": "xvfb",
    }
    found = find(tmp_path, files).nearest("a")
    assert found.names == {"x"}
    assert [one.name for one in found.conda_only] == ["graph-tool"]
    assert found.system == ("ffmpeg", "xvfb")
    assert (found.itself, found.local) == (True, ("",))
    assert found.problems == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "requirements.txt is not text: save it as UTF-8."),
        (None, "requirements.txt cannot be read."),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(tmp_path, data, message):
    finder = find(
        tmp_path, {"requirements.txt": data or "", "setup.cfg": "[options]\ninstall_requires = x"}
    )
    if data is None:
        (tmp_path / "requirements.txt").unlink()
    found = finder.nearest("")
    assert found.problems == (Problem("requirements.txt", None, message),)
    assert found.names == {"x"}


def test_powershells_utf16_is_read(tmp_path):
    data = "numpy==1.19\r\nscipy\r\n".encode("utf-16")
    found = find(tmp_path, {"requirements.txt": data}).nearest("")
    assert (found.names, found.problems) == ({"numpy", "scipy"}, ())


def test_each_file_is_read_once(tmp_path, monkeypatch):
    names = []
    read = Project.read
    monkeypatch.setattr(Project, "read", lambda self, name: names.append(name) or read(self, name))
    finder = find(tmp_path, {"requirements.txt": "x", "a/requirements.txt": "y"})
    for folder in ("a", "a/b", "", "a"):
        assert "x" in finder.nearest(folder).names
    assert sorted(names) == ["a/requirements.txt", "requirements.txt"]


@pytest.mark.parametrize(
    ("specifiers", "possible"),
    [
        ("", True),
        (">=1,<2", True),
        ("<1,>=1", False),
        (">1,<1.0.1", True),
        (">1.2,<1.3,!=1.2.*", False),
        ("==1.19.*,<1.19.5", True),
        ("==1.19.*,!=1.19.2,>1.19.2,<=1.19.2", False),
        ("==1.8.0+cu111,>=1.8", True),
        ("==1.2,==1.2.0", True),
        ("==1.2,==1.3", False),
        ("~=1.4,<1.4", False),
        ("<0.1,>0", True),
        ("<1.0b2,>=1.0b1", True),
        ("!=1.0", True),
        (">2!1,<3!0", True),
        ("===a,==1", True),
    ],
)
def test_whether_some_version_meets_specifiers(specifiers, possible):
    assert satisfiable(SpecifierSet(specifiers)) is possible
