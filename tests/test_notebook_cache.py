"""The cache is never wrong: whatever a plan goes by, once it has changed, it is made again, and no other."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

import colabify.run
import colabify.slots
from colabify.cache import VARIABLE
from colabify.cli import main
from tests.courses import git, make_repository, publish
from tests.kept import count_ported, use_cache
from tests.notebooks import markdown, notebook

HELPERS = "import numpy as np\ny = np.float(3)\n"
A = notebook("import numpy as np\nimport helpers\nx = np.int(3)\nopen('points.csv')\n")
FILES = {
    "a.ipynb": A,
    "b.ipynb": notebook("%run c.ipynb\nprint(c)\n"),
    "c.ipynb": notebook("c = 1\n"),
    "d.ipynb": notebook("open('later.ipynb').read()\n", markdown("![x](pictures.ipynb)")),
    "e.ipynb": notebook("open('.git/mine.txt')\n"),
    "helpers.py": HELPERS,
    "requirements.txt": "numpy\n",
    "pyproject.toml": "[tool.colabify]\npins = 'keep'\n",
    ".gitignore": "*.tmp\n",
}
ALL = ["a.ipynb", "b.ipynb", "c.ipynb", "d.ipynb", "e.ipynb"]


WHOLE = "whole"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_repository(tmp_path_factory.mktemp("made") / "course", FILES)


@pytest.fixture
def course(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    use_cache(tmp_path, monkeypatch)
    return Path(shutil.copytree(made, tmp_path / "course", symlinks=True))


@pytest.fixture
def ported(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return count_ported(monkeypatch)


@pytest.fixture
def told(
    course: Path,
    ported: list[str],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., list[str]]:
    """Runs a command, and looks whether it says what it says without the cache; what it ported comes out.

    ``WHOLE``: it has not even looked at each notebook.
    """
    run = colabify.run.run

    def noted(*given, **named):
        ported.remove(WHOLE)
        return run(*given, **named)

    def tell(*words: str) -> list[str]:
        given = words or ("--check", str(course))
        ported[:] = [WHOLE]
        monkeypatch.setattr("colabify.run.run", noted)
        capfd.readouterr()
        code = main([*given, "--format", "json"])
        found, said = sorted(ported), capfd.readouterr()
        monkeypatch.setattr("colabify.run.run", run)
        assert main([*given, "--format", "json", "--no-cache"]) == code
        assert capfd.readouterr() == said
        return found

    return tell


def edit(name: str, text: str) -> Callable[[Path], object]:
    def change(course: Path) -> None:
        (course / name).parent.mkdir(exist_ok=True)
        (course / name).write_text(text)

    return change


def rewrite(course: Path) -> None:
    """Other bytes, as many, at what says it is the same time."""
    place = course / "a.ipynb"
    seen = place.stat()
    place.write_bytes(place.read_bytes().replace(b"np.int", b"np.abs"))
    os.utime(place, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def add(name: str, raw: bytes, *, publishes: bool = True) -> Callable[[Path], object]:
    def change(course: Path) -> None:
        (course / name).write_bytes(raw)
        if publishes:
            publish(course)

    return change


def link(course: Path) -> None:
    """A module that is a link to a notebook is not taken for one."""
    (course / "helpers.py").unlink()
    (course / "helpers.py").symlink_to("c.ipynb")


def ignore_everywhere(course: Path) -> None:
    place = course.parent / "home/.config/git"
    place.mkdir(parents=True)
    (place / "ignore").write_text("b.ipynb\n")


OTHER = notebook("import numpy as np\nz = np.bool(3)\n" + "# more\n" * 50)
CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "nothing but the time": (lambda course: os.utime(course / "a.ipynb"), []),
    "the same bytes written anew": (lambda course: (course / "d.ipynb").write_bytes(FILES["d.ipynb"]), []),
    "a notebook": (rewrite, ["a.ipynb"]),
    "a notebook, committed and pushed": (add("a.ipynb", OTHER), ["a.ipynb"]),
    "a commit of the same": (publish, []),
    "a notebook that another runs, and all that was planned later": (edit("c.ipynb", OTHER.decode()), ALL[1:]),
    "a notebook that another asks for": (add("later.ipynb", OTHER, publishes=False), ["d.ipynb", "later.ipynb"]),
    "one that a text asks for": (add("pictures.ipynb", OTHER, publishes=False), ["d.ipynb", "pictures.ipynb"]),
    "one that nobody asks for": (add("f.ipynb", OTHER, publishes=False), ["f.ipynb"]),
    "one that git holds": (add("f.ipynb", OTHER), [*ALL, "f.ipynb"]),
    "a notebook less": (lambda course: (course / "c.ipynb").unlink(), ["b.ipynb", "d.ipynb", "e.ipynb"]),
    "who may read a notebook": (lambda course: (course / "a.ipynb").chmod(0o640), []),
    "a module": (edit("helpers.py", "import numpy as np\ny = np.int(3)\n"), ALL),
    "a module that is a link to a notebook": (link, ALL),
    "requirements": (edit("requirements.txt", "numpy\nlightgbm\n"), ALL),
    "settings": (edit("pyproject.toml", "[tool.colabify]\npins = 'strict'\n"), ALL),
    "settings that stand nearer": (edit("colabify.toml", "ignore = ['COL1']\n"), ALL),
    "a file that git does not know": (edit("points.csv", "1\n"), ALL),
    "a file that git ignores": (edit("data.tmp", "1\n"), ALL),
    "what git ignores": (edit(".gitignore", "points.csv\n"), ALL),
    "what git ignores here alone": (edit(".git/info/exclude", "points.csv\n"), []),
    "who may read a file": (lambda course: (course / "helpers.py").chmod(0o600), ALL),
    "a folder": (lambda course: (course / "data").mkdir(), ALL),
    "the index": (lambda course: git(course, "rm", "-q", "--cached", "helpers.py"), ALL),
    "a notebook in the index": (lambda course: git(course, "rm", "-q", "--cached", "c.ipynb"), ALL),
    "what the remote holds": (lambda course: git(course, "update-ref", "-d", "refs/remotes/origin/main"), ALL),
    "the remote": (lambda course: git(course, "remote", "set-url", "origin", "https://github.com/other/one"), ALL),
    "the branch": (lambda course: git(course, "checkout", "-q", "-b", "other"), ALL),
    "a commit checked out": (lambda course: git(course, "checkout", "-q", "--detach"), ALL),
    "a file of git's that a notebook asks for": (edit(".git/mine.txt", "1"), ["e.ipynb"]),
    "one that Python might have compiled": (edit("__pycache__/mine.txt", "1"), ALL),
    "what is ignored everywhere": (ignore_everywhere, []),
    "git's configuration": (lambda course: git(course, "config", "user.name", "x"), []),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_has_changed_is_planned_again(
    course: Path, told: Callable[..., list[str]], name: str
) -> None:
    main(["--check", "-q", str(course)])
    change, expected = CHANGES[name]
    change(course)
    assert told() == expected


def test_what_python_has_compiled_counts_where_it_is_asked_for(
    course: Path, told: Callable[..., list[str]]
) -> None:
    (course / "c.ipynb").write_bytes(notebook("open('__pycache__/mine.tmp').read()\n"))
    (course / "__pycache__").mkdir()
    told()
    edit("__pycache__/other.tmp", "1")(course)
    assert told() == []
    edit("__pycache__/mine.tmp", "1")(course)
    assert told() == ["c.ipynb"]


def test_a_commit_of_notebooks_tells_the_sizes_anew(
    course: Path, told: Callable[..., list[str]]
) -> None:
    """What is told of the clone is as it is now, without planning anything."""
    (course / "a.ipynb").write_bytes(A.replace(b"np.int", b"np.bool"))
    told()
    publish(course)
    assert told() == []


def test_sizes_count_where_the_clone_hangs_on_them(
    course: Path, told: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("colabify.analysis.clone_plan.LARGE", 1000)
    monkeypatch.setattr("colabify.setup.clone.LARGE", 1000)
    told()
    add("c.ipynb", OTHER)(course)
    assert told() == ALL


PROGRAMS: dict[str, tuple[str, object]] = {
    "colabify's version": ("colabify.cache.__version__", "9.9"),
    "colabify's files": ("colabify.cache.state_of_program", lambda: ["other"]),
    "Python": ("sys.version", f"{sys.version} (another)"),
    "what is installed": ("sys.path", [*sys.path, "/usr"]),
    "who reads": ("colabify.cache._user", lambda: [12345]),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_another_program_is_seen(
    course: Path, told: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    main(["--check", "-q", str(course)])
    monkeypatch.setattr(*PROGRAMS[name])
    assert told() == ALL


def test_flags_and_what_is_given_are_seen(
    course: Path, told: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course)
    (course / "settings.toml").write_text("[tool.colabify]\nmarkdown = 'keep'\n")
    every = [
        ["--check", "."],
        ["--check", "--pins", "strict", "."],
        ["--check", "--config", "settings.toml", "."],
        ["--check", *ALL],  # no folder: no module is mended
        ["--diff", *ALL],
    ]
    for words in every:
        assert told(*words) == ALL
    assert told(*every[0]) == told(*every[1]) == told(*every[3]) == [WHOLE]
    assert told("--check", "a.ipynb") == told("--check", str(course)) == []
    assert told(*every[4]) == ALL  # they would change
    (course / "settings.toml").write_text("[tool.colabify]\nmarkdown = 'rewrite'\n")
    assert told(*every[2]) == ALL


def needing_nothing(course: Path) -> None:
    for name in ("a.ipynb", "b.ipynb", "d.ipynb", "e.ipynb"):
        (course / name).write_bytes(FILES["c.ipynb"])
    publish(course)
    main(["--inplace", "-q", "--no-cache", str(course)])
    publish(course)


@pytest.mark.parametrize("given", [["."], ALL])
def test_of_notebooks_that_are_written_only_those_that_need_nothing_are_kept(
    course: Path, ported: list[str], monkeypatch: pytest.MonkeyPatch, given: list[str]
) -> None:
    monkeypatch.chdir(course)
    needing_nothing(course)
    (course / "c.ipynb").write_bytes(FILES["c.ipynb"])
    for expected in (ALL, ["c.ipynb"], []):
        ported.clear()
        before = {name: (course / name).read_bytes() for name in ALL}
        assert main(["--inplace", "-q", *given]) == 0
        if expected != ALL:
            assert [one for one in ported if one not in expected] == []
        after = {name: (course / name).read_bytes() for name in ALL}
        assert (before == after) is (expected != ALL)
    ported.clear()
    (course / "d.ipynb").write_bytes(OTHER)
    assert main(["--inplace", "-q", *given]) == 0
    assert ported == ["d.ipynb"]
    assert (course / "d.ipynb").read_bytes() != OTHER
    ported.clear()
    assert main(["--diff", "-q", "d.ipynb"]) == 0
    assert main(["--inplace", "-q", "d.ipynb"]) == 0
    assert ported == ["d.ipynb", "d.ipynb"]


def test_what_records_say_of_modules_is_seen(course: Path, told: Callable[..., list[str]]) -> None:
    """Notebooks that are kept still say how to give a module back that was mended with them."""
    uses = notebook("import helpers\nhelpers.y\n")
    for name in ("c.ipynb", "f.ipynb"):
        (course / name).write_bytes(uses)
    publish(course)
    main(["--inplace", "-q", "--no-cache", str(course)])
    assert "np.float" not in (course / "helpers.py").read_text()
    (course / "d.ipynb").write_bytes(uses)
    told()
    assert told() == [WHOLE]
    written = {
        name: (course / name).read_bytes() for name in ("a.ipynb", "b.ipynb", "c.ipynb", "f.ipynb")
    }
    for name in written:
        (course / name).write_bytes(uses)
    assert sorted(told()) == [*ALL, "f.ipynb"]
    for name, raw in written.items():
        (course / name).write_bytes(raw)
    told()
    main(["--undo", "-q", str(course)])
    assert (course / "helpers.py").read_text() == HELPERS


def test_modules_are_decided_about_as_if_all_notebooks_had_been_ported(
    course: Path, told: Callable[..., list[str]]
) -> None:
    """Two folders see a module's path differently: what one wants is known, though only the other is ported."""
    (course / "helpers.py").write_text("import numpy as np\nz = np.load('Points.npy')\n")
    for folder in ("one", "two"):
        (course / folder).mkdir()
        cells = "import sys\nsys.path.append('..')\nimport helpers\n"
        (course / folder / "a.ipynb").write_bytes(notebook(cells))
        (course / folder / "points.npy").write_text("1")
    publish(course)
    told()
    (course / "two" / "a.ipynb").write_bytes(notebook(cells + "x = 1\n"))
    assert "a.ipynb" in told()
    (course / "two" / "a.ipynb").write_bytes(notebook("x = 1\n"))
    assert "a.ipynb" in told()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda raw: raw[:-9],
    "a byte": lambda raw: raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:],
    "code": lambda raw: packed(raw, pickle.dumps(Harmful())),
    "another value": lambda raw: packed(raw, pickle.dumps((1, 2))),
    "no such value": lambda raw: packed(raw, b"ccolabify.outcomes\nGone\n."),
    "a value of other parts": lambda raw: packed(raw, b"ccolabify.outcomes\nOutcome\n)R."),
    "not packed": lambda raw: raw[:32] + colabify.slots.digest(b"x") + b"x",
}


class Harmful:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("harmed",)


def packed(raw: bytes, said: bytes) -> bytes:
    body = zlib.compress(said)
    return raw[:32] + colabify.slots.digest(body) + body


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_damaged_is_ignored(
    told: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    told()
    for file in Path(os.environ[VARIABLE]).iterdir():
        file.write_bytes(DAMAGES[name](file.read_bytes()))
    assert told() == ALL
    assert not Path("harmed").exists()
    assert told() == [WHOLE]


def test_slots_of_other_notebooks_are_not_taken(
    course: Path, told: Callable[..., list[str]]
) -> None:
    told()
    files = sorted(Path(os.environ[VARIABLE]).glob("*.one"))
    said = [one.read_bytes() for one in files]
    for file, raw in zip(files, said[1:] + said[:1], strict=True):
        file.write_bytes(raw)
    os.utime(course / "a.ipynb")  # the run as a whole is another
    assert told() == ALL


def test_a_folder_for_the_cache_that_cannot_be_made_is_ignored(
    course: Path, told: Callable[..., list[str]]
) -> None:
    (course.parent / "file").write_text("")
    for _ in range(2):
        assert told("--check", "--cache-dir", str(course.parent / "file"), str(course)) == ALL


def test_the_folder_may_be_inside_the_repository(
    course: Path, told: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git takes no notice of it, and what is written there changes nothing."""
    monkeypatch.chdir(course)
    words = ["--check", "--cache-dir", ".colabify-cache", "."]
    assert told(*words) == ALL
    assert told(*words) == [WHOLE]
    os.utime("a.ipynb")
    assert told(*words) == []
    assert git(course, "status", "--porcelain") == ""
    Path(".colabify-cache/mine.csv").write_text("1")
    assert told(*words) == ALL


def test_two_runs_at_once(course: Path, told: Callable[..., list[str]]) -> None:
    words = [sys.executable, "-P", "-m", "colabify", "--check", "--format", "json", str(course)]
    both = [subprocess.Popen(words, stdout=subprocess.PIPE, env=os.environ) for _ in range(2)]
    first, second = (one.communicate()[0] for one in both)
    assert first == second
    assert told() in (ALL, [])  # python -m may find packages elsewhere than this process
    assert told() == [WHOLE]


UNSEEN: dict[str, Callable[[Path], object]] = {
    "no repository": lambda course: (course / ".git").rename(course.parent / "gone"),
    "a link that leads out": lambda course: (course / "data").symlink_to(course.parent),
    "a configuration that asks the package index": edit("pyproject.toml", "[tool.colabify]\nonline = true\n"),
    "a clock that was set back": lambda _: None,
}  # fmt: skip


@pytest.mark.parametrize("name", UNSEEN)
def test_what_cannot_be_seen_is_not_kept(
    course: Path, ported: list[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    UNSEEN[name](course)
    if "clock" in name:
        monkeypatch.setattr("colabify.state.time.time_ns", lambda: 10**18)
    for _ in range(2):
        ported.clear()
        main(["--check", "-q", str(course)])
        assert sorted(ported) == ALL


def test_another_work_tree_has_its_own(course: Path, told: Callable[..., list[str]]) -> None:
    git(course, "worktree", "add", "-q", "-b", "other", "../tree")
    other = str(course.parent / "tree")
    assert told("--check", other) == ALL
    assert told("--check", other) == []


def test_what_is_written_while_it_is_planned_is_not_kept(
    course: Path, ported: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import colabify.jobs

    port_one = colabify.jobs.port_one

    def slow(place, *more):
        done = port_one(place, *more)
        if place.path.name == "a.ipynb":
            rewrite(course)
        return done

    with monkeypatch.context() as patch:
        patch.setattr("colabify.jobs.port_one", slow)
        main(["--check", "-q", str(course)])
    ported.clear()
    main(["--check", "-q", str(course)])
    assert ported == ["a.ipynb"]
