"""What the destinations in a notebook's Markdown become, so that Colab can bring what they name."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from colabify.analysis.destinations import Place, home_of, locate, on_github, split_address
from colabify.analysis.embedding import Embedder, media_type
from colabify.analysis.resolve import suggestions
from colabify.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from colabify.analysis.destinations import OnGitHub
    from colabify.markdown import Target
    from colabify.notebook import Cell
    from colabify.project import Project
    from colabify.settings import Settings

_SHOWN = ("image", "media")
_ATTACHED = "attachment:"


class Addresses:
    """The new addresses for the destinations of one notebook."""

    def __init__(self, project: Project, notebook: str, settings: Settings) -> None:
        """``notebook`` is its path below the root.

        Where students cannot read the forge, images are put into the notebook; there is room for some.
        """
        self._project, self._notebook = project, notebook
        self._embeds = settings.private or settings.source != "clone"
        self._embedder = Embedder()

    def new(self, target: Target, cell: Cell) -> tuple[str | None, Finding | None]:
        """The address that a destination becomes, None if it stays; and what a person should know."""
        if target.kind == "image" and target.url.startswith(_ATTACHED):
            return self._attachment(target.url, cell.attachments, cell.index)
        if target.kind in _SHOWN and (found := on_github(target.url, self._project)):
            return self._on_github(target.url, found, cell.index)
        if not (self._project.is_repository or self._embeds):
            return None, None
        place = locate(target.url, self._project, posixpath.dirname(self._notebook))
        if place is None:
            return None, None
        if target.kind in _SHOWN:
            files, path = self._project.files, place.path
            if path is not None and path not in files.folders and files.holds(path):
                return self._file(target.url, path, cell.index, place.fragment)
            return None, self._missing(target, place, cell.index)
        if target.kind == "frame":
            return None, _framed(target, cell.index) if place.there else None
        return self._page(place) if place.there else None, None

    def _page(self, place: Place) -> str | None:
        """The address of a page about a file or folder; for a notebook, where Colab opens it."""
        remote, ref, path = home_of(place.path or "", self._project)
        fragment = quote(unquote(place.fragment), safe="/:?=&-_.~!$()*+,;@")
        tail = (f"?{place.query}" if place.query else "") + (f"#{fragment}" if fragment else "")
        if place.path == self._notebook and fragment:
            return f"#{fragment}"  # Colab's own address would open the notebook a second time
        if remote is None:
            return None
        if place.path in self._project.files.folders:
            return remote.folder_url(ref, path)
        notebook = remote == self._project.remote and path.endswith(".ipynb")
        colab = remote.colab_url(ref, path) if notebook else None
        return (colab or remote.page_url(ref, path)) + tail

    def _file(
        self, said: str, path: str, cell: int, fragment: str = ""
    ) -> tuple[str | None, Finding | None]:
        """The address of a file's bytes; or the bytes."""
        project = self._project
        if self._embeds:
            embedded = self._embedder.file(path, project.read(path))
            if embedded.why:
                return None, Finding("COL331", f"the image {said} {embedded.why}", cell=cell)
            return embedded.uri, None
        remote, ref, there = home_of(path, project)
        if remote is None:
            return None, None
        serve, finding = remote.media_url if project.is_lfs(path) else remote.raw_url, None
        url = serve(ref, there)
        if url and project.published and not project.tree.holds(path):
            text = f"{path} is not at the remote's {project.ref} yet: push it"
            finding = Finding("COL312", f"{text} before students open the notebook", cell=cell)
        return url + (f"#{fragment}" if fragment else "") if url else None, finding

    def _on_github(self, url: str, found: OnGitHub, cell: int) -> tuple[str | None, Finding | None]:
        """An image or film at github.com: not the page about it, and not what students may not read."""
        parts = split_address(url)
        if not media_type(parts.path):
            return None, None
        if found.path is not None:
            lfs = not found.serves_lfs and self._project.is_lfs(found.path)
            if found.page or self._embeds or lfs:
                return self._file(url, found.path, cell)
        if not found.page:
            return None, None
        query = f"{parts.query}&raw=true" if parts.query else "raw=true"
        return parts._replace(query=query).geturl(), None

    def _attachment(
        self, url: str, attached: Mapping[str, Any], cell: int
    ) -> tuple[str | None, Finding | None]:
        """Colab ignores attachments (colabtools#3836) and writes images into the text, as data URIs."""
        name = url.removeprefix(_ATTACHED)
        bundle = attached.get(name, attached.get(unquote(name)))
        if not isinstance(bundle, dict):
            text = f"the cell has no attachment {unquote(name)}: attach the image anew"
            return None, Finding("COL314", text, cell=cell)
        embedded = self._embedder.attachment(bundle)
        if embedded.why:
            text = f"the attachment {unquote(name)} {embedded.why}"
            return None, Finding("COL331", text, cell=cell)
        return embedded.uri, None

    def _missing(self, target: Target, place: Place, cell: int) -> Finding:
        project, known = self._project, self._project.is_repository
        where = "in the repository" if known else "in the course's folder"
        where += f" at {project.ref}" if known and project.ref else ""
        text = f"the image {target.url} is not {where}"
        near = suggestions(project.files, posixpath.dirname(self._notebook), target.url)
        why = self._only_here(place.path) if known and place.path is not None else ""
        if why:
            text += f": {why}"
        elif near:
            text += f"; did you mean {near[0]}?"
        return Finding("COL314", text, cell=cell)

    def _only_here(self, path: str) -> str:
        """Why a file is on the disk alone; empty if it is not there."""
        if not self._project.is_file(path):
            return ""
        return "git ignores it" if self._project.ignores(path) else "it is not committed"


def _framed(target: Target, cell: int) -> Finding:
    text = f"{target.url} stands in a frame, which Colab cannot fill from a repository: link to it"
    return Finding("COL333", text, cell=cell)
