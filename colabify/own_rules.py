"""Rules of one's own: what installed packages add by the entry point group ``colabify.rules``.

An entry point leads to a tuple of rules, as :mod:`colabify.rules` has them. They are loaded when rules are
first asked for, stand behind colabify's own, and are chosen, silenced and explained like these.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from colabify.errors import ColabifyError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from colabify.rules import Rule

GROUP = "colabify.rules"
_CODE = re.compile(r"[A-Z]{2,9}[0-9]{3}")
_OURS = "COL"


class OwnRulesFailed(ColabifyError):
    """A package's rules cannot be loaded, or cannot stand beside others."""


@cache
def every_rule() -> tuple[Rule, ...]:
    """Colabify's rules, and behind them those of installed packages, by the names of these.

    Raises:
        OwnRulesFailed: a package's rules cannot be loaded, are no rules, or have a code that is taken.

    """
    from importlib.metadata import entry_points

    from colabify.rules import RULES

    found = list(RULES)
    owners: dict[str, str] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda one: (_package(one), one.name)):
        for rule in _loaded(point):
            problem = _problem(rule.code, owners)
            if problem:
                raise OwnRulesFailed(f"the rules of {_package(point)}: {problem}")
            owners[rule.code] = _package(point)
            found.append(rule)
    return tuple(found)


def has_own_rules() -> bool:
    """Whether any package adds rules; raises what :func:`every_rule` does."""
    return not all(one.code.startswith(_OURS) for one in every_rule())


def _loaded(point: EntryPoint) -> tuple[Rule, ...]:
    """The rules that an entry point leads to."""
    from colabify.rules import Rule

    try:
        rules = point.load()
    except (ImportError, AttributeError, SyntaxError) as error:
        why = f"{point.value} cannot be loaded: {type(error).__name__}: {error}"
        raise OwnRulesFailed(f"the rules of {_package(point)}: {why}") from error
    if not isinstance(rules, tuple | list) or not all(isinstance(one, Rule) for one in rules):
        why = f"{point.value} is no tuple of rules (instances of colabify.rules.Rule)"
        raise OwnRulesFailed(f"the rules of {_package(point)}: {why}")
    for one in rules:
        lacks = [name for name in ("code", "name", "examples") if not hasattr(one, name)]
        if lacks or not type(one).__doc__:
            why = f"{type(one).__name__} has no {', no '.join(lacks) or 'docstring'}"
            raise OwnRulesFailed(f"the rules of {_package(point)}: {why}")
    return tuple(rules)


def _problem(code: str, owners: dict[str, str]) -> str:
    """What is wrong with the code of a package's rule; empty if nothing is."""
    if code in owners:
        return f"{code} is a code of {owners[code]} already"
    if code.startswith(_OURS):
        return f"{code}: codes that begin with {_OURS} are colabify's own; choose other letters"
    if not _CODE.fullmatch(code):
        return (
            f"{code!r} is no code: write two to nine capital letters and three digits, as in LAB101"
        )
    return ""


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value
