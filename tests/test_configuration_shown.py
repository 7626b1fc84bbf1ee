"""``--show-config`` says what holds and where that stands; ``--init`` writes a first file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from colabify.cli import main
from colabify.config.configuration import Configuration
from colabify.config.lines import tomllib
from tests.configured import HOLDS, make_course, without_settings
from tests.courses import contents, make_repository, notebook

T = "[tool.colabify]\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def here(course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course, with no settings, as the working folder."""
    monkeypatch.chdir(course)
    return without_settings(course)


def test_show_config(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "pyproject.toml").write_text(HOLDS)
    assert main(["--show-config", "labs/b.ipynb", "--ref", "flag"]) == 0
    out = capsys.readouterr().out
    shown = {line.partition(" ")[0]: line.partition("  # ")[2] for line in out.splitlines()}
    assert {key: shown[key] for key in ("ref", "accelerator", "ignore", "pins", "[data]")} == {
        "ref": "flag",
        "accelerator": "pyproject.toml:18 (overrides)",
        "ignore": "pyproject.toml:6, pyproject.toml:9 (per-file-ignores)",
        "pins": "default",
        "[data]": "pyproject.toml:4, pyproject.toml:14 (overrides)",
    }
    (here / "pyproject.toml").unlink()
    (here / "colabify.toml").write_text(out)  # what is printed can be read again
    configuration = Configuration()
    assert configuration.of(here / "labs/b.ipynb").data["b"].drive == "C"
    assert configuration.of(here / "a.ipynb").accelerator == "none"


def test_show_config_of_several_and_as_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "colabify.toml").write_text('[[overrides]]\nfiles = ["labs"]\nref = "x"\n')
    assert main(["--show-config", "labs", ".", "--format", "json"]) == 0
    labs, root = json.loads(capsys.readouterr().out)
    assert (labs["path"], labs["settings"]["ref"]) == (
        "labs",
        {"value": "x", "from": ["colabify.toml:3 (overrides)"]},
    )
    assert root["settings"]["ref"] == {"value": "", "from": ["default"]}
    assert main(["--show-config"]) == 0
    assert capsys.readouterr().out.startswith("# .\nrepo = ")


@pytest.mark.usefixtures("here")
def test_show_config_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--show-config", "absent.ipynb"]) == 2
    assert capsys.readouterr().err == "colabify: absent.ipynb: no such file or folder\n"


COURSE = {
    "a.ipynb": notebook("x = 1"),
    "requirements.txt": "numpy\n",
    "labs/environment.yml": "dependencies: [numpy]\n",
    "labs/get_cifar.sh": "wget https://example.org/cifar.zip\n",
    "labs/plot.sh": "echo\n",
}
PYPROJECTS = {
    "none": None,
    "empty": b"",
    "plain": b'[project]\nname = "x"\n',
    "no last line end": b"[tool.other]\nx = 1 # y",
    "carriage returns": b"[tool.other]\r\nx = 1\r\n",
}


@pytest.mark.parametrize("name", PYPROJECTS)
def test_init(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = PYPROJECTS[name]
    files = COURSE if raw is None else {**COURSE, "pyproject.toml": raw}
    course = make_repository(tmp_path / "course", files)
    assert main(["--init", str(course / "labs")]) == 0
    file = course / ("colabify.toml" if raw is None else "pyproject.toml")
    assert str(file) in capsys.readouterr().out
    new = file.read_bytes()
    assert new.startswith(raw or b"")
    assert (b"\r\n" in new, new.count(b"\r\n") in (0, new.count(b"\n"))) == (
        b"\r\n" in (raw or b""),
        True,
    )
    before = tomllib.loads((raw or b"").decode())
    tool = {"tool": {**before.get("tool", {}), "colabify": {}}}
    assert tomllib.loads(new.decode()) == ({**before, **tool} if raw is not None else {})
    text = new.decode().replace("\r\n", "\n")
    for said in (
        "https://github.com/teacher/course",
        '"main"',
        '"labs/environment.yml"',
        '"requirements.txt"',
    ):
        assert said in text
    assert '"labs/cifar" = { run = "labs/get_cifar.sh" }' in text
    assert "plot.sh" not in text
    bare = [
        line[2:] for line in text.splitlines() if line.startswith("# ") and not line[2:3].isupper()
    ]
    head = T if raw is not None else ""
    file.write_text(head + "\n".join(bare) + "\n")  # once every # is taken away, it holds
    found = Configuration().of(course / "a.ipynb")
    assert (found.ref, found.data["labs/cifar"].run) == ("main", "labs/get_cifar.sh")
    before_again = contents(course)
    assert main(["--init", str(course)]) == 2
    assert "there are settings already" in capsys.readouterr().err
    assert contents(course) == before_again


@pytest.mark.skipif(os.name == "nt", reason="names of files are text on Windows")
def test_init_leaves_out_what_toml_cannot_say(tmp_path: Path) -> None:
    script = os.fsdecode(b"lab\xff/get_faces.sh")
    course = make_repository(tmp_path, {script: "wget https://example.org/x\n", **COURSE})
    assert main(["--init", str(course)]) == 0
    text = (course / "colabify.toml").read_text(encoding="utf-8")
    assert "labs/get_cifar.sh" in text
    assert "faces.sh" not in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tool = { x = 1 }\n", "it cannot take a table [tool.colabify]"),
        ("a = \n", "Invalid value"),
        (T, "pyproject.toml:1: there are settings already"),
    ],
)
def test_init_never_spoils_a_file(
    text: str, said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "pyproject.toml").write_text(text)
    before = contents(here)
    assert main(["--init"]) == 2
    assert said in capsys.readouterr().err
    assert contents(here) == before


def test_init_is_for_one_repository(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--init", "a.ipynb", "labs"])
    assert "it takes one PATH" in capsys.readouterr().err
    assert not list(here.rglob("*.toml"))
