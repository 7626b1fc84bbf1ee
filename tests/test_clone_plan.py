"""How a repository is cloned: what a notebook touches, what is left out, what cannot be had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from colabify.analysis.clone_plan import plan_clone
from colabify.findings import Finding
from colabify.project_finder import find_project
from colabify.settings import Settings
from colabify.steps import Clone
from tests.courses import add_submodule, git, make_repository, publish
from tests.notebooks import facts_for
from tests.test_tree_kinds import pointer

LARGE = "x" * 5000
FILES = {
    "README.md": "x", "week1/data/a.csv": "1", "week2/big.bin": LARGE, "data/b.csv": "2",
    "data/big.bin": LARGE, "libs/kit/__init__.py": "import kit.more\n", "libs/kit/more.py": "",
    "odd/[1]/c.csv": "3", "?/d.csv": "4", "top.csv": "5",
}  # fmt: skip


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("colabify.analysis.clone_plan.LARGE", 9000)


def planned(
    folder: Path,
    cells: Sequence[str],
    clone: str = "auto",
    *,
    files: Mapping[str, str] = FILES,
    at: str = "week1/nb.ipynb",
    extra: Sequence[str] = (),
) -> tuple[Clone, list[Finding]]:
    facts = facts_for(folder, files, cells, at=at)
    course = make_repository(folder / "again", {at: "{}", **files})
    found, findings = plan_clone(facts, find_project(course), Settings(clone=clone), extra, at)
    assert found is not None
    return found, findings


def codes(findings: Sequence[Finding]) -> list[str]:
    return [one.code + "!" * (one.severity == "error") for one in findings]


@pytest.mark.parametrize(
    ("cells", "folders"),
    [
        pytest.param(["open('data/a.csv')"], ("week1",), id="its own folder"),
        pytest.param(["x = 1"], ("week1",), id="nothing"),
        pytest.param(["open('../top.csv')"], ("week1",), id="the root's files always come"),
        pytest.param(
            ["import sys\nsys.path.append('../libs')\nimport kit"],
            ("libs", "week1"),
            id="module",
        ),
        pytest.param(["open('../Libs/kit/more.py')"], ("libs/kit", "week1"), id="repaired"),
        pytest.param(["open('../odd/[1]/c.csv')"], ("odd", "week1"), id="a name that is a pattern"),
        pytest.param(["!pip install numpy\n!nvidia-smi"], ("week1",), id="harmless commands"),
        pytest.param(["open('out/x.txt', 'w')"], ("week1",), id="written"),
    ],
)
def test_sparse_by_itself_where_that_saves_much(
    cells: list[str], folders: tuple[str, ...], tmp_path: Path
) -> None:
    clone, findings = planned(tmp_path, cells)
    assert (clone.way, clone.folders) == ("sparse", folders)
    assert clone.size < 200
    assert clone.saved >= 10_000
    assert not findings


@pytest.mark.parametrize(
    ("cells", "more"),
    [
        pytest.param(["open(input())"], {}, id="a read of what is not known"),
        pytest.param(["import os\nos.listdir(input())"], {}, id="a list of what is not known"),
        pytest.param(["!python ../data/run.py"], {}, id="a program"),
        pytest.param(["%%bash\nsome-program"], {}, id="a shell cell"),
        pytest.param(["if x:\n    oops("], {}, id="a cell that is not parsed"),
        pytest.param(["open('../?/d.csv')"], {}, id="a name that git cannot choose"),
        pytest.param(
            ["open('../data/b.csv')"],
            {"files": {**FILES, "data/big.bin": LARGE * 2}},
            id="less than half is saved",
        ),
        pytest.param(["x = 1"], {"extra": [""]}, id="the setup needs all"),
        pytest.param(["x = 1"], {"files": {**FILES, "data/big.bin": ""}}, id="not large"),
        pytest.param(["x = 1"], {"clone": "shallow"}, id="shallow asked for"),
    ],
)
def test_shallow_otherwise(cells: list[str], more: dict[str, object], tmp_path: Path) -> None:
    clone, findings = planned(tmp_path, cells, **more)  # type: ignore[arg-type]
    assert (clone.way, clone.folders, clone.saved) == ("shallow", (), 0)
    assert not findings


def test_full_if_asked_for(tmp_path: Path) -> None:
    clone, _ = planned(tmp_path, ["x = 1"], "full")
    assert (clone.way, clone.saved) == ("full", 0)


def test_what_the_setup_needs_comes_along(tmp_path: Path) -> None:
    extra = ["libs/kit/more.py", "odd", "week1/data"]
    clone, _ = planned(tmp_path, ["x = 1"], extra=extra)
    assert clone.folders == ("libs/kit", "odd", "week1")


@pytest.mark.parametrize(
    ("cells", "way", "found"),
    [
        (["open('data/a.csv')"], "sparse", []),
        (["open('../data/b.csv')"], "sparse", []),
        (["open(input())"], "sparse", ["COL318"]),
        (["open('../?/d.csv')"], "shallow", ["COL318"]),
    ],
)
def test_sparse_if_asked_for(cells: list[str], way: str, found: list[str], tmp_path: Path) -> None:
    clone, findings = planned(tmp_path, cells, "sparse")
    assert clone.way == way
    assert codes(findings) == found


# ---- links


def test_links(tmp_path: Path) -> None:
    make_repository(tmp_path, {**FILES, "week1/nb.ipynb": "{}"})
    for name, target in {
        "linked": "../data",
        "away": "/scratch",
        "gone": "../none",
        "full": "/mnt",
    }.items():
        (tmp_path / "week1" / name).symlink_to(target)
    publish(tmp_path)
    cells = ["open('linked/b.csv')", "open('away/x.csv')\nx = 'gone/y.csv'", "open('full/z', 'w')"]
    facts = facts_for(tmp_path / "facts", FILES, cells, at="week1/nb.ipynb")
    settings = Settings(clone="sparse")
    clone, findings = plan_clone(facts, find_project(tmp_path), settings, (), "week1/nb.ipynb")
    assert clone is not None
    assert clone.folders == ("data", "week1")
    assert codes(findings) == ["COL316!", "COL316", "COL316!"]
    assert [one.cell for one in findings] == [1, 1, 2]
    assert "away/x.csv: week1/away is a symbolic link to /scratch" in findings[0].message


# ---- Git LFS


HELD = {
    ".gitattributes": "*.npy filter=lfs\n",
    **{name: pointer(1_000_000) for name in ("top.npy", "week1/a.npy", "week1/w/b.npy", "week2/c.npy")},
}  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "needed"),
    [
        (["x = 1"], ()),
        (["open('a.npy')"], ("week1/a.npy",)),
        (["load('a.npy')"], ("week1/a.npy",)),
        (["open('../week2/c.npy')\nopen('../top.npy')"], ("top.npy", "week2/c.npy")),
        (["import os\nos.listdir('w')"], ("week1/w/b.npy",)),
        (["import glob\nglob.glob('w/*.npy')"], ("week1/w/b.npy",)),
        (["import glob\nglob.glob('../week2/*.txt')"], ()),
        (["open('a.npy', 'wb')"], ()),
        (["import sys\nsys.path.insert(0, '..')"], ()),
        (["import os\nos.listdir('..')"], ("week1/a.npy", "week1/w/b.npy")),
        (["open(input())"], ("week1/a.npy", "week1/w/b.npy")),
    ],
)
def test_lfs_files_that_are_needed(
    cells: list[str], needed: tuple[str, ...], tmp_path: Path
) -> None:
    clone, findings = planned(tmp_path, cells, files=HELD)
    assert clone.lfs == needed
    assert codes(findings) == ["COL315"] * bool(needed)
    assert clone.saved == (4 - len(needed)) * 1_000_000
    if len(needed) == 2:
        assert "2 files come from Git LFS, 2.0 MB for each student" in findings[0].message


# ---- submodules


@pytest.mark.parametrize(
    ("cells", "address", "submodules", "found"),
    [
        (["x = 1"], "https://github.com/o/kit", (), []),
        (["open('kit/data.csv')"], "https://github.com/o/kit", ("kit",), []),
        (["import kit.tools"], "git@github.com:o/kit.git", ("kit",), []),
        (["import kit"], "../kit.git", ("kit",), []),
        (["open('kit/data.csv')"], "/srv/kit", (), ["COL317!"]),
    ],
)
@pytest.mark.parametrize("here", [True, False], ids=["checked out", "not checked out"])
def test_submodules_that_are_needed(
    cells: list[str], address: str, submodules: tuple[str, ...], found: list[str], here: bool,
    tmp_path: Path,
) -> None:  # fmt: skip
    inside = {"__init__.py": "", "tools.py": "", "data.csv": "1"}
    kit = make_repository(tmp_path / "kit", inside, "")
    course = make_repository(tmp_path / "course", {"nb.ipynb": "{}"})
    add_submodule(course, kit, "kit")
    git(course, "config", "-f", ".gitmodules", "submodule.kit.url", address)
    publish(course)
    if not here:
        git(course, "submodule", "--quiet", "deinit", "-f", "kit")
    files = {f"kit/{name}": text for name, text in inside.items()} if here else {}
    facts = facts_for(tmp_path / "facts", files, cells)
    project = find_project(course)
    clone, findings = plan_clone(facts, project, Settings(clone="sparse"), (), "nb.ipynb")
    assert clone is not None
    assert (clone.submodules, clone.folders) == (submodules, ())
    assert codes(findings) == found
