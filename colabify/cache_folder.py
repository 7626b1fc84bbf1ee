"""Where the system keeps what a program can make anew."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """Colabify's folder: below ``XDG_CACHE_HOME``, else where the platform keeps such.

    Raises:
        RuntimeError: nobody knows where home is.

    """
    given = os.environ.get("XDG_CACHE_HOME")
    if given:
        return Path(given) / "colabify"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "colabify"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "colabify" / "cache"
    return Path.home() / ".cache" / "colabify"
