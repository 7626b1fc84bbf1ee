"""One file with settings: ``[tool.colabify]`` of a ``pyproject.toml``, or a ``colabify.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colabify.config.globs import problem_of
from colabify.config.lines import lines_of_keys, tomllib
from colabify.config.values import WrongSetting, read_codes, read_values
from colabify.settings import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from colabify.config.lines import Keys

PYPROJECT, OWN = "pyproject.toml", "colabify.toml"
OVERRIDES, PER_FILE = "overrides", "per-file-ignores"
TABLE = "[tool.colabify]"


@dataclass(frozen=True)
class Section:
    """Values of settings, by field, and the notebooks that they hold for: all, or what ``files`` mean."""

    values: Mapping[str, Any]
    keys: Keys
    files: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ConfigFile:
    """What a file says, checked. ``sections`` stand in the order in which later ones win."""

    path: Path
    text: str
    sections: tuple[Section, ...]
    ignores: Mapping[str, tuple[str, ...]]
    """Codes that may not rewrite or report in the files that a glob means."""
    keys: Keys

    @property
    def shown(self) -> str:
        """What a person would call it."""
        return shown(self.path)

    def line(self, *keys: str | int) -> int:
        """The line of a key of the table of colabify; of the table itself, or 1, if it is not found."""
        return _line(self._lines, (*self.keys, *keys))

    @cached_property
    def _lines(self) -> Mapping[Keys, int]:
        return lines_of_keys(self.text)


def read_config(path: Path) -> ConfigFile | None:
    """The settings of a file; None if it has no table for colabify.

    In a ``pyproject.toml`` that is ``[tool.colabify]``. In any other file the keys stand at the top level,
    unless it has that table.

    Raises:
        ConfigError: it cannot be read, is no TOML, or has an unknown key or a value that cannot be used; the
            message names the file and, of a key, the line.

    """
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(str(error.strerror), shown(path)) from None
    except RecursionError:
        raise ConfigError("its brackets are nested too deep", shown(path)) from None
    except ValueError as error:  # no TOML, no UTF-8, or a number of thousands of digits
        raise ConfigError(str(error), shown(path)) from None
    keys: Keys = ("tool", "colabify") if path.name == PYPROJECT or "tool" in data else ()
    try:
        table = _table(data, keys)
        if table is None:
            return None
        if keys and path.name == OWN and len(data) > 1:
            other = next(key for key in data if key != "tool")
            raise WrongSetting(f"{other} stands beside {TABLE}: one place is enough", (other,))
        return _checked(path, text, table, keys)
    except WrongSetting as error:
        line = _line(lines_of_keys(text), error.keys)
        raise ConfigError(str(error), f"{shown(path)}:{line}") from None


def _table(data: dict[str, Any], keys: Keys) -> dict[str, Any] | None:
    if not keys:
        return data
    tool = data.get("tool")
    table = tool.get("colabify") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise WrongSetting(f"colabify in [tool] has to be a table: {TABLE}", keys)
    return table


def _checked(path: Path, text: str, table: Mapping[str, Any], keys: Keys) -> ConfigFile:
    own = {key: value for key, value in table.items() if key not in (OVERRIDES, PER_FILE)}
    where = TABLE if keys else path.name
    base = Section(read_values(own, where, keys, also=(OVERRIDES, PER_FILE)), keys)
    overrides = _overrides(table.get(OVERRIDES, []), (*keys, OVERRIDES))
    ignores = _ignores(table.get(PER_FILE, {}), (*keys, PER_FILE))
    return ConfigFile(path, text, (base, *overrides), ignores, keys)


def _overrides(value: Any, keys: Keys) -> list[Section]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        said = "[[tool.colabify.overrides]]" if len(keys) > 1 else "[[overrides]]"
        raise WrongSetting(f"overrides has to be an array of tables: {said}", keys)
    return [_override(table, (*keys, at)) for at, table in enumerate(value)]


def _override(table: Mapping[str, Any], keys: Keys) -> Section:
    files = table.get("files")
    if files is None:
        raise WrongSetting('it says no files: files = ["labs/*.ipynb"]', keys)
    globs = _globs(files, (*keys, "files"))
    own = {key: value for key, value in table.items() if key != "files"}
    return Section(read_values(own, "overrides", keys, also=("files",)), keys, globs)


def _globs(value: Any, keys: Keys) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise WrongSetting("files has to be a list of globs", keys)
    _check_globs(value, keys)
    return tuple(value)


def _check_globs(globs: Sequence[str], keys: Keys) -> None:
    for glob in globs:
        problem = problem_of(glob)
        if problem:
            raise WrongSetting(problem, keys)


def _ignores(value: Any, keys: Keys) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise WrongSetting('per-file-ignores has to be a table: "labs/*.ipynb" = ["COL402"]', keys)
    found = {}
    for glob, codes in value.items():
        _check_globs([glob], (*keys, glob))
        found[glob] = read_codes(codes, repr(glob), (*keys, glob))
    return found


def shown(path: Path) -> str:
    """What a person who stands in the working folder would call a file."""
    try:
        here = Path.cwd()
    except OSError:  # it is gone
        return str(path)
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _line(lines: Mapping[Keys, int], keys: Keys) -> int:
    """The line of what ``keys`` lead to, or of what it is in."""
    return next((lines[keys[:end]] for end in range(len(keys), 0, -1) if keys[:end] in lines), 1)
