"""Rows of the families' tables.

A row's ``since`` is the distribution, and the version of it, that no longer has the old name
(``"numpy 1.24"``, ``"python 3.12"``): on a runtime with an older one there is nothing to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from colabify.rules.base import Safety


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a name.

    ``new`` is the full name that stands for it now, empty if none does; ``text`` what to tell where it is
    not rewritten. ``module``: it is a module, of which the members keep their names. ``binding`` is the
    name under which the new module is imported where it has none (``"np"``). ``shim``: the new name may be
    provided under the old one for code that stays as it is.
    """

    new: str = ""
    since: str = ""
    text: str = ""
    safety: Safety = "safe"
    module: bool = False
    binding: str = ""
    shim: bool = True
    fails: bool = True


@dataclass(frozen=True, slots=True)
class Keyword:
    """What became of a keyword argument.

    ``new`` is its name now, empty if the call is right without it. ``values`` says what a value became
    (both as Python writes them: ``"'auto'"``, ``"None"``); ``only``: nothing but these values is mended.
    ``shim``: the setup cell may have the function take it as it is.
    """

    new: str = ""
    since: str = ""
    text: str = ""
    safety: Safety = "safe"
    values: Mapping[str, str] | None = None
    only: bool = False
    drop: bool = False
    fails: bool = True
    shim: bool = True
