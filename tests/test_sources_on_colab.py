"""Courses that are on no forge, on a simulated Colab: in Google Drive, or in a zip that students choose."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from colabify.setup.cell import setup_source
from colabify.steps import Drive, Setup, Upload
from tests.simulated_colab.colab import Colab, Forge, Run
from tests.simulated_colab.examples import needs_runtime, notebook

pytestmark = needs_runtime

FILES = {"week1/helper.py": "answer = 42\n", "week1/data/set.csv": "1,2\n", "readme.md": "hello\n"}
NEEDED = ("week1/data/set.csv", "week1/helper.py")
USES = "import helper, os\nprint('the answer is', helper.answer, open('data/set.csv').read())"


@pytest.fixture
def colab(tmp_path: Path) -> Iterator[Colab]:
    with Colab(tmp_path / "colab", Forge(tmp_path / "forge"), light=True) as machine:
        yield machine


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def in_drive(folder: str = "", files: tuple[str, ...] = NEEDED, stand: str = "week1") -> str:
    return setup_source(Setup(source=Drive("course", folder, files), folder=stand))


def filled_in(source: str, value: str) -> str:
    """The cell once a person has written ``value`` into its form field."""
    lines = source.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("drive_folder = "))
    lines[at] = f'drive_folder = "{value}"  # @param {{type:"string"}}'
    return "\n".join(lines)


class TestDrive:
    """The folder that the student names, or one close to it, in the student's Drive."""

    @pytest.mark.parametrize(
        ("course", "asked"),
        [
            ("course", None),
            ("Courses/ml 2026", "Courses/ml 2026"),
            ("Courses/course", " /content/drive/My Drive/Courses//course/"),
            ("course", "course/week1"),  # the notebook's own folder
            ("Courses/course", "Courses"),  # the folder above
            ("Courses/course", "course"),  # in another folder
            ("course", ""),  # emptied: the suggestion
        ],
    )
    def test_the_course_is_found(self, colab: Colab, course: str, asked: str | None) -> None:
        write(colab.drive / course, FILES)
        source = in_drive() if asked is None else filled_in(in_drive(), asked)
        run = colab.run_all(notebook(source, USES))
        assert run.error is None
        assert "the answer is 42 1,2" in run.text
        assert f"Ready in /content/drive/MyDrive/{course}/week1." in run.text.replace(
            str(colab.content), "/content"
        )
        assert "kept in your Drive" in run.text

    @pytest.mark.parametrize(
        ("there", "asked", "said"),
        [
            (
                {"Courses/coarse/a.txt": ""},
                "Courses/course",
                ["no folder Courses/course", "coarse"],
            ),
            ({"Photos/a.txt": ""}, "course", ["no folder course in your Drive", "Photos"]),
            ({}, "course", ["In MyDrive there is: no folder"]),
            (
                {"course/week1/helper.py": "", "course/notes.txt": ""},
                "course",
                ["The folder course", "lacks week1/data/set.csv", "notes.txt, week1"],
            ),
            (
                {**{f"a/{n}": "" for n in FILES}, **{f"b/{n}": "" for n in FILES}},
                "MyDrive",
                ["Several folders", "a, b"],
            ),
        ],
        ids=["near", "far", "empty", "half", "two"],
    )
    def test_else_it_is_said_what_is_there(
        self, colab: Colab, there: dict[str, str], asked: str, said: list[str]
    ) -> None:
        write(colab.drive, there)
        run = colab.run_all(notebook(filled_in(in_drive(), asked), USES))
        assert run.error is not None
        assert run.error.cell == 0
        assert all(one in run.error.evalue for one in [*said, "Correct drive_folder above"])

    def test_a_refusal_is_told(self, tmp_path: Path) -> None:
        env = {"COLABIFY_DRIVE_REFUSED": "1"}
        with Colab(tmp_path / "colab", Forge(tmp_path / "forge"), env=env, light=True) as colab:
            run = colab.run_all(notebook(in_drive(), USES))
        assert run.error is not None
        assert "which was not opened: run this cell again and allow it" in run.error.evalue

    def test_again_and_after_a_restart(self, colab: Colab) -> None:
        write(colab.drive / "course", FILES)
        nb = notebook(in_drive(), in_drive(), USES)
        first, second = colab.run_all(nb), colab.run_all(nb)
        assert first.error is second.error is None
        assert "mounted" not in second.text
        assert sorted(path.name for path in (colab.drive / "course").iterdir()) == [
            "readme.md",
            "week1",
        ]

    def test_a_folder_that_holds_nothing_that_is_needed(self, colab: Colab) -> None:
        write(colab.drive / "course", {"a.txt": ""})
        run = colab.run_all(notebook(in_drive(files=()), USES))
        assert run.error is not None
        assert "lacks week1" in run.error.evalue


def in_zip(files: tuple[str, ...] = NEEDED, stand: str = "week1") -> str:
    return setup_source(Setup(source=Upload("course", files), folder=stand))


def zipped(files: Mapping[str, str], prefix: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(prefix + name, text)
    return made.getvalue()


def linked() -> bytes:
    """A zip with a symbolic link that leads out of it, and a file written through that link."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("week1/data")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/content")
        archive.writestr("week1/data/set.csv", "1,2\n")
        archive.writestr("week1/helper.py", "answer = 42\n")
    return made.getvalue()


ADDED = {"__MACOSX/week1/._helper.py": "x", ".DS_Store": "x"}
SOUND = {
    "as it is": zipped(FILES),
    "wrapped": zipped(FILES, "course-main/"),
    "wrapped twice": zipped(FILES, "a/b/"),
    "what macOS adds": zipped({**{f"course/{n}": t for n, t in FILES.items()}, **ADDED}),
    "backslashes": zipped({name.replace("/", "\\"): text for name, text in FILES.items()}),
    "the notebook's folder alone": zipped({"helper.py": "answer = 42\n", "data/set.csv": "1,2\n"}),
    "dots": zipped(FILES, "./"),
}
WRONG = {
    "no zip": (b"PK no", "is no zip, or only half of one"),
    "half a zip": (zipped(FILES)[:200], "is no zip, or only half of one"),
    "another zip": (zipped({"photo.png": "x"}), "lacks week1/data/set.csv, week1/helper.py"),
    "leads out": (zipped({**FILES, "../out.txt": "x"}), "../out.txt in the zip leads out"),
    "absolute": (zipped({**FILES, "/tmp/out.txt": "x"}), "/tmp/out.txt in the zip leads out"),
    "a link": (linked(), "could not be unpacked"),
    "a file that is a folder": (
        zipped({**FILES, "week1/helper.py/x": ""}),
        "could not be unpacked",
    ),
}


class TestUpload:
    """One zip, asked for once; what is no zip of the course leaves nothing behind."""

    def run(self, colab: Colab, *cells: str, **chosen: bytes) -> Run:
        write_bytes(colab.uploads, chosen)
        return colab.run_all(notebook(*cells))

    @pytest.mark.parametrize("name", SOUND)
    def test_a_zip_is_unpacked(self, colab: Colab, name: str) -> None:
        run = self.run(colab, in_zip(), USES, **{"my course.zip": SOUND[name]})
        assert run.error is None
        assert "It has to have week1/data/set.csv, week1/helper.py." in run.text
        assert "the answer is 42 1,2" in run.text
        assert sorted(path.name for path in colab.content.iterdir()) == ["course", "sample_data"]
        names = {path.name for path in (colab.content / "course").rglob("*")}
        assert not names & {"__MACOSX", ".DS_Store", "._helper.py"}

    @pytest.mark.parametrize("name", WRONG)
    def test_what_is_wrong_is_said(self, colab: Colab, name: str) -> None:
        data, said = WRONG[name]
        run = self.run(colab, in_zip(), USES, **{"my.zip": data})
        assert run.error is not None
        assert said in run.error.evalue
        assert "Run this cell again" in run.error.evalue
        assert [path.name for path in colab.content.iterdir()] == ["sample_data"]
        assert not list(colab.folder.rglob("out.txt"))

    @pytest.mark.parametrize(
        "chosen", [{}, {"a.zip": zipped(FILES), "b.zip": b""}], ids=["none", "two"]
    )
    def test_one_file_is_wanted(self, colab: Colab, chosen: dict[str, bytes]) -> None:
        run = self.run(colab, in_zip(), **chosen)
        assert run.error is not None
        assert f"{len(chosen)} files were chosen instead of one" in run.error.evalue
        assert [path.name for path in colab.content.iterdir()] == ["sample_data"]

    def test_is_asked_for_once(self, colab: Colab) -> None:
        first = self.run(colab, in_zip(), in_zip(), USES, **{"a.zip": SOUND["wrapped"]})
        (colab.uploads / "a.zip").unlink()
        second = colab.run_all(notebook(in_zip(), USES))
        assert first.error is second.error is None
        assert first.text.count("Choose the zip") == 1
        assert "Choose the zip" not in second.text

    def test_a_wrong_one_can_be_chosen_anew(self, colab: Colab) -> None:
        assert self.run(colab, in_zip(), **{"a.zip": b"no"}).error is not None
        run = self.run(colab, in_zip(), USES, **{"a.zip": SOUND["wrapped"]})
        assert run.error is None

    def test_a_zip_of_a_course_of_which_nothing_is_known(self, colab: Colab) -> None:
        cells = (in_zip((), ""), "import os\nprint(sorted(os.listdir()))")
        run = self.run(colab, *cells, **{"a.zip": zipped({"a.txt": "", "b.txt": ""}, "wrapped/")})
        assert run.error is None
        assert "['.colabify', 'a.txt', 'b.txt']" in run.text

    def test_names_in_other_letters(self, colab: Colab) -> None:
        decomposed, composed = "de\u0301but.csv", "d\u00e9but.csv"
        cells = (in_zip((composed,), ""), f"print(open({composed!r}).read())")
        run = self.run(colab, *cells, **{"a.zip": zipped({decomposed: "found", "b": ""})})
        assert run.error is None
        assert "found" in run.text


def write_bytes(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)
