"""What a notebook may use: memory, disk, processes, output. A notebook is a program that nobody has read."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.verify.machine import end_processes, processes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

GIB = 1024**3
# dash and bash take one limit at a time; macOS refuses some
_SCRIPT = 'ulimit -c 0; ulimit -f "$1" 2>/dev/null; ulimit -v "$2" 2>/dev/null; shift 2; exec "$@"'
_EVERY = 0.5
_SPARE = GIB // 2
"""What has to stay free on the disk, whoever fills it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one machine may use: bytes of memory (each process), of disk, of a cell's output; processes.

    The memory is that of Colab's standard machine.
    """

    memory: int = int(12.7 * GIB)
    disk: int = 10 * GIB
    output: int = 1024**2
    processes: int = 512

    def command(self) -> Sequence[str]:
        """The words that, before a command, run it within the limits on each process."""
        return ("sh", "-c", _SCRIPT, "sh", str(self.disk // 512), str(self.memory // 1024))


class Watch:
    """Looks after the machine in ``folder`` while the context lasts, and ends it if it uses too much.

    ``reason`` says in a sentence why it was ended; it is empty if it was not.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder, self._limits = folder, limits
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.reason = ""

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(_EVERY):
            found = self._excess()
            if found:
                self.reason = self.reason or found
                end_processes(self._folder)

    def _excess(self) -> str:
        if len(processes(self._folder)) > self._limits.processes:
            return f"it started more than {self._limits.processes} processes"
        if size_of(self._folder, enough=self._limits.disk) > self._limits.disk:
            return f"it wrote more than {_shown(self._limits.disk)} to the disk"
        with contextlib.suppress(OSError):
            if shutil.disk_usage(self._folder).free < _SPARE:
                return f"less than {_shown(_SPARE)} of the disk is left"
        return ""


def size_of(folder: Path, *, enough: int) -> int:
    """How many bytes the files below ``folder`` hold; counting ends at more than ``enough``."""
    total, left = 0, [os.fspath(folder)]
    while left and total <= enough:
        with contextlib.suppress(OSError), os.scandir(left.pop()) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        left.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_blocks * 512
    return total


def _shown(count: int) -> str:
    return f"{count / GIB:.1f} GB" if count >= GIB else f"{count / 1024**2:.0f} MB"
