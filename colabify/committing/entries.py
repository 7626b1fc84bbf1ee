"""Entries: what a commit or the index holds of each file, its mode and its blob."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from colabify.committing.calls import call, tell

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import git

Entries: TypeAlias = "Mapping[str, str | None]"
"""Mode and hash by a file's name; None for a file that is not there."""
_STATUS = ("--porcelain", "-z", "--no-renames", "--untracked-files=no", "--ignore-submodules=all")
_EDITED = " M "
_MANY = 200
"""How many files git is asked about at a time."""
_GONE = "0 0000000000000000000000000000000000000000"


def entries_at(repository: git.Repo, commit: str) -> Entries:
    """What a commit holds."""
    said = tell(repository, "ls_tree", "-r", "-z", "--full-tree", commit)
    pairs = (line.partition("\t") for line in said.split("\0") if line)
    return {name: f"{head.split()[0]} {head.split()[2]}" for head, _, name in pairs}


def entries_of_index(repository: git.Repo) -> Entries:
    """What the index holds."""
    said = tell(repository, "ls_files", "-z", "--stage", ":/")
    pairs = (line.partition("\t") for line in said.split("\0") if line)
    return {name: " ".join(head.split()[:2]) for head, _, name in pairs}


def rewritten(
    before: Entries, after: Entries, index: Entries, ours: Collection[str]
) -> dict[str, str | None]:
    """What the index has to hold of the files that hooks have changed in the commit ``after``.

    What a person has staged in other files stays staged.
    """
    wrong = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    wrong |= set(ours)
    free = (name for name in wrong if name in ours or index.get(name) == before.get(name))
    return {name: after.get(name) for name in free if index.get(name) != after.get(name)}


def put_into_index(repository: git.Repo, entries: Entries) -> None:
    """Make the index hold these entries."""
    if entries:
        lines = (f"{entry or _GONE}\t{name}\0" for name, entry in entries.items())
        given = "".join(lines).encode("utf-8", "surrogateescape")
        tell(repository, "update_index", "-z", "--index-info", given=given)


def changed_files(repository: git.Repo) -> list[str]:
    """The tracked files that a person has changed, staged or not.

    Git takes a file for changed whose size is another, though a filter may make it what the index has.
    """
    lines = [one for one in tell(repository, "status", *_STATUS).split("\0") if one]
    edited = [one[3:] for one in lines if one.startswith(_EDITED)]
    index = entries_of_index(repository) if edited else {}
    same = set()
    for at in range(0, len(edited), _MANY):
        names = edited[at : at + _MANY]
        said = call(repository, "hash_object", "--", *names)
        for name, blob in zip(names, said.out.split(), strict=False) if said.ok else ():
            same |= {name} if (index.get(name) or "").endswith(blob) else set()
    return [one[3:] for one in lines if one[3:] not in same]
