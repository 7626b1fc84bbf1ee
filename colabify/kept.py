"""Kept: what the cache has of one notebook, small enough to be kept, and the plan that it stands for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colabify.analysis.clone_plan import sized
from colabify.modules.given import MendedModule
from colabify.rewrite.ruling import Rulings
from colabify.runtime import load_runtime
from colabify.steps import Clone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.course import Course
    from colabify.modules.record import Entry
    from colabify.outcomes import Outcome
    from colabify.plans import ModuleChange, Plan
    from colabify.runtime import Image
    from colabify.settings import Settings


@dataclass(frozen=True, slots=True)
class Kept:
    """What a notebook came to, and what it went by that is not in the slot's key.

    ``line`` and ``answer`` are the notebook itself, as the system has it and as its bytes are; ``entries``
    what its own record says of modules, ``known`` a digest of what all records say; ``asked`` is what was
    asked of other notebooks; ``ruled`` are the modules that were looked at, for that ``runtime``.
    """

    line: bytes
    answer: str
    entries: tuple[tuple[str, Entry], ...]
    known: bytes
    asked: tuple[tuple[str, str, str], ...]
    ruled: tuple[str, ...]
    runtime: tuple[str, Image] | None
    outcome: Outcome


def ruled(modules: Sequence[MendedModule]) -> tuple[str, ...]:
    """The modules that were looked at, beside those of which only a record speaks."""
    return tuple(one.path for one in modules if one.runtime is not None)


def bare(one: MendedModule, course: Course) -> MendedModule:
    """A module without what can be had again: the rules, and a text that stays as it is."""
    source = "" if one.source == _text(course, one.path) else one.source
    return replace(one, source=source, runtime=None, ruling=None)


def _text(course: Course, path: str) -> str | None:
    found = course.given.text(path)
    return None if isinstance(found, str) else found.text


def plan_now(kept: Kept, course: Course, settings: Settings) -> Plan:
    """The plan as it would be made now: with what modules say, and the size of what is cloned.

    Raises:
        LookupError: a module cannot be read.

    """
    plan = kept.outcome.plan
    if plan is None:
        raise LookupError("there is no plan")
    modules = tuple(_restored(one, kept, course, settings) for one in plan.modules)
    source = plan.setup.source
    if isinstance(source, Clone):
        setup = replace(plan.setup, source=sized(source, course.project))
        plan = replace(plan, setup=setup)
    return replace(plan, modules=modules)


def _restored(one: ModuleChange, kept: Kept, course: Course, settings: Settings) -> ModuleChange:
    """A module as it was; with the rules only if it changes, since of no other they are asked."""
    if one.path not in kept.ruled or not isinstance(one, MendedModule):
        return one
    source = one.source or _text(course, one.path)
    runtime = load_runtime(*kept.runtime) if kept.runtime else None
    if source is None or (one.codes and runtime is None):
        raise LookupError(one.path)
    ruling = None
    if one.codes and runtime is not None:
        ruling = Rulings(runtime, settings, course.given).of_module(one.path)
    return replace(one, source=source, runtime=runtime, ruling=ruling)
