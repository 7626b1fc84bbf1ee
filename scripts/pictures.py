"""Make the pictures of ``docs/pictures/`` from the program itself.

    python scripts/pictures.py

A course of three notebooks is made in a temporary folder. ``run.svg`` is what ``colabify labs/`` and
``colabify labs/ --inplace`` print on a terminal; ``notebook.svg`` is a notebook of it before and after, with
what its cells give when they are run alone, as on Colab, in front of a stand-in for ``google.colab``;
``report.png`` is the page of ``colabify --verify labs/``, for which Chromium is needed: without it, that
picture stays as it is, and a line says so. ``tests/test_readme.py`` compares the text of the two others.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notebook_picture import IMAGE, blocks, notebook_svg  # beside this file

import colabify
from colabify.cli import main as command

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
ADDRESS = "https://github.com/example/course.git"
COLUMNS = 96
FACES = """import csv


def load_faces(path):
    with open(path) as file:
        return list(csv.reader(file))
"""
KNN = (
    "# k-nearest neighbours\n\n![neighbours](images/knn.svg)",
    "from course.faces import load_faces",
    'faces = load_faces("data/faces.csv")\nprint(len(faces), "faces")',
)


def git(folder: Path, *words: str) -> None:
    """Run git, as somebody whom no configuration of this machine concerns."""
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    program = ["git", *who, *words]
    subprocess.run(program, cwd=folder, check=True, env=env)


def notebook(*cells: str) -> str:
    """The text of a notebook; a cell that begins with # is Markdown."""
    code: dict[str, Any] = {"cell_type": "code", "execution_count": None, "outputs": []}
    made: list[dict[str, Any]] = [
        {
            **({"cell_type": "markdown"} if one.startswith("# ") else code),
            "metadata": {},
            "source": one,
        }
        for one in cells
    ]
    text = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(text, indent=1) + "\n"


def make_course(folder: Path) -> Path:
    """A course that is published at ``ADDRESS``."""
    pca = notebook("# PCA", 'open("data/faces.csv").read()', 'open("data/pca.npy", "rb").read()')
    plots = notebook("# Plots", "import numpy as np\nx = np.arange(9).astype(np.int)")
    files = {
        "labs/knn.ipynb": notebook(*KNN), "labs/pca.ipynb": pca, "labs/plots.ipynb": plots,
        "labs/course/faces.py": FACES, "labs/images/knn.svg": IMAGE,
        "labs/data/faces.csv": "ann\nbob\neve\n", ".gitignore": "*.npy\n",
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "labs" / "data" / "pca.npy").write_text("")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "The course")
    git(folder, "remote", "add", "origin", ADDRESS)
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    return folder


@contextlib.contextmanager
def the_course() -> Iterator[Path]:
    """Stand in a course of its own."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(make_course(Path(folder).resolve() / "course"))
        try:
            yield Path.cwd()
        finally:
            os.chdir(before)


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def printed() -> list[str]:
    """What a person types, and what the command prints on a terminal, with its colours."""
    lines = []
    os.environ |= {"COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    for words in (["labs/"], ["labs/", "--inplace"]):
        screen = Screen()
        with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(io.StringIO()):
            command(words)
        lines += [
            f"\x1b[1m$ colabify {' '.join(words)}\x1b[0m",
            *screen.getvalue().splitlines(),
            "",
        ]
    return lines[:-1]


def terminal_svg(lines: Sequence[str]) -> str:
    """The lines as rich draws a terminal, without the fonts that it has fetched from elsewhere."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    for line in lines:
        console.print(Text.from_ansi(line))
    svg = console.export_svg(title="colabify", unique_id="run")
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)


def drawn() -> dict[str, str]:
    """The pictures that need no browser, by their names."""
    with the_course() as course:
        path = course / "labs" / "knn.ipynb"
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        ported = colabify.port(path).notebook["cells"]
        before, after = (blocks(one, course, ADDRESS) for one in (cells, ported))
        return {"run.svg": terminal_svg(printed()), "notebook.svg": notebook_svg(before, after)}


def photograph() -> str:
    """Make the picture of the report's page; why that cannot be done, or nothing."""
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next(filter(None, map(shutil.which, names)), None)
    if browser is None:
        return f"there is none of {', '.join(names)} on this machine"
    with the_course() as course:
        command(["--verify=run", "labs/", "--report", "page.html", "--quiet"])
        shot = [f"--screenshot={PICTURES / 'report.png'}", "--window-size=1000,760"]
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        options += [f"--user-data-dir={course / 'profile'}", *shot, (course / "page.html").as_uri()]
        subprocess.run([browser, *options], check=True, capture_output=True)
    return ""


def main() -> None:
    """Make them all."""
    for name, svg in drawn().items():
        (PICTURES / name).write_text(svg, encoding="utf-8")
    why = photograph()
    if why:
        print(f"report.png is left as it is: {why}")


if __name__ == "__main__":
    main()
