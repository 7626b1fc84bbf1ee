"""What an earlier run wrote and nobody has committed: ``--inplace`` first, ``--commit`` after a look at it.

A file differs from the last commit by colabify's work alone if both, with that taken back, are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colabify.committing.calls import call
from colabify.notebook import Document, NotebookError
from colabify.record import read_record
from colabify.undo import is_ported, undo

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    import git

    from colabify.modules.record import Entry


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Names of files that differ from the commit: ``ours`` alone, and ``mixed`` with what a person wrote."""

    ours: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()

    @property
    def mixed_in_words(self) -> str:
        """What a person should know of those that are not committed; empty if there are none."""
        if len(self.mixed) < 2:
            return (
                f"{self.mixed[0]} has changes of yours too: commit it yourself."
                if self.mixed
                else ""
            )
        return f"{', '.join(self.mixed)} have changes of yours too: commit them yourself."


@dataclass
class Earlier:
    """What differs from the commit ``head`` in the work tree at ``root``, and whose work that is."""

    repository: git.Repo
    root: Path
    head: str
    _entries: dict[str, list[Entry]] = field(default_factory=dict)
    """How to give modules back, as the notebooks that were asked about have it."""

    def is_ours(self, name: str) -> bool:
        """Whether colabify alone has changed the notebook of that name."""
        now, before = self._now(name), self._before(name)
        if now is None or before is None:
            return False
        try:
            documents = Document.parse(now), Document.parse(before)
        except NotebookError:
            return False
        for one in documents:
            record = read_record(one)
            for path, entry in record.modules.items() if record else ():
                self._entries.setdefault(path, []).append(entry)
        return self._same(name, *(undo(one).document.to_bytes() for one in documents))

    def left_over(self, asked: Collection[str], edited: Collection[str]) -> LeftOver:
        """What earlier runs have left among the files ``edited``; ``asked`` are the notebooks of this run.

        A module is left over if a notebook that was asked about was mended with it.
        """
        notebooks = sorted(set(asked) & set(edited))
        ours = [name for name in notebooks if self.is_ours(name)]
        modules = [one for one in edited if one in self._entries and self._is_mended(one)]
        mixed = [one for one in notebooks if one not in ours and self._holds_a_port(one)]
        return LeftOver((*ours, *sorted(modules)), tuple(mixed))

    def _holds_a_port(self, name: str) -> bool:
        """Whether the notebook of that name is ported, as it is on the disk."""
        now = self._now(name)
        try:
            return now is not None and is_ported(Document.parse(now))
        except NotebookError:
            return False

    def _is_mended(self, name: str) -> bool:
        now, before = self._now(name), self._before(name)
        if now is None or before is None:
            return False
        return self._same(name, *(self._given_back(name, raw) for raw in (now, before)))

    def _given_back(self, name: str, raw: bytes) -> bytes:
        found = (entry.original(raw) for entry in self._entries[name])
        return next((one for one in found if one is not None), raw)

    def _now(self, name: str) -> bytes | None:
        file = self.root / name
        return file.read_bytes() if file.is_file() and not file.is_symlink() else None

    def _before(self, name: str) -> bytes | None:
        """The file of the commit, as git would put it on the disk; None if it has none."""
        said = call(self.repository, "cat_file", "--filters", f"{self.head}:{name}")
        return said.out.encode("utf-8", "surrogateescape") if said.ok else None

    def _same(self, name: str, one: bytes, other: bytes) -> bool:
        """Whether git would hold the same for both: a filter may take away what they differ in."""
        return one == other or self._blob(name, one) == self._blob(name, other) != ""

    def _blob(self, name: str, raw: bytes) -> str:
        said = call(
            self.repository, "hash_object", "--stdin", f"--path={self.root / name}", given=raw
        )
        return said.out.strip() if said.ok else ""
