"""The folder /content of a machine: a mount where that is allowed, else a change of the cells."""

from __future__ import annotations

import functools
import itertools
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTENT = Path("/content")
# A mount of the folder "$1" that only the command after it sees. The command is the child of a child: the
# first process of a namespace takes no signals, and a kernel whose parent is the first ends itself.
_SCRIPT = 'mount --bind "$1" /content && cd /content && shift && ("$@"; exit $?); exit $?'
# With a namespace of their own, processes end with the first, whatever they have done to be forgotten
_WAYS = (
    ("unshare", "-mpf", "--kill-child", "--mount-proc"),
    ("unshare", "-Urmpf", "--kill-child", "--mount-proc"),
    ("unshare", "-m"),
    ("unshare", "-Urm"),
)
_ENDS_WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")
_FORM_LINE = re.compile(r"\s*(#\s*@.*)?")
PREFIX = re.compile(r"(?<![\w.~/-])/content(?![\w-])")
"""Where a text says /content, and not a name that begins or ends with it."""


def in_content(folder: Path) -> Sequence[str] | None:
    """The words that, before a command, run it in ``folder`` as /content; None if mounts are refused."""
    way = _way()
    return None if way is None else (*way, "sh", "-c", _SCRIPT, "sh", str(folder))


def without_mount(source: str, folder: Path) -> str:
    """The source of a cell with ``folder`` in place of /content."""
    return PREFIX.sub(lambda _: str(folder), source)


def magic_first(source: str) -> str:
    """The source of a cell with its ``#@title`` lines below its ``%%magic``.

    Colab lets them stand above it; stock IPython does not.
    """
    lines = source.split("\n")
    above = list(itertools.takewhile(_FORM_LINE.fullmatch, lines))
    rest = lines[len(above) :]
    if not rest or not rest[0].startswith("%%"):
        return source
    return "\n".join([rest[0], *above, *rest[1:]])


@functools.cache
def _way() -> Sequence[str] | None:
    try:
        CONTENT.mkdir(exist_ok=True)
    except OSError:
        return None
    found = next((way for way in _WAYS if _works(way)), None)
    return None if found is None else (*_mortal(), *found)


def _works(way: Sequence[str]) -> bool:
    if shutil.which(way[0]) is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        command = [*way, "sh", "-c", _SCRIPT, "sh", folder, "true"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _mortal() -> Sequence[str]:
    """What makes the command after it end when we do, even if we are killed; nothing if it is not there."""
    if shutil.which(_ENDS_WITH_US[0]) is None:
        return ()
    done = subprocess.run([*_ENDS_WITH_US, "true"], capture_output=True, check=False)
    return _ENDS_WITH_US if done.returncode == 0 else ()
