"""Settings: one frozen value, from ``[tool.colabify]`` and the command line."""

from __future__ import annotations

import difflib
import sys
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from colabify.errors import ColabifyError

if TYPE_CHECKING:
    from pathlib import Path

ACCELERATORS = ("auto", "none", "GPU", "T4", "L4", "A100", "H100", "TPU", "V5E1", "V6E1")


class ConfigError(ColabifyError):
    """A configuration that cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person can decide. A key of ``[tool.colabify]`` is a field's name with ``-`` for ``_``."""

    repo: str = ""
    """Address of the repository that Colab clones; empty: the git remote's."""
    ref: str = ""
    """Branch or tag that Colab clones; empty: the current branch, or the remote's default."""
    accelerator: str = "auto"
    """One of ACCELERATORS; "auto": what the code says."""
    runtime: str = "auto"
    """Runtime version; "latest"; or "auto": what the notebook asks for, else the latest."""
    select: tuple[str, ...] = ()
    """Codes, or beginnings of codes, that may rewrite and report; empty: all."""
    ignore: tuple[str, ...] = ()
    """Codes, or beginnings of codes, that may not."""
    run_setup_first: bool = True
    """Whether Colab runs the setup cell by itself before whatever a student runs first."""

    def allows(self, code: str) -> bool:
        """Whether findings and rewrites of ``code`` are wanted."""
        if self.ignore and code.startswith(self.ignore):
            return False
        return not self.select or code.startswith(self.select)


def load_settings(start: Path, *, config: Path | None = None) -> Settings:
    """The settings of ``config``, or of the nearest ``pyproject.toml`` from ``start`` upwards that has any.

    The search ends at a folder with ``.git``.

    Raises:
        ConfigError: the file cannot be read, is no TOML, or has an unknown key or a wrong type.

    """
    if config is not None:
        return _from_file(config) or Settings()
    for folder in (start.resolve(), *start.resolve().parents):
        file = folder / "pyproject.toml"
        if file.is_file():
            found = _from_file(file)
            if found is not None:
                return found
        if (folder / ".git").exists():
            break
    return Settings()


def with_flags(settings: Settings, flags: dict[str, Any]) -> Settings:
    """``settings`` with those of ``flags`` that were given."""
    return replace(settings, **{key: value for key, value in flags.items() if value is not None})


def _from_file(file: Path) -> Settings | None:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: {error}") from None
    table = data.get("tool", {}).get("colabify")
    return None if table is None else from_table(table, str(file))


def from_table(table: dict[str, Any], source: str) -> Settings:
    """The settings of a TOML table; ``source`` names it in errors.

    Raises:
        ConfigError: an unknown key (with what was probably meant) or a value of the wrong type.

    """
    known = {field.name.replace("_", "-"): field for field in fields(Settings)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ConfigError(f"{source}: unknown key {key!r} in [tool.colabify]{hint}")
        values[known[key].name] = _checked(known[key].default, value, key, source)
    return Settings(**values)


def _checked(default: Any, value: Any, key: str, source: str) -> Any:
    wanted = "a list of strings" if isinstance(default, tuple) else type(default).__name__
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
    elif type(value) is type(default):
        if key == "accelerator" and value not in ACCELERATORS:
            raise ConfigError(f"{source}: accelerator is one of {', '.join(ACCELERATORS)}")
        return value
    raise ConfigError(f"{source}: {key} has to be {wanted}")
