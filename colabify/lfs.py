"""Git LFS: which files of a repository git holds only the addresses of, and how large they are.

Such a file is a pointer in git: text of less than 1024 bytes whose first line is its version
(https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). On the disk it may be what it stands for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.repository import (
    GitUnavailable,
    open_repository,
    read_objects,
    sizes_of_objects,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import git

    from colabify.tree import Tree

_BEGINS = b"version https://git-lfs.github.com/spec/"
_LIMIT = 1024
_SHORTEST = 100
"""The version, a SHA-256 and a size have more bytes than this."""


def pointer_size(raw: bytes) -> int | None:
    """The size that a pointer of Git LFS tells of its file; None if ``raw`` is no pointer."""
    if not raw.startswith(_BEGINS) or len(raw) >= _LIMIT:
        return None
    for line in raw.splitlines():
        key, _, value = line.partition(b" ")
        if key == b"size" and value.isdigit():
            return int(value)
    return None


def find_lfs_files(root: Path, tree: Tree) -> Mapping[str, int]:
    """The files of ``tree`` that Git LFS holds, with their sizes; none where git cannot tell.

    The small blobs are read only if a ``.gitattributes`` gives any file to Git LFS.
    """
    attributes = [name for name in tree.objects if name.endswith(".gitattributes")]
    if not attributes:
        return {}
    try:
        repository = open_repository(root)
    except GitUnavailable:
        return {}
    if repository is None:
        return {}
    with repository:
        said = read_objects(repository, {tree.objects[name] for name in attributes})
        if not any(b"filter=lfs" in text for text in said.values()):
            return {}
        contents = read_objects(repository, _small(repository, tree))
    sizes = {one: pointer_size(raw) for one, raw in contents.items()}
    return {
        name: size for name, one in tree.objects.items() if (size := sizes.get(one)) is not None
    }


def _small(repository: git.Repo, tree: Tree) -> set[str]:
    """The hashes of the blobs that may be pointers, going by their sizes."""
    unknown = {one for name, one in tree.objects.items() if name not in tree.sizes}
    told = sizes_of_objects(repository, unknown)
    return {
        one
        for name, one in tree.objects.items()
        if _SHORTEST < tree.sizes.get(name, told.get(one, 0)) < _LIMIT
    }
