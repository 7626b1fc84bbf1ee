"""Which settings hold for a file: each file of settings is read once, whatever the number of notebooks."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colabify.config.file import OVERRIDES, OWN, PER_FILE, PYPROJECT, ConfigFile, read_config
from colabify.config.globs import matches
from colabify.config.values import check_flags
from colabify.settings import ConfigError, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from colabify.config.file import Section
    from colabify.config.lines import Keys
    from colabify.places import Place


@dataclass(frozen=True)
class Origin:
    """Where a value was said: in a file, at ``keys``; or on the command line, if there is no file."""

    file: ConfigFile | None = None
    keys: Keys = ()

    def __str__(self) -> str:
        """As a person would find it: ``labs/pyproject.toml:7``, and which part of it that is."""
        if self.file is None:
            return "flag"
        part = self.keys[0] if self.keys[0] in (OVERRIDES, PER_FILE) else ""
        return f"{self.file.shown}:{self.file.line(*self.keys)}{part and f' ({part})'}"


@dataclass(frozen=True)
class Holding:
    """The settings that hold for a file, and where each was said that is not the default, by field."""

    settings: Settings
    origins: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict)


class Configuration:
    """The settings of all files: of the nearest file of settings, with what the command line says above.

    For a notebook, or a local module, the search goes upwards from its folder, and ends at the first
    folder with ``.git``. The nearest file holds by itself: nothing is taken over from one further up.
    """

    def __init__(self, flags: Mapping[str, Any] | None = None, config: Path | None = None) -> None:
        """``flags``, by field, stand above all; None is none. ``config`` is the only file to be read.

        Raises:
            ConfigError: a flag has a value that cannot be used, or ``config`` cannot be read.

        """
        self._flags = {key: value for key, value in (flags or {}).items() if value is not None}
        check_flags(self._flags)
        self._only = read_config(config) if config is not None else None
        if config is not None and self._only is None:
            raise ConfigError(f"{config}: it has no table [tool.colabify]")
        self._nearest: dict[Path, ConfigFile | ConfigError | None] = {}
        self._held: dict[tuple[object, ...], Holding] = {}
        self.notes: dict[str, str] = {}
        """What a person should know about files of settings, by file."""

    def of(self, path: Path | None) -> Settings:
        """The settings for the notebook or module at ``path``; None: one from standard input.

        Raises:
            ConfigError: the file that has them cannot be used.

        """
        return self.holding(path).settings

    def file_for(self, folder: Path) -> ConfigFile | None:
        """The file of settings for the notebooks in ``folder``; raises what :meth:`of` does."""
        return self._only or self._found(folder.resolve())

    def holding(self, path: Path | None, *, folder: bool = False) -> Holding:
        """The settings for ``path``, which may be a folder, and where they come from.

        Raises what :meth:`of` does.
        """
        real = Path().resolve() if path is None else path.resolve()
        around = real if path is None or folder else real.parent
        return self._holding(None if path is None else real, around)

    def _holding(self, path: Path | None, folder: Path) -> Holding:
        file = self.file_for(folder)
        if file is None:
            return self._hold(None, (), ())
        base = _git_root(folder) if self._only else file.path.resolve().parent
        inside = "" if path is None else _below(base, path)
        sections = tuple(
            at
            for at, one in enumerate(file.sections)
            if one.files is None or (inside and matches(inside, one.files))
        )
        globs = tuple(glob for glob in file.ignores if inside and matches(inside, [glob]))
        return self._hold(file, sections, globs)

    def sort_out(self, places: Iterable[Place]) -> tuple[list[Place], list[tuple[str, str]]]:
        """The notebooks whose settings can be used; and which files of settings cannot, and why."""
        good: list[Place] = []
        wrong: dict[tuple[str, str], int] = {}
        for place in places:
            try:
                self.of(place.path)
            except ConfigError as error:
                wrong[error.place, error.text] = wrong.get((error.place, error.text), 0) + 1
            else:
                good.append(place)
        said = [
            (file, f"{text} ({count} notebook{'s are' if count > 1 else ' is'} not done)")
            for (file, text), count in wrong.items()
        ]
        return good, said

    def _found(self, folder: Path) -> ConfigFile | None:
        if folder not in self._nearest:
            try:
                found = self._in_folder(folder)
                if found is None and not _ends(folder):
                    found = self._found(folder.parent)
            except ConfigError as error:
                self._nearest[folder] = error
            else:
                self._nearest[folder] = found
        known = self._nearest[folder]
        if isinstance(known, ConfigError):
            raise known
        return known

    def _in_folder(self, folder: Path) -> ConfigFile | None:
        """The file of settings in a folder: ``colabify.toml`` stands before ``pyproject.toml``."""
        # Path.is_file raises where a folder above is closed
        there = [one for name in (OWN, PYPROJECT) if os.path.isfile(one := folder / name)]  # noqa: PTH113
        found = [file for one in there if (file := read_config(one)) is not None]
        if len(found) > 1:
            self.notes[found[1].shown] = f"[tool.colabify] is not read: {OWN} stands beside it"
        return found[0] if found else None

    def _hold(
        self, file: ConfigFile | None, sections: tuple[int, ...], globs: tuple[str, ...]
    ) -> Holding:
        key = (None if file is None else file.path, sections, globs)
        if key not in self._held:
            self._held[key] = self._merged(file, sections, globs)
        return self._held[key]

    def _merged(
        self, file: ConfigFile | None, sections: tuple[int, ...], globs: tuple[str, ...]
    ) -> Holding:
        values: dict[str, Any] = {}
        origins: dict[str, tuple[Origin, ...]] = {}
        if file is not None:
            for section in (file.sections[at] for at in sections):
                _add(values, origins, file, section)
        for name, value in self._flags.items():
            values[name], origins[name] = value, (Origin(),)
        if file is not None:  # also above flags: --ignore takes the place of ignore alone
            for glob in globs:
                values["ignore"] = (*values.get("ignore", ()), *file.ignores[glob])
                origins["ignore"] = (*origins.get("ignore", ()), Origin(file, (PER_FILE, glob)))
        return Holding(replace(Settings(), **values), origins)


def _add(
    values: dict[str, Any],
    origins: dict[str, tuple[Origin, ...]],
    file: ConfigFile,
    section: Section,
) -> None:
    """What a section says stands above what was said before; the entries of a table are added to it."""
    for name, value in section.values.items():
        origin = Origin(file, (*section.keys[len(file.keys) :], name.replace("_", "-")))
        adds = isinstance(value, dict) and name in values
        values[name] = {**values[name], **value} if adds else value
        origins[name] = (*origins[name], origin) if adds else (origin,)


def _ends(folder: Path) -> bool:
    """Whether the search goes no further up than ``folder``."""
    return os.path.lexists(folder / ".git") or folder == folder.parent


def _git_root(folder: Path) -> Path:
    return next((one for one in (folder, *folder.parents) if _ends(one)), folder)


def _below(base: Path, path: Path) -> str:
    """``path`` below ``base`` with ``/`` between its names; empty if it is not below."""
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else ""
