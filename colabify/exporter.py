"""The nbconvert exporter ``colab``: ``jupyter nbconvert --to colab knn.ipynb`` writes ``knn.colab.ipynb``.

nbconvert makes an instance of every exporter when it lists them, so what a port needs is imported when a
notebook is exported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nbconvert.exporters import NotebookExporter

from colabify.preprocessors import ColabifyPreprocessor
from colabify.traits import said_by, setting_traits

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from traitlets.config import Config


class ColabExporter(NotebookExporter):
    """Export a notebook that runs on Google Colab.

    The traits are the settings, as those of the preprocessor that does the work, and stand above them.
    """

    vars().update(setting_traits())
    export_from_notebook = "Colab notebook"

    def __init__(self, config: Config | None = None, **more: Any) -> None:
        """Take configuration and traits, as every exporter.

        The port comes last, behind executing and whatever preprocessors a person has chosen: it reads
        what will be written, and outputs stay.
        """
        super().__init__(config, **more)  # type: ignore[no-untyped-call]
        self._port = ColabifyPreprocessor(parent=self)  # type: ignore[no-untyped-call]
        self.register_preprocessor(self._port, enabled=True)  # type: ignore[no-untyped-call]

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **more: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The notebook's text, and resources that name the output ``NAME.colab.ipynb``.

        Raises:
            ColabifyError: the settings cannot be used, or the notebook or its repository cannot be read.

        """
        for name, value in said_by(self).items():
            setattr(self._port, name, value)
        text, found = super().from_notebook_node(nb, resources, **more)  # type: ignore[no-untyped-call]
        found["output_suffix"] = ".colab"
        return text, found
