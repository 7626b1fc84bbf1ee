"""Configuration: which settings hold for which file, and what is wrong on which line."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from colabify.config.configuration import Configuration
from colabify.config.globs import matches
from colabify.config.lines import lines_of_keys
from tests.configured import HOLDS, make_course, without_settings
from tests.courses import contents

T = "[tool.colabify]\n"

# a pyproject.toml, the line of what is wrong with it, and what is said
WRONG: dict[str, tuple[str, int, str]] = {
    "unknown key": (T + 'ref = "x"\nacelerator = "GPU"\n', 3, "did you mean 'accelerator'?"),
    "key of the file": (T + "overides = []\n", 2, "did you mean 'overrides'?"),
    "wrong type": ("\n# x\n" + T + "\n\nonline = 1\n", 6, "online has to be true or false"),
    "list over lines": (T + 'requirements = [\n  "a",\n  1,\n]\n', 2, "requirements has to be a list"),
    "behind a text of lines": ('[project]\nx = """\n[a]\n"""\n' + T + "ref = 1\n", 6, "ref has to be a string"),
    "inline table": ('tool = { colabify = { ref = "x y" } }\n', 1, "ref: 'x y' is no name"),
    "dotted key": ('[tool]\ncolabify.ref = "x"\ncolabify.reff = "x"\n', 3, "did you mean 'ref'?"),
    "no such code": (T + 'select = ["COL1", "XYZ"]\n', 2, "no code begins with 'XYZ'"),
    "no such runtime": (T + 'runtime = "1999.01"\n', 2, "runtime: "),
    "data": (T + '[tool.colabify.data]\na = { run = "a.sh" }\n"b/c" = { ulr = "x" }\n', 4, "did you mean 'url'?"),
    "data, table of its own": (T + '[tool.colabify.data."b/c"]\nx = 1\n', 2, "unknown key 'x'"),
    "distributions": (T + '[tool.colabify.distributions]\na = "b"\nc = "d e f"\n', 4, "is not a requirement"),
    "overrides": (T + "[tool.colabify.overrides]\nfiles = 1\n", 2, "has to be an array of tables"),
    "override without files": (T + '[[tool.colabify.overrides]]\nref = "x"\n', 2, "it says no files"),
    "second override": (
        T + '[[tool.colabify.overrides]]\nfiles = ["a"]\n\n[[tool.colabify.overrides]]\nfiles = ["b"]\nreff = "x"\n',
        7,
        "unknown key 'reff' in overrides; did you mean 'ref'?",
    ),
    "files": (T + '[[tool.colabify.overrides]]\nfiles = "a"\n', 3, "files has to be a list of globs"),
    "glob": (T + '[[tool.colabify.overrides]]\nfiles = ["../a"]\n', 3, "'../a': a glob starts at"),
    "Windows glob": (T + "[[tool.colabify.overrides]]\nfiles = ['a\\b']\n", 3, "a glob has / between"),
    "data of an override": (
        T + '[[tool.colabify.overrides]]\nfiles = ["a"]\n[tool.colabify.overrides.data]\nx = 3\n',
        5,
        "it has to be a table such as",
    ),
    "per-file-ignores": (T + 'per-file-ignores = ["COL1"]\n', 2, "per-file-ignores has to be a table"),
    "per-file-ignores, codes": (T + '[tool.colabify.per-file-ignores]\n"a" = ["COL1"]\n"b" = "COL1"\n', 4, "has to be a list"),
    "per-file-ignores, code": (T + '[tool.colabify.per-file-ignores]\n"a" = ["X"]\n', 3, "no code begins with 'X'"),
}  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def here(course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course, with no settings, as the working folder."""
    monkeypatch.chdir(course)
    return without_settings(course)


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_has_a_line(
    name: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, line, said = WRONG[name]
    (here / "pyproject.toml").write_text(text)
    before = contents(here)
    assert main(["a.ipynb", "--inplace"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"pyproject.toml:{line}: ")
    assert said in err
    assert contents(here) == before


def test_one_wrong_file_stops_its_own_notebooks_only(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "labs" / "colabify.toml").write_text("reff = 1\n")
    assert main(["."]) == 2
    out, err = capsys.readouterr()
    assert "a.ipynb" in out
    assert "b.ipynb" not in out
    assert err.startswith(
        "labs/colabify.toml:1: unknown key 'reff' in colabify.toml; did you mean 'ref'?"
    )
    assert "(1 notebook is not done)" in err


LINES = """\
# a file

title = "x" # [not.a.table]
[tool.one]
a = 1
"b c".d = { e = 1, f = [1, 2] }
text = '''
[tool.two]
a = 1
'''
list = [
  "x", # y
  "]",
]
[[tool.many]]
a = 1
[tool.many.inner]
b = 2
[[tool.many]]
a = 3
[[tool.many.deep]]
c = 1
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_keys(end: str) -> None:
    assert lines_of_keys(LINES.replace("\n", end)) == {
        ("title",): 3, ("tool",): 4, ("tool", "one"): 4, ("tool", "one", "a"): 5,
        ("tool", "one", "b c"): 6, ("tool", "one", "b c", "d"): 6, ("tool", "one", "b c", "d", "e"): 6,
        ("tool", "one", "b c", "d", "f"): 6, ("tool", "one", "text"): 7, ("tool", "one", "list"): 11,
        ("tool", "many"): 15, ("tool", "many", 0): 15, ("tool", "many", 0, "a"): 16,
        ("tool", "many", 0, "inner"): 17, ("tool", "many", 0, "inner", "b"): 18, ("tool", "many", 1): 19,
        ("tool", "many", 1, "a"): 20, ("tool", "many", 1, "deep"): 21, ("tool", "many", 1, "deep", 0): 21,
        ("tool", "many", 1, "deep", 0, "c"): 22,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("glob", "meant", "not_meant"),
    [
        ("labs/*.ipynb", ["labs/a.ipynb"], ["a.ipynb", "labs/x/a.ipynb", "x/labs/a.ipynb"]),
        ("*.ipynb", ["a.ipynb", "labs/x/a.ipynb"], ["a.py"]),
        ("a.ipynb", ["a.ipynb", "labs/a.ipynb"], ["ba.ipynb"]),
        ("labs", ["labs/a.ipynb", "x/labs/y/a.ipynb"], ["labs2/a.ipynb"]),
        ("labs/", ["labs/a.ipynb"], ["a.ipynb"]),
        ("./labs/x", ["labs/x/a.ipynb"], ["labs/a.ipynb", "y/labs/x/a.ipynb"]),
        ("labs/**", ["labs/a.ipynb", "labs/x/y/a.ipynb"], ["a.ipynb"]),
        ("**/x/*.ipynb", ["x/a.ipynb", "l/m/x/a.ipynb"], ["x/y/a.ipynb"]),
        ("labs/**/a?.ipynb", ["labs/a1.ipynb", "labs/x/y/a2.ipynb"], ["labs/a.ipynb"]),
        ("week [1-3]*", ["week 2/a.ipynb"], ["week 4/a.ipynb"]),
    ],
)
def test_globs(glob: str, meant: list[str], not_meant: list[str]) -> None:
    assert [one for one in [*meant, *not_meant] if matches(one, [glob])] == meant


def test_a_glob_of_many_folders_is_no_trap() -> None:
    glob = "/".join(["**", "a"] * 15) + "/c"
    assert not matches("/".join("a" * 40), [glob])
    assert matches("/".join("a" * 40) + "/c", [glob])


def test_overrides(here: Path) -> None:
    (here / "pyproject.toml").write_text(HOLDS)
    configuration = Configuration({"ref": "flag"})
    a, b, kit = (
        configuration.of(here / name) for name in ("a.ipynb", "labs/b.ipynb", "labs/kit.py")
    )
    assert (a.ref, a.accelerator, a.ignore) == ("flag", "GPU", ("COL402",))
    assert (b.ref, b.accelerator, b.ignore) == ("flag", "none", ("COL402", "COL9"))
    assert {key: one.drive for key, one in b.data.items()} == {"a": "A", "b": "C"}
    assert kit == a
    ignoring = Configuration({"ignore": ("COL1",)})
    assert ignoring.of(here / "labs/b.ipynb").ignore == ("COL1", "COL9")


def test_files_are_read_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "pyproject.toml").write_text(HOLDS)
    read: list[str] = []
    original = Path.read_text

    def read_text(self: Path, *args: str, **more: str) -> str:
        read.append(self.name)
        return original(self, *args, **more)

    monkeypatch.setattr(Path, "read_text", read_text)
    configuration = Configuration()
    first = [configuration.of(here / "labs" / f"{n}.ipynb") for n in range(9)]
    assert read == ["pyproject.toml"]
    assert all(one is first[0] for one in first)


def test_nearest_file_holds_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "pyproject.toml").write_text(T + 'ref = "far"\naccelerator = "T4"\n')
    (here / "labs" / "pyproject.toml").write_text(T + 'ref = "beside"\n')
    (here / "labs" / "colabify.toml").write_text('ref = "near"\n')
    found = Configuration().of(here / "labs" / "b.ipynb")
    assert (found.ref, found.accelerator) == ("near", "auto")
    assert main(["."]) == 0
    assert capsys.readouterr().err == (
        "labs/pyproject.toml: [tool.colabify] is not read: colabify.toml stands beside it\n"
    )


@pytest.mark.parametrize("text", ['ref = "x"\n', T + 'ref = "x"\n'], ids=["top", "table"])
def test_own_file(text: str, here: Path) -> None:
    (here / "colabify.toml").write_text(text)
    assert Configuration().of(here / "labs" / "b.ipynb").ref == "x"


def test_own_file_with_both(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "colabify.toml").write_text('ref = "x"\n' + T + 'ref = "y"\n')
    assert main(["a.ipynb"]) == 2
    assert capsys.readouterr().err.startswith("colabify.toml:1: ref stands beside [tool.colabify]")


def test_config_from_elsewhere_counts_from_the_repository(here: Path, tmp_path: Path) -> None:
    other = tmp_path / "ci.toml"
    other.write_text('[[overrides]]\nfiles = ["labs/*"]\nref = "x"\n')
    configuration = Configuration(config=other)
    assert [configuration.of(here / name).ref for name in ("a.ipynb", "labs/b.ipynb")] == ["", "x"]


def test_search_ends_at_the_repository(here: Path) -> None:
    inner = here / "labs" / "inner"
    (inner / ".git").mkdir(parents=True)
    (here / "colabify.toml").write_text('ref = "above"\n')
    found = [Configuration().of(here / "labs" / name).ref for name in ("b.ipynb", "inner/c.ipynb")]
    assert found == ["above", ""]
