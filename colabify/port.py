"""One notebook from bytes to bytes: what colabify did is undone, the rest is planned and written anew.

That a port always begins from the undone document makes it idempotent: the same document, the same plan.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from colabify.analysis.links import BADGE_ID
from colabify.findings import Finding
from colabify.notebook import Changes, Document
from colabify.plan import Plan, Setup
from colabify.planner import make_plan
from colabify.record import KEY, make_record
from colabify.setup_cell import setup_cell
from colabify.undo import undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from colabify.facts import Course
    from colabify.record import Keys, MetadataChanges
    from colabify.settings import Settings
    from colabify.undo import Undone


@dataclass(frozen=True, slots=True)
class Ported:
    """A notebook's bytes after porting, the plan, and the documents before and after.

    The plan counts cells as ``before`` has them.
    """

    raw: bytes
    plan: Plan
    before: Document
    after: Document
    taken: tuple[int, ...] = ()
    """How many other cells stood before each cell of ours in ``before``, in order."""
    added: tuple[int, ...] = ()
    """The same of ``after``."""

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
        return self.before.text != self.after.text


def port(raw: bytes, course: Course, notebook: str, settings: Settings) -> Ported:
    """Port the notebook whose bytes are ``raw`` and which stands at ``notebook`` below the root.

    Raises:
        NotebookError: the bytes are no notebook that colabify can read.

    """
    document = Document.parse(raw)
    undone = undo(document)
    if len(undone.document.cells) == len(undone.edited_setups):
        plan = Plan(notebook, findings=undone.kept)
        return Ported(raw, plan, document, document)
    taken = tuple(sorted(count for _, count in undone.places))
    plan = _plan(undone, course, notebook, settings)
    held = {keys: was for keys, was in undone.held.items() if not _asked(keys, settings)}
    undone = replace(undone, held=held)
    added = tuple(sorted(index for index, _ in _added(undone, plan)))
    after = _write(undone, plan)
    plan = _moved(plan, lambda cell: cell + sum(at <= cell for at in taken))
    plan = replace(plan, findings=(*undone.kept, *plan.findings))
    if after is None:
        text = "porting could not be undone to the byte: left as it is"
        plan = Plan(notebook, findings=(Finding("COL900", text, "error"),))
        after = document
    return Ported(after.to_bytes(), plan, document, after, taken, added)


def _moved(plan: Plan, place: Callable[[int], int]) -> Plan:
    """The plan with each cell where ``place`` says it stands."""
    sources = tuple(replace(one, cell=place(one.cell)) for one in plan.sources)
    findings = tuple(
        one if one.cell is None else replace(one, cell=place(one.cell)) for one in plan.findings
    )
    return replace(plan, sources=sources, findings=findings)


def _plan(undone: Undone, course: Course, notebook: str, settings: Settings) -> Plan:
    """The plan for an undone document, and what a person has changed left as it is.

    A setup cell that was edited is not read: it would pass for a person's own way of setting Colab up.
    """
    base, edited = undone.document, frozenset(undone.edited_setups)
    plan = make_plan(base.apply(Changes(delete=edited)), course, notebook, settings)
    if edited:
        rest = [cell.index for cell in base.cells if cell.index not in edited]
        plan = replace(_moved(plan, rest.__getitem__), setup=Setup())
    metadata = tuple(
        one for one in plan.metadata if one.keys not in undone.held or _asked(one.keys, settings)
    )
    return replace(plan, metadata=metadata)


def _asked(keys: Keys, settings: Settings) -> bool:
    """Whether the settings say what the member has to be, whatever a person has made it in the notebook."""
    if keys in (("accelerator",), ("colab", "gpuType")):
        return settings.accelerator != "auto"
    return keys[:2] == ("colab", "runtime_attributes") and settings.runtime != "auto"


def _write(undone: Undone, plan: Plan) -> Document | None:
    """The document as the plan has it; None if it could not be undone to the byte."""
    base = undone.document
    sources = {change.cell: change.source for change in plan.sources}
    metadata: MetadataChanges = [(change.keys, change.value) for change in plan.metadata]
    if not (sources or metadata or plan.badge or plan.setup or undone.held):
        return base
    if KEY in base.metadata:  # not a record, or undoing had taken it out
        metadata.insert(0, ((KEY,), None))
    inserted = tuple(_added(undone, plan))
    for whole_sources, whole_metadata in itertools.product((False, True), repeat=2):
        record = make_record(
            base, sources, metadata, plan.badge, undone.held,
            whole_sources=whole_sources, whole_metadata=whole_metadata,
        )  # fmt: skip
        after = base.apply(Changes(insert=inserted, sources=sources, metadata=[*metadata, *record]))
        if undo(after).document.text == base.text:
            return after
    return None


def _added(undone: Undone, plan: Plan) -> list[tuple[int, dict[str, Any]]]:
    """The cells to add, each with the index of the cell before which it is to stand.

    They come where they were, wherever a person has moved them; new ones to the beginning.
    """
    first = dict(reversed(undone.places))
    places = sorted(first.items(), key=lambda item: undone.places.index(item))
    if "badge" not in first:
        places.insert(0, ("badge", 0))
    if "setup" not in first:
        places.append(("setup", _setup_index(undone.document)))
    cells = {
        "badge": _badge_cell(plan.badge) if plan.badge else None,
        "setup": setup_cell(plan.setup) if plan.setup else None,
    }
    return [(index, cell) for role, index in places if (cell := cells[role]) is not None]


def _setup_index(document: Document) -> int:
    """Right behind the badge, above all headings: in Colab's first section, however that is counted."""
    first = document.cells[0]
    return int(first.metadata.get("id") == BADGE_ID or first.id == BADGE_ID)


def _badge_cell(source: str) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "id": BADGE_ID,
        "metadata": {"id": BADGE_ID, "colab_type": "text"},
        "source": source,
    }
