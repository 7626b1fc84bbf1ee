"""Where data comes from: what ``[tool.colabify.data]`` may say, and what is said of its mistakes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from colabify.cli import main
from colabify.config.configuration import Configuration
from colabify.supply import Supply, read_supplies
from tests.courses import make_repository, notebook

SHA = "ab" * 32
URL = "https://example.org/a.zip"

# what the table says of the path "data/a", the supply
READ = {
    "url": ({"url": URL}, Supply("data/a", url=URL)),
    "checked": (
        {"url": URL, "sha256": SHA.upper(), "unpack": True},
        Supply("data/a", url=URL, sha256=SHA, unpack=True),
    ),
    "script": ({"run": "./tools/get.sh"}, Supply("data/a", run="tools/get.sh")),
    "drive": ({"drive": "Courses/data"}, Supply("data/a", drive="Courses/data")),
    "drive in full": (
        {"drive": "/content/drive/MyDrive/Courses/data/"},
        Supply("data/a", drive="Courses/data"),
    ),
    "shared": ({"gdown": "1a-_B"}, Supply("data/a", gdown="1a-_B")),
    "shared by address": (
        {"gdown": "https://drive.google.com/file/d/1a-_B/view?usp=sharing"},
        Supply("data/a", gdown="1a-_B"),
    ),
    "shared by query": (
        {"gdown": "https://drive.google.com/uc?export=download&id=1aB", "unpack": True},
        Supply("data/a", gdown="1aB", unpack=True),
    ),
    "kaggle": ({"kaggle": "zillow/zecon.2-x"}, Supply("data/a", kaggle="zillow/zecon.2-x")),
}

# what the table says of a path, what is said of that
WRONG: dict[str, tuple[str, Any, str]] = {
    "no table": ("data/a", URL, "'data/a': it has to be a table such as { url = "),
    "unknown": ("data/a", {"ulr": URL}, "'data/a': unknown key 'ulr'; did you mean 'url'?"),
    "far from any": ("a", {"zzz": URL}, "unknown key 'zzz'; the keys are url, sha256, unpack, run"),
    "type": ("a", {"url": 3}, "url has to be a string"),
    "no switch": ("a", {"url": URL, "unpack": "yes"}, "unpack has to be true or false"),
    "nothing": ("a", {}, "nothing says where it comes from; it needs exactly one of url, run"),
    "empty": ("a", {"url": " "}, "nothing says where it comes from"),
    "two": ("a", {"url": URL, "gdown": "x"}, "url and gdown are two; it needs exactly one of"),
    "no address": ("a", {"url": "ftp://example.org/a"}, "is no http(s) address"),
    "no host": ("a", {"url": "https:///a"}, "is no http(s) address"),
    "with a space": ("a", {"url": "https://e.org/a b"}, "is no http(s) address"),
    "short": ("a", {"url": URL, "sha256": "abc"}, "sha256 has to be 64 hexadecimal digits"),
    "no digits": ("a", {"url": URL, "sha256": "xy" * 32}, "sha256 has to be 64 hexadecimal"),
    "checks a script": ("a", {"run": "a.sh", "sha256": SHA}, "sha256 goes with url, drive, gdown"),
    "unpacks kaggle": ("a", {"kaggle": "a/b", "unpack": True}, "unpack goes with url, drive"),
    "no script": ("a", {"run": "a.exe"}, "is neither a shell script (.sh) nor a Python file"),
    "script above": ("a", {"run": "../a.sh"}, "starts at the repository's root"),
    "out of Drive": ("a", {"drive": "../x"}, "drive '../x' is no file or folder below MyDrive"),
    "whole Drive": (
        "a",
        {"drive": "/content/drive/MyDrive/"},
        "is no file or folder below MyDrive",
    ),
    "shared folder": (
        "a",
        {"gdown": "https://drive.google.com/drive/folders/1aB"},
        "gdown has to be the id of one file",
    ),
    "no id": ("a", {"gdown": "a b"}, "gdown has to be the id of one file"),
    "no owner": ("a", {"kaggle": "zecon"}, "is no data set's owner/name"),
    "kaggle's address": ("a", {"kaggle": "https://kaggle.com/a/b"}, "is no data set's owner/name"),
    "above": ("../a", {"url": URL}, "'../a': a path starts at the repository's root"),
    "above, later": ("a/../../b", {"url": URL}, "starts at the repository's root"),
    "absolute": ("/content/a", {"url": URL}, "starts at the repository's root"),
    "a drive's letter": ("C:/a", {"url": URL}, "starts at the repository's root"),
    "home": ("~/a", {"url": URL}, "starts at the repository's root"),
    "backslash": ("data\\a", {"url": URL}, "a path has / between its folders"),
    "line break": ("a\nb", {"url": URL}, "no line breaks"),
    "null": ("a\0b", {"url": URL}, "no line breaks and no control characters"),
    "root": (".", {"url": URL}, "it names no file or folder"),
    "no path": ("", {"url": URL}, "it names no file or folder"),
}


@pytest.mark.parametrize("name", READ)
def test_is_read(name: str) -> None:
    entry, supply = READ[name]
    assert read_supplies({"data/a": entry}) == {"data/a": supply}
    assert getattr(supply, supply.way)


@pytest.mark.parametrize("name", WRONG)
def test_mistake_is_named(name: str) -> None:
    path, entry, said = WRONG[name]
    with pytest.raises(ValueError, match=re.escape(said)) as caught:
        read_supplies({path: entry})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "path", ["a b/$x", "it's", 'say "a"', "データ/😀", "x" * 300, "a;rm -rf ~"]
)
def test_any_name_is_a_path(path: str) -> None:
    assert list(read_supplies({f"./{path}/": {"url": URL}})) == [path]


def test_one_path_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="there twice"):
        read_supplies({"data/a": {"url": URL}, "./data//a": {"url": URL}})


def test_an_outer_folder_comes_first() -> None:
    table = {"data/a": {"url": URL}, "data": {"url": URL}}
    assert list(read_supplies(table)) == ["data", "data/a"]


@pytest.mark.parametrize(
    ("path", "covered"),
    [("data", True), ("data/a/b.csv", True), ("data2", False), ("dat", False), ("", False)],
)
def test_covers_what_lies_below(path: str, covered: bool) -> None:
    assert Supply("data", url=URL).covers(path) is covered


def test_is_a_setting(tmp_path: Path) -> None:
    table = f'[tool.colabify.data]\n"data/a b.csv" = {{ url = "{URL}", sha256 = "{SHA}" }}\n'
    (tmp_path / "pyproject.toml").write_text(table)
    found = Configuration().of(tmp_path / "a.ipynb").data
    assert found == {"data/a b.csv": Supply("data/a b.csv", url=URL, sha256=SHA)}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[tool.colabify]\ndata = 3", "data has to be a table of paths"),
        ('[tool.colabify]\ndata = ["a"]', "data has to be a table of paths"),
        (
            '[tool.colabify.data]\na = { ulr = "x" }',
            "data: 'a': unknown key 'ulr'; did you mean 'url'",
        ),
    ],
)
def test_mistake_ends_the_program(
    table: str, said: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    course = make_repository(tmp_path / "course", {"a.ipynb": notebook("x = 1")})
    (course / "pyproject.toml").write_text(table)
    assert main([str(course)]) == 2
    out, err = capfd.readouterr()
    assert said in err
    assert (out, err.count("\n")) == ("", 1)
