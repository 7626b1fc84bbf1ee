"""Old and new Pythons that execute examples, each in a process that has loaded what it uses."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO, cast

LIMIT = 120
"""Seconds that an example may take."""
LOADED = ("numpy", "scipy.stats", "pandas", "matplotlib.pyplot", "sklearn.ensemble", "seaborn", "networkx",
          "skimage.transform", "statsmodels.api", "PIL.Image", "IPython")  # fmt: skip
"""What most examples import; no library that starts threads, which a process that is forked off lacks."""
HEAVY = {
    "tensorflow": ("numpy", "tensorflow", "keras"),
    "keras": ("numpy", "tensorflow", "keras"),
    "torch": ("numpy", "torch", "torchvision", "PIL.Image"),
}
"""What examples of a library that takes many seconds to import are forked off from, by a word of theirs."""
ALONE = "TF_USE_LEGACY_KERAS"
"""What has to be set before TensorFlow is imported: nothing heavy is loaded for an example with it."""
SERVER = Path(__file__).with_name("example_server.py").read_text(encoding="utf-8")
QUIET = {"MPLBACKEND": "Agg", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a piece of code: whether it ran, the last line of its error, and the value it shows."""

    runs: bool
    error: str = ""
    value: str = ""


class Server:
    """An interpreter that runs each piece of code in a process of its own, forked off from one."""

    def __init__(self, python: str, loaded: tuple[str, ...]) -> None:
        self._process = subprocess.Popen(
            [python, "-c", SERVER, str(LIMIT), *loaded], text=True, env={**os.environ, **QUIET},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._asks = cast("IO[str]", self._process.stdin)
        self._answers = cast("IO[str]", self._process.stdout)

    def run(self, source: str, shows: str, setup: str) -> Outcome:
        """Run ``source``, after a ``setup`` cell."""
        self._asks.write(json.dumps([setup, source, shows]) + "\n")
        self._asks.flush()
        error, value = json.loads(self._answers.readline())
        return Outcome(runs=not error, error=error[:100], value=value)

    def close(self) -> None:
        """End the interpreter."""
        self._asks.close()
        self._process.wait()


class Python:
    """A Python with its libraries; what examples are forked off from is started when one needs it."""

    def __init__(self, python: str) -> None:
        self._python = python
        self._servers: dict[tuple[str, ...], Server] = {}
        self._turn = Lock()

    def run(self, source: str, shows: str, setup: str = "") -> Outcome:
        """Run ``source``, after a ``setup`` cell; it may take ``LIMIT`` seconds."""
        loaded = _loaded(source + setup)
        with self._turn:
            if loaded not in self._servers:
                self._servers[loaded] = Server(self._python, loaded)
            return self._servers[loaded].run(source, shows, setup)

    def close(self) -> None:
        """End what was started."""
        for server in self._servers.values():
            server.close()


def _loaded(source: str) -> tuple[str, ...]:
    """What an example with this text is forked off from."""
    if ALONE in source:
        return LOADED
    return next((names for word, names in HEAVY.items() if word in source), LOADED)
