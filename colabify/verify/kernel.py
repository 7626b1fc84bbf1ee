"""Run the cells of notebooks in a kernel, and tell what came of them."""

from __future__ import annotations

import json
import re
import time
import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import ensure_async
from nbformat import NotebookNode, v4

from colabify.verify.client import Client, Runner

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
"""What makes a traceback coloured."""


@dataclass(frozen=True)
class Failure:
    """The error of a cell: the cell's index, and what its traceback says.

    A cell that takes too long fails with ``CellTimeoutError``, one that ends the kernel with
    ``DeadKernelError``, one that prints too much with ``TooMuchOutput``.
    """

    cell: int
    ename: str
    evalue: str
    traceback: str = field(default="", compare=False)


@dataclass(frozen=True)
class CellResult:
    """What one cell put out: its outputs, the text of its streams, and its error or None."""

    outputs: tuple[NotebookNode, ...] = ()
    text: str = ""
    error: Failure | None = None
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Run:
    """What the cells of a notebook put out, as far as they were run.

    There is one ``CellResult`` for every cell of the notebook, also for those that did not run.
    """

    cells: tuple[CellResult, ...]

    @property
    def outputs(self) -> tuple[tuple[NotebookNode, ...], ...]:
        """The outputs of each cell."""
        return tuple(cell.outputs for cell in self.cells)

    @property
    def texts(self) -> tuple[str, ...]:
        """The text that each cell wrote to its streams."""
        return tuple(cell.text for cell in self.cells)

    @property
    def text(self) -> str:
        """The text that all cells wrote to their streams."""
        return "".join(self.texts)

    @property
    def errors(self) -> tuple[Failure, ...]:
        """The errors of all cells."""
        return tuple(cell.error for cell in self.cells if cell.error is not None)

    @property
    def error(self) -> Failure | None:
        """The first error, or None."""
        return next(iter(self.errors), None)


@dataclass(frozen=True)
class Launch:
    """How to start a kernel.

    ``argv`` is the command, in which ``{connection_file}`` is filled in, ``env`` its whole environment,
    ``cwd`` where it starts, and ``folder`` where its files may lie (its log, among others).
    ``prepared`` is what the kernel makes of the source of a cell before running it. ``output`` is how many
    characters a cell's streams may have, and how many a single other output; what is more is left out.
    """

    argv: Sequence[str]
    env: Mapping[str, str]
    cwd: Path
    folder: Path
    prepared: Callable[[str], str] = str
    output: int = 1024**2


class Session:
    """A running kernel: a context manager that starts it and ends it."""

    def __init__(self, launch: Launch) -> None:
        self._launch = launch
        self._client = Client(
            v4.new_notebook(),
            km=_manager(launch),
            allow_errors=True,
            coalesce_streams=True,
            skip_cells_with_tag="",
        )
        self._client.limit = launch.output
        self._gone: tuple[str, str] | None = None

    def __enter__(self) -> Session:
        with ExitStack() as stack:
            self._runner = Runner()
            stack.callback(self._runner.close)
            stack.callback(lambda: self._runner.run(self._stop()))
            self._runner.run(self._start())
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def run_cell(self, source: str, *, timeout: int = 120) -> CellResult:
        """Run a cell; its index, if it fails, is the number of cells that ran before it."""
        return self._run(source, len(self._client.nb.cells), timeout)

    def run_all(self, nb: NotebookNode, *, timeout: int = 120, stop_on_error: bool = True) -> Run:
        """Run the code cells of ``nb`` in order; ``timeout`` is in seconds and for each cell.

        The notebook itself is not changed.
        """
        cells: list[CellResult] = []
        for index, cell in enumerate(nb.cells):
            stopped = stop_on_error and any(done.error for done in cells)
            runs = cell.cell_type == "code" and not stopped
            cells.append(self._run(cell.source, index, timeout) if runs else CellResult())
        return Run(tuple(cells))

    @property
    def gone(self) -> bool:
        """Whether the kernel has ended, or does not answer."""
        return self._gone is not None

    def _run(self, source: str, index: int, timeout: int) -> CellResult:
        if self._gone:
            return CellResult(error=Failure(index, *self._gone))
        cells = self._client.nb.cells
        cells.append(v4.new_code_cell(self._launch.prepared(source)))
        self._client.timeout = timeout
        self._client.begin_cell()
        started = time.monotonic()
        try:
            self._runner.run(self._client.async_execute_cell(cells[-1], len(cells) - 1))
        except (CellTimeoutError, DeadKernelError) as error:
            self._gone = (type(error).__name__, str(error))
            if self._client.prints_too_much:
                self._gone = ("TooMuchOutput", "it prints without end")
        seconds = time.monotonic() - started
        outputs = tuple(cells[-1].outputs)
        text = "".join(output.text for output in outputs if output.output_type == "stream")
        failure = self._failure(outputs, index)
        return CellResult(outputs, text.replace("\r\n", "\n"), failure, seconds)

    def _failure(self, outputs: Sequence[NotebookNode], index: int) -> Failure | None:
        if self._gone:
            return Failure(index, *self._gone)
        for output in outputs:
            if output.output_type == "error":
                traceback = COLOUR.sub("", "\n".join(output.traceback))
                return Failure(index, output.ename, output.evalue, traceback)
        return None

    async def _start(self) -> None:
        try:
            await self._start_once()
        except RuntimeError:  # it died: another kernel has taken a port that it was to have
            self._client.km = _manager(self._launch)
            await self._start_once()

    async def _start_once(self) -> None:
        with (self._launch.folder / "kernel.log").open("ab") as log:
            await self._client.async_start_new_kernel(
                env=dict(self._launch.env), cwd=str(self._launch.cwd), stdout=log, stderr=log
            )
        await self._client.async_start_new_kernel_client()

    async def _stop(self) -> None:
        manager, channels = self._client.km, self._client.kc
        if channels is not None:
            channels.stop_channels()
        if manager is not None:
            if manager.has_kernel:
                await ensure_async(manager.shutdown_kernel(now=self._gone is not None))
            await ensure_async(manager.cleanup_resources())


def _manager(launch: Launch) -> AsyncKernelManager:
    folder = launch.folder / "kernels" / "simulated"
    folder.mkdir(parents=True, exist_ok=True)
    spec = {"argv": list(launch.argv), "display_name": "Python 3", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return AsyncKernelManager(
        kernel_name=folder.name,
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(folder.parent)]),
        connection_file=str(launch.folder / f"kernel-{uuid.uuid4()}.json"),
    )
