"""The report as annotations on GitHub (``--format github``), and where in the file its lines are."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from colabify.cli import main
from colabify.locations import line_in_file
from colabify.notebook import Document
from tests.courses import colabify, make_repository, notebook
from tests.reports import FILES, NAMES, Capture, line_of, said

COMMAND = re.compile(r"::(error|warning) file=([^,:]*),line=([0-9]+),title=([^,:]*)::(.*)")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_repository(tmp_path_factory.mktemp("course"), FILES)


def commands(text: str) -> list[tuple[str, str, int, str, str]]:
    """The commands as GitHub's runner reads them; whatever is none fails."""
    found = []
    for line in text.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        level, file, number, title, message = match.groups()
        found.append((level, decoded(file), int(number), decoded(title), decoded(message)))
    return found


def decoded(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_findings_stand_at_the_line_of_the_file(course: Path, capsys: Capture) -> None:
    found = commands(said(capsys, course, "--format", "github"))
    file = course / "week" / "a.ipynb"
    (absent,) = [one for one in found if "COL311" in one[3]]
    assert absent[:4] == ("error", "week/a.ipynb", line_of(file, "absent"), "colabify COL311")
    assert absent[4].startswith("cell 3, line 3: data/absent.csv is not in the repository")
    (rewritten,) = [one for one in found if "COL101" in one[3]]
    assert rewritten[:3] == ("warning", "week/a.ipynb", line_of(file, "import numpy"))


def test_errors_come_first_and_what_cannot_be_read_is_one(course: Path, capsys: Capture) -> None:
    levels = [one[0] for one in commands(said(capsys, course, "--format", "github"))]
    assert levels == sorted(levels)
    found = commands(said(capsys, course, "--format", "github"))
    assert ("error", "bad.ipynb", 1, "colabify unreadable") in [one[:4] for one in found]


def test_what_would_change_is_an_error_under_check_alone(course: Path, capsys: Capture) -> None:
    for flag, level in (("--check", "error"), ("--diff", "warning")):
        found = commands(said(capsys, course, "--format", "github", flag))
        assert (level, "week/a.ipynb", 1, "colabify not-ported") in [one[:4] for one in found]


def test_what_notebooks_share_is_said_once(tmp_path: Path, capsys: Capture) -> None:
    files = {f"{name}.ipynb": notebook("import helper") for name in "abc"}
    make_repository(tmp_path, {**files, "helper.py": ""}, remote="")
    found = commands(said(capsys, tmp_path, "--format", "github"))
    (shared,) = [one for one in found if "COL412" in one[3]]
    assert shared[4].endswith("(3 files)")


def test_nothing_left_is_nothing_said(tmp_path: Path, capsys: Capture) -> None:
    make_repository(tmp_path, {"a.ipynb": notebook("x = 1")})
    main([str(tmp_path), "--inplace"])
    assert "changed" in capsys.readouterr().out
    assert said(capsys, tmp_path, "--check", "--format", "github") == ""


@pytest.mark.parametrize("name", NAMES)
def test_names_are_no_commands(
    name: str, tmp_path: Path, capsys: Capture, monkeypatch: Any
) -> None:
    make_repository(tmp_path, {name: notebook("open('::warning::x')"), f"x{name}": "{"})
    monkeypatch.chdir(tmp_path)
    for word in (name, f"x{name}"):
        found = commands(said(capsys, "--format", "github", "--", word))
        assert {one[1] for one in found} <= {shown(word)}
        assert found


def shown(name: str) -> str:
    return name.replace("\n", "\\n").replace("\x1b", "\\x1b")


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_table_in_an_action_is_no_command(stream: str, tmp_path: Path) -> None:
    text = "{" if stream == "stderr" else notebook("x = 1")
    make_repository(tmp_path, {"::error::a.ipynb": text})
    done = colabify("--", "::error::a.ipynb", cwd=tmp_path, env={"GITHUB_ACTIONS": "true"})
    lines = getattr(done, stream).decode().splitlines()
    assert any("error::a.ipynb" in line for line in lines)
    assert not [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


SOURCES = [
    ['["a\\n", "b\\n", "c"]', "[", 1],
    ['[\n"a\\nb",\n"\\nc"]', '"a', 2],
    ['"a\\n\\u0041\\nc"', '"a', 3],
    ['[\r\n"\\ud83d\\ude00\\n",\r\n"b\\n",\r\n\r\n"c"\r\n]', '"c"', 3],
    ["[]", "[]", 5],
    ['["a"]', "a", 7],
]


@pytest.mark.parametrize(("source", "mark", "line"), SOURCES)
def test_lines_of_a_cell_in_the_file(source: str, mark: str, line: int) -> None:
    text = (
        '{"cells": [\n\n{"cell_type": "code", "metadata": {}, "outputs": [\n{}\n], "execution_count": null,\n'
        f'"source": {source}\n}}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 4}}'
    )
    found = line_in_file(Document.parse(text.encode()), 0, line)
    assert found == text.count("\n", 0, text.index(mark, text.index('"source"'))) + 1


def test_a_cell_without_a_source_has_a_line() -> None:
    text = '{"cells": [\n{"cell_type": "markdown", "metadata": {}}],\n"metadata": {}, "nbformat": 4, "nbformat_minor": 4}'
    assert line_in_file(Document.parse(text.encode()), 0) == 2


def test_an_unsafe_fix_is_named(tmp_path: Path, capsys: Capture) -> None:
    old = notebook(
        "import pandas as pd\nimport matplotlib.pyplot as plt\nplt.hold(False)\nplt.plot([1])"
    )
    make_repository(tmp_path, {"a.ipynb": old})
    told = json.loads(said(capsys, tmp_path, "--format", "json"))["notebooks"][0]["findings"]
    assert {(one["cell"], one["line"]) for one in told if one["fix"] == "unsafe"} == {(1, 3)}
    assert said(capsys, tmp_path, "--inplace", "--unsafe-fixes", "--quiet") == ""
    (now,) = json.loads(said(capsys, tmp_path, "--unsafe-fixes", "--format", "json"))["notebooks"]
    assert not [one for one in now["findings"] if one["fix"]]
