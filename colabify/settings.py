"""Settings: one frozen value, from ``[tool.colabify]`` and the command line."""

from __future__ import annotations

import difflib
import os
import re
import sys
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from colabify.errors import ColabifyError
from colabify.remote import in_full, parse_remote, without_credentials

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from colabify.supply import Supply

PINS = ("keep", "strict")
PATHS = ("keep", "absolute")
MARKDOWN = ("rewrite", "keep")
SOURCES = ("clone", "drive", "upload")
CLONES = ("auto", "full", "shallow", "sparse")
COMPATS = ("rewrite", "shim")
PERSISTS = ("none", "drive", "download", "git")
ACCELERATORS = ("auto", "none", "GPU", "T4", "L4", "A100", "H100", "TPU", "V5E1", "V6E1")
_CODES = ("select", "ignore")
_CHOICES = {
    "accelerator": ACCELERATORS, "pins": PINS, "paths": PATHS, "markdown": MARKDOWN, "source": SOURCES,
    "clone": CLONES, "persist": PERSISTS, "compat": COMPATS,
}  # fmt: skip
_HASH = re.compile(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?")
_NO_REF = re.compile(
    r"^[-/]|^refs/|^HEAD$|^@$|\.\.|@\{|//|[\x00-\x20\x7f~^:?*\[\\]|(?:/|\.|\.lock)$"
)
"""What git allows in no branch's name, and what ``git clone --branch`` does not take."""


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
    unsafe_fixes: bool = False
    """Whether rules also rewrite what only a person can judge."""
    compat: str = "rewrite"
    """"rewrite": code that uses what libraries dropped is mended; "shim": Colab is given the names."""
    run_setup_first: bool = True
    """Whether Colab runs the setup cell by itself before whatever a student runs first."""
    requirements: tuple[str, ...] = ()
    """Requirement files, below the repository's root, that count; empty: those nearest to a notebook."""
    pins: str = "keep"
    """"keep": what the kernel has loaded, or the machine was built for, stays; "strict": it is replaced."""
    online: bool = False
    """Whether the package index is asked which versions install, instead of the packed table alone."""
    paths: str = "keep"
    """"keep": what works on Colab stays; "absolute": below the clone, for copies meant for Colab alone."""
    modules: bool = True
    """Whether local modules inside a folder that was given are mended like cells."""
    markdown: str = "rewrite"
    """"rewrite": relative images and links become addresses; "keep": they stay."""
    private: bool = False
    """Whether the repository is closed to the public: images are put into the notebook, not linked."""
    source: str = "clone"
    """Where the course's files come from on Colab: "clone", "drive", or "upload"."""
    drive_folder: str = ""
    """The course's folder below MyDrive, for source = "drive"; empty: the repository's name."""
    clone: str = "auto"
    """How to clone: "shallow", "full", "sparse", or "auto": sparse where the repository is large."""
    persist: str = "none"
    """How what the notebook writes is kept: "none", "drive", "download", or "git"."""
    data: Mapping[str, Supply] = field(default_factory=dict)
    """Where data comes from that git does not hold, by its path below the repository's root."""
    distributions: Mapping[str, str] = field(default_factory=dict)
    """Import name to the requirement that pip is asked for, where colabify cannot know it."""

    def allows(self, code: str) -> bool:
        """Whether findings and rewrites of ``code`` are wanted."""
        if self.ignore and code.startswith(self.ignore):
            return False
        return not self.select or code.startswith(self.select)


def load_settings(
    start: Path, *, config: Path | None = None, flags: Mapping[str, Any] | None = None
) -> Settings:
    """The settings of ``config``, or of the nearest ``pyproject.toml`` from ``start`` upwards that has any.

    The search ends at a folder with ``.git``. ``flags``, by field, stand above them; None is none.

    Raises:
        ConfigError: the file cannot be read, is no TOML, or has an unknown key or a value that cannot
            be used; or a flag has one.

    """
    settings = _from_file(config) if config is not None else _nearest(start)
    if settings is None and config is not None:
        raise ConfigError(f"{config}: it has no table [tool.colabify]")
    given = {key: value for key, value in (flags or {}).items() if value is not None}
    for key, value in given.items():
        problem = _problem(key, value)
        if problem:
            raise ConfigError(f"--{key.replace('_', '-')}: {problem}")
    return replace(settings or Settings(), **given)


def _nearest(start: Path) -> Settings | None:
    for folder in (start.resolve(), *start.resolve().parents):
        file = folder / "pyproject.toml"
        # Path.is_file raises where a folder above is closed
        found = _from_file(file) if os.path.isfile(file) else None  # noqa: PTH113
        if found is not None or os.path.lexists(folder / ".git"):
            return found
    return None


def accelerator_named(text: str) -> str:
    """The accelerator of that name, whatever its case; the text itself if there is none."""
    return next((one for one in ACCELERATORS if one.lower() == text.lower()), text)


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
    tool = data.get("tool")
    table = tool.get("colabify") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{file}: colabify in [tool] has to be a table: [tool.colabify]")
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
            hint = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(known)}"
            raise ConfigError(f"{source}: unknown key {key!r} in [tool.colabify]; {hint}")
        values[known[key].name] = _checked(known[key], value, key, source)
    return Settings(**values)


def _checked(known: Field[Any], value: Any, key: str, source: str) -> Any:
    """The value of a key as the field of that name has it."""
    if key == "data":
        return _supplies(value, source)
    default = {} if known.default is MISSING else known.default
    of_strings = value.values() if isinstance(value, dict) else value
    if isinstance(default, tuple | dict):
        wanted = "a list of strings" if isinstance(default, tuple) else "a table of strings"
        right = isinstance(value, list if isinstance(default, tuple) else dict)
        if right and all(isinstance(item, str) for item in of_strings):
            found = dict(value) if isinstance(value, dict) else tuple(one.strip() for one in value)
            return (
                tuple(one.upper() for one in found) if key in _CODES else _sound(key, found, source)
            )
    else:
        wanted = "true or false" if isinstance(default, bool) else "a string"
        if type(value) is type(default):
            return _sound(key, value, source)
    raise ConfigError(f"{source}: {key} has to be {wanted}")


def _supplies(value: Any, source: str) -> dict[str, Supply]:
    """What ``[tool.colabify.data]`` declares."""
    from colabify.supply import read_supplies

    if not isinstance(value, dict):
        raise ConfigError(f"{source}: data has to be a table of paths: [tool.colabify.data]")
    try:
        return read_supplies(value)
    except ValueError as error:
        raise ConfigError(f"{source}: data: {error}") from None


def _sound(key: str, value: Any, source: str) -> Any:
    problem = _problem(key, value)
    if problem:
        raise ConfigError(f"{source}: {key}: {problem}")
    return value


def _problem(key: str, value: Any) -> str:
    """What is wrong with the value of a setting; empty if nothing is."""
    if key in _CHOICES and value not in _CHOICES[key]:
        return f"{value!r} is none of {', '.join(_CHOICES[key])}"
    if key == "distributions":
        return _wrong_requirement(value)
    if key == "repo" and value and parse_remote(value) is None:
        hint = in_full(value) or "https://github.com/owner/name"
        said = without_credentials(value)
        return f"{said!r} is no address that Colab could clone from, such as {hint}"
    if key == "ref" and value:
        if _HASH.fullmatch(value):
            return "a commit's hash cannot be cloned by name: tag it, push the tag, and name that"
        if _NO_REF.search(value):
            return f"{value!r} is no name of a branch or a tag"
    return ""


def _wrong_requirement(table: Mapping[str, str]) -> str:
    """What is wrong with ``[tool.colabify.distributions]``; empty if nothing is."""
    from packaging.requirements import InvalidRequirement, Requirement

    for module, text in table.items():
        try:
            Requirement(text)
        except InvalidRequirement:
            return f"{module} = {text!r} is not a requirement that pip would read"
    return ""
