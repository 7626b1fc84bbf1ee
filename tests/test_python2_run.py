"""The forms of Python 2, run by Python 2, and what became of them by this one: they print the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_python2 import FORMS


def python_2() -> str:
    """Python 2.7 on this machine; the test is skipped where there is none."""
    versions = (Path.home() / ".pyenv" / "versions").glob("2.7*/bin/python")
    found = next(map(str, versions), None) or shutil.which("python2.7")
    if found is None:
        pytest.skip("there is no Python 2.7 on this machine")
    return found


def said(python: str, forms: list[str], folder: Path) -> list[str]:
    """What each of ``forms`` prints, run by that Python one after the other."""
    run = "import sys, io\nfor text in sys.argv[1:]:\n    sys.stdout.write('-----\\n')\n"
    run += "    exec(compile(text, 'form', 'exec'), {'__name__': 'form'})\n    sys.stdout.flush()\n"
    folder.mkdir()
    done = subprocess.run([python, "-c", run, *forms], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().split("-----\n")[1:]


def test_both_print_the_same(tmp_path: Path) -> None:
    rows = [row for name, row in FORMS.items() if "print to" not in name]
    old = said(python_2(), [before for before, _ in rows], tmp_path / "2")
    new = said(sys.executable, [after for _, after in rows], tmp_path / "3")
    wrong = [(rows[n][0], a, b) for n, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    assert wrong == []


def test_no_cache_folder_is_needed(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    run = (
        "from colabify.python2.convert import to_python_3; print(to_python_3(['print 1'])[0].text)"
    )
    env = {
        **os.environ,
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "home" / "c"),
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", run], env=env, capture_output=True, check=False
    )
    assert (done.stdout.decode().strip(), done.stderr.decode()) == ("print(1)", "")
