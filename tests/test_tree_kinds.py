"""What a repository holds besides plain files: symbolic links, submodules, pointers of Git LFS, sizes."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.lfs import pointer_size
from colabify.project import Project
from colabify.project_finder import find_project
from colabify.submodules import can_be_cloned
from colabify.tree import Tree
from tests.courses import add_submodule, git, make_repository, publish

OID = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"


def pointer(size: int = 12345) -> str:
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{OID}\nsize {size}\n"


def tree(*files: str, **links: str) -> Tree:
    """A tree of files and links; ``__`` in a link's name stands for a slash."""
    return Tree(frozenset(files), {name.replace("__", "/"): to for name, to in links.items()})


# ---- symbolic links


LINKED = tree(
    "data/a.csv", "data/raw/b.csv", "week1/lab.ipynb", "common/kit/__init__.py",
    week1__data="../data", week1__table="../data/a.csv", kit="common/kit", deep="week1/data/raw",
    away="/scratch/data", out="../other", gone="nowhere.csv", loop="loop", week1__up="..",
    self="self/x", a="b", b="a",
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "real"),
    [
        ("data/a.csv", "data/a.csv"),
        ("week1/data", "data"),
        ("week1/data/a.csv", "data/a.csv"),
        ("week1/data/raw/b.csv", "data/raw/b.csv"),
        ("week1/table", "data/a.csv"),
        ("kit/__init__.py", "common/kit/__init__.py"),
        ("deep/b.csv", "data/raw/b.csv"),
        ("week1/up/week1/up/data/a.csv", "data/a.csv"),
        ("week1/up", ""),
        ("", ""),
        ("week1/data/none.csv", None),
        ("away/a.csv", None),
        ("away", None),
        ("out", None),
        ("gone", None),
        ("loop", None),
        ("self", None),
        ("a/x", None),
        ("data/a.csv/x", None),
    ],
)
def test_links_are_followed_inside_the_repository(path: str, real: str | None) -> None:
    assert LINKED.real(path) == real
    assert LINKED.holds(path) is (real is not None)
    is_file = real is not None and "." in real
    assert (path in LINKED.files) is is_file
    assert (path in LINKED.folders) is (real is not None and not is_file)


def test_a_file_is_listed_once_however_many_links_lead_to_its_folder() -> None:
    plain = {"data/a.csv", "data/raw/b.csv", "week1/lab.ipynb", "common/kit/__init__.py"}
    assert set(LINKED.files) == plain | {"week1/table"}
    assert LINKED.by_last["__init__.py"] == ["common/kit/__init__.py"]


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("away/a.csv", "away"),
        ("gone", "gone"),
        ("loop", "loop"),
        ("week1/data/none.csv", None),
        ("gone/new/x.csv", "gone"),
        ("week1/data/a.csv", None),
        ("data/none.csv", None),
    ],
)
def test_the_link_that_is_to_blame_is_named(path: str, link: str | None) -> None:
    assert LINKED.broken_link(path) == link


def test_links_as_git_has_them(tmp_path: Path) -> None:
    (tmp_path / "week 1").mkdir()
    (tmp_path / "week 1" / "data").symlink_to("../data")
    (tmp_path / "away").symlink_to("/etc")
    (tmp_path / "été").symlink_to("data/a.csv")
    project = find_project(make_repository(tmp_path, {"data/a.csv": "1"}))
    (tmp_path / "late").symlink_to("data")
    git(tmp_path, "add", "late")
    project = find_project(tmp_path)
    assert "week 1/data/a.csv" in project.tree.files
    assert "été" in project.tree.files
    assert not project.tree.holds("away")
    assert not project.tree.holds("late/a.csv")
    assert project.files.holds("late/a.csv")
    assert {"away", "late", "week 1/data"} <= project.visible


def test_a_notebook_in_a_folder_that_is_a_link_has_its_own_place(tmp_path: Path) -> None:
    course = make_repository(tmp_path / "course", {"labs/one/a.ipynb": "{}"})
    (course / "current").symlink_to("labs/one")
    (tmp_path / "home").symlink_to(course)
    project = find_project(tmp_path / "home" / "current")
    assert project.root == course.resolve()
    assert project.relative(tmp_path / "home" / "current" / "a.ipynb") == "labs/one/a.ipynb"


# ---- submodules


@pytest.fixture
def outer(tmp_path: Path) -> Path:
    """A course with two submodules, of which ``absent`` is not checked out."""
    kit = make_repository(tmp_path / "kit", {"kit/__init__.py": "x = 1", "data.csv": "1"}, "")
    course = make_repository(tmp_path / "course", {"a.ipynb": "{}"})
    for name in ("libs/kit", "absent"):
        add_submodule(course, kit, name)
    git(course, "config", "-f", ".gitmodules", "submodule.libs/kit.url", "git@github.com:o/kit.git")
    publish(course)
    git(course, "submodule", "--quiet", "deinit", "-f", "absent")
    (course / "libs" / "kit" / "untracked.csv").write_text("2")
    return course


@pytest.mark.parametrize(
    ("path", "submodule", "holds"),
    [
        ("libs/kit/kit/__init__.py", "libs/kit", True),
        ("libs/kit/data.csv", "libs/kit", True),
        ("libs/kit/none.csv", "libs/kit", False),
        ("libs/kit/untracked.csv", "libs/kit", False),
        ("libs/kit", "libs/kit", True),
        ("libs", None, True),
        ("absent/whatever.csv", "absent", True),
        ("absent", "absent", True),
        ("a.ipynb", None, True),
        ("none.csv", None, False),
    ],
)
def test_submodules(path: str, submodule: str | None, holds: bool, outer: Path) -> None:
    found = find_project(outer).tree
    assert found.submodule_of(path) == submodule
    assert found.holds(path) is holds


def test_addresses_of_submodules(outer: Path) -> None:
    addresses = find_project(outer).tree.submodules
    assert addresses["libs/kit"] == "git@github.com:o/kit.git"
    assert addresses["absent"] == str(outer.parent / "kit")


@pytest.mark.parametrize(
    ("address", "works"),
    [
        ("https://github.com/o/kit.git", True),
        ("https://git.example.org/o/kit", True),
        ("../kit.git", True),
        ("git@github.com:o/kit.git", True),
        ("ssh://git@gitlab.com/group/kit.git", True),
        ("git@github.com/o/kit.git", False),
        ("git@git.example.org:o/kit.git", False),
        ("ssh://git@git.example.org/o/kit.git", False),
        ("me@github.com:o/kit.git", False),
        ("git://github.com/o/kit.git", False),
        ("/srv/git/kit.git", False),
        ("file:///srv/git/kit.git", False),
        ("", False),
    ],
)
def test_addresses_that_colab_can_clone_from(address: str, works: bool) -> None:
    assert can_be_cloned(address) is works


# ---- Git LFS, and sizes


@pytest.mark.parametrize(
    ("raw", "size"),
    [
        (pointer(7), 7),
        (pointer(7).replace("\n", "\r\n"), 7),
        (pointer().replace("size 12345\n", "size many\n"), None),
        (pointer() + " " * 1024, None),
        ("version https://example.org/spec\nsize 7\n", None),
        ("", None),
    ],
)
def test_pointers(raw: str, size: int | None) -> None:
    assert pointer_size(raw.encode()) == size


def lfs_course(folder: Path, attributes: str = "*.npy filter=lfs -text\n") -> Project:
    files = {
        "week1/.gitattributes": attributes,
        "week1/w.npy": pointer(5_000_000),
        "week1/small.npy": "x" * 150,
        "week1/large.npy": "x" * 5000,
    }
    make_repository(folder, files)
    (folder / "week1" / "w.npy").write_text("what git lfs has put in its place")
    (folder / "link.npy").symlink_to("week1/w.npy")
    (folder / "new.npy").write_text(pointer(8))
    git(folder, "add", "link.npy", "new.npy")
    return find_project(folder)


def test_lfs_is_what_git_holds_not_what_the_disk_has(tmp_path: Path) -> None:
    project = lfs_course(tmp_path)
    assert dict(project.lfs) == {"week1/w.npy": 5_000_000, "new.npy": 8}
    assert project.is_lfs("link.npy")
    assert project.lfs_size("link.npy") == 5_000_000
    assert not project.is_lfs("week1/small.npy")
    assert not project.is_lfs("none.npy")


def test_without_attributes_nothing_is_lfs(tmp_path: Path) -> None:
    assert not lfs_course(tmp_path, "*.npy binary\n").lfs


def test_sizes(tmp_path: Path) -> None:
    project = lfs_course(tmp_path)
    sizes = project.tree.sizes
    assert (sizes["week1/large.npy"], sizes["week1/small.npy"]) == (5000, 150)
    assert len(pointer(5_000_000)) in sizes.values()


def test_a_clone_without_blobs_is_read_without_asking_for_them(tmp_path: Path) -> None:
    course = make_repository(tmp_path / "course", {"a.ipynb": "{}", "data/a.csv": "1"})
    git(course, "config", "uploadpack.allowFilter", "true")
    words = ["clone", "-q", "--filter=blob:none", "--no-checkout", course.as_uri()]
    git(tmp_path, *words, "partial")
    project = find_project(tmp_path / "partial")
    assert project.tree.files == {"a.ipynb", "data/a.csv"}
    assert not project.tree.sizes
    assert not project.lfs
