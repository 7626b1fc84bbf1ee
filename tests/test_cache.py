"""The cache is never wrong: whatever a run goes by, once it has changed, the run is made again."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import colabify.cache
import colabify.run
from colabify.cache import VARIABLE, Result
from colabify.cli import main
from colabify.outcomes import Outcome
from tests.courses import git, make_repository
from tests.notebooks import notebook


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with a module that is mended, and a cache beside it; nobody has configured git."""
    for name, folder in (
        (VARIABLE, "cache"),
        ("HOME", "home"),
        ("XDG_CONFIG_HOME", "home/.config"),
    ):
        (tmp_path / folder).mkdir(parents=True)
        monkeypatch.setenv(name, str(tmp_path / folder))
    files = {
        "a.ipynb": notebook(
            "import numpy as np\nimport helpers\nx = np.int(3)\nopen('points.csv')\n"
        ),
        "b.ipynb": notebook("x = 1\n"),
        "helpers.py": "import numpy as np\ny = np.float(3)\n",
        "requirements.txt": "numpy\n",
        "pyproject.toml": "[tool.colabify]\npins = 'keep'\n",
        ".gitignore": "*.tmp\n",
    }
    return make_repository(tmp_path / "course", files)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many notebooks each run that was made has had."""
    made, run = [], colabify.run.run

    def counted(places: Sequence[object], *more: object, **named: object) -> object:
        made.append(len(places))
        return run(places, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("colabify.run.run", counted)
    return made


@pytest.mark.parametrize(
    "words", [["--check"], [], ["-v"], ["--format", "json"], ["--check", "-q"]]
)
def test_what_is_kept_is_told_as_what_is_made(
    course: Path, runs: list[int], capfd: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """Also by another way of telling it."""
    came = main([*words, "--no-cache", str(course)])
    first = capfd.readouterr()
    code = main(["--format", "github", "--check", str(course)])
    capfd.readouterr()
    again = main([*words, str(course)])
    assert capfd.readouterr() == first
    assert again == came == code == 1
    assert runs == [2, 2]


def edit(name: str, text: str) -> Callable[[Path], object]:
    def change(course: Path) -> None:
        (course / name).parent.mkdir(exist_ok=True)
        (course / name).write_text(text)

    return change


def rewrite(course: Path) -> None:
    """Other bytes, as many, at what says it is the same time."""
    place = course / "b.ipynb"
    seen = place.stat()
    place.write_bytes(place.read_bytes().replace(b"x = 1", b"x = 2"))
    os.utime(place, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def moved_branch(course: Path) -> None:
    git(
        course,
        "update-ref",
        "refs/remotes/origin/main",
        git(course, "commit-tree", "-m", "x", "HEAD^{tree}").strip(),
    )


CHANGES: dict[str, Callable[[Path], object]] = {
    "a notebook": rewrite,
    "another notebook": lambda course: (course / "c.ipynb").write_bytes(notebook("x = 1")),
    "a notebook less": lambda course: (course / "b.ipynb").unlink(),
    "a module": edit("helpers.py", "import numpy as np\ny = np.int(3)\n"),
    "requirements": edit("requirements.txt", "numpy\nlightgbm\n"),
    "settings": edit("pyproject.toml", "[tool.colabify]\npins = 'strict'\n"),
    "settings that stand nearer": edit("colabify.toml", "pins = 'strict'\n"),
    "a file that git does not know": edit("points.csv", "1\n"),
    "a file that git ignores": edit("data.tmp", "1\n"),
    "what git ignores": edit(".gitignore", "helpers.py\n"),
    "what git ignores here alone": edit(".git/info/exclude", "b.ipynb\n"),
    "who may read a file": lambda course: (course / "helpers.py").chmod(0o600),
    "a folder": lambda course: (course / "data").mkdir(),
    "the index": lambda course: git(course, "rm", "-q", "--cached", "helpers.py"),
    "the commit of the remote": moved_branch,
    "the remote": lambda course: git(course, "remote", "set-url", "origin", "https://github.com/other/one"),
    "the branch": lambda course: git(course, "checkout", "-q", "-b", "other"),
    "git's configuration": lambda course: (course.parent / "home" / ".gitconfig").write_text("[user]\nname = x\n"),
    "what is ignored everywhere": lambda course: (
        (course.parent / "home/.config/git").mkdir(parents=True),
        (course.parent / "home/.config/git/ignore").write_text("b.ipynb\n"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_seen(course: Path, runs: list[int], name: str) -> None:
    for _ in range(2):
        main(["--check", "-q", str(course)])
    assert len(runs) == 1
    CHANGES[name](course)
    for _ in range(2):
        main(["--check", "-q", str(course)])
    assert len(runs) == 2


PROGRAMS: dict[str, tuple[str, object]] = {
    "colabify's version": ("colabify.cache.__version__", "9.9"),
    "colabify's files": ("colabify.cache.state_of_program", lambda: ["other"]),
    "Python": ("sys.version", f"{sys.version} (another)"),
    "what is installed": ("sys.path", [*sys.path, "/usr"]),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_another_program_is_seen(
    course: Path, runs: list[int], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    main(["--check", "-q", str(course)])
    with monkeypatch.context() as patch:
        patch.setattr(*PROGRAMS[name])
        main(["--check", "-q", str(course)])
    assert len(runs) == 2


def test_flags_places_and_the_folder_are_seen(
    course: Path, runs: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course)
    for words in (
        ["."],
        ["--pins", "strict", "."],
        ["a.ipynb"],
        ["--config", "pyproject.toml", "."],
    ):
        main(["--check", "-q", *words])
    monkeypatch.chdir(course.parent)
    main(["--check", "-q", "course"])
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", "/nowhere")
    main(["--check", "-q", "course"])
    assert len(runs) == 6
    main(["--check", "-q", "course"])
    assert len(runs) == 6


class Harmful:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("harmed",)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda raw: raw[:-9],
    "no end": lambda raw: raw[:32] + colabify.cache._digest(b""),
    "a value that is no more": lambda raw: raw[:32] + colabify.cache._digest(GONE) + GONE,
    "a byte": lambda raw: raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:],
    "code": lambda raw: raw[:32] + colabify.cache._digest(HARM) + HARM,
    "another value": lambda raw: raw[:32] + colabify.cache._digest(OTHER) + OTHER,
}  # fmt: skip
GONE = b"ccolabify.outcomes\nGone\n."
HARM = pickle.dumps(Harmful())
OTHER = pickle.dumps(Outcome("a"))


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_damaged_is_ignored(course: Path, runs: list[int], name: str) -> None:
    main(["--check", "-q", str(course)])
    (file,) = Path(os.environ[VARIABLE]).iterdir()
    file.write_bytes(DAMAGES[name](file.read_bytes()))
    assert main(["--check", "-q", str(course)]) == 1
    assert len(runs) == 2
    assert not Path("harmed").exists()
    assert main(["--check", "-q", str(course)]) == 1
    assert len(runs) == 2


def test_what_cannot_be_written_is_ignored(
    course: Path, runs: list[int], capfd: pytest.CaptureFixture[str]
) -> None:
    (course.parent / "file").write_text("")
    for _ in range(2):
        assert main(["--check", "-q", "--cache-dir", str(course.parent / "file"), str(course)]) == 1
    assert len(runs) == 2
    assert "file" not in capfd.readouterr().err


ALWAYS: dict[str, list[str]] = {
    "what writes": ["--inplace"], "what shows changes": ["--diff"], "as asked": ["--check", "--no-cache"],
}  # fmt: skip


@pytest.mark.parametrize("name", ALWAYS)
def test_what_is_never_kept(course: Path, runs: list[int], name: str) -> None:
    for _ in range(2):
        main([*ALWAYS[name], "-q", str(course)])
    assert len(runs) == 2
    assert list(Path(os.environ[VARIABLE]).iterdir()) == []


UNSEEN: dict[str, Callable[[Path], object]] = {
    "a notebook that cannot be read": edit("b.ipynb", "{"),
    "no repository": lambda course: (course / ".git").rename(course.parent / "gone"),
    "a configuration that asks the package index": edit(
        "pyproject.toml", "[tool.colabify]\nonline = true\n"
    ),
    "a link that leads out": lambda course: (course / "data").symlink_to(course.parent),
    "a configuration that leads elsewhere": lambda course: git(
        course, "config", "core.excludesFile", "/elsewhere"
    ),
}


@pytest.mark.parametrize("name", UNSEEN)
def test_what_cannot_be_seen_is_not_kept(course: Path, runs: list[int], name: str) -> None:
    UNSEEN[name](course)
    for _ in range(2):
        main(["--check", "-q", str(course)])
    assert len(runs) == 2


def test_what_was_not_used_longest_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("colabify.cache._MOST", 2_000)
    for n in range(3):
        cache = colabify.cache.Cache(tmp_path / f"{n}.run", b"k" * 32)
        cache.keep(Result((Outcome("a" * 800),)))
        os.utime(cache.file, ns=(n * 10**9, n * 10**9))
        if n == 1:
            assert colabify.cache.Cache(tmp_path / "0.run", b"k" * 32).kept() is not None
    assert sorted(one.name for one in tmp_path.iterdir()) == ["0.run", "2.run"]
