"""The cache is never wrong: whatever a plan goes by, once it has changed, it is made again, and no other."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from colabify.cli import main
from tests.cache.course import ALL, FILES, OTHER, WHOLE, A, add, edit, rewrite
from tests.courses import git, publish
from tests.notebooks import notebook


def link(course: Path) -> None:
    """A module that is a link to a notebook is not taken for one."""
    (course / "helpers.py").unlink()
    (course / "helpers.py").symlink_to("c.ipynb")


def ignore_everywhere(course: Path) -> None:
    place = course.parent / "home/.config/git"
    place.mkdir(parents=True)
    (place / "ignore").write_text("b.ipynb\n")


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


@pytest.mark.parametrize("names", [("a.ipynb", "c.ipynb"), ("one", "two")])
def test_where_a_link_leads_is_seen(
    course: Path, told: Callable[..., list[str]], names: tuple[str, str]
) -> None:
    """Be it to a notebook or to a folder."""
    for folder, name in (("one", "a.ipynb"), ("two", "c.ipynb")):
        add(f"{folder}/{name}", FILES[name], publishes=False)(course)
    link = course.parent / "link.ipynb"
    for name in names:
        link.unlink(missing_ok=True)
        link.symlink_to(course / name)
        assert len(told("--check", str(link))) == 1
        assert told("--check", str(link)) == [WHOLE]


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


def test_notebooks_count_that_may_make_what_is_missing(
    course: Path, told: Callable[..., list[str]]
) -> None:
    (course / "a.ipynb").write_bytes(notebook("open('made.csv').read()\n"))
    (course / "c.ipynb").write_bytes(notebook("open('made.csv', 'w').write('1')\n"))
    (course / "b.ipynb").write_bytes(notebook("b = 1\n"))
    publish(course)
    told()
    (course / "b.ipynb").write_bytes(notebook("b = 2\n"))
    assert told() == ["b.ipynb"]
    (course / "c.ipynb").write_bytes(notebook("c = 1\n"))
    assert "a.ipynb" in told()
    (course / "b.ipynb").write_bytes(notebook("open('made.csv', 'w').write('1')\n"))
    assert "a.ipynb" in told()


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
