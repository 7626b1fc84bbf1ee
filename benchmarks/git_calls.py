"""How often git is started by a command: a git that counts stands before the real one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def count_git(words: Sequence[str], folder: Path) -> int:
    """How many processes of git the command starts in ``folder``."""
    real = shutil.which("git")
    with tempfile.TemporaryDirectory() as name:
        log, script = Path(name) / "log", Path(name) / "git"
        script.write_text(f'#!/bin/sh\necho x >> "{log}"\nexec "{real}" "$@"\n')
        script.chmod(0o755)
        path = os.pathsep.join([name, os.environ.get("PATH", "")])
        subprocess.run(
            words, cwd=folder, env={**os.environ, "PATH": path}, check=False, capture_output=True
        )
        return len(log.read_text().splitlines()) if log.exists() else 0
