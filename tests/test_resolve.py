"""Where a path leads in the repository, and what it would have to say: one row a form of path."""

from __future__ import annotations

import pytest

from colabify.analysis.resolve import (
    Repair,
    below_clone,
    is_of_a_machine,
    leaves,
    repair,
    suggestions,
)
from colabify.tree import Tree

TREE = Tree(
    frozenset(
        {
            "README.md", "top.csv", "data/shared.csv", "data/Images/Cat.png",
            "week1/lab.ipynb", "week1/data/a.csv", "week1/data/A.txt", "week1/my data/x.csv",
            "week1/50% off.csv", "week2/data/a.csv", "week2/data/b.csv", "week2/net/weights.npz",
            "labs/deep/one/only.csv",
        }
    )
)  # fmt: skip


def repaired(path: str, folder: str = "week1", **more: object) -> tuple[str, str] | None:
    found = repair(TREE, folder, path, **more)  # type: ignore[arg-type]
    return found and (found.reason, found.path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("data/a.csv", None),
        ("./data/../data/a.csv", None),
        ("../data/shared.csv", None),
        ("data/", None),
        ("DATA/A.csv", ("case", "data/a.csv")),
        ("../data/images/cat.PNG", ("case", "../data/Images/Cat.png")),
        (r"data\a.csv", ("backslash", "data/a.csv")),
        (r"..\data\shared.csv", ("backslash", "../data/shared.csv")),
        (r"Data\a.csv", ("case", "data/a.csv")),
        ("my%20data/x.csv", ("encoded", "my data/x.csv")),
        (r"my%20data\x.csv", ("encoded", "my data/x.csv")),
        ("50%25%20off.csv", ("encoded", "50% off.csv")),
        ("50% off.csv", None),
        ("my%0adata/x.csv", None),
        ("data%2fnone.csv", None),
        ("week1/data/a.csv", ("folder", "data/a.csv")),
        ("data/shared.csv", ("folder", "../data/shared.csv")),
        ("top.csv", None),
        ("one/only.csv", None),
        ("none.csv", None),
        ("", None),
    ],
)
def test_relative(path: str, expected: tuple[str, str] | None) -> None:
    assert repaired(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/jo/course/week1/data/a.csv", "data/a.csv"),
        ("/Users/jo/Course/week1/data/a.csv", "data/a.csv"),
        (r"C:\Users\jo\course\week1\data\a.csv", "data/a.csv"),
        ("C:/course/data/shared.csv", "../data/shared.csv"),
        (r"D:\course\Data\IMAGES\cat.png", "../data/Images/Cat.png"),
        ("~/course/week2/data/b.csv", "../week2/data/b.csv"),
        ("file:///home/jo/course/week1/my%20data/x.csv", "my data/x.csv"),
        ("file:///C:/course/week1/data/a.csv", "data/a.csv"),
        ("/home/jo/top.csv", "../top.csv"),
        ("/data/shared.csv", "../data/shared.csv"),
        ("/home/jo/net/weights.npz", "../week2/net/weights.npz"),
        ("/home/jo/data/a.csv", "data/a.csv"),
        ("/home/jo/course/labs/deep/one/only.csv", "../labs/deep/one/only.csv"),
        ("/home/jo/only.csv", None),
        ("/home/jo/data/none.csv", None),
        ("/home/jo/data/../top.csv", "../top.csv"),
        ("/tmp/data/shared.csv", None),
        ("file:///tmp/data/shared.csv", None),
        ("/usr/share/data/shared.csv", None),
        ("/", None),
        ("~", None),
        ("C:/", None),
    ],
)
def test_absolute(path: str, expected: str | None) -> None:
    assert repaired(path) == (expected and ("absolute", expected))


def test_several_that_fit_are_not_chosen_among() -> None:
    tree = Tree(frozenset({"a/data/x.csv", "b/data/x.csv", "c/lab.ipynb"}))
    assert repair(tree, "c", "/home/jo/data/x.csv") is None
    assert repair(tree, "", "data/x.csv", sure=True) is None
    assert suggestions(tree, "c", "/home/jo/data/x.csv") == ["../a/data/x.csv", "../b/data/x.csv"]
    cases = Tree(frozenset({"data/X.csv", "Data/x.csv"}))
    assert repair(cases, "", "data/x.csv") is None
    assert suggestions(cases, "", "data/x.csv") == ["data/X.csv", "Data/x.csv"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/content/drive/My Drive/cs/week2/data/b.csv", ("absolute", "../week2/data/b.csv")),
        ("/content/drive/MyDrive/net/weights.npz", ("absolute", "../week2/net/weights.npz")),
        ("/kaggle/input/cs/net/weights.npz", ("absolute", "../week2/net/weights.npz")),
        ("/mnt/c/Users/jo/net/weights.npz", ("absolute", "../week2/net/weights.npz")),
        ("/content/top.csv", None),
        ("/content/shared.csv", None),
        ("/tmp/net/weights.npz", None),
        ("one/only.csv", None),
    ],
)
def test_folders_of_a_session_only_where_it_is_sure(
    path: str, expected: tuple[str, str] | None
) -> None:
    assert repaired(path) is None
    assert repaired(path, sure=True) == expected


def test_from_a_folder_below_only_where_it_is_sure() -> None:
    assert repaired("one/only.csv", "labs") is None
    assert repaired("one/only.csv", "labs", sure=True) == ("folder", "deep/one/only.csv")
    assert repaired("one/only.csv", "week1", sure=True) is None
    assert repaired("only.csv", "labs", sure=True) is None


@pytest.mark.parametrize(
    ("path", "below"),
    [
        ("/content/course/data/shared.csv", "data/shared.csv"),
        ("/content/course/week1/", "week1"),
        ("/content/course/data/none.csv", None),
        ("/content/course/../course/data/shared.csv", None),
        ("/content/other/data/shared.csv", None),
        ("data/shared.csv", None),
    ],
)
def test_what_is_below_the_clone_is_right_on_colab(path: str, below: str | None) -> None:
    assert below_clone(TREE, path, "course") == below
    if below is not None:
        assert repaired(path, sure=True, name="course") is None


def test_a_link_is_followed() -> None:
    tree = Tree(frozenset({"data/a.csv", "week1/lab.ipynb"}), {"week1/data": "../data"})
    assert repair(tree, "week1", "data/a.csv") is None
    assert repair(tree, "week1", r"data\a.csv") == Repair("backslash", "data/a.csv")


@pytest.mark.parametrize(
    ("folder", "path", "out"),
    [
        ("week1", "../../other/x.csv", True),
        ("week1", r"..\..\other\x.csv", True),
        ("", "../x.csv", True),
        ("week1", "../x.csv", False),
        ("week1", "data/../../x.csv", False),
        ("week1", "/home/x.csv", False),
        ("week1", "..data/x.csv", False),
    ],
)
def test_paths_that_leave_the_repository(folder: str, path: str, out: bool) -> None:
    assert leaves(folder, path) is out


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("data/a.tsv", ["data/A.txt", "data/a.csv"]),
        ("data/b.csv", ["../week2/data/b.csv"]),
        ("dta/shared.csv", ["../data/shared.csv"]),
        ("../data/shred.csv", ["../data/shared.csv"]),
        ("../reedme.md", []),
        ("../REDME.md", ["../README.md"]),
        (r"C:\x\weights.npz", ["../week2/net/weights.npz"]),
        ("../week2/nett", ["../week2/net"]),
        ("my%20dta/x.csv", ["my data/x.csv"]),
        ("zzz.bin", []),
        ("", []),
        ("../../../x", []),
    ],
)
def test_suggestions(path: str, first: list[str]) -> None:
    found = suggestions(TREE, "week1", path)
    assert found[: len(first)] == first
    assert bool(found) == bool(first)


@pytest.mark.parametrize(
    ("path", "machine"),
    [
        ("/home/jo/x", True),
        ("C:/Users/x", True),
        ("file:///home/jo/x", True),
        ("file:///tmp/x", False),
        ("/tmp/x", False),
        ("/content/x", False),
        ("~/x", False),
    ],
)
def test_whose_machine(path: str, machine: bool) -> None:
    assert is_of_a_machine(path) is machine


def test_a_folder_that_is_spelled_otherwise_is_nothing_that_a_path_could_say() -> None:
    assert repaired("data/A.CSV", folder="WEEK1") is None
    assert repaired(r"data\a.csv", folder="WEEK1") is None
