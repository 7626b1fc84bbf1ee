"""The last cell of a notebook on a simulated Colab: it saves the results, to a zip or to a fork."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from colabify.setup.cell import setup_source
from colabify.setup.results import results_cell
from colabify.steps import Clone, Results, Setup
from tests.courses import git, make_repository
from tests.simulated_colab.colab import Colab, Forge, Run
from tests.simulated_colab.examples import needs_runtime, notebook
from tests.test_persist_on_colab import FILES, WORK, setup

pytestmark = needs_runtime


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    forge = Forge(tmp_path / "forge")
    forge.publish(make_repository(tmp_path / "course", FILES), "teacher/course")
    return forge


def last_cell(persist: str, chosen: dict[str, str] | None = None) -> str:
    cell = results_cell(setup(persist), chosen)
    assert cell is not None
    return str(cell["source"])


class TestDownload:
    """The last cell offers one zip of what is there."""

    def test_what_is_there_is_zipped(self, tmp_path: Path, forge: Forge) -> None:
        last = last_cell("download")
        with Colab(tmp_path / "colab", forge, light=True) as colab:
            run = colab.run_all(notebook(setup_source(setup("download")), WORK, last, last))
            with zipfile.ZipFile(colab.content / "course-results.zip") as archive:
                found = {name: archive.read(name).decode() for name in archive.namelist()}
        assert run.error is None
        assert "the last cell of this notebook saves your results" in run.texts[0]
        assert "4 files, 0.0 MB: your browser saves course-results.zip" in run.texts[2]
        assert found == {
            "week1/figures/a.txt": "a figure",
            "week1/figures/deep/b.txt": "another",
            "week1/helper.py": "answer = 42\nmine = 1\n",
            "week1/model.txt": "a model",
        }

    def test_nothing_is_there_yet(self, tmp_path: Path, forge: Forge) -> None:
        with Colab(tmp_path / "colab", forge, light=True) as colab:
            run = colab.run_all(notebook(last_cell("download")))
        assert run.error is None
        assert "There are no results yet" in run.text

    def test_a_notebook_that_needs_no_files(self, tmp_path: Path, forge: Forge) -> None:
        alone = Setup(folder="week1", results=Results("download", ("week1/figures/", "top.txt")))
        cell: Any = results_cell(alone)
        with Colab(tmp_path / "colab", forge, light=True) as colab:
            run = colab.run_all(notebook(WORK, cell["source"]))
            with zipfile.ZipFile(colab.content / "results.zip") as archive:
                assert sorted(archive.namelist()) == ["figures/a.txt", "figures/deep/b.txt"]
        assert run.error is None


class TestGit:
    """The last cell commits to a branch of the student's fork, on top of what that has."""

    TOKEN = "s3cret-t0ken"

    @pytest.fixture
    def forge(self, tmp_path: Path) -> Forge:
        """The course, and a fork of it that its owner has changed since."""
        forge = Forge(tmp_path / "forge", http=True, token=self.TOKEN)
        course = make_repository(tmp_path / "course", FILES)
        forge.publish(course, "teacher/course")
        (course / "own.txt").write_text("the student's\n")
        git(course, "add", ".")
        git(course, "commit", "-qm", "Own")
        forge.publish(course, "jo/course")
        git(tmp_path / "forge" / "jo" / "course.git", "config", "http.receivepack", "true")
        return forge

    def run(self, tmp_path: Path, forge: Forge, *cells: str, number: int = 1, **more: Any) -> Run:
        secrets = more.pop("secrets", {"GITHUB_TOKEN": self.TOKEN})
        with Colab(
            tmp_path / f"colab-{number}", forge, secrets=secrets, **more, light=True
        ) as colab:
            run = colab.run_all(notebook(setup_source(setup("git")), *cells))
            left = [path for path in colab.folder.rglob("*") if path.is_file()]
            secret = self.TOKEN.encode()
            assert not any(secret in path.read_bytes() for path in left)
        assert self.TOKEN not in run.text + json.dumps(run.outputs, default=str)
        return run

    def at(self, forge: Forge, branch: str) -> dict[str, str]:
        bare = forge.folder / "jo" / "course.git"
        names = git(bare, "ls-tree", "-r", "--name-only", branch).split()
        return {name: git(bare, "show", f"{branch}:{name}") for name in names}

    def log(self, forge: Forge, branch: str) -> list[str]:
        bare = forge.folder / "jo" / "course.git"
        return git(bare, "log", "--format=%an: %s", branch).splitlines()

    def test_the_results_are_committed(self, tmp_path: Path, forge: Forge) -> None:
        last = last_cell("git", {"FORK": "jo/course", "MESSAGE": "Week 1"})
        status = "import os\nprint(os.popen('git status --short; git log --format=%s').read())"
        run = self.run(tmp_path, forge, WORK, last, last, status)
        assert run.error is None
        assert "Saved: https://github.com/jo/course/tree/colab" in run.texts[2]
        assert "There are no new results to save" in run.texts[3]
        assert self.at(forge, "colab") == {
            **FILES,
            "own.txt": "the student's\n",
            "week1/figures/a.txt": "a figure",
            "week1/figures/deep/b.txt": "another",
            "week1/helper.py": "answer = 42\nmine = 1\n",
            "week1/model.txt": "a model",
        }
        assert self.log(forge, "colab") == ["jo: Week 1", "Teacher: Own", "Teacher: The course"]
        assert "?? figures/" in run.texts[4]  # the clone itself is as it was
        assert run.texts[4].endswith("The course\n\n")

    def test_another_machine_goes_on(self, tmp_path: Path, forge: Forge) -> None:
        last = last_cell("git", {"FORK": "https://github.com/jo/course.git/", "BRANCH": "mine"})
        assert self.run(tmp_path, forge, WORK, last).error is None
        more = "open('model.txt', 'w').write('a better model')"
        assert self.run(tmp_path, forge, more, last, number=2).error is None
        assert len(self.log(forge, "mine")) == 4
        found = self.at(forge, "mine")
        assert found["week1/model.txt"] == "a better model"
        assert found["week1/figures/a.txt"] == "a figure"

    def test_of_a_clone_that_has_not_all_folders(self, tmp_path: Path, forge: Forge) -> None:
        clone = Clone(
            "https://github.com/teacher/course.git", "main", "course", "sparse", ("week2",)
        )
        sparse = setup_source(Setup(source=clone, folder=""))
        write = (
            "import os\nassert not os.path.exists('week1/old.csv')\nos.makedirs('week1/figures')\n"
        )
        write += "open('week1/figures/a.txt', 'w').write('a figure')"
        last = last_cell("git", {"FORK": "jo/course"})
        with Colab(
            tmp_path / "colab", forge, secrets={"GITHUB_TOKEN": self.TOKEN}, light=True
        ) as colab:
            run = colab.run_all(notebook(sparse, write, last))
        assert run.error is None
        expected = {"own.txt": "the student's\n", "week1/figures/a.txt": "a figure"}
        assert self.at(forge, "colab") == {**FILES, **expected}

    def test_a_repository_that_is_empty(self, tmp_path: Path, forge: Forge) -> None:
        bare = forge.folder / "jo" / "empty.git"
        git(forge.folder, "init", "-q", "--bare", str(bare))
        git(bare, "config", "http.receivepack", "true")
        (forge.folder / "jo" / "empty").symlink_to("empty.git")
        run = self.run(tmp_path, forge, WORK, last_cell("git", {"FORK": "jo/empty"}))
        assert run.error is None
        assert "week1/model.txt" in git(bare, "ls-tree", "-r", "--name-only", "colab")

    def test_no_fork_is_named(self, tmp_path: Path, forge: Forge) -> None:
        run = self.run(tmp_path, forge, WORK, last_cell("git"))
        assert run.error is None
        assert "Nothing is saved: write your fork" in run.text

    def test_nothing_is_written_yet(self, tmp_path: Path, forge: Forge) -> None:
        run = self.run(tmp_path, forge, last_cell("git", {"FORK": "jo/course"}))
        assert run.error is None
        assert "There are no new results to save" in run.text

    @pytest.mark.parametrize(
        ("chosen", "secrets", "said"),
        [
            ({"FORK": "jo"}, None, "jo is no fork on GitHub"),
            ({"FORK": "jo/course"}, {}, "store a token that may write to it as the secret"),
            ({"FORK": "jo/course"}, {"GITHUB_TOKEN": None}, "let this notebook use it"),
            ({"FORK": "jo/course"}, {"GITHUB_TOKEN": "wrong"}, "may the token write to it?"),
            ({"FORK": "jo/nowhere"}, None, "Could not reach https://github.com/jo/nowhere.git"),
            ({"FORK": "teacher/course"}, None, "Could not push to teacher/course"),
            ({"FORK": "jo/course", "BRANCH": "a b"}, None, "a b is no name of a branch"),
            ({"FORK": "jo/course", "BRANCH": "--force"}, None, "is no name of a branch"),
        ],
    )
    def test_what_is_wrong_is_said(
        self,
        tmp_path: Path,
        forge: Forge,
        chosen: dict[str, str],
        secrets: dict[str, str | None] | None,
        said: str,
    ) -> None:
        more = {} if secrets is None else {"secrets": secrets}
        run = self.run(tmp_path, forge, WORK, last_cell("git", chosen), **more)
        assert run.error is not None
        assert run.error.cell == 2
        assert said in run.error.evalue

    def test_a_push_is_never_forced(self, tmp_path: Path, forge: Forge) -> None:
        bare = forge.folder / "jo" / "course.git"
        hook = bare / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text("#!/bin/sh\necho the branch is protected >&2\nexit 1\n")
        hook.chmod(0o755)
        run = self.run(tmp_path, forge, WORK, last_cell("git", {"FORK": "jo/course"}))
        assert run.error is not None
        assert "Could not push to jo/course: run this cell again" in run.error.evalue
        assert "the branch is protected" in run.error.evalue
        pushes = [line for line in last_cell("git").splitlines() if '"push"' in line]
        assert len(pushes) == 1
        assert "force" not in pushes[0]
        assert "+" not in pushes[0]
