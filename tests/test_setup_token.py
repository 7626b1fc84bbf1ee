"""The secret GITHUB_TOKEN goes to github.com and to no other host."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from colabify.setup.cell import setup_source
from colabify.steps import Clone, Setup

COLAB = """\
import sys, types
colab = types.ModuleType("google.colab")
colab.userdata = types.SimpleNamespace(get=lambda name: "s3cret" if name == "GITHUB_TOKEN" else "")
sys.modules["google.colab"] = colab
"""
GIT = '#!/bin/sh\necho "$GIT_CONFIG_VALUE_0" >> "$LOG"\necho refused\nexit 128\n'


@pytest.mark.parametrize(
    ("host", "offers"),
    [
        ("github.com", [False, True]),
        ("gitlab.com", [False]),
        ("github.com.example.org", [False]),
        ("example.org", [False]),
    ],
)
def test_who_is_offered_the_token(host: str, offers: list[bool], tmp_path: Path) -> None:
    git = tmp_path / "bin" / "git"
    git.parent.mkdir()
    git.write_text(GIT)
    git.chmod(0o755)
    clone = Clone(f"https://{host}/teacher/course.git", "main", f"colabify-{os.getpid()}")
    done = subprocess.run(
        [sys.executable, "-c", COLAB + setup_source(Setup(source=clone))],
        env={"PATH": f"{git.parent}:{os.environ['PATH']}", "LOG": str(tmp_path / "log")},
        capture_output=True,
        text=True,
    )
    asked = (tmp_path / "log").read_text().splitlines()
    assert ["Basic" in line for line in asked] == offers
    assert "Git said: refused" in done.stderr
    assert ("GITHUB_TOKEN (the key on the left)" in done.stderr.splitlines()[-1]) is (
        len(offers) == 2
    )
    assert "s3cret" not in done.stdout + done.stderr
