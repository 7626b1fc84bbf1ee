"""The notebook's metadata: accelerator, runtime, kernelspec, and what Colab itself would write."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from colabify.analysis.widget_state import repaired_widgets
from colabify.findings import Finding
from colabify.kernel import Language, kernelspec_is_known
from colabify.plans import Accelerator, MetadataChange
from colabify.runtime import load_runtime, runtime_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.analysis.accelerator import Hint
    from colabify.notebook import Document
    from colabify.settings import Settings

DEFAULT_TYPES = {"GPU": "T4", "TPU": "V5E1"}
_TYPES = {
    **dict.fromkeys(("T4", "L4", "A100", "H100"), "GPU"),
    **dict.fromkeys(("V5E1", "V6E1"), "TPU"),
}
_RETIRED = {"V100": "T4", "P100": "T4", "K80": "T4", "V28": "V5E1"}


@dataclass(frozen=True, slots=True)
class RuntimeChoice:
    """The runtime to plan for, and the version to write into the metadata, if any.

    ``free``: nobody has decided, so that the plan may choose another.
    """

    name: str
    pin: str | None = None
    free: bool = False


def choose_runtime(
    document: Document, settings: Settings
) -> tuple[RuntimeChoice, tuple[Finding, ...]]:
    """What the settings, then the notebook's author, say about the runtime; the latest if neither does."""
    pinned = _colab(document).get("runtime_attributes")
    author = str(pinned.get("runtime_version") or "") if isinstance(pinned, dict) else ""
    if settings.runtime not in ("auto", "latest"):
        name = load_runtime(settings.runtime).name
        return RuntimeChoice(name, name), ()
    if settings.runtime == "latest":
        return RuntimeChoice("latest"), ()
    if author in runtime_names():
        return RuntimeChoice(author), ()
    if not author:
        return RuntimeChoice("latest", free=True), ()
    text = f"pinned to the runtime {author}, which is not known to be offered"
    return RuntimeChoice("latest", free=True), (Finding("COL422", text),)


def choose_accelerator(
    document: Document, hints: Sequence[Hint], settings: Settings
) -> tuple[Accelerator | None, list[Finding]]:
    """The accelerator the notebook is to have, None for none, and what to know about it."""
    if settings.accelerator == "none":
        return None, []
    if settings.accelerator != "auto":
        kind = _TYPES.get(settings.accelerator, settings.accelerator)
        chosen = settings.accelerator if kind != settings.accelerator else DEFAULT_TYPES[kind]
        return Accelerator(kind, chosen, f"{chosen} {kind}"), []
    author = document.metadata.get("accelerator")
    if isinstance(author, str) and author:
        return _of_author(author, str(_colab(document).get("gpuType") or ""))
    if not hints:
        return None, []
    kind = "TPU" if any(hint.kind == "TPU" for hint in hints) else "GPU"
    return Accelerator(kind, DEFAULT_TYPES[kind], f"{DEFAULT_TYPES[kind]} {kind}"), []


def _of_author(kind: str, said: str) -> tuple[Accelerator | None, list[Finding]]:
    """What the author chose stays, unless Colab no longer has it."""
    if kind not in DEFAULT_TYPES:
        return None, []
    new = _RETIRED.get(said, "")
    if new and _TYPES[new] == kind:
        text = f"asked for a {said}, which Colab no longer has: now {new}"
        return Accelerator(kind, new, f"{new} for {said}"), [Finding("COL421", text)]
    if kind == "TPU" and not said:
        return Accelerator(kind, DEFAULT_TYPES["TPU"], "v5e TPU"), []
    return Accelerator(kind, said, ""), []


LARGEST_WIDGETS = 100_000
"""How many characters of widgets are repaired: the record keeps them as they were, for undoing."""


def metadata_changes(
    document: Document,
    language: Language,
    accelerator: Accelerator | None,
    pin: str | None,
    settings: Settings,
    *,
    has_badge: bool,
    has_setup: bool,
) -> tuple[MetadataChange, ...]:
    """The members to set or delete, so that a second run finds nothing left to change."""
    wanted: list[tuple[tuple[str, ...], Any]] = []
    if accelerator is not None:
        wanted.append((("accelerator",), accelerator.kind))
        if accelerator.type:
            wanted.append((("colab", "gpuType"), accelerator.type))
    elif settings.accelerator == "none":
        wanted += [(("accelerator",), None), (("colab", "gpuType"), None)]
    if has_setup and settings.run_setup_first:
        wanted.append((("colab", "cell_execution_strategy"), "setup"))
    if has_badge:
        wanted.append((("colab", "include_colab_link"), True))
    if pin is not None:
        wanted.append((("colab", "runtime_attributes", "runtime_version"), pin))
    elif settings.runtime == "latest":
        wanted.append((("colab", "runtime_attributes"), None))
    if wanted and "colab" not in document.metadata:
        wanted.append((("colab", "provenance"), []))
    if language.kernel is not None and not kernelspec_is_known(document, language):
        name, display_name = language.kernel
        wanted.append((("kernelspec", "name"), name))
        wanted.append((("kernelspec", "display_name"), display_name))
    return tuple(
        MetadataChange(keys, value)
        for keys, value in wanted
        if _value(document.metadata, keys) != value
    )


def widget_changes(document: Document) -> tuple[MetadataChange, ...]:
    """The saved state of widgets in the form in which GitHub shows it, unless it is too large."""
    widgets = repaired_widgets(document.metadata)
    if widgets is None or _is_large(widgets):
        return ()
    return (MetadataChange(("widgets",), widgets),)


def about_widgets(document: Document) -> list[Finding]:
    """Advice about saved widgets that GitHub cannot show and that are too large to be repaired."""
    widgets = repaired_widgets(document.metadata)
    if widgets is None or not _is_large(widgets):
        return []
    text = "GitHub cannot show the widgets saved in the metadata: clear the outputs, or the widgets"
    return [Finding("COL425", text)]


def _is_large(widgets: dict[str, Any]) -> bool:
    return len(json.dumps(widgets)) > LARGEST_WIDGETS


def language_info_changes(document: Document) -> tuple[MetadataChange, ...]:
    """What ``language_info`` has to say of a notebook that was in Python 2, where it says anything.

    The version is left out: that of Colab's Python is not known to the notebook.
    """
    info = document.metadata.get("language_info")
    wanted: list[tuple[tuple[str, ...], Any]] = []
    if isinstance(info, dict):
        mode = info.get("codemirror_mode")
        if isinstance(mode, dict) and "version" in mode:
            wanted.append((("language_info", "codemirror_mode", "version"), 3))
        if "pygments_lexer" in info:
            wanted.append((("language_info", "pygments_lexer"), "ipython3"))
        if str(info.get("version", "")).startswith("2"):
            wanted.append((("language_info", "version"), None))
    return tuple(
        MetadataChange(keys, value)
        for keys, value in wanted
        if _value(document.metadata, keys) != value
    )


def _value(table: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def _colab(document: Document) -> dict[str, Any]:
    found = document.metadata.get("colab")
    return found if isinstance(found, dict) else {}
