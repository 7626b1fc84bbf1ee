"""The flags about dependencies, through the command: which files count, which versions, which index."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from colabify.cli import main
from tests.courses import contents, make_repository, notebook

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch
PROXIES = ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")


def plan(capsys: Capture, folder: Path, *flags: str, code: int = 0) -> dict[str, Any]:
    """The plan for the only notebook of a folder."""
    assert main([str(folder), "--runtime", "latest", "--format", "json", *flags]) == code
    captured = capsys.readouterr()
    assert captured.err == ""
    (found,) = json.loads(captured.out)["notebooks"]
    return dict(found)


def installs(told: Mapping[str, Any]) -> list[str]:
    return [one["requirement"] for one in told["installs"]]


def findings(told: Mapping[str, Any]) -> list[str]:
    return [one["code"] for one in told["findings"]]


def actions(told: Mapping[str, Any]) -> dict[str, str]:
    return {one["module"]: one["action"] for one in told["dependencies"]}


# ---- versions


PINNED = {
    "a.ipynb": notebook("import numpy, networkx, torch, gensim"),
    "requirements.txt": "numpy==2.2.0\nnetworkx==2.8.8\ntorch==2.9.1\ngensim==4.4.0\n",
}


def test_pins_are_kept_unless_they_are_strict(tmp_path: Path, capsys: Capture) -> None:
    course = make_repository(tmp_path, PINNED)
    for flags in [(), ("--pins", "keep")]:
        told = plan(capsys, course, *flags)
        assert installs(told) == ["gensim==4.4.0"]
        assert actions(told)["numpy"] == "kept"
        assert findings(told) == ["COL402"] * 3
    told = plan(capsys, course, "--pins", "strict")
    everything = ["numpy==2.2.0", "networkx==2.8.8", "torch==2.9.1", "gensim==4.4.0"]
    assert installs(told) == everything
    assert [one["strict"] for one in told["installs"]] == [True, True, True, False]
    assert findings(told) == []


def test_strict_pins_in_the_file_and_a_flag_above_them(tmp_path: Path, capsys: Capture) -> None:
    files = {**PINNED, "pyproject.toml": '[tool.colabify]\npins = "strict"\n'}
    course = make_repository(tmp_path, files)
    assert "numpy==2.2.0" in installs(plan(capsys, course))
    assert installs(plan(capsys, course, "--pins", "keep")) == ["gensim==4.4.0"]


def test_strict_pins_stand_in_the_setup_cell(tmp_path: Path) -> None:
    course = make_repository(tmp_path, PINNED)
    assert main([str(course), "--inplace", "--quiet", "--pins", "strict"]) == 0
    text = (course / "a.ipynb").read_text()
    assert "numpy==2.2.0" in text
    assert "The kernel restarts now" in text
    assert main([str(course), "--check", "--pins", "strict"]) == 0
    assert main([str(course), "--inplace", "--quiet"]) == 0
    assert "numpy==2.2.0" not in (course / "a.ipynb").read_text()


# ---- files


FILES = {
    "week/a.ipynb": notebook("import gensim, emoji"),
    "week/requirements.txt": "gensim>=4\n",
    "requirements.txt": "emoji<2\n",
    "envs/colab.txt": "gensim==4.4.0\n",
    "envs/more.yml": "dependencies:\n- emoji=2.0.0\n",
}


@pytest.mark.parametrize(
    ("flags", "wanted"),
    [
        pytest.param([], ["gensim>=4", "emoji<2"], id="the nearest"),
        pytest.param(["envs/colab.txt"], ["gensim==4.4.0", "emoji"], id="one"),
        pytest.param(["envs/colab.txt", "envs/more.yml"], ["gensim==4.4.0", "emoji==2.0.0.*"], id="two"),
        pytest.param(["./envs/../envs/colab.txt"], ["gensim==4.4.0", "emoji"], id="another way"),
    ],
)  # fmt: skip
def test_requirement_files_that_count(
    flags: list[str], wanted: list[str], tmp_path: Path, capsys: Capture
) -> None:
    course = make_repository(tmp_path, FILES)
    told = plan(capsys, course, *(f"--requirements={one}" for one in flags))
    assert (installs(told), findings(told)) == (wanted, [])


@pytest.mark.parametrize("name", ["no.txt", "../no.txt", "/no.txt", "envs"])
def test_a_requirement_file_that_is_not_there(name: str, tmp_path: Path, capsys: Capture) -> None:
    told = plan(capsys, make_repository(tmp_path, FILES), "--requirements", name)
    (finding,) = told["findings"]
    assert (finding["code"], finding["severity"]) == ("COL405", "advice")
    assert name in finding["message"]
    assert "\n" not in finding["message"]
    assert installs(told) == ["gensim", "emoji"]


def test_the_flag_stands_above_the_files_table(tmp_path: Path, capsys: Capture) -> None:
    table = '[tool.colabify]\nrequirements = ["envs/colab.txt"]\n'
    course = make_repository(tmp_path, {**FILES, "pyproject.toml": table})
    assert installs(plan(capsys, course)) == ["gensim==4.4.0", "emoji"]
    told = plan(capsys, course, "--requirements", "envs/more.yml")
    assert installs(told) == ["gensim", "emoji==2.0.0.*"]


def test_distributions_are_settled_in_the_table(tmp_path: Path, capsys: Capture) -> None:
    course = make_repository(tmp_path, {"a.ipynb": notebook("import thinkplot")})
    assert findings(plan(capsys, course, code=1)) == ["COL401"]
    (course / "pyproject.toml").write_text(
        "[tool.colabify.distributions]\nthinkplot = 'ThinkX>=1'\n"
    )
    told = plan(capsys, course)
    assert (installs(told), findings(told)) == (["thinkx>=1"], [])


# ---- mistakes


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--pins", "loose"], "argument --pins: invalid choice: 'loose'"),
        (["--pins"], "argument --pins: expected one argument"),
        (["--requirements"], "argument --requirements: expected one argument"),
        (["--online=yes"], "argument --online: ignored explicit argument 'yes'"),
        (["--format", "yaml"], "argument --format: invalid choice: 'yaml'"),
    ],
)
def test_mistake_in_a_flag(flags: list[str], said: str, tmp_path: Path, capsys: Capture) -> None:
    course = make_repository(tmp_path, PINNED)
    before = contents(course)
    with pytest.raises(SystemExit) as caught:
        main([str(course), "--inplace", *flags])
    out, err = capsys.readouterr()
    assert (caught.value.code, out) == (2, "")
    assert said in err.splitlines()[-1]
    assert contents(course) == before


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('pins = "loose"', "pins: 'loose' is none of keep, strict"),
        ("pins = true", "pins has to be a string"),
        ('requirements = "a.txt"', "requirements has to be a list of strings"),
        ("requirements = [1]", "requirements has to be a list of strings"),
        ('online = "yes"', "online has to be true or false"),
        ('distributions = "a"', "distributions has to be a table of strings"),
        ("distributions = {a = 1}", "distributions has to be a table of strings"),
        ("distributions = {a = 'b c'}", "a = 'b c' is not a requirement that pip would read"),
        ("distributions = {a = ''}", "a = '' is not a requirement that pip would read"),
        ("distribution = {a = 'b'}", "did you mean 'distributions'?"),
    ],
)
def test_mistake_in_the_table(table: str, said: str, tmp_path: Path, capsys: Capture) -> None:
    course = make_repository(tmp_path, PINNED)
    (course / "pyproject.toml").write_text(f"[tool.colabify]\n{table}\n")
    assert main([str(course), "--inplace"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err
