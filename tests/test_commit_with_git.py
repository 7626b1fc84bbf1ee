"""What git does on the way to a commit: hooks, filters, line ends, Git LFS, signing."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from colabify.cli import main
from tests.committed import LAB, changed_in, everything, make_course, make_hook, refused
from tests.courses import git, notebook, publish

Capture = pytest.CaptureFixture[str]
WAYS = pytest.mark.parametrize("way", [["--commit"], ["--branch", "colab"]], ids=lambda way: way[0])
LFS = """\
#!/bin/sh
# As git-lfs does: clean keeps the bytes by their hash and prints a pointer; smudge gives them back
store='{store}'
mkdir -p "$store"
if [ "$1" = clean ]; then
  cat >"$store/new"
  hash=$(sha256sum "$store/new" | cut -d' ' -f1)
  printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:%s\\nsize %s\\n' "$hash" "$(wc -c <"$store/new")"
  mv "$store/new" "$store/$hash"
elif [ -n "$GIT_LFS_SKIP_SMUDGE" ]; then
  cat
else
  cat "$store/$(sed -n 's/^oid sha256://p')"
fi
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_course(tmp_path / "course", monkeypatch)


def committed(way: list[str]) -> str:
    """What the commit made in that way is called."""
    return "colab" if "--branch" in way else "HEAD"


# ---- hooks


@WAYS
def test_hooks_run_and_see_the_commit(way: list[str], course: Path) -> None:
    make_hook(
        course,
        "pre-commit",
        'git diff --cached --name-only >"$(git rev-parse --git-common-dir)/seen"',
    )
    make_hook(course, "commit-msg", 'echo "\nTask: 7" >>"$1"')
    assert main([str(course / "labs"), *way, "--quiet"]) == 0
    assert (course / ".git" / "seen").read_text().split() == ["labs/a.ipynb", "labs/b.ipynb"]
    assert "Task: 7" in git(course, "log", "-1", "--format=%B", committed(way))


@pytest.mark.parametrize(
    ("hook", "way"), [("pre-commit", ["--commit"]), ("commit-msg", ["--commit"]),
                      ("pre-commit", ["--branch", "colab"])],
)  # fmt: skip
def test_a_hook_refuses(hook: str, way: list[str], course: Path, capfd: Capture) -> None:
    """What the hook did to the notebook before it refused is taken back, too."""
    make_hook(course, hook, "echo x >>labs/a.ipynb; echo 'Cells have to be numbered.' >&2; exit 3")
    (course / "notes.txt").write_text("staged\n")
    git(course, "add", "notes.txt")
    said = refused(course, capfd, *way)
    assert said == "a hook refused the commit, nothing is changed: Cells have to be numbered."


def test_all_that_a_hook_said_is_shown_if_wanted(course: Path, capfd: Capture) -> None:
    script = "echo 'error: cell 3: no number'; echo 'error: cell 4: no number' >&2; exit 1"
    make_hook(course, "pre-commit", script)
    said = refused(course, capfd, "--commit")
    short = "a hook refused the commit, nothing is changed: cell 3: no number (-v shows all)"
    assert said == short
    assert main([str(course / "labs"), "--commit", "-v"]) == 2
    lines = "  error: cell 3: no number\n  error: cell 4: no number\n"
    assert capfd.readouterr().err == f"colabify: {short}\n{lines}"


def test_a_hook_that_rewrites_what_is_committed(course: Path, capfd: Capture) -> None:
    script = "sed -i 's/x = 1/x = 2/' labs/a.ipynb && date >labs/made.txt && git add labs"
    make_hook(course, "pre-commit", script)
    (course / "notes.txt").write_text("staged\n")
    git(course, "add", "notes.txt")
    assert main([str(course / "labs"), "--commit"]) == 0
    said = "Hooks have changed what is committed: labs/a.ipynb, labs/made.txt.\n"
    assert capfd.readouterr().out.endswith(said)
    assert "x = 2" in git(course, "show", "HEAD:labs/a.ipynb")
    assert git(course, "status", "--porcelain") == "M  notes.txt\n"


def test_a_hook_that_rewrites_what_is_committed_to_a_branch(course: Path, capfd: Capture) -> None:
    """The second time, what the hook makes is there already."""
    make_hook(course, "pre-commit", "echo more >>notes.txt && git add notes.txt")
    before = everything(course)["disk"]
    assert main([str(course / "labs"), "--branch", "colab"]) == 0
    assert "Hooks have changed what is committed: notes.txt." in capfd.readouterr().out
    tip = git(course, "rev-parse", "colab")
    assert git(course, "show", "colab:notes.txt") == "one\nmore\n"
    assert main([str(course / "labs"), "--branch", "colab"]) == 0
    assert git(course, "rev-parse", "colab") == tip
    assert everything(course)["disk"] == before


# ---- filters


def use_filter(
    course: Path, name: str, clean: str, smudge: str = "cat", files: str = "*.ipynb"
) -> None:
    git(course, "config", f"filter.{name}.clean", clean)
    git(course, "config", f"filter.{name}.smudge", smudge)
    git(course, "config", f"filter.{name}.required", "true")
    (course / ".gitattributes").write_text(f"{files} filter={name}\n")
    git(course, "add", "--renormalize", ".")
    publish(course)


def with_output() -> str:
    made = json.loads(LAB)
    text = {"name": "stdout", "output_type": "stream", "text": ["the answer\n"]}
    made["cells"][0] |= {"outputs": [text], "execution_count": 3}
    return json.dumps(made, indent=1) + "\n"


@pytest.mark.skipif(
    not importlib.util.find_spec("nbstripout"), reason="nbstripout is not installed"
)
def test_nbstripout(course: Path) -> None:
    """Outputs stay on the disk and out of git; a notebook with outputs alone is not edited."""
    program = f"'{sys.executable}' -W ignore -m nbstripout"
    use_filter(course, "nbstripout", program, files="labs/a.ipynb")
    path = course / "labs" / "a.ipynb"
    path.write_text(with_output())
    assert main([str(path), "--commit", "--quiet"]) == 0
    made = git(course, "show", "HEAD:labs/a.ipynb")
    assert "colab-badge.svg" in made
    assert "the answer" not in made
    assert "the answer" in path.read_text()
    assert changed_in(course) == ["labs/a.ipynb"]
    assert git(course, "diff") == ""


@WAYS
def test_a_filter_that_takes_away_what_was_done(
    way: list[str], course: Path, capfd: Capture
) -> None:
    use_filter(course, "fixed", f"cat >/dev/null; printf '%s' '{json.dumps(json.loads(LAB))}'")
    head = git(course, "rev-parse", "HEAD").strip()
    assert main([str(course / "labs"), *way]) == 0
    assert git(course, "rev-parse", committed(way)).strip() == head
    said = capfd.readouterr().out
    assert ("the filters of .gitattributes leave nothing of it" in said) == (way == ["--commit"])


@WAYS
def test_a_filter_that_fails(way: list[str], course: Path, capfd: Capture) -> None:
    use_filter(course, "odd", "cat")
    script = (
        'text=$(cat; echo x); case $text in *colab-badge*) exit 1;; esac; printf %s "${text%x}"'
    )
    git(course, "config", "filter.odd.clean", script)
    said = refused(course, capfd, *way)
    assert "labs/a.ipynb: clean filter 'odd' failed" in said


@WAYS
def test_a_notebook_in_git_lfs(way: list[str], course: Path, tmp_path: Path) -> None:
    program = tmp_path / "lfs"
    program.write_text(LFS.format(store=tmp_path / "store"))
    program.chmod(0o755)
    use_filter(course, "lfs", f"'{program}' clean", f"'{program}' smudge")
    assert git(course, "show", "HEAD:labs/a.ipynb").startswith("version https://git-lfs")
    assert main([str(course / "labs"), *way, "--quiet"]) == 0
    pointer = git(course, "show", f"{committed(way)}:labs/a.ipynb")
    assert pointer.startswith("version https://git-lfs")
    stored = (tmp_path / "store" / pointer.splitlines()[1].removeprefix("oid sha256:")).read_text()
    assert "colab-badge.svg" in stored
    assert changed_in(course, committed(way)) == ["labs/a.ipynb", "labs/b.ipynb"]


@pytest.mark.parametrize("said", ["in the settings", "by the course"])
@WAYS
def test_line_ends(way: list[str], said: str, course: Path) -> None:
    """The disk has CRLF, also where the branch is made, and git has LF."""
    if said == "in the settings":
        git(course, "config", "core.autocrlf", "true")
    else:
        (course / ".gitattributes").write_text("*.ipynb text eol=crlf\n")
        publish(course)
    shutil.rmtree(course / "labs")
    git(course, "checkout", "-q", "--", ".")
    path = course / "labs" / "a.ipynb"
    assert path.read_bytes().count(b"\r\n") == LAB.count("\n")
    assert main([str(course / "labs"), *way, "--quiet"]) == 0
    made = subprocess.run(
        ["git", "cat-file", "blob", f"{committed(way)}:labs/a.ipynb"],
        cwd=course, check=True, capture_output=True,
    ).stdout  # fmt: skip
    assert b"colab-badge.svg" in made
    assert b"\r\n" not in made
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    assert git(course, "status", "--porcelain") == ""


# ---- signing


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="there is no ssh-keygen here")
@WAYS
def test_signed_by_ssh(way: list[str], course: Path, tmp_path: Path, capfd: Capture) -> None:
    key, allowed = tmp_path / "key", tmp_path / "allowed"
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
    subprocess.run(words, check=True)
    allowed.write_text(f"ann@example.org {key.with_suffix('.pub').read_text()}")
    for name, value in {
        "gpg.format": "ssh",
        "user.signingKey": str(key),
        "gpg.ssh.allowedSignersFile": str(allowed),
        "commit.gpgSign": "true",
    }.items():
        git(course, "config", name, value)
    assert main([str(course / "labs/a.ipynb"), *way, "--quiet"]) == 0
    git(course, "verify-commit", committed(way))
    git(course, "config", "user.signingKey", str(tmp_path / "lost"))
    (course / "labs" / "b.ipynb").write_text(notebook("y = 3"))
    git(course, "-c", "commit.gpgSign=false", "commit", "-q", "-am", "More")
    said = refused(course, capfd, *way)
    assert said.startswith("the commit could not be signed, nothing is changed: ")
