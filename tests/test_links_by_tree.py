"""Images and links by what git says of the file: Git LFS, links, submodules, not yet committed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from colabify.analysis.links import Links, find_links
from colabify.notebook import Document
from colabify.project import Project
from colabify.project_finder import find_project
from colabify.settings import Settings
from colabify.tree import Tree
from tests.courses import git, make_repository, publish
from tests.notebooks import markdown, notebook

RAW = "https://raw.githubusercontent.com/teacher/course/main"
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n"
LFS = {".gitattributes": "*.png filter=lfs diff=lfs merge=lfs -text\n", "fig.png": POINTER}


def links_in(project: Project, source: str, settings: Settings = Settings()) -> Links:  # noqa: B008
    cells = Document.parse(notebook(markdown(source))).cells
    return find_links(cells, project, "nb.ipynb", settings)


def made_of(project: Project, source: str) -> list[str]:
    return [edit.source for edit in links_in(project, source).edits]


# remote, Markdown, and what it becomes
IN_LFS = {
    "GitHub": (
        "https://github.com/teacher/course",
        "![a](fig.png)",
        "![a](https://media.githubusercontent.com/media/teacher/course/main/fig.png)",
    ),
    "raw address": (
        "https://github.com/teacher/course",
        f"![a]({RAW}/fig.png)",
        "![a](https://media.githubusercontent.com/media/teacher/course/main/fig.png)",
    ),
    "GitLab": (
        "https://gitlab.com/teacher/course",
        "![a](fig.png)",
        "![a](https://gitlab.com/teacher/course/-/raw/main/fig.png)",
    ),
    "page": (
        "https://github.com/teacher/course",
        "[a](fig.png)",
        "[a](https://github.com/teacher/course/blob/main/fig.png)",
    ),
}


@pytest.mark.parametrize("name", IN_LFS)
def test_an_image_in_lfs_is_served_as_such(name: str, tmp_path: Path) -> None:
    remote, before, after = IN_LFS[name]
    project = find_project(make_repository(tmp_path, LFS, remote))
    assert made_of(project, before) == [after]


def test_a_pointer_is_not_put_into_the_notebook(tmp_path: Path) -> None:
    project = find_project(make_repository(tmp_path, LFS))
    links = links_in(project, "![a](fig.png)", Settings(private=True))
    assert (links.edits, [one.code for one in links.findings]) == ((), ["COL331"])


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_are_followed_where_a_forge_does_not(tmp_path: Path) -> None:
    make_repository(tmp_path, {"img/fig.png": "x", "img/next.ipynb": "{}"})
    (tmp_path / "pictures").symlink_to("img")
    (tmp_path / "one.png").symlink_to("img/fig.png")
    publish(tmp_path)
    project = find_project(tmp_path)
    assert made_of(project, "![a](pictures/fig.png)") == [f"![a]({RAW}/img/fig.png)"]
    assert made_of(project, "![a](one.png)") == [f"![a]({RAW}/img/fig.png)"]
    (link,) = made_of(project, "[a](pictures/next.ipynb)")
    assert link.endswith("/teacher/course/blob/main/img/next.ipynb)")


# the submodule's address, Markdown, what it becomes
SUBMODULES = {
    "image": (
        "https://github.com/other/lib.git",
        "![a](lib/fig.png)",
        "![a](https://raw.githubusercontent.com/other/lib/HEAD/fig.png)",
    ),
    "relative address": (
        "../lib.git",
        "![a](lib/fig.png)",
        "![a](https://raw.githubusercontent.com/teacher/lib/HEAD/fig.png)",
    ),
    "notebook": (
        "git@github.com:other/lib",
        "[a](lib/b.ipynb#c)",
        "[a](https://github.com/other/lib/blob/HEAD/b.ipynb#c)",
    ),
    "folder": (
        "git@github.com:other/lib",
        "[a](lib)",
        "[a](https://github.com/other/lib/tree/HEAD)",
    ),
    "folder of the disk": ("/srv/git/lib", "![a](lib/fig.png)", None),
}


@pytest.mark.parametrize("name", SUBMODULES)
def test_what_is_in_a_submodule_is_at_its_own_remote(name: str, tmp_path: Path) -> None:
    address, before, after = SUBMODULES[name]
    modules = f'[submodule "lib"]\n\tpath = lib\n\turl = {address}\n'
    make_repository(tmp_path, {".gitmodules": modules})
    commit = git(tmp_path, "rev-parse", "HEAD").strip()
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{commit},lib")
    git(tmp_path, "commit", "-q", "-m", "A submodule")
    git(tmp_path, "update-ref", "refs/remotes/origin/main", "HEAD")
    links = links_in(find_project(tmp_path), before)
    assert [edit.source for edit in links.edits] == ([after] if after else [])
    assert links.findings == ()


# what is on the disk alone, and what is said
NOT_COMMITTED = {
    "ignored": ({".gitignore": "*.png\n"}, "main: git ignores it"),
    "not added": ({}, "main: it is not committed"),
}


@pytest.mark.parametrize("name", NOT_COMMITTED)
def test_an_image_on_the_disk_alone_is_told(name: str, tmp_path: Path) -> None:
    files, said = NOT_COMMITTED[name]
    make_repository(tmp_path, {"a.txt": "", **files})
    (tmp_path / "fig.png").write_text("x")
    links = links_in(find_project(tmp_path), "![a](fig.png)")
    assert [one.code for one in links.findings] == ["COL314"]
    assert links.findings[0].message.endswith(said)


def test_an_image_that_is_not_pushed_is_told(tmp_path: Path) -> None:
    make_repository(tmp_path, {"fig.png": "x"})
    project = find_project(tmp_path)
    late = replace(project, at="refs/remotes/origin/main", tree=Tree(frozenset()))
    links = links_in(late, "![a](fig.png)")
    assert [edit.source for edit in links.edits] == [f"![a]({RAW}/fig.png)"]
    (finding,) = links.findings
    assert (finding.code, finding.cell) == ("COL312", 0)
    assert finding.message.startswith("fig.png is not at the remote's main yet")


# remote, and the page of a folder
FOLDERS = {
    "https://github.com/a/c": "https://github.com/a/c/tree/main/a%20b",
    "https://gitlab.com/a/c": "https://gitlab.com/a/c/-/tree/main/a%20b",
    "https://bitbucket.org/a/c": "https://bitbucket.org/a/c/src/main/a%20b",
    "https://codeberg.org/a/c": "https://codeberg.org/a/c/src/branch/main/a%20b",
}


@pytest.mark.parametrize("remote", FOLDERS)
def test_a_folder_has_a_page_at_each_forge(remote: str, tmp_path: Path) -> None:
    project = find_project(make_repository(tmp_path, {"a b/x.csv": ""}, remote))
    assert made_of(project, "[a](a%20b/)") == [f"[a]({FOLDERS[remote]})"]


def test_a_folder_without_git_has_images_for_students_who_get_a_copy(tmp_path: Path) -> None:
    (tmp_path / "fig.png").write_bytes(b"x")
    project = find_project(tmp_path)
    assert links_in(project, "![a](fig.png) [b](fig.png)") == Links()
    links = links_in(project, "![a](fig.png) [b](fig.png) ![c](gone.png)", Settings(source="drive"))
    (edit,) = links.edits
    assert edit.source == "![a](data:image/png;base64,eA==) [b](fig.png) ![c](gone.png)"
    assert [one.message for one in links.findings] == [
        "the image gone.png is not in the course's folder"
    ]
