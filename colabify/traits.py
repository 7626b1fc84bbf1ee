"""The settings as traits of nbconvert's classes: the same names, values and help as the flags'."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from traitlets import Bool as Boolean
from traitlets import Dict, Enum, List, Unicode

from colabify.settings import CHOICES, HELP, Settings

if TYPE_CHECKING:
    from traitlets import HasTraits, TraitType

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
            made = List(Unicode(), **more)
        case dict():
            made = Dict(**more)
        case _:
            made = Unicode(**more)
    return made.tag(config=True)
