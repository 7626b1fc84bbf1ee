"""The local modules that may be mended: those in the folders that were given, of one repository.

Several notebooks may use a module, and see its relative paths from different folders: what each of them
wants of it is gathered first (:mod:`colabify.modules.run`), and what all agree on is decided once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from colabify.escapes import Masked
from colabify.modules.text import ModuleText, digest_of, read_module
from colabify.plans import ModuleChange
from colabify.python2.notebook import CONVERTED, converts
from colabify.python2.old_modules import OldModules
from colabify.silence.reading import read_comments

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from colabify.applied import Applied
    from colabify.findings import Finding
    from colabify.modules.record import Entry
    from colabify.project import Project
    from colabify.python2.convert import Converted
    from colabify.rewrite.ruling import Ruling
    from colabify.runtime import Runtime
    from colabify.settings import Settings


@dataclass(frozen=True, slots=True)
class Want:
    """What a notebook wants a stretch of a module to say; no ``code``: it has to stay."""

    start: int
    end: int
    new: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class MendedModule(ModuleChange):
    """A module that was given, as a notebook wants it; ``codes`` are empty if it stays as it is.

    ``entry`` is what the notebook's record has to say of it, if it was mended now or before. ``runtime``
    and ``ruling`` are what the rules went by.
    """

    wants: tuple[Want, ...] = ()
    entry: Entry | None = None
    runtime: Runtime | None = None
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a module, whatever the notebook; ``findings`` say what does not."""

    change: MendedModule
    findings: tuple[Finding, ...] = ()


@dataclass
class GivenModules:
    """Which modules of ``project`` may be mended, and what has been read of them and decided about them.

    ``folders`` are those that were given, below the root (the root itself is ``""``). ``entries`` say of
    modules that were mended before how to give them back. What may be done to a module is said by the
    settings that hold for its own path, so that all notebooks that use it agree on that.
    """

    project: Project
    folders: Sequence[str] = ()
    settings_of: Callable[[str], Settings] | None = None
    """The settings for a path below the root; None: those of the notebook at hand hold for all."""
    entries: dict[str, Entry] = field(default_factory=dict)
    decided: dict[str, Decision] = field(default_factory=dict)
    ruled: dict[tuple[str, str, Ruling], Applied] = field(default_factory=dict)
    """Texts with the rules applied, by the text, the runtime and the rules."""
    _texts: dict[str, ModuleText | str] = field(default_factory=dict)
    _settings: dict[str, Settings | None] = field(default_factory=dict)
    _held: dict[str, bool] = field(default_factory=dict)

    def settings(self, path: str, otherwise: Settings) -> Settings:
        """The settings that hold for the file at ``path``; else those of the notebook at hand."""
        return self._own_settings(path) or otherwise

    def _own_settings(self, path: str) -> Settings | None:
        if path not in self._settings:
            self._settings[path] = None if self.settings_of is None else self.settings_of(path)
        return self._settings[path]

    def holds(self, path: str) -> bool:
        """Whether the module at ``path``, below the root, is one that may be mended."""
        if path not in self._held:
            self._held[path] = self._is_given(path)
        return self._held[path]

    def _is_given(self, path: str) -> bool:
        root = self.project.root
        if root is None or not path.endswith(".py") or path not in self.project.visible:
            return False
        if not any(not one or path.startswith(f"{one}/") for one in self.folders):
            return False
        return (root / path).resolve() == root / path  # what a link leads to was not given

    def text(self, path: str) -> ModuleText | str:
        """The module at ``path`` as it stood on the disk when first asked for; or why it cannot be read."""
        if path not in self._texts:
            raw = self.project.read(path)
            self._texts[path] = "it cannot be read" if raw is None else read_module(raw)
        return self._texts[path]

    def converted(self, path: str) -> Converted | None:
        """The module at ``path`` in Python 3, if it is in Python 2 and is to be rewritten."""
        if not self.holds(path) or not self._converts(path):
            return None
        text = self.text(path)
        if isinstance(text, str) or any(
            one.names(CONVERTED) for one in read_comments(Masked("", text.text))
        ):
            return None
        return self.old.converted(path, text.text)

    def _converts(self, path: str) -> bool:
        """Whether a module in Python 2 is read, and mended, as what it is in Python 3."""
        settings = self._own_settings(path)
        return settings is not None and settings.modules and converts(settings)

    def python(self, path: str) -> str | None:
        """The text of the module at ``path`` that counts: in Python 3; None if it cannot be read."""
        found, text = self.converted(path), self.text(path)
        if found is not None:
            return found.text
        return None if isinstance(text, str) else text.text

    @cached_property
    def old(self) -> OldModules:
        """What is known of the modules in Python 2."""
        return OldModules(self.project)

    def entry_of(self, path: str) -> Entry | None:
        """How to give a module back that was mended before, if nobody has edited it since."""
        entry, text = self.entries.get(path), self.text(path)
        if entry is None or isinstance(text, str):
            return None
        return entry if entry.now == digest_of(text.raw) else None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the modules of each repository, by its root.

    ``entries`` say of those that were mended before how to give them back; ``decided`` what becomes of
    them; ``held`` are the bytes of files as they were before they were mended.
    """

    entries: Mapping[Path, Mapping[str, Entry]] = field(default_factory=dict)
    decided: Mapping[Path, Mapping[str, Decision]] = field(default_factory=dict)
    held: Mapping[Path, Mapping[str, bytes]] = field(default_factory=dict)


def with_earlier(
    modules: Sequence[ModuleChange], earlier: Mapping[str, Entry], project: Project
) -> tuple[ModuleChange, ...]:
    """``modules``, and those that were mended with the notebook before and stand so on the disk.

    They may be beyond what is given this time: what gives them back is kept.
    """
    known = entries_of(modules)
    kept = []
    for path, entry in earlier.items():
        raw = None if path in known else project.read(path)
        if raw is not None and digest_of(raw) == entry.now:
            kept.append(MendedModule(path, "", "", entry=entry))
    paths = {one.path for one in kept}
    return (*(one for one in modules if one.path not in paths), *kept)


def entries_of(modules: Sequence[ModuleChange]) -> Mapping[str, Entry]:
    """What the record of a notebook has to say of ``modules``."""
    found = {one.path: one.entry for one in modules if isinstance(one, MendedModule)}
    return {path: entry for path, entry in sorted(found.items()) if entry is not None}
