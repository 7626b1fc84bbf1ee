"""What the notebooks beside a notebook write: asked only where a file is missing, and each read once."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from colabify.asked import NO, SAYS, answer_with
from colabify.facts import gather_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.analysis.made import Maker
    from colabify.course import Course


class Neighbours:
    """The notebooks that a course's repository holds, by folder."""

    def __init__(self, course: Course) -> None:
        """Nothing is read before it is asked for."""
        self._course = course
        self._texts: dict[str, dict[str, bytes | None]] = {}
        self._makers: dict[str, tuple[Maker, ...]] = {}

    def maker_of(self, path: str, folder: str) -> str:
        """What makes the file ``path`` (below the root), among the cells of the notebooks in ``folder``.

        Only that which says the very path: ``clean.ipynb writes it``. Empty if nothing does.
        """
        name, asked = posixpath.basename(path), self._course.project.asked
        for notebook, text in self._texts_in(folder).items():
            answer = answer_with(name, text)
            asked.note(f"{SAYS}{name}", notebook, answer)
            if text is not None and answer != NO:
                found = (one for one in self._makers_in(notebook, text) if one.path == path)
                maker = max(found, key=lambda one: one.place, default=None)
                if maker is not None:
                    return f"{posixpath.basename(notebook)} {maker.making.done} it"
        return ""

    def _texts_in(self, folder: str) -> dict[str, bytes | None]:
        """The notebooks in a folder, as they stand in the files; None for one that cannot be read."""
        if folder not in self._texts:
            project = self._course.project
            tree = project.files
            paths = (posixpath.join(folder, name) for name in tree.children.get(folder, ()))
            self._texts[folder] = {
                path: project.peek(path)
                for path in paths
                if path.endswith(".ipynb") and path in tree.files and not tree.leads_out(path)
            }
        return self._texts[folder]

    def _makers_in(self, notebook: str, text: bytes) -> tuple[Maker, ...]:
        """What the cells of a notebook make by a path that is known; nothing of one that cannot be read."""
        if notebook not in self._makers:
            self._makers[notebook] = tuple(self._find(notebook, text))
        return self._makers[notebook]

    def _find(self, notebook: str, text: bytes) -> Iterator[Maker]:
        from colabify.kernel import language_of
        from colabify.notebook import Document
        from colabify.notebook_json import NotebookError
        from colabify.undo import undo

        try:
            document = undo(Document.parse(text)).document  # the same before and after it is ported
        except NotebookError:
            return
        if language_of(document).is_python:
            every = gather_facts(document, self._course, notebook).makers.every
            yield from (one for one in every if one.path and one.label.startswith("cell "))
