"""Results that live in the student's Drive, on a simulated Colab: one machine after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.setup.cell import setup_source
from colabify.steps import Clone, Results, Setup
from tests.courses import make_repository
from tests.simulated_colab.colab import Colab, Forge, Run
from tests.simulated_colab.examples import needs_runtime, notebook

pytestmark = needs_runtime

CLONE = Clone("https://github.com/teacher/course.git", "main", "course")
FILES = {
    "week1/helper.py": "answer = 42\n",
    "week1/old.csv": "a\n",
    "week2/b.txt": "b\n",
    "readme.md": "hello\n",
}
PATHS = ("week1/figures/", "week1/helper.py", "week1/model.txt")
WORK = """\
import os
os.makedirs("figures/deep", exist_ok=True)
open("figures/a.txt", "w").write("a figure")
open("figures/deep/b.txt", "w").write("another")
open("model.txt", "w").write("a model")
open("helper.py", "a").write("mine = 1\\n")"""
LOOK = """\
import helper, os
print("answer", helper.answer, "mine", getattr(helper, "mine", 0))
for name in ("figures/a.txt", "model.txt"):
    print(name, open(name).read() if os.path.exists(name) else "is not there")"""


def setup(persist: str, paths: tuple[str, ...] = PATHS) -> Setup:
    return Setup(source=CLONE, folder="week1", results=Results(persist, paths))  # type: ignore[arg-type]


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    forge = Forge(tmp_path / "forge")
    publish(forge, tmp_path, FILES)
    return forge


def publish(forge: Forge, tmp_path: Path, files: dict[str, str]) -> None:
    """Put the course, as a single commit, at the teacher's address."""
    folder = tmp_path / f"course-{len(list(tmp_path.iterdir()))}"
    forge.publish(make_repository(folder, files), "teacher/course")


class Drives:
    """Machines of one person, one after the other: what is in Drive is there on each."""

    def __init__(self, folder: Path, forge: Forge) -> None:
        self.folder, self.forge = folder, forge
        self.count = 0
        self.drive = folder / "drive"
        self.drive.mkdir()

    def run(self, *cells: str, refused: bool = False) -> Run:
        """Run the cells on a new machine."""
        self.count += 1
        env = {"COLABIFY_DRIVE": str(self.drive)}
        env |= {"COLABIFY_DRIVE_REFUSED": "1"} if refused else {}
        with Colab(self.folder / f"machine-{self.count}", self.forge, env=env, light=True) as colab:
            return colab.run_all(notebook(*cells))

    def kept(self) -> dict[str, str]:
        """What is in Drive, our own note left out."""
        store = self.drive / "colabify" / "course"
        paths = (path for path in store.rglob("*") if path.is_file())
        found = {path.relative_to(store).as_posix(): path.read_text() for path in paths}
        return {name: text for name, text in found.items() if name != ".colabify.json"}


@pytest.fixture
def drives(tmp_path: Path, forge: Forge) -> Drives:
    return Drives(tmp_path, forge)


class TestDrive:
    """What the notebook writes lives in Drive, once the student allows it."""

    SETUP = setup_source(setup("drive"))

    def test_a_new_machine_finds_what_was_written(self, drives: Drives) -> None:
        first = drives.run(self.SETUP, self.SETUP, WORK, self.SETUP)
        assert first.error is None
        assert "kept in your Google Drive, in colabify/course" in first.text
        assert "Ready in /content/course/week1." in first.text.replace(
            str(drives.folder / "machine-1" / "content"), "/content"
        )
        assert drives.kept() == {
            "week1/figures/a.txt": "a figure",
            "week1/figures/deep/b.txt": "another",
            "week1/helper.py": "answer = 42\nmine = 1\n",
            "week1/model.txt": "a model",
        }
        second = drives.run(self.SETUP, LOOK)
        assert second.error is None
        assert "answer 42 mine 1" in second.text
        assert "figures/a.txt a figure\nmodel.txt a model" in second.text
        assert "changed it since" not in second.text

    def test_a_restart_changes_nothing(self, drives: Drives) -> None:
        env = {"COLABIFY_DRIVE": str(drives.drive)}
        with Colab(drives.folder / "machine", drives.forge, env=env, light=True) as colab:
            colab.run_all(notebook(self.SETUP, WORK))
            before = drives.kept()
            run = colab.run_all(notebook(self.SETUP, LOOK))
        assert run.error is None
        assert "answer 42 mine 1" in run.text
        assert drives.kept() == before

    def test_the_notebook_runs_when_it_is_refused(self, drives: Drives) -> None:
        run = drives.run(self.SETUP, WORK, self.SETUP, LOOK, refused=True)
        assert run.error is None
        assert "Drive is not open, so results are not kept in it" in run.texts[0]
        assert "only until Colab recycles the machine" in run.texts[0]
        assert "answer 42 mine 1" in run.text
        assert drives.kept() == {}

    def test_what_was_written_before_it_was_allowed_is_kept_too(self, drives: Drives) -> None:
        assert drives.run(self.SETUP, WORK.replace("a model", "an older model")).error is None
        refuse = "import os\nos.environ['COLABIFY_DRIVE_REFUSED'] = '1'"
        allow = "del os.environ['COLABIFY_DRIVE_REFUSED']"
        run = drives.run(
            refuse, self.SETUP, WORK.replace("mine = 1", "mine = 2"), allow, self.SETUP
        )
        assert run.error is None
        kept = drives.kept()
        assert kept["week1/model.txt"] == "a model"
        assert kept["week1/model.txt.before"] == "an older model"
        assert kept["week1/helper.py"] == "answer = 42\nmine = 2\n"
        assert kept["week1/helper.py.before"] == "answer = 42\nmine = 1\n"
        assert "week1/model.txt.before there" in run.text

    def test_what_nobody_edited_follows_the_course(self, drives: Drives, tmp_path: Path) -> None:
        assert drives.run(self.SETUP).error is None
        publish(drives.forge, tmp_path, {**FILES, "week1/helper.py": "answer = 43\n"})
        run = drives.run(self.SETUP, LOOK)
        assert "answer 43 mine 0" in run.text
        assert "changed it since" not in run.text
        assert drives.kept() == {"week1/helper.py": "answer = 43\n"}

    def test_what_both_have_changed_stays_the_students(
        self, drives: Drives, tmp_path: Path
    ) -> None:
        assert drives.run(self.SETUP, WORK).error is None
        publish(drives.forge, tmp_path, {**FILES, "week1/helper.py": "answer = 43\n"})
        run = drives.run(self.SETUP, LOOK)
        assert "answer 42 mine 1" in run.text
        said = "week1/helper.py: yours, from Drive, is used. The course has changed it since."
        assert said in run.text

    def test_what_cannot_be_moved_is_told(self, drives: Drives) -> None:
        store = drives.drive / "colabify" / "course" / "week1"
        store.mkdir(parents=True)
        (store / "figures").write_text("a file is in the way")
        run = drives.run(self.SETUP, WORK, LOOK)
        assert run.error is None
        assert "week1/figures/ could not be moved to Drive" in run.text
        assert drives.kept()["week1/model.txt"] == "a model"

    def test_a_note_that_is_damaged_loses_nothing(self, drives: Drives) -> None:
        assert drives.run(self.SETUP, WORK).error is None
        (drives.drive / "colabify" / "course" / ".colabify.json").write_text("{oops")
        run = drives.run(self.SETUP, LOOK)
        assert run.error is None
        assert "answer 42 mine 1" in run.text
