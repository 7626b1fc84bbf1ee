"""A kernel's client that keeps no more than it is told of what cells print; what runs its coroutines."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from nbclient import NotebookClient

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from nbformat import NotebookNode

_MUCH = 50
"""How many times the text that is kept a cell may print before it is ended."""


class Client(NotebookClient):
    """A client that keeps what a cell prints up to ``limit`` characters."""

    limit = 1024**2
    prints_too_much = False
    """Whether the cell was left since it prints without end."""
    _printed = 0

    def begin_cell(self) -> None:
        """Count what is printed from here on."""
        self._printed = 0

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Take a message; what is too long is cut out of it first."""
        kind, content = msg["msg_type"], msg["content"]
        if kind == "stream":
            before = self._printed
            self._printed += len(content["text"])
            if before > self.limit * _MUCH:
                self.prints_too_much = True
                if self.task_poll_for_reply is not None:
                    self.task_poll_for_reply.cancel()  # as when the kernel has died
                return None
            content["text"] = content["text"][: max(0, self.limit - before)]
            if before <= self.limit < self._printed:
                content["text"] += "\n[the rest is left out]\n"
            if not content["text"]:
                return None
        elif kind in ("display_data", "execute_result", "update_display_data"):
            long = [
                name for name, data in content["data"].items() if len(str(data)) > self.limit * 8
            ]
            for name in long:
                del content["data"][name]
            if long:
                content["data"].setdefault("text/plain", "[an output too long to be kept]")
        return super().process_message(msg, cell, cell_index)


class Runner:
    """Runs coroutines one after the other, as ``asyncio.Runner`` does from Python 3.11 on."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()

    def run(self, coroutine: Coroutine[Any, Any, object]) -> None:
        """Run a coroutine to its end; Ctrl-C ends it."""
        task = self._loop.create_task(coroutine)
        try:
            self._loop.run_until_complete(task)
        except KeyboardInterrupt:
            task.cancel()
            self._loop.run_until_complete(asyncio.wait([task]))
            if not task.cancelled():
                task.exception()
            raise

    def close(self) -> None:
        """End what is still running."""
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        if left:
            self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()
