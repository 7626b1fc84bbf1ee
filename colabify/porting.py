"""One notebook from bytes to bytes: what colabify did is undone, the rest is planned and written anew.

That a port always begins from the undone document makes it idempotent: the same document, the same plan.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from colabify.analysis.badges import BADGE_ID
from colabify.at_rest import as_it_was, says_the_same
from colabify.findings import Finding
from colabify.modules.given import entries_of, with_earlier
from colabify.notebook import Changes, Document
from colabify.parts import EVERY, only, parts_of, parts_with
from colabify.planner import make_plan
from colabify.plans import Plan
from colabify.record import KEY, make_record, read_record
from colabify.setup.cell import setup_cell
from colabify.setup.elsewhere import FIELD
from colabify.setup.results import results_cell
from colabify.steps import Setup
from colabify.undo import partners, undo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from colabify.course import Course
    from colabify.parts import Part
    from colabify.record import Keys, MetadataChanges
    from colabify.settings import Settings
    from colabify.undo import Role, Undone


@dataclass(frozen=True, slots=True)
class Ported:
    """A notebook's plan, and the documents before and after.

    The plan counts cells as ``before`` has them.
    """

    plan: Plan
    before: Document
    after: Document
    taken: tuple[int, ...] = ()
    """How many other cells stood before each cell of ours in ``before``, in order."""
    added: tuple[int, ...] = ()
    """The same of ``after``."""

    @property
    def raw(self) -> bytes:
        """The notebook's bytes after porting."""
        return self.after.to_bytes()

    @property
    def plan_written(self) -> Plan:
        """The plan, counting cells as ``after`` has them."""
        ours = [count + nth for nth, count in enumerate(self.taken)]
        return _moved(
            _moved(self.plan, lambda cell: cell - sum(at < cell for at in ours)),
            lambda cell: cell + sum(at <= cell for at in self.added),
        )

    @property
    def changed(self) -> bool:
        """Whether a byte differs from what was read."""
        return not self.before.is_as(self.after)


def port(
    raw: bytes,
    course: Course,
    notebook: str,
    settings: Settings,
    parts: frozenset[Part] = EVERY,
) -> Ported:
    """Port the notebook whose bytes are ``raw`` and which stands at ``notebook`` below the root.

    ``parts`` are what is written of the plan; those that an earlier port has written stay.

    Raises:
        NotebookError: the bytes are no notebook that colabify can read.

    """
    return port_document(Document.parse(raw), course, notebook, settings, parts)


def port_document(
    document: Document,
    course: Course,
    notebook: str,
    settings: Settings,
    parts: frozenset[Part] = EVERY,
) -> Ported:
    """Port a notebook that is read already, as :func:`port` does.

    Raises:
        NotebookError: a later version of colabify has ported it.

    """
    undone = undo(document)
    if len(undone.document.cells) == len(undone.edited):
        plan = Plan(notebook, findings=undone.kept)
        return Ported(plan, document, document)
    taken = tuple(sorted(count for _, count in undone.places))
    plan = _plan(undone, course, notebook, settings)
    record = read_record(document)
    earlier = record.modules if record else {}
    plan = replace(plan, modules=with_earlier(plan.modules, earlier, course.project))
    written = only(plan, chosen := parts_with(parts, record, undone))
    named = () if parts_of(plan) <= chosen else chosen
    held = {keys: was for keys, was in undone.held.items() if not _asked(keys, settings)}
    undone = replace(undone, held=held)
    cells = _cells(undone, written, settings)
    added = tuple(sorted(index for index, _ in cells))
    after = _write(undone, written, cells, named)
    if "setup" in undone.edited.values():
        plan = replace(plan, setup=Setup())
    plan = _moved(plan, lambda cell: cell + sum(at <= cell for at in taken))
    plan = replace(plan, findings=(*undone.kept, *plan.findings))
    if after is None:
        text = "porting could not be undone to the byte: left as it is"
        plan = Plan(notebook, findings=(Finding("COL900", text, "error"),))
        after = document
    elif says_the_same(after, document):
        after = document  # another program has written what is ours in its own way
    return Ported(plan, document, after, taken, added)


def _moved(plan: Plan, place: Callable[[int], int]) -> Plan:
    """The plan with each cell where ``place`` says it stands."""
    sources = tuple(replace(one, cell=place(one.cell)) for one in plan.sources)
    findings = tuple(one.moved(place) for one in plan.findings)
    return replace(plan, sources=sources, findings=findings)


def _plan(undone: Undone, course: Course, notebook: str, settings: Settings) -> Plan:
    """The plan for an undone document, and what a person has changed left as it is.

    A cell of ours that was edited is not read: it would pass for a person's own way of setting Colab up.
    """
    base, edited = undone.document, frozenset(undone.edited)
    plan = make_plan(base.apply(Changes(delete=edited)), course, notebook, settings)
    if edited:
        rest = [cell.index for cell in base.cells if cell.index not in edited]
        plan = _moved(plan, rest.__getitem__)
    decided = {keys for held in undone.held for keys in (held, *partners(held))}
    metadata = tuple(
        one for one in plan.metadata if one.keys not in decided or _asked(one.keys, settings)
    )
    return replace(plan, metadata=metadata)


def _asked(keys: Keys, settings: Settings) -> bool:
    """Whether the settings say what the member has to be, whatever a person has made it in the notebook."""
    if keys in (("accelerator",), ("colab", "gpuType")):
        return settings.accelerator != "auto"
    return keys[:2] == ("colab", "runtime_attributes") and settings.runtime != "auto"


def _write(
    undone: Undone,
    plan: Plan,
    cells: Sequence[tuple[int, dict[str, Any]]],
    parts: Iterable[Part],
) -> Document | None:
    """The document as the plan has it; None if it could not be undone to the byte.

    ``parts`` are what the plan is restricted to, if something is left out.
    """
    base = undone.document
    sources = {change.cell: change.source for change in plan.sources}
    metadata: MetadataChanges = [(change.keys, change.value) for change in plan.metadata]
    modules = entries_of(plan.modules)
    if not (sources or metadata or cells or undone.held or modules):
        return base
    if KEY in base.metadata:  # not a record, or undoing had taken it out
        metadata.insert(0, ((KEY,), None))
    for whole_sources, whole_metadata in itertools.product((False, True), repeat=2):
        record = make_record(
            base, sources, metadata, plan.badge, undone.held, modules,
            [one.value for one in parts],
            whole_sources=whole_sources, whole_metadata=whole_metadata,
        )  # fmt: skip
        after = base.apply(
            Changes(insert=tuple(cells), sources=sources, metadata=[*metadata, *record])
        )
        if undo(after).document.is_as(base):
            return after
    return None


def _cells(undone: Undone, plan: Plan, settings: Settings) -> list[tuple[int, dict[str, Any]]]:
    """The cells to add, each with the index of the cell before which it is to stand.

    They come where they were, wherever a person has moved them; new ones to the beginning, that of the
    results to the end. One that a person has edited is there already. What a person has put into a form
    field stays, unless the settings say what it has to be.
    """
    chosen = dict(undone.chosen)
    if settings.drive_folder:
        chosen.pop(FIELD, None)
    made: dict[Role, dict[str, Any] | None] = {
        "badge": _badge_cell(plan.badge) if plan.badge else None,
        "setup": setup_cell(plan.setup, chosen) if plan.setup else None,
        "results": results_cell(plan.setup, chosen),
    }
    edited = set(undone.edited.values())
    cells = {
        role: as_it_was(cell, undone.taken.get(role))
        for role, cell in made.items()
        if cell is not None and role not in edited
    }
    return [(index, cells[role]) for role, index in _places(undone) if role in cells]


def _places(undone: Undone) -> list[tuple[Role, int]]:
    """Where each cell of ours is to stand, in order."""
    first = dict(reversed(undone.places))
    places: list[tuple[Role, int]] = sorted(
        first.items(), key=lambda item: undone.places.index(item)
    )
    if "badge" not in first:
        places.insert(0, ("badge", 0))
    if "setup" not in first:
        above = (at for at, (role, _) in enumerate(places) if role == "results")
        places.insert(next(above, len(places)), ("setup", _setup_index(undone)))
    if "results" not in first:
        places.append(("results", len(undone.document.cells)))
    return places


def _setup_index(undone: Undone) -> int:
    """Right behind the badge, above all headings: in Colab's first section, however that is counted."""
    first = undone.document.cells[0]
    return int(first.metadata.get("id") == BADGE_ID or first.id == BADGE_ID)


def _badge_cell(source: str) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "id": BADGE_ID,
        "metadata": {"id": BADGE_ID, "colab_type": "text"},
        "source": source,
    }
