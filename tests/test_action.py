"""The GitHub Action: its steps, run with bash as GitHub's runner runs them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tests.courses import git, make_repository, notebook

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {one["name"]: one for one in ACTION["runs"]["steps"]}
INPUT = re.compile(r"\$\{\{ inputs\.([a-z]+) \}\}")
BASH = shutil.which("bash")
EVIL = ["$(touch owned)", "`touch owned`", "a; touch owned", '"; touch owned; "', "a b*c", "-x"]
pytestmark = pytest.mark.skipif(BASH is None, reason="there is no bash")


def run(step: str, folder: Path, inputs: Mapping[str, str] = {}, code: int = 0) -> str:
    """What a step prints; ``folder`` has the programs in ``bin`` and is the runner's temporary folder."""
    values = {name: one["default"] for name, one in ACTION["inputs"].items()} | dict(inputs)
    env = {
        name: INPUT.sub(lambda match: values[match[1]], text).replace(
            "${{ github.action_path }}", str(ROOT)
        )
        for name, text in STEPS[step]["env"].items()
    }
    assert not any("${{" in value for value in env.values())
    script = folder / "step.sh"
    script.write_text(STEPS[step]["run"])
    done = subprocess.run(
        [str(BASH), "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
        cwd=folder / "course",
        env={
            **os.environ,
            **env,
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "RUNNER_TEMP": str(folder),
            "GITHUB_PATH": str(folder / "path"),
            "GITHUB_ACTIONS": "true",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def program(folder: Path, name: str, text: str) -> None:
    path = folder / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    make_repository(
        tmp_path / "course", {"labs/a.ipynb": notebook("x = 1"), "b.ipynb": notebook("y = 1")}
    )
    program(tmp_path, "colabify", f'exec {shlex.quote(sys.executable)} -m colabify "$@"')
    return tmp_path


def test_it_is_a_composite_action_whose_steps_are_bash(tmp_path: Path) -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert all(one["description"] and "default" in one for one in ACTION["inputs"].values())
    for step in STEPS.values():
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]  # values are data: they come by the environment
        script = tmp_path / "step.sh"
        script.write_text(step["run"])
        subprocess.run([str(BASH), "-n", str(script)], check=True)
    used = INPUT.findall(str([one["env"] for one in STEPS.values()]))
    assert set(used) == ACTION["inputs"].keys()


def test_check_annotates_what_would_change(runner: Path) -> None:
    said = run("Run colabify", runner, code=1)
    assert "::error file=labs/a.ipynb,line=1,title=colabify not-ported::" in said
    said = run("Run colabify", runner, {"paths": "labs\n", "options": "--ignore=COL4\n"}, code=1)
    assert "labs/a.ipynb" in said
    assert "file=b.ipynb" not in said


def test_check_passes_what_is_ported_also_where_no_branch_is_checked_out(runner: Path) -> None:
    course = runner / "course"
    (course / "pyproject.toml").write_text('[tool.colabify]\nref = "main"\n')
    run_here = [sys.executable, "-m", "colabify", ".", "--inplace", "--quiet"]
    subprocess.run(run_here, cwd=course, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    git(course, "add", "-A")
    git(course, "commit", "-qm", "Ported")
    git(course, "checkout", "-q", "--detach")
    git(course, "update-ref", "-d", "refs/remotes/origin/main")
    git(course, "branch", "-qD", "main")
    said = run("Run colabify", runner)
    assert "error" not in said


RECORD = """printf '<%s>\\n' "$@"; git var GIT_COMMITTER_IDENT"""


@pytest.mark.parametrize("evil", EVIL)
def test_inputs_are_words_and_never_run(evil: str, runner: Path) -> None:
    program(runner, "colabify", RECORD)
    said = run(
        "Run colabify", runner, {"mode": "branch", "branch": evil, "paths": f"{evil}\n\nlabs"}
    )
    assert said.split("\n")[:5] == [f"<--branch={evil}>", "<--push>", "<-->", f"<{evil}>", "<labs>"]
    assert "github-actions[bot]" in said
    assert not list(runner.rglob("owned"))


def test_an_identity_that_is_there_is_kept(runner: Path) -> None:
    program(runner, "colabify", RECORD)
    git(runner / "course", "config", "user.email", "teacher@example.org")
    git(runner / "course", "config", "user.name", "Teacher")
    assert "Teacher <teacher@example.org>" in run("Run colabify", runner, {"mode": "branch"})


def test_another_mode_is_refused(runner: Path) -> None:
    program(runner, "colabify", RECORD)
    said = run("Run colabify", runner, {"mode": "$(touch owned)"}, code=2)
    assert said == "colabify: the input mode has to be check or branch\n"


PYTHON = """\
if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; else printf '<%s>\\n' "$@"; fi"""


@pytest.mark.parametrize(
    ("version", "wanted"),
    [("", str(ROOT)), ("1.2", "colabify==1.2"), *((one, f"colabify=={one}") for one in EVIL)],
)
def test_the_version_asked_for_is_installed(version: str, wanted: str, runner: Path) -> None:
    program(runner, "python3", PYTHON)
    said = run("Install colabify", runner, {"version": version})
    assert said.splitlines()[-2:] == ["<-->", f"<{wanted}>"]
    assert (runner / "path").read_text() == f"{runner}/colabify/bin\n"
    assert not list(runner.rglob("owned"))


def test_a_branch_is_ported_and_pushed(runner: Path) -> None:
    course, remote = runner / "course", runner / "remote.git"
    git(runner, "init", "-q", "--bare", "remote.git")
    git(course, "config", f"url.{remote}.pushInsteadOf", "https://github.com/teacher/course.git")
    git(course, "push", "-q", "origin", "main")
    run("Run colabify", runner, {"mode": "branch", "paths": "labs"})
    assert "/blob/colab/labs/a.ipynb" in git(remote, "show", "colab:labs/a.ipynb")
    assert "github-actions[bot]" in git(remote, "log", "-1", "--format=%cn", "colab")
    assert git(course, "status", "--porcelain") == ""
