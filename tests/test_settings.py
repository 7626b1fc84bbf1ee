"""Settings, through the command: the file's table, its mistakes, and the flags that override it."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from tests.courses import make_repository, notebook


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one notebook that would get a badge."""
    return make_repository(tmp_path / "course", {"a.ipynb": notebook("x = 1")})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('acelerator = "GPU"', "unknown key 'acelerator' in [tool.colabify]; did you mean 'accele"),
        ('zzz = "GPU"', "unknown key 'zzz' in [tool.colabify]; the keys are repo, ref"),
        ("accelerator = 3", "accelerator has to be a string"),
        ('accelerator = "V100"', "accelerator: 'V100' is none of auto, none, GPU"),
        ('ignore = "COL301"', "ignore has to be a list of strings"),
        ("ignore = [1]", "ignore has to be a list of strings"),
        ('run-setup-first = "no"', "run-setup-first has to be true or false"),
        ('repo = "course"', "repo: 'course' is no address that Colab could clone from"),
        ('repo = "https://me:s3cret@localhost/x"', "repo: 'https://localhost/x' is no address"),
        ('ref = "a b"', "ref: 'a b' is no name of a branch or a tag"),
        ('ignore = ["COL9999"]', "no code begins with 'COL9999'; colabify --list-rules lists them"),
        ('runtime = "1999.01"', "1999.01"),
        ("repo = ", "Invalid value (at line 2, column 8)"),
    ],
)
def test_mistake_in_the_file(
    table: str, said: str, course: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (course / "pyproject.toml").write_text(f"[tool.colabify]\n{table}\n")
    before = (course / "a.ipynb").read_bytes()
    assert main([str(course), "--inplace"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert said in err
    assert "s3cret" not in err
    assert err.count("\n") == 1
    assert (course / "a.ipynb").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"[tool]\ncolabify = 3\n", "has to be a table"),
        (b"tool = 3\n", ""),
        (b"\xff\n", "pyproject.toml"),
        (b"[tool.other]\n", ""),
    ],
    ids=["no table", "no tool table", "not UTF-8", "nothing of ours"],
)
def test_shape_of_the_file(
    text: bytes, said: str, course: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (course / "pyproject.toml").write_bytes(text)
    assert main([str(course)]) == (2 if said else 0)
    assert said in capfd.readouterr().err


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--runtime", "1999.01"], "2025.07"),
        (["--ref", "a" * 40], "--ref: a commit's hash cannot be cloned by name: tag it"),
        (["--ref=--upload-pack=evil"], "--ref: '--upload-pack=evil' is no name"),
        (["--ref", "HEAD"], "--ref: 'HEAD' is no name"),
        (["--repo", "teacher/course"], "such as https://github.com/teacher/course"),
        (["--repo", "/srv/course"], "--repo: '/srv/course' is no address"),
        (["--select", "XYZ"], "no code begins with 'XYZ'"),
        (["--config", "missing.toml"], "missing.toml: No such file or directory"),
        (["--config", "/"], "/: Is a directory"),
    ],
)
def test_mistake_in_a_flag(
    flags: list[str], said: str, course: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([str(course), *flags]) == 2
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err


def test_config_without_the_table(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    other = course / "other" / "pyproject.toml"
    other.parent.mkdir()
    other.write_text("[tool.other]\n")
    assert main([str(course), "--config", str(other)]) == 2
    assert "it has no table [tool.colabify]" in capfd.readouterr().err


def _badge(course: Path, *flags: str) -> str:
    assert main([str(course), "--inplace", "--quiet", *flags]) == 0
    return (course / "a.ipynb").read_text()


def test_table_then_config_then_flag(course: Path, tmp_path: Path) -> None:
    file, other = course / "pyproject.toml", tmp_path / "other.toml"
    file.write_text('[tool.colabify]\nrepo = "https://github.com/in/table"\n')
    other.write_text('[tool.colabify]\nrepo = "https://github.com/in/config"\n')
    assert "github/in/table/blob/main/a.ipynb" in _badge(course)
    assert "github/in/config/blob/main" in _badge(course, "--config", str(other))
    flags = ["--config", str(other), "--repo", "git@github.com:in/flag.git"]
    assert "github/in/flag/blob/main" in _badge(course, *flags)


def test_table_is_looked_for_upwards_to_the_repository(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.colabify]\nunknown = 1\n")
    files = {
        "sub/deep/a.ipynb": notebook("x = 1"),
        "sub/pyproject.toml": "[tool.other]\n",
        "pyproject.toml": '[tool.colabify]\nref = "stable"\n',
    }
    course = make_repository(tmp_path / "course", files)
    deep = course / "sub" / "deep"
    assert "blob/stable/sub/deep/a.ipynb" in _badge(deep)


@pytest.mark.parametrize("text", ["gpu", "GPU", "t4"])
def test_accelerator_in_any_case(text: str, course: Path) -> None:
    assert '"gpuType": "T4"' in _badge(course, "--accelerator", text)


def test_codes_in_any_case(course: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (course / "new.ipynb").write_text(notebook("x = 1"))
    assert main([str(course)]) == 0
    assert "COL413" in capfd.readouterr().out
    (course / "pyproject.toml").write_text('[tool.colabify]\nignore = ["col41"]\n')
    assert main([str(course)]) == 0
    assert "COL413" not in capfd.readouterr().out
