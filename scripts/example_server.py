"""Run pieces of code as they come, each in an empty folder and in a process of its own.

An old or a new Python gets this as text (``python -c``), with the seconds that a piece may take and the names
of the modules to load first: it uses nothing that is newer than Python 3.6. A line that comes in is
``[setup, source, shows]`` in JSON, and the line that answers it ``[error, value]``.
"""

import importlib
import json
import os
import select
import signal
import sys
import tempfile
import traceback
import types
import warnings
from contextlib import suppress
from typing import Any


def plain(value: Any) -> Any:
    """What is compared: no type of a library's own, and of a float what does not change with the version."""
    if type(value).__module__ == "numpy":
        value = value.tolist()
    if isinstance(value, float):
        return round(value, 6) + 0.0
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def execute(setup: str, source: str, shows: str) -> str:
    """Run ``source``, after a ``setup`` cell; what the expression ``shows`` is then."""
    space = {"__name__": "__main__"}
    if setup:
        sys.modules["google.colab"] = types.ModuleType("google.colab")
        exec(compile(setup, "setup", "exec"), {})
        exec(compile(setup, "setup", "exec"), {})  # again: it is to change nothing
    escapes = any(line.lstrip()[:1] in ("%", "!") or "= !" in line for line in source.splitlines())
    if escapes or "get_ipython" in source:
        shell = importlib.import_module("IPython.testing.globalipapp").start_ipython()
        shell.run_cell(source).raise_error()
        space = shell.user_ns
    else:
        exec(compile(source, "cell", "exec"), space)
    return repr(plain(eval(shows, space))) if shows else ""


def answer(job: "list[str]", pipe: int) -> None:
    """Run a job in this process, which ends with it."""
    os.setpgid(0, 0)
    os.chdir(tempfile.mkdtemp())
    quiet = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(quiet, number)
    try:
        said = ["", execute(*job)]
    except BaseException as error:
        lines = traceback.format_exception_only(type(error), error)
        said = [" ".join(lines[-1].split()) or "?", ""]
    os.write(pipe, json.dumps(said).encode())
    os._exit(0)


def hear(pipe: int, seconds: int) -> "list[str]":
    """What the process at the other end of ``pipe`` has come to."""
    ready, _, _ = select.select([pipe], [], [], seconds)
    if not ready:
        return [f"no end after {seconds} seconds", ""]
    found = os.read(pipe, 1 << 16)  # it is written at once
    said: list[str] = json.loads(found.decode()) if found else ["the interpreter ended", ""]
    return said


def serve(seconds: int) -> None:
    """Answer line by line."""
    for line in sys.stdin:
        ours, theirs = os.pipe()
        child = os.fork()
        if not child:
            answer(json.loads(line), theirs)
        os.close(theirs)
        said = hear(ours, seconds)
        os.close(ours)
        for kill, number in ((os.kill, child), (os.killpg, child)):  # and what it has left
            with suppress(OSError):
                kill(number, signal.SIGKILL)
        os.waitpid(child, 0)
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for name in sys.argv[2:]:  # what is loaded once need not be loaded for every example
        with suppress(Exception):  # a library of that Python may be missing, or broken in any way
            importlib.import_module(name)
    serve(int(sys.argv[1]))
