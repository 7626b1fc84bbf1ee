"""The folder /content of a machine: a mount where that is allowed, else a change of the cells."""

import functools
import itertools
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

CONTENT = Path("/content")
# A mount of the folder "$1" that only the command after it sees.
SCRIPT = 'mount --bind "$1" /content && cd /content && shift && exec "$@"'
WAYS = (("unshare", "-m"), ("unshare", "-Urm"))
FORM_LINE = re.compile(r"\s*(#\s*@.*)?")
PREFIX = re.compile(r"(?<![\w.~/-])/content(?![\w-])")


def in_content(folder: Path) -> Sequence[str] | None:
    """Return the words that, before a command, run it in /content, which is `folder`.

    Return None where mounts are refused.
    """
    way = _way()
    return None if way is None else (*way, "sh", "-c", SCRIPT, "sh", str(folder))


def without_mount(source: str, folder: Path) -> str:
    """Return the source of a cell with `folder` in place of /content."""
    return PREFIX.sub(lambda _: str(folder), source)


def magic_first(source: str) -> str:
    """Return the source of a cell with its `#@title` lines below its `%%magic`.

    Colab lets them stand above it; stock IPython does not.
    """
    lines = source.split("\n")
    above = list(itertools.takewhile(FORM_LINE.fullmatch, lines))
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
    return next((way for way in WAYS if _works(way)), None)


def _works(way: Sequence[str]) -> bool:
    if shutil.which(way[0]) is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        command = [*way, "sh", "-c", SCRIPT, "sh", folder, "true"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
