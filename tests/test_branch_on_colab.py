"""The fixture ported on a branch and pushed: a fresh clone of that branch runs on a simulated Colab."""

from __future__ import annotations

from pathlib import Path

from colabify.cli import main
from tests.committed import everything
from tests.courses import fixture_course, git
from tests.simulated_colab.colab import Colab, Forge
from tests.simulated_colab.examples import needs_runtime

pytestmark = needs_runtime


def test_a_clone_of_the_branch_runs(tmp_path: Path) -> None:
    """The setup cell clones that branch: on the course's own there is nothing that is ported."""
    assignment = fixture_course(tmp_path / "course")
    course, forge = assignment.parent, Forge(tmp_path / "forge")
    forge.publish(course, "teacher/course")
    bare = forge.folder / "teacher" / "course.git"
    settings = {
        f"url.{bare}.pushInsteadOf": "https://github.com/teacher/course.git",
        "user.name": "Ann",
        "user.email": "ann@example.org",
    }
    for name, value in settings.items():
        git(course, "config", name, value)
    before = everything(course)
    assert main([str(assignment), "--branch", "colab", "--push", "--quiet"]) == 0
    assert everything(course)["disk"] == before["disk"]
    git(tmp_path, "clone", "-q", "--branch", "colab", str(bare), "clone")
    ported = tmp_path / "clone" / "assignment1" / "softmax.ipynb"
    assert "blob/colab/assignment1/softmax.ipynb" in ported.read_text()
    with Colab(tmp_path / "colab", forge) as colab:
        run = colab.run_all(colab.open(ported))
    assert run.error is None
    assert "Cloning https://github.com/teacher/course.git (colab)" in run.text
