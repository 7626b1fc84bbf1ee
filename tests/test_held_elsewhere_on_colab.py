"""Files of Git LFS and submodules, on a simulated Colab: those that are needed, once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cloned import CLONE, FILES, cell, published, run, sparse
from tests.courses import add_submodule, git, make_repository, publish
from tests.simulated_colab.colab import Forge, Run
from tests.simulated_colab.examples import needs_runtime

pytestmark = needs_runtime

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 5\n"
GIT_LFS = """\
echo "lfs $*" >> "$HOME/lfs.log"
case "$1" in
version) echo git-lfs/3.0.2; exit 0;;
install) exit 0;;
esac
test -n "$FULL" && { echo "batch response: This repository exceeded its LFS budget."; exit 2; }
for word in "$@"; do case "$word" in --include=*) list=${word#--include=};; esac; done
set -f; IFS=,
for pattern in $list; do
  set +f; unset IFS
  find . -path ./.git -prune -o -type f -path "./${pattern#/}" -exec sh -c \\
    'grep -q "^version https://git-lfs" "$1" && echo bytes > "$1"' sh {} \\;
done
"""
"""Stands for git-lfs: puts bytes in place of the pointers that a pattern names."""


# ---- Git LFS


HELD = ["w.npy", "a,b [1].npy", "week1/w.npy"]


def lfs(tmp_path: Path, *names: str, **more: object) -> tuple[Run, Path]:
    """Run a notebook, twice, that needs ``names``; what it has said, and the course on the machine."""
    files = {name: POINTER.format(name[0] * 64) for name in [*HELD, "other.npy"]}
    forge = published(tmp_path, files)
    setup = cell(replace(CLONE, lfs=names))
    return run(tmp_path, forge, setup, setup, **more), tmp_path / "colab" / "content" / "course"


def test_lfs_brings_what_is_needed_once(tmp_path: Path) -> None:
    done, course = lfs(tmp_path, *HELD, programs={"git-lfs": GIT_LFS})
    assert done.error is None
    assert {name: (course / name).read_text() for name in HELD} == dict.fromkeys(HELD, "bytes\n")
    assert (course / "other.npy").read_text().startswith("version")
    assert "Fetching from Git LFS: w.npy" in done.texts[0]
    assert "LFS" not in done.texts[1]
    log = (tmp_path / "colab" / "home" / "lfs.log").read_text()
    assert log.count("lfs pull") == 1
    assert "--include=/w.npy,/a?b??1?.npy,/week1/w.npy" in log


def test_lfs_program_comes_from_apt(tmp_path: Path) -> None:
    there = tmp_path / "git-lfs"
    there.write_text("#!/bin/sh\n" + GIT_LFS)
    there.chmod(0o755)
    apt = f'case "$*" in *"install -y git-lfs") cp {there} "$(dirname "$0")";; esac'
    done, course = lfs(tmp_path, "w.npy", programs={"apt-get": apt})
    assert done.error is None
    assert (course / "w.npy").read_text() == "bytes\n"


def test_lfs_program_that_cannot_be_had(tmp_path: Path) -> None:
    done, course = lfs(tmp_path, "w.npy")
    assert done.error is not None
    assert "Git LFS did not bring w.npy" in done.error.evalue
    assert (course / "w.npy").exists()


def test_lfs_budget_is_used_up(tmp_path: Path) -> None:
    done, _ = lfs(tmp_path, "w.npy", programs={"git-lfs": GIT_LFS}, env={"FULL": "1"})
    assert done.error is not None
    assert "the course has used up what Git LFS gives it" in done.error.evalue
    assert "tell your teacher" in done.error.evalue


# ---- submodules


def with_submodules(tmp_path: Path, address: str, **more: object) -> Forge:
    kit = make_repository(tmp_path / "kit", {"kit.py": "answer = 42\n"}, "")
    course = make_repository(tmp_path / "course", FILES)
    for name in ("libs/kit", "libs/other"):
        add_submodule(course, kit, name)
        git(course, "config", "-f", ".gitmodules", f"submodule.{name}.url", address)
    publish(course)
    forge = Forge(tmp_path / "forge", **more)  # type: ignore[arg-type]
    forge.publish(kit, "teacher/kit")
    forge.publish(course, "teacher/course")
    return forge


ADDRESSES = [
    "https://github.com/teacher/kit.git",
    "git@github.com:teacher/kit.git",
    "ssh://git@github.com/teacher/kit",
    "../kit.git",
]
USES_KIT = "import sys\nsys.path.append('/content/course/libs/kit')\nimport kit\nprint(kit.answer)"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_submodule_is_cloned_if_it_is_needed(address: str, tmp_path: Path) -> None:
    forge = with_submodules(tmp_path, address, http=True)
    setup = cell(replace(CLONE, submodules=("libs/kit",)))
    done = run(tmp_path, forge, setup, USES_KIT, setup)
    assert done.error is None
    assert done.texts[1] == "42\n"
    assert "Cloning libs/kit ..." in done.texts[0]
    assert "Cloning" not in done.texts[2]
    assert not list((tmp_path / "colab" / "content" / "course" / "libs" / "other").iterdir())


def test_a_submodule_of_a_sparse_clone_added_later(tmp_path: Path) -> None:
    forge = with_submodules(tmp_path, ADDRESSES[0])
    second = cell(replace(sparse("libs"), submodules=("libs/kit",)))
    done = run(tmp_path, forge, cell(sparse("week1")), second, USES_KIT)
    assert done.error is None
    assert done.texts[2] == "42\n"


def test_a_private_submodule_is_cloned_with_the_token(tmp_path: Path) -> None:
    forge = with_submodules(tmp_path, ADDRESSES[1], private={"teacher/kit"})
    setup = cell(replace(CLONE, submodules=("libs/kit",)))
    done = run(tmp_path, forge, setup, USES_KIT, secrets={"GITHUB_TOKEN": forge.token})
    assert done.error is None
    assert done.texts[1] == "42\n"


def test_a_submodule_that_is_not_there(tmp_path: Path) -> None:
    forge = with_submodules(tmp_path, "https://github.com/teacher/none.git")
    done = run(
        tmp_path,
        forge,
        cell(replace(CLONE, submodules=("libs/kit",))),
        "print(open('README.md').read())",
    )
    assert done.error is not None
    assert "libs/kit, a repository of its own, could not be cloned" in done.error.evalue
    assert done.texts[1] == "x\n"
