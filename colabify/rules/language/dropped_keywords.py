"""Keyword arguments of the standard library that did nothing, and that are gone.

Source: What's New in Python 3.9 (``json``: ignored since 3.1) and 3.10 (``asyncio``: the loop that runs is
used); run on Python 3.13.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Keyword, Keywords

_LOOPS = ("gather", "sleep", "wait", "wait_for", "Lock", "Event", "Queue", "Semaphore", "Condition")


class DroppedKeywords(Keywords):
    """Leave out ``encoding=`` of ``json.loads`` and ``loop=`` of asyncio's functions.

    The encoding was ignored since Python 3.1; the loop is the one that runs.
    """

    code = "COL127"
    name = "dropped-keywords"
    rows: ClassVar = {
        "json.load(encoding)": Keyword(since="python 3.9", drop=True),
        "json.loads(encoding)": Keyword(since="python 3.9", drop=True),
        **{f"asyncio.{name}(loop)": Keyword(since="python 3.10", drop=True) for name in _LOOPS},
    }
    examples = (
        Example("import json\nx = json.loads('[1]', encoding='utf-8')\n",
                "import json\nx = json.loads('[1]')\n", shows="x"),
        Example("import io, json\nx = json.load(io.StringIO('[1]'), encoding='utf-8', parse_int=float)\n",
                "import io, json\nx = json.load(io.StringIO('[1]'), parse_int=float)\n", shows="x"),
        Example("import asyncio\nlock = asyncio.Lock(loop=None)\n", "import asyncio\nlock = asyncio.Lock()\n",
                shows="type(lock)"),
        Example("import json\nx = json.loads('[1]', parse_int=float)\n"),
        Example("import json\nx = json.load(open('a.json', encoding='utf-8'))\n"),
        Example("import simplejson as json\nx = json.loads('[1]', encoding='utf-8')\n"),
        Example("import asyncio\nasyncio.set_event_loop(loop=None)\n"),
    )  # fmt: skip
