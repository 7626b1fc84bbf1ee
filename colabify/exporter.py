"""The nbconvert exporter ``colab``: ``jupyter nbconvert --to colab knn.ipynb`` writes ``knn.colab.ipynb``.

nbconvert makes an instance of every exporter when it lists them, so nothing is read or imported before a
notebook is exported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nbconvert.exporters import NotebookExporter
from traitlets import default

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from traitlets.config import Config


class ColabExporter(NotebookExporter):
    """Export a notebook that runs on Google Colab."""

    export_from_notebook = "Colab notebook"

    @default("preprocessors")
    def _preprocessors_default(self) -> list[str]:
        return ["colabify.preprocessors.ColabifyPreprocessor"]

    @property
    def default_config(self) -> Config:
        """The exporter's configuration: the preprocessor is on."""
        from traitlets.config import Config

        config = Config({"ColabifyPreprocessor": {"enabled": True}})
        config.merge(super().default_config)
        return config

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **more: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The notebook's text, and resources that name the output ``NAME.colab.ipynb``."""
        text, found = super().from_notebook_node(nb, resources, **more)  # type: ignore[no-untyped-call]
        found["output_suffix"] = ".colab"
        return text, found
