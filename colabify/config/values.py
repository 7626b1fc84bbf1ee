"""Values of settings, read from tables and flags, and what is wrong with them."""

from __future__ import annotations

import difflib
import re
from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any

from colabify.remote import in_full, parse_remote, without_credentials
from colabify.settings import CHOICES, ConfigError, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from colabify.supply import Supply

_CODES = ("select", "ignore")
_HASH = re.compile(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?")
_NO_REF = re.compile(
    r"^[-/]|^refs/|^HEAD$|^@$|\.\.|@\{|//|[\x00-\x20\x7f~^:?*\[\\]|(?:/|\.|\.lock)$"
)
"""What git allows in no branch's name, and what ``git clone --branch`` does not take."""


class WrongSetting(ValueError):
    """A key, or a value, that cannot be used; ``keys`` lead to it."""

    def __init__(self, text: str, keys: tuple[str | int, ...]) -> None:
        super().__init__(text)
        self.keys = keys


def read_values(
    table: Mapping[str, Any],
    where: str = "[tool.colabify]",
    keys: tuple[str | int, ...] = (),
    also: tuple[str, ...] = (),
) -> dict[str, Any]:
    """The values of a table, by fields; ``keys`` lead to it, and ``also`` names other keys that it may have.

    Raises:
        WrongSetting: an unknown key (with what was probably meant) or a value that cannot be used.

    """
    known = {field.name.replace("_", "-"): field for field in fields(Settings)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            names = (*known, *also)
            near = difflib.get_close_matches(key, names, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(names)}"
            raise WrongSetting(f"unknown key {key!r} in {where}; {hint}", (*keys, key))
        if isinstance(value, dict):
            for name in value:  # one by one: for the line of the one that is wrong
                _checked(known[key], {name: value[name]}, key, (*keys, key, name))
        values[known[key].name] = _checked(known[key], value, key, (*keys, key))
    return values


def check_flags(flags: Mapping[str, Any]) -> None:
    """Refuse values that cannot be used.

    Raises:
        ConfigError: there is one; the message names the flag.

    """
    for key, value in flags.items():
        problem = _problem(key, value)
        if problem:
            raise ConfigError(f"--{key.replace('_', '-')}: {problem}")


def read_codes(value: Any, key: str, keys: tuple[str | int, ...]) -> tuple[str, ...]:
    """Codes, or beginnings of codes, in any case.

    Raises:
        WrongSetting: it is no list of them.

    """
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise WrongSetting(f"{key} has to be a list of strings", keys)
    found = tuple(one.strip().upper() for one in value)
    problem = _problem("ignore", found)
    if problem:
        raise WrongSetting(f"{key}: {problem}", keys)
    return found


def _checked(known: Field[Any], value: Any, key: str, keys: tuple[str | int, ...]) -> Any:
    """The value of a key as the field of that name has it."""
    if key == "data":
        return _supplies(value, keys)
    if key in _CODES:
        return read_codes(value, key, keys)
    default = {} if known.default is MISSING else known.default
    of_strings = value.values() if isinstance(value, dict) else value
    if isinstance(default, tuple | dict):
        wanted = "a list of strings" if isinstance(default, tuple) else "a table of strings"
        right = isinstance(value, list if isinstance(default, tuple) else dict)
        if right and all(isinstance(item, str) for item in of_strings):
            found = dict(value) if isinstance(value, dict) else tuple(one.strip() for one in value)
            return _sound(key, found, keys)
    else:
        wanted = "true or false" if isinstance(default, bool) else "a string"
        if type(value) is type(default):
            return _sound(key, value, keys)
    raise WrongSetting(f"{key} has to be {wanted}", keys)


def _supplies(value: Any, keys: tuple[str | int, ...]) -> dict[str, Supply]:
    """What ``[tool.colabify.data]`` declares."""
    from colabify.supply import read_supplies

    if not isinstance(value, dict):
        raise WrongSetting("data has to be a table of paths: [tool.colabify.data]", keys)
    try:
        return read_supplies(value)
    except ValueError as error:
        raise WrongSetting(f"data: {error}", keys) from None


def _sound(key: str, value: Any, keys: tuple[str | int, ...]) -> Any:
    problem = _problem(key, value)
    if problem:
        raise WrongSetting(f"{key}: {problem}", keys)
    return value


def _problem(key: str, value: Any) -> str:
    """What is wrong with the value of a setting; empty if nothing is."""
    if key in CHOICES and value not in CHOICES[key]:
        return f"{value!r} is none of {', '.join(CHOICES[key])}"
    if key in _CODES and value:
        from colabify.explain import unknown_codes

        unknown = unknown_codes(value)
        if unknown:
            return f"no code begins with {unknown[0]!r}; colabify --list-rules lists them"
    if key == "runtime" and value not in ("auto", "latest"):
        return _no_runtime(value)
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


def _no_runtime(name: str) -> str:
    from colabify.runtime import UnknownRuntime, load_runtime

    try:
        load_runtime(name)
    except UnknownRuntime as error:
        return str(error)
    return ""


def _wrong_requirement(table: Mapping[str, str]) -> str:
    """What is wrong with ``[tool.colabify.distributions]``; empty if nothing is."""
    from colabify.requirements.model import shown
    from colabify.requirements.pep508 import parse, refused

    for module, text in table.items():
        requirement = parse(text)
        if requirement is None:
            return f"{module} = {shown(text)!r} is not a requirement that pip would read"
        reason = refused(requirement.url) if requirement.url is not None else ""
        if reason:
            return f"{module} = {shown(text)!r} cannot be installed on Colab: {reason}"
    return ""
