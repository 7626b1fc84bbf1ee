"""nbconvert preprocessors: the same port as the command's, in anybody's nbconvert pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.preprocessors import Preprocessor
from traitlets import Bool as Boolean
from traitlets import Dict, Enum, List, Unicode

from colabify.settings import (
    ACCELERATORS,
    CLONES,
    COMPATS,
    MARKDOWN,
    PATHS,
    PERSISTS,
    PINS,
    SOURCES,
    Settings,
    from_table,
)

if TYPE_CHECKING:
    from nbformat import NotebookNode


class ColabifyPreprocessor(Preprocessor):
    """Make a notebook run on Google Colab: badge, setup cell, code, Markdown, metadata.

    The repository is found from ``resources["metadata"]["path"]``, as nbconvert sets it. What a person
    should know is logged as warnings.
    """

    repo = Unicode("", help="Repository that Colab clones; empty: git's remote.").tag(config=True)
    ref = Unicode("", help="Branch or tag that Colab clones; empty: the current one.").tag(
        config=True
    )
    accelerator = Enum(ACCELERATORS, "auto", help="Accelerator; auto: what the code says.").tag(
        config=True
    )
    runtime = Unicode("auto", help="Runtime version; latest; or auto.").tag(config=True)
    select = List(Unicode(), help="Only these codes, or beginnings of codes.").tag(config=True)
    ignore = List(Unicode(), help="Not these codes, or beginnings of codes.").tag(config=True)
    unsafe_fixes = Boolean(False, help="Whether rules rewrite what only a person can judge.").tag(
        config=True
    )
    compat = Enum(COMPATS, "rewrite", help="rewrite what libraries dropped; or shim.").tag(
        config=True
    )
    pins = Enum(PINS, "keep", help="keep what Colab has loaded; or strict: replace it.").tag(
        config=True
    )
    requirements = List(Unicode(), help="Requirement files that count; empty: the nearest.").tag(
        config=True
    )
    online = Boolean(False, help="Whether the package index is asked.").tag(config=True)
    distributions = Dict(help="Import name to the requirement that pip is asked for.").tag(
        config=True
    )
    run_setup_first = Boolean(True, help="Whether Colab runs the setup cell by itself.").tag(
        config=True
    )
    paths = Enum(PATHS, "keep", help="keep what works on Colab; or absolute.").tag(config=True)
    modules = Boolean(
        True, help="Whether local modules are mended: by the command; nbconvert writes none."
    ).tag(config=True)
    markdown = Enum(MARKDOWN, "rewrite", help="rewrite images and links; or keep.").tag(config=True)
    private = Boolean(False, help="Whether images are put into the notebook.").tag(config=True)
    source = Enum(SOURCES, "clone", help="Where Colab has the files from.").tag(config=True)
    drive_folder = Unicode("", help="The course's folder below MyDrive.").tag(config=True)
    clone = Enum(CLONES, "auto", help="How to clone; auto: sparse if it is large.").tag(config=True)
    persist = Enum(PERSISTS, "none", help="How what the notebook writes is kept.").tag(config=True)
    data = Dict(help="Path to what brings it, as in [tool.colabify.data].").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook as the command would write it; ``resources`` as they came in."""
        import nbformat

        from colabify.run import Courses, Mode, transform

        metadata = resources.get("metadata", {})
        name = f"{metadata.get('name', 'notebook')}.ipynb"
        path = Path(metadata["path"] or ".") / name if "path" in metadata else None
        raw = nbformat.writes(nb).encode("utf-8")
        ported = transform(raw, path, Courses(self._settings()), Mode.PLAN)
        for finding in ported.plan.findings:
            self.log.warning("%s: %s %s", finding.place or name, finding.code, finding.message)
        return nbformat.reads(ported.after.text, as_version=4), resources

    def _settings(self) -> Settings:
        """The settings that the traits say.

        Raises:
            ConfigError: a trait has a value that cannot be used.

        """
        names = self.class_own_traits(config=True)
        table = {name.replace("_", "-"): getattr(self, name) for name in names}
        return from_table(table, type(self).__name__)
