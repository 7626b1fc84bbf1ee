"""``--badges README.md``: the table of all notebooks with their Colab links."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from colabify.badge_table import escaped
from colabify.cli import main
from colabify.headings import first_heading
from colabify.notebook import Document
from tests.courses import git, make_repository, notebook
from tests.notebooks import markdown
from tests.notebooks import notebook as notebook_bytes

Capture = pytest.CaptureFixture[str]
BEGIN, END = "<!-- colabify badges -->", "<!-- /colabify badges -->"
COLAB = "https://colab.research.google.com/github/teacher/course/blob"
README = f"# The course\n\nBefore.\n{BEGIN}\n{END}\nAfter.\n"
FILES = {
    "lab10/a.ipynb": notebook("# Ten"),
    "lab2/a.ipynb": notebook("x = 1"),
    "lab2/extra/b (1).ipynb": notebook("# [Two] | `three` <b>&amp;"),
    "z.ipynb": notebook("# Last"),
}


def keep(*words: str | Path, code: int = 0) -> None:
    assert main(["--badges", *map(str, words)]) == code


def cells(text: str) -> list[list[str]]:
    """The cells of the only table in Markdown, as a reader sees them, links with where they lead."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    rows: list[list[str]] = []
    for before, token in pairwise(tokens):
        if before.type == "tr_open":
            rows.append([])
        if before.type == "td_open":
            rows[-1].append(seen(token.children or []))
    return [row for row in rows if row]


def seen(tokens: list) -> str:
    parts = []
    for one in tokens:
        href = one.attrs.get("href", "") if one.type == "link_open" else ""
        parts.append(f"<{href}>" if href else one.content)
    return "".join(parts)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "course", {**FILES, "README.md": README})


def test_a_table_of_all_notebooks(course: Path, capsys: Capture) -> None:
    readme = course / "README.md"
    keep(readme)
    assert "4 notebooks" in capsys.readouterr().out
    text = readme.read_text()
    assert text.startswith(f"# The course\n\nBefore.\n{BEGIN}\n\n|")
    assert text.endswith(f"|\n\n{END}\nAfter.\n")
    assert [row[:2] for row in cells(text)] == [
        ["Last", "<z.ipynb>z.ipynb"],
        ["a", "<lab2/a.ipynb>lab2/a.ipynb"],
        ["[Two] | three &", "<lab2/extra/b%20%281%29.ipynb>lab2/extra/b (1).ipynb"],
        ["Ten", "<lab10/a.ipynb>lab10/a.ipynb"],
    ]
    assert [row[2].split(">")[0] for row in cells(text)] == [
        f"<{COLAB}/main/{path}"
        for path in ("z.ipynb", "lab2/a.ipynb", "lab2/extra/b%20%281%29.ipynb", "lab10/a.ipynb")
    ]


def test_twice_is_once_and_check_says_so(course: Path) -> None:
    readme = course / "README.md"
    keep(readme, "--check", code=1)
    assert readme.read_text() == README
    keep(readme)
    once = readme.read_bytes()
    keep(readme)
    keep(readme, "--check")
    assert readme.read_bytes() == once
    (course / "z.ipynb").unlink()
    keep(readme, "--check", code=1)
    keep(readme)
    assert "z.ipynb" not in readme.read_text()


def test_diff_writes_nothing(course: Path, capsys: Capture) -> None:
    keep(course / "README.md", "--diff")
    assert "\n+| Ten | [lab10/a.ipynb]" in capsys.readouterr().out
    assert (course / "README.md").read_text() == README


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_every_other_byte_stays(newline: str, bom: str, course: Path) -> None:
    before, after = f"{bom}# É\x0c{newline}\t  {newline}", f"{newline}a\rb {newline}no end"
    readme = course / "README.md"
    readme.write_bytes(f"{before}{BEGIN}{newline}old{newline}{END}{after}".encode())
    keep(readme)
    text = readme.read_bytes().decode()
    assert text.startswith(f"{before}{BEGIN}{newline}{newline}|")
    assert text.endswith(f"|{newline}{newline}{END}{after}")
    table = text[len(before) : -len(after)]
    assert table.count("\n") == table.count(newline) == 9


def test_other_folders_and_another_ref(course: Path) -> None:
    (course / "docs").mkdir()
    index = course / "docs" / "index.md"
    index.write_text(f"{BEGIN}\n{END}\n")
    keep(index, course / "lab2", course / "lab10", "--ref", "colab")
    rows = cells(index.read_text())
    assert [row[1].split(">")[0] for row in rows] == [
        "<../lab2/a.ipynb", "<../lab2/extra/b%20%281%29.ipynb", "<../lab10/a.ipynb",
    ]  # fmt: skip
    assert all(row[2].startswith(f"<{COLAB}/colab/lab") for row in rows)


def test_no_notebooks_left_empty_the_table(course: Path, capsys: Capture) -> None:
    readme = course / "README.md"
    keep(readme)
    empty = course / "empty"
    empty.mkdir()
    keep(readme, empty, code=2)
    assert "no notebooks in this folder" in capsys.readouterr().err
    assert "lab10" in readme.read_text()


WRONG = [
    ("nothing", "put the lines <!-- colabify badges -->"),
    (f"```\n{BEGIN}\n{END}\n```\n", "put the lines"),
    (f"{BEGIN}\n", "<!-- colabify badges --> on line 1 and <!-- /colabify badges --> nowhere"),
    (f"{BEGIN}\n\n{BEGIN}\n\n{END}\n", "on lines 1, 3 and"),
    (f"{END}\n\n{BEGIN}\n", "stands above"),
    ("\xff", "not UTF-8 text (byte 0)"),
]


@pytest.mark.parametrize(("text", "why"), WRONG)
def test_a_file_that_can_hold_no_table(text: str, why: str, course: Path, capsys: Capture) -> None:
    readme = course / "README.md"
    raw = text.encode("latin-1")
    readme.write_bytes(raw)
    keep(readme, code=2)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{readme}: ")
    assert why in line
    assert readme.read_bytes() == raw


def test_files_that_are_not_there_or_not_to_be_written(course: Path, capsys: Capture) -> None:
    keep(course / "absent.md", code=2)
    assert "absent.md: cannot be read" in capsys.readouterr().err
    (course / "z.ipynb").write_text("{")
    keep(course / "README.md", code=2)
    assert "z.ipynb: not JSON" in capsys.readouterr().err
    assert (course / "README.md").read_text() == README


def test_a_course_that_colab_does_not_open(course: Path, capsys: Capture) -> None:
    git(course, "remote", "remove", "origin")
    keep(course / "README.md", course / "z.ipynb", code=2)
    assert "no link opens it in Colab" in capsys.readouterr().err
    keep(course / "README.md", "--repo", "https://github.com/me/other")
    assert "github/me/other/blob/main/z.ipynb" in (course / "README.md").read_text()


@pytest.mark.parametrize(
    "words", [["--inplace"], ["--undo"], ["--output-dir", "x"], ["--format", "json"], ["-"]]
)
def test_what_does_not_go_with_it(words: list[str], course: Path, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--badges", str(course / "README.md"), *words])
    assert ended.value.code == 2
    assert "--badges: not allowed with" in capsys.readouterr().err


TITLES = [
    ("text\n\n## *K*-nearest `n` [link](x)\n\n# Other", "K-nearest n link"),
    ("Setext\nover two\n===", "Setext over two"),
    ("<h1 align='center'>\n Two <em>words</em> &amp; more</h1>\n", "Two words & more"),
    ("# ![image](a.png)\n\n### Real", "Real"),
    ("```\n# comment\n```\n\n$x$", ""),
    ("#no heading", ""),
    ("# <a href='x'>Tagged</a> \\| *", "Tagged | *"),
]


@pytest.mark.parametrize(("source", "title"), TITLES)
def test_titles(source: str, title: str) -> None:
    raw = notebook_bytes("# a comment", markdown(""), markdown(source))
    assert first_heading(Document.parse(raw)) == title


ODD = [
    "a|b",
    "*x* _y_ `z` ~~w~~",
    "<script>",
    "[l](u) ![i](u)",
    "\\",
    "&lt;",
    "$a$",
    "a\nb",
    "\x1b[0m",
    "# x",
    "<!-- x -->",
]


@pytest.mark.parametrize("text", ODD)
def test_what_is_escaped_is_read_as_it_was(text: str) -> None:
    page = f"| a | b |\n|---|---|\n| {escaped(text)} | x |\n"
    ((found, last),) = cells(page)
    assert last == "x"
    assert found == " ".join(text.split()).replace("\x1b", "\\x1b")
