"""Settings: one frozen value, from ``[tool.colabify]`` and the command line."""

from __future__ import annotations

import difflib
import os
import re
import sys
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from colabify.errors import ColabifyError
from colabify.remote import in_full, parse_remote, without_credentials

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from colabify.supply import Supply

ACCELERATORS = ("auto", "none", "GPU", "T4", "L4", "A100", "H100", "TPU", "V5E1", "V6E1")
T = TypeVar("T")
_CODES = ("select", "ignore")
_HASH = re.compile(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?")
_NO_REF = re.compile(
    r"^[-/]|^refs/|^HEAD$|^@$|\.\.|@\{|//|[\x00-\x20\x7f~^:?*\[\\]|(?:/|\.|\.lock)$"
)
"""What git allows in no branch's name, and what ``git clone --branch`` does not take."""


class ConfigError(ColabifyError):
    """A configuration that cannot be used; the message names the file and the key."""


def _setting(default: T, said: str, choices: tuple[str, ...] = ()) -> T:
    """A field with what it means and, if there are but a few, the values that it may have."""
    return field(default=default, metadata={"help": said, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person can decide. A key of ``[tool.colabify]`` is a field's name with ``-`` for ``_``.

    What each means is said once, here: flags and traits show the same text.
    """

    repo: str = _setting("", "address of what Colab clones (default: git's remote)")
    ref: str = _setting(
        "", "branch or tag that Colab clones (default: the current branch, or the remote's default)"
    )
    accelerator: str = _setting("auto", "default: auto, what the code says", ACCELERATORS)
    runtime: str = _setting(
        "auto", "latest, one such as 2025.07, or auto (default): what the notebook asks for"
    )
    select: tuple[str, ...] = _setting((), "only these codes, or beginnings of codes")
    ignore: tuple[str, ...] = _setting((), "not these codes, or beginnings of codes")
    unsafe_fixes: bool = _setting(
        False, "rewrite also what only a person can judge; look at the diff"
    )
    compat: str = _setting(
        "rewrite",
        "rewrite what libraries have dropped (default), or provide it on Colab: shim",
        ("rewrite", "shim"),
    )
    run_setup_first: bool = _setting(
        True, "let Colab run the setup cell by itself before whatever a student runs first"
    )
    requirements: tuple[str, ...] = _setting(
        (), "requirement files that count, below the repository's root (default: the nearest)"
    )
    pins: str = _setting(
        "keep",
        "keep what Colab has loaded or was built for (default), or replace it: strict",
        ("keep", "strict"),
    )
    online: bool = _setting(
        False, "ask the package index which versions install, not only the packed table"
    )
    paths: str = _setting(
        "keep",
        "keep what works on Colab (default), or make all absolute, for copies meant for Colab alone",
        ("keep", "absolute"),
    )
    modules: bool = _setting(True, "mend local modules in the folders that were given, too")
    markdown: str = _setting(
        "rewrite",
        "rewrite relative images and links (default), or keep them",
        ("rewrite", "keep"),
    )
    private: bool = _setting(
        False, "the repository is private: put images into the notebook instead of linking them"
    )
    source: str = _setting(
        "clone",
        "where Colab has the course's files from: clone (default), drive, or upload",
        ("clone", "drive", "upload"),
    )
    drive_folder: str = _setting(
        "",
        "the course's folder below MyDrive, for source drive (default: the repository's name)",
    )
    clone: str = _setting(
        "auto",
        "how to clone (default: auto, sparse if it is large)",
        ("auto", "full", "shallow", "sparse"),
    )
    persist: str = _setting(
        "none",
        "how what the notebook writes is kept: none (default), drive, download, or git",
        ("none", "drive", "download", "git"),
    )
    data: Mapping[str, Supply] = field(
        default_factory=dict,
        metadata={"help": "what brings data that git does not hold, by its path below the root"},
    )
    distributions: Mapping[str, str] = field(
        default_factory=dict,
        metadata={"help": "import name to what pip is asked for, where colabify cannot know it"},
    )

    def allows(self, code: str) -> bool:
        """Whether findings and rewrites of ``code`` are wanted."""
        if self.ignore and code.startswith(self.ignore):
            return False
        return not self.select or code.startswith(self.select)


HELP: Mapping[str, str] = {one.name: one.metadata["help"] for one in fields(Settings)}
"""What each setting means."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    one.name: one.metadata["choices"] for one in fields(Settings) if one.metadata.get("choices")
}
"""The values of those settings that have but a few."""


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
    if key in CHOICES and value not in CHOICES[key]:
        return f"{value!r} is none of {', '.join(CHOICES[key])}"
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
