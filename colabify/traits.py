"""The settings as traits of nbconvert's classes: the same names, values and help as the flags'."""

from __future__ import annotations

from ast import literal_eval
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from traitlets import Bool as Boolean
from traitlets import Dict, Enum, List, Unicode

from colabify.settings import CHOICES, HELP, Settings

if TYPE_CHECKING:
    from traitlets import HasTraits, TraitType


class _List(List[str]):
    """A list, of which nbconvert's command line may name a single item.

    traitlets reads that as a literal, and where it is none, as None: it would be lost.
    """

    def from_string(self, s: str) -> list[str] | None:
        """The list that a literal stands for, or one of this single item."""
        found: list[str] = literal_eval(s) if s[:1] == "[" else [s]
        return found


class _Table(Dict):
    """A dictionary, of which nbconvert's command line may name a single item, as for a list."""

    def from_string(self, s: str) -> dict[str, Any] | None:
        """The dictionary that a literal stands for, or one of this single ``key=value``."""
        found: dict[str, Any] | None = (
            literal_eval(s) if s[:1] == "{" else self.from_string_list([s])
        )
        return found


_NAMES = tuple(one.name for one in fields(Settings))


def setting_traits() -> dict[str, TraitType[Any, Any]]:
    """A trait for each setting, by its name; None, the default, is what ``[tool.colabify]`` says."""
    defaults = Settings()
    return {name: _trait(name, getattr(defaults, name)) for name in _NAMES}


def said_by(owner: HasTraits) -> dict[str, Any]:
    """The settings that the traits of ``owner`` decide."""
    values = {name: getattr(owner, name) for name in _NAMES}
    return {name: value for name, value in values.items() if value is not None}


def _trait(name: str, default: object) -> TraitType[Any, Any]:
    more: dict[str, Any] = {"default_value": None, "allow_none": True, "help": HELP[name]}
    made: TraitType[Any, Any]
    match default:
        case _ if name in CHOICES:
            made = Enum(CHOICES[name], **more)
        case bool():
            made = Boolean(**more)
        case tuple():
            made = _List(Unicode(), **more)
        case dict():
            made = _Table(**more)
        case _:
            made = Unicode(**more)
    return made.tag(config=True)
