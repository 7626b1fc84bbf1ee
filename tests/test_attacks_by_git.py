"""A repository's own configuration, and links in it: they run no program and lead nowhere outside."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from colabify.cli import main
from tests.attacked import payload
from tests.courses import contents, make_repository, notebook

NOTEBOOK = notebook("import kit\nimport numpy as np\nx = np.int(3)")
CONFIG = """
[core]
    fsmonitor = owned
    hooksPath = {folder}/hooks
    sshCommand = owned
    askPass = owned
    editor = owned
    pager = owned
    gitProxy = owned
    alternateRefsCommand = owned
    attributesFile = {folder}/attributes
[diff]
    external = owned
[diff "x"]
    command = owned
    textconv = owned
[filter "x"]
    clean = owned
    smudge = owned
    process = owned
    required = true
[merge "x"]
    driver = owned
[gpg]
    program = owned
[log]
    showSignature = true
[credential]
    helper = !owned
[alias]
    ls-files = !owned
    ls-tree = !owned
    for-each-ref = !owned
[pager]
    ls-files = owned
    config = owned
[remote "origin"]
    promisor = true
    partialclonefilter = blob:none
    uploadpack = owned
    vcs = owned
[extensions]
    partialClone = origin
[uploadpack]
    packObjectsHook = owned
[trace2]
    eventTarget = |owned
"""


@pytest.fixture
def armed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{payload(tmp_path)}:{os.environ['PATH']}")
    return tmp_path


def poison(git_folder: Path, folder: Path) -> None:
    """Have the repository whose folder is ``git_folder`` name a program wherever git would run one."""
    (folder / "attributes").write_text("* filter=x diff=x merge=x\n")
    (folder / "hooks").mkdir(exist_ok=True)
    for name in (
        "post-checkout",
        "post-index-change",
        "fsmonitor-watchman",
        "reference-transaction",
        "pre-commit",
    ):
        (folder / "hooks" / name).write_text("#!/bin/sh\nowned\n")
        (folder / "hooks" / name).chmod(0o755)
    with (git_folder / "config").open("a") as file:
        file.write(CONFIG.format(folder=folder))


MODES = [
    [],
    ["--check"],
    ["--diff"],
    ["--inplace"],
    ["--undo"],
    ["--show-config"],
    ["--output-dir=copies"],
    ["--init"],
]


def test_a_repository_cannot_have_git_run_programs(
    armed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"nb.ipynb": NOTEBOOK, "kit.py": "x = 1\n", ".gitattributes": "* filter=x diff=x\n"}
    course = make_repository(armed / "course", files)
    inner = make_repository(course / "inner", {"kit.py": "x = 1\n"}, "")
    (course / ".gitmodules").write_text(
        '[submodule "inner"]\n path = inner\n url = ./inner\n update = !owned\n'
    )
    subprocess.run(
        ["git", "add", "inner", ".gitmodules"], cwd=course, check=True, capture_output=True
    )
    poison(course / ".git", armed)
    poison(inner / ".git", armed)
    (course / "lost").symlink_to("kit.py")  # a blob that a partial clone may have to fetch
    monkeypatch.chdir(armed)
    assert main([str(course)]) < 2
    for words in MODES:
        main([str(course), *words])
    assert not (armed / "owned").exists(), (armed / "owned").read_text()
    subprocess.run(["git", "status"], cwd=course, check=False, capture_output=True)
    assert (armed / "owned").exists()  # git itself does run them: the test can fail


def test_a_folder_that_passes_for_a_bare_repository(
    armed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = make_repository(armed / "course", {"nb.ipynb": NOTEBOOK, "kit.py": "x = 1\n"})
    evil = course / "week1"
    subprocess.run(["git", "init", "-q", "--bare", str(evil)], check=True)
    (evil / "nb.ipynb").write_text(NOTEBOOK)
    text = (evil / "config").read_text().replace("bare = true", "bare = false\n\tworktree = .")
    (evil / "config").write_text(text)
    poison(evil, armed)
    monkeypatch.chdir(armed)
    for words in MODES:
        main([str(evil), *words])
        main([str(course), *words])
    assert not (armed / "owned").exists(), (armed / "owned").read_text()


@pytest.mark.parametrize("link", ["copies/week1", "copies/week1/nb.ipynb", "copies/week1/kit.py"])
def test_copies_do_not_follow_a_link_out(
    link: str, armed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = armed / "outside"
    outside.mkdir()
    (outside / "nb.ipynb").write_text("precious")
    (outside / "kit.py").write_text("precious")
    kit = "import numpy as np\nx = np.int(3)\n"
    course = make_repository(
        armed / "course", {"week1/nb.ipynb": NOTEBOOK, "week1/kit.py": kit, "b.ipynb": NOTEBOOK}
    )
    (course / link).parent.mkdir(parents=True)
    (course / link).symlink_to(outside if link.endswith("week1") else outside / Path(link).name)
    assert main([str(course), "--output-dir", str(course / "copies")]) == 2
    assert contents(outside) == {"nb.ipynb": b"precious", "kit.py": b"precious"}
    assert "a symbolic link leads" in capsys.readouterr().err
    assert (course / "copies/b.ipynb").exists()


@pytest.mark.parametrize("name", ["colabify.toml", "pyproject.toml"])
@pytest.mark.parametrize("target", ["there.toml", "absent.toml"])
def test_init_does_not_follow_a_link_out(name: str, target: str, armed: Path) -> None:
    (armed / "there.toml").write_text("x = 1\n")
    course = make_repository(armed / "course", {"nb.ipynb": NOTEBOOK})
    (course / name).symlink_to(f"../{target}")
    assert main([str(course), "--init"]) == (
        0 if (name, target) == ("pyproject.toml", "absent.toml") else 2
    )
    assert (armed / "there.toml").read_text() == "x = 1\n"
    assert not (armed / "absent.toml").exists()
