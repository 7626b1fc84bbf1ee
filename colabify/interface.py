"""The Python interface: what ``import colabify`` offers. Everything else may change without notice."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from colabify.errors import ColabifyError

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from typing_extensions import Unpack

    from colabify.findings import Finding
    from colabify.keywords import Keywords
    from colabify.plans import Plan

Notebook: TypeAlias = "str | bytes | os.PathLike[str] | dict[str, Any]"
"""A path; or the JSON of a notebook; or the notebook as nbformat or :mod:`json` has read it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What porting makes of a notebook. Nothing is written before :meth:`write` is called.

    ``raw`` are the bytes of the ported ``.ipynb``; ``changed`` says whether any differs from what was
    given. ``plan`` says what was done and why; its ``findings`` are what a person should know. Both
    count cells as the notebook that was given has them, from 0. ``path`` is where it stands, if anywhere.
    """

    raw: bytes
    plan: Plan
    changed: bool
    path: Path | None = None
    _before: bytes | None = field(default=None, repr=False)
    """The bytes of the file at ``path``; None if the notebook was not read from there."""

    @property
    def text(self) -> str:
        """The ported ``.ipynb`` as text."""
        return self.raw.decode("utf-8-sig")

    @property
    def notebook(self) -> NotebookNode:
        """The ported notebook as nbformat has it in memory; a new one each time."""
        from colabify.nodes import node_of

        return node_of(self.text)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a person should know; those of severity ``error`` will fail on Colab."""
        return self.plan.findings

    def write(self, path: str | os.PathLike[str] | None = None) -> Path:
        """Write the ported notebook to ``path``, or back to where it was read; the path comes out.

        The file is replaced whole or not at all, and not touched if it would stay the same.

        Raises:
            ColabifyError: it cannot be written; or it is to go back, and another program has saved it
                since; or there is no path.

        """
        from colabify.files import read_bytes, write_bytes

        if path is None and (self.path is None or self._before is None):
            raise ColabifyError("the notebook was not read from a file: say where to write it")
        target = Path(path) if path is not None else self.path or Path()
        try:
            there = self._before
            if path is not None:
                there = read_bytes(target) if os.path.lexists(target) else None
            if there != self.raw:
                write_bytes(target, self.raw, there)
        except ColabifyError as error:
            raise ColabifyError(f"{target}: {error}") from error
        return target


def port(
    notebook: Notebook,
    *,
    path: str | os.PathLike[str] | None = None,
    config: str | os.PathLike[str] | None = None,
    **settings: Unpack[Keywords],
) -> Result:
    """Make a notebook run on Google Colab, as ``colabify NOTEBOOK`` does; nothing is written.

    ``notebook`` is a path, the JSON of a notebook (bytes, or text that begins with ``{``), or the notebook
    in memory (a NotebookNode, or a dict). ``path`` says where a notebook that is no path stands:
    without it there is no repository, and no configuration file is looked for. ``config`` is a TOML
    file with ``[tool.colabify]``, instead of the nearest. The settings are those of ``[tool.colabify]``, with
    ``_`` for ``-``, and stand above it.

    Raises:
        ColabifyError: the notebook, its repository or the configuration cannot be read, or a
            setting is unknown or cannot be used.

    """
    from colabify.courses import Courses
    from colabify.keywords import settings_of
    from colabify.outcomes import Mode
    from colabify.run_one import transform

    file = _file(notebook)
    place = file if path is None else Path(path)
    wanted = settings_of(settings, "colabify.port", place, None if config is None else Path(config))
    try:
        raw = _read(notebook, file)
        ported = transform(raw, place, Courses(wanted), Mode.PLAN)
    except ColabifyError as error:
        raise ColabifyError(f"{file or place}: {error}" if file or place else str(error)) from error
    return Result(ported.raw, ported.plan, ported.changed, place, raw if place is file else None)


def plan(
    notebook: Notebook,
    *,
    path: str | os.PathLike[str] | None = None,
    config: str | os.PathLike[str] | None = None,
    **settings: Unpack[Keywords],
) -> Plan:
    """What porting would do to a notebook, and why; the arguments and errors are those of :func:`port`."""
    return port(notebook, path=path, config=config, **settings).plan


def _file(notebook: Notebook) -> Path | None:
    """The file that the notebook is read from; None if it is given as text or in memory."""
    if isinstance(notebook, str) and notebook.lstrip("\ufeff \t\r\n").startswith("{"):
        return None
    return Path(notebook) if isinstance(notebook, str | os.PathLike) else None


def _read(notebook: Notebook, file: Path | None) -> bytes:
    """The notebook's bytes, be they in ``file`` or what was given."""
    from colabify.files import read_bytes
    from colabify.nodes import bytes_of

    if file is not None:
        return read_bytes(file)
    match notebook:
        case bytes():
            return notebook
        case str():
            return notebook.encode("utf-8", "surrogatepass")
        case dict():
            return bytes_of(notebook)
        case _:
            kind = type(notebook).__name__
            raise ColabifyError(f"a notebook is a path, its JSON, or a dict; this is a {kind}")
