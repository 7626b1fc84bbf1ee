"""nbconvert preprocessors: what the command does to a notebook, whole or in part, in anybody's pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from nbconvert.preprocessors import Preprocessor

from colabify.parts import EVERY, Part
from colabify.traits import said_by, setting_traits

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping

    from nbformat import NotebookNode

    from colabify.findings import Finding

__all__ = [
    "AcceleratorPreprocessor",
    "BadgePreprocessor",
    "CodePreprocessor",
    "ColabifyPreprocessor",
    "MarkdownPreprocessor",
    "MetadataPreprocessor",
    "SetupPreprocessor",
]
_TOLD = "colabify"
"""Where ``resources`` say what was told by the preprocessors before."""


class ColabifyPreprocessor(Preprocessor):
    """Make a notebook run on Google Colab: all that the command does to it.

    The repository, and ``[tool.colabify]``, are found from ``resources["metadata"]["path"]``, as nbconvert
    sets it; without one there is no repository. The traits are the settings; they stand above
    ``[tool.colabify]``. What a person should know is logged. What is set for this class holds for those
    that do a part.

    Raises:
        ColabifyError: the settings cannot be used, or the notebook or its repository cannot be read.

    """

    vars().update(setting_traits())
    parts: ClassVar[frozenset[Part]] = EVERY

    def preprocess(
        self, nb: NotebookNode, resources: MutableMapping[str, Any] | None
    ) -> tuple[NotebookNode, MutableMapping[str, Any] | None]:
        """The notebook as the command would write it, as a new one; ``resources`` as they came in."""
        from colabify.courses import Courses
        from colabify.keywords import settings_of
        from colabify.nodes import bytes_of, node_of
        from colabify.outcomes import Mode
        from colabify.run_one import transform

        path = _place(resources)
        settings = settings_of(said_by(self), type(self).__name__, path)
        raw = bytes_of(nb)
        ported = transform(raw, path, Courses(settings), Mode.PLAN, self.parts)
        self._tell(path, ported.plan_written.findings, resources)
        return (node_of(ported.after.text) if ported.changed else nb), resources

    def _tell(
        self,
        path: Path | None,
        findings: Iterable[Finding],
        resources: MutableMapping[str, Any] | None,
    ) -> None:
        """Log the findings, less those that the preprocessors before have logged."""
        told: frozenset[tuple[str, str]] = (resources or {}).get(_TOLD) or frozenset()
        name = path.name if path else "the notebook"
        for one in findings:
            if (one.code, one.message) not in told:
                say = self.log.error if one.severity == "error" else self.log.warning
                place = f"{name}, {one.place}" if one.place else name
                say("%s: %s %s", place, one.code, one.message)
        if resources is not None:
            resources[_TOLD] = told | {(one.code, one.message) for one in findings}


class BadgePreprocessor(ColabifyPreprocessor):
    """Add the "Open In Colab" badge, or make the one that is there right."""

    parts = frozenset({Part.BADGE})


class SetupPreprocessor(ColabifyPreprocessor):
    """Add the setup cell, and the cell that keeps results; let Colab run the setup cell first."""

    parts = frozenset({Part.SETUP})


class CodePreprocessor(ColabifyPreprocessor):
    """Rewrite code that would fail on Colab: old names, magics, paths."""

    parts = frozenset({Part.CODE})


class MarkdownPreprocessor(ColabifyPreprocessor):
    """Make relative images and links, in Markdown and HTML cells, work on Colab."""

    parts = frozenset({Part.MARKDOWN})


class AcceleratorPreprocessor(ColabifyPreprocessor):
    """Ask Colab for the accelerator that the code, or the setting, names."""

    parts = frozenset({Part.ACCELERATOR})


class MetadataPreprocessor(ColabifyPreprocessor):
    """Set the rest of the metadata: the runtime's version, the kernel, the saved state of widgets."""

    parts = frozenset({Part.METADATA})


def _place(resources: MutableMapping[str, Any] | None) -> Path | None:
    """Where the notebook stands, as nbconvert tells it; None if it stands nowhere."""
    metadata = (resources or {}).get("metadata") or {}
    if "path" not in metadata:
        return None
    return Path(metadata["path"] or ".") / f"{metadata.get('name') or 'notebook'}.ipynb"
