"""One notebook from bytes to bytes: what colabify did is undone, the rest is planned and written anew.

That a port always begins from the undone document makes it idempotent: the same document, the same plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from colabify.analysis.links import BADGE_ID
from colabify.findings import Finding
from colabify.notebook import Changes, Document
from colabify.plan import Plan
from colabify.planner import make_plan
from colabify.setup_cell import setup_cell
from colabify.undo import make_record, undo, with_raw_sources

if TYPE_CHECKING:
    from colabify.facts import Course
    from colabify.settings import Settings
    from colabify.undo import Undone


@dataclass(frozen=True, slots=True)
class Ported:
    """A notebook's bytes after porting, the plan, and the documents before and after."""

    raw: bytes
    plan: Plan
    before: Document
    after: Document

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
    base = undone.document
    if not base.cells:
        plan = Plan(notebook, findings=undone.kept)
        return Ported(raw, plan, document, document)
    plan = make_plan(base, course, notebook, settings)
    plan = replace(plan, findings=(*undone.kept, *plan.findings))
    if any(one.code == "COL903" and _is_setup_edited(one) for one in undone.kept):
        plan = replace(plan, setup=type(plan.setup)())
    after = _write(base, undone, plan)
    if after is None:
        text = "porting could not be undone to the byte: left as it is"
        plan = Plan(notebook, findings=(Finding("COL900", text, "error"),))
        after = document
    return Ported(after.to_bytes(), plan, document, after)


def _is_setup_edited(finding: Finding) -> bool:
    return finding.message.startswith("the setup cell")


def _write(base: Document, undone: Undone, plan: Plan) -> Document | None:
    """The document as the plan has it; None if it could not be undone to the byte."""
    sources = {change.cell: change.source for change in plan.sources}
    metadata: list[tuple[tuple[str, ...], Any]] = [
        (change.keys, change.value) for change in plan.metadata
    ]
    if not (sources or metadata or plan.badge or plan.setup):
        return base
    record = make_record(base, sources, metadata, plan.badge)
    for attempt in (record, with_raw_sources(base, sources, record)):
        after = base.apply(
            Changes(
                insert=tuple(_inserted(plan, undone)),
                sources=sources,
                metadata=[*metadata, *attempt],
            )
        )
        if undo(after).document.text == base.text:
            return after
    return None


def _inserted(plan: Plan, undone: Undone) -> list[tuple[int, dict[str, Any]]]:
    """The cells to add, with the index of the cell before which each is to stand."""
    cells: list[tuple[int, dict[str, Any]]] = []
    if plan.badge:
        cells.append((0, _badge_cell(plan.badge)))
    if plan.setup:
        at = undone.setup_at if undone.setup_at is not None else _setup_index(undone.document)
        cells.append((at, setup_cell(plan.setup)))
    return cells


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
