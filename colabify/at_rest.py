"""At rest: what other programs make of a notebook between two ports is left as they make it.

nbstripout, nb-clean, Jupyter and Colab write notebooks in their own ways. Were each port to undo that, a hook
of colabify's and one of theirs would never come to rest.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from colabify.setup.meaning import means_the_same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from colabify.notebook import Document


def says_the_same(one: Document, other: Document) -> bool:
    """Whether two documents differ at most in how their JSON is written."""
    if one.is_as(other):
        return True
    if one.rest != other.rest or len(one.cells) != len(other.cells):
        return False
    pairs = zip(one.cells, other.cells, strict=True)
    if not all(mine.is_as(theirs) or mine.data == theirs.data for mine, theirs in pairs):
        return False
    # Python takes 1 for True, JSON does not; what colabify sets is metadata
    return json.dumps(one.metadata, sort_keys=True) == json.dumps(other.metadata, sort_keys=True)


def as_it_was(cell: dict[str, Any], taken: Mapping[str, Any] | None) -> dict[str, Any]:
    """The cell with what other programs have made of the one it replaces.

    nbstripout numbers its id anew, nb-clean takes its metadata: put back at each port, they would never
    come to rest. A cell that means what the new one does stays as it is, with what it printed: an earlier
    version of colabify may have written it in other words.
    """
    if taken is None:
        return cell
    lines = taken.get("source", "")
    old = lines if isinstance(lines, str) else "".join(lines)
    if cell["cell_type"] == "code" and means_the_same(old, cell["source"]):
        cell = cell | {"source": old}
    same = old == cell["source"]
    kept = ("id", "metadata", "outputs", "execution_count") if same else ("id", "metadata")
    return cell | {key: taken[key] for key in kept if key in taken}
