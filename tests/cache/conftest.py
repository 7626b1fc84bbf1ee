"""What the tests of the cache have: a course, and what of it was ported."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import colabify.run
from colabify.cli import main
from tests.cache.course import FILES, WHOLE
from tests.cache.kept import count_ported, use_cache
from tests.courses import make_repository


@pytest.fixture(scope="session")
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
