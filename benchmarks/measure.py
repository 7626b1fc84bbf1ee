"""Whole processes, measured: CPU seconds, wall seconds and the peak of memory."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: seconds of CPU (children included) and of the clock, and megabytes at its peak."""

    cpu: float
    wall: float
    peak: float


def cost(
    words: Sequence[str], folder: Path, *, runs: int = 1, expected: Sequence[int] = (0, 1)
) -> Cost:
    """The cheapest of several runs of a command; a machine that is busy only ever adds to it.

    Bytecode is kept, as where a package is installed, whatever the environment says.

    Raises:
        RuntimeError: the command ended with a code that is not expected.

    """
    return min((_once(words, folder, expected) for _ in range(runs)), key=lambda one: one.cpu)


def _once(words: Sequence[str], folder: Path, expected: Sequence[int]) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen(
        words,
        cwd=folder,
        env={name: one for name, one in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in expected:
        raise RuntimeError(f"{' '.join(words)} ended with {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)
