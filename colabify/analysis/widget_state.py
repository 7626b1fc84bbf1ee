"""The state of widgets in a notebook's metadata, in the form that GitHub and nbconvert can show.

Colab writes the widgets of a notebook one beside the other. Jupyter's format has them below a member
``state`` (nbformat's ``application/vnd.jupyter.widget-state+json``, version 2); without it GitHub shows
nothing of the notebook but "the 'state' key is missing from 'metadata.widgets'".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPE = "application/vnd.jupyter.widget-state+json"
_VERSION = {"version_major": 2, "version_minor": 0}


def repaired_widgets(metadata: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the member ``widgets`` of a notebook's metadata should be; None if it is right as it is.

    It is right, too, where it is not understood: the widgets of 2015 (a member ``state`` beside
    ``version``), or anything else that Colab does not write.
    """
    widgets = metadata.get("widgets")
    flat = widgets.get(_TYPE) if isinstance(widgets, dict) else None
    if not isinstance(flat, dict) or not all(_is_model(one) for one in flat.values()):
        return None
    return {**widgets, _TYPE: {"state": flat, **_VERSION}} if widgets else None


def _is_model(value: object) -> bool:
    """Whether a value is the state of one widget, as Colab writes it."""
    return isinstance(value, dict) and isinstance(value.get("model_name"), str)
