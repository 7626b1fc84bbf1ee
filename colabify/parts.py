"""Parts: what of a plan is written, where somebody wants a part of a port alone.

The plan is always made whole: what a setup cell has to provide depends on what the rules can mend. A part
that is written later joins those that were written before: the record names them, as long as something
is left to write. So all parts, one after another and in any order, give what the whole port gives.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.plans import Plan, SourceChange
    from colabify.record import Keys, Record
    from colabify.undo import Undone


class Part(Enum):
    """A part of a port that can be written alone."""

    BADGE = "badge"
    SETUP = "setup"
    CODE = "code"
    MARKDOWN = "markdown"
    ACCELERATOR = "accelerator"
    METADATA = "metadata"


EVERY = frozenset(Part)
_OF_MEMBERS: dict[Keys, Part] = {
    ("accelerator",): Part.ACCELERATOR,
    ("colab", "gpuType"): Part.ACCELERATOR,
    ("colab", "cell_execution_strategy"): Part.SETUP,
    ("colab", "include_colab_link"): Part.BADGE,
}
"""The members of the metadata that belong to another part than the metadata."""
_PROVENANCE: Keys = ("colab", "provenance")
"""It is written with whatever else says that a notebook is Colab's, and never alone."""


def parts_with(parts: frozenset[Part], record: Record | None, undone: Undone) -> frozenset[Part]:
    """``parts``, and those that earlier ports of the notebook have written.

    Without a record, because a tool has stripped it, the cells that are there tell.
    """
    if record is None:
        roles = {*undone.edited.values(), *(role for role, _ in undone.places)}
        return parts | ({Part.SETUP} if roles else set())
    return parts | (frozenset(Part(one) for one in record.parts) if record.parts else EVERY)


def parts_of(plan: Plan) -> frozenset[Part]:
    """The parts for which a plan has anything to write."""
    found = {part for one in plan.sources for part, _ in _alone(one)}
    found |= {part for keys in _members(plan) if (part := _part_of(keys)) is not None}
    found |= {Part.BADGE} if plan.badge else set()
    return frozenset(found | ({Part.SETUP} if plan.setup else set()))


def only(plan: Plan, parts: frozenset[Part]) -> Plan:
    """The plan with nothing to write but ``parts``; what is known and told stays whole."""
    from colabify.steps import Setup

    if parts == EVERY:
        return plan
    kept = {keys for keys in _members(plan) if _part_of(keys) in parts}
    if any(keys[0] in ("accelerator", "colab") for keys in kept):
        kept.add(_PROVENANCE)
    return replace(
        plan,
        badge=plan.badge if Part.BADGE in parts else "",
        setup=plan.setup if Part.SETUP in parts else Setup(),
        sources=tuple(_sources(plan, parts)),
        metadata=tuple(one for one in plan.metadata if one.keys in kept),
    )


def _members(plan: Plan) -> Iterator[Keys]:
    return (one.keys for one in plan.metadata)


def _part_of(keys: Keys) -> Part | None:
    """The part that a member of the metadata belongs to; None: it goes with any."""
    return None if keys == _PROVENANCE else _OF_MEMBERS.get(keys, Part.METADATA)


def _sources(plan: Plan, parts: frozenset[Part]) -> Iterator[SourceChange]:
    for change in plan.sources:
        alone = _alone(change)
        wanted = [source for part, source in alone if part in parts]
        if len(wanted) == len(alone):
            yield change
        elif wanted:
            yield replace(change, source=wanted[0])


def _alone(change: SourceChange) -> tuple[tuple[Part, str], ...]:
    return change.alone or ((Part.CODE, change.source),)
