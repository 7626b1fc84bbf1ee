"""Modules of the standard library that are gone, where what notebooks used of them stands elsewhere.

Source: What's New in Python 3.12 (``imp``) and 3.13 (``cgi``, ``pipes``); run on Python 3.13. Other modules
that are gone have no such replacement: that they are imported is told as COL443.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Renamed, Row
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    from collections.abc import Collection

    from colabify.runtime import Runtime

REPLACED = frozenset({"imp", "pipes"})
"""Modules of which most programs use nothing that does not stand elsewhere."""
_LOAD = "use importlib.util.spec_from_file_location and importlib.util.module_from_spec"
_IMP = {
    "imp": Row("importlib", since="python 3.12", module=True),
    "imp.reload": Row("importlib.reload", since="python 3.12"),
    "imp.find_module": Row(
        since="python 3.12",
        text="imp is gone since Python 3.12: use importlib.util.find_spec",
    ),
    **{
        f"imp.{name}": Row(since="python 3.12", text=f"imp is gone since Python 3.12: {_LOAD}")
        for name in ("load_source", "load_module", "load_compiled", "load_dynamic", "load_package")
    },
    **{
        f"imp.{name}": Row(
            since="python 3.12", text=f"imp.{name} is gone since Python 3.12, as all of imp"
        )
        for name in ("new_module", "get_suffixes", "get_magic", "acquire_lock", "release_lock")
    },
}
_QUOTES = "cgi.escape is html.escape now, which replaces quotes too unless quote=False"
_CGI = {
    "cgi": Row("html", "python 3.13", _QUOTES, safety="unsafe", module=True, shim=False),
    "cgi.escape": Row("html.escape", "python 3.8", _QUOTES, safety="unsafe", shim=False),
    **{
        f"cgi.{name}": Row(since="python 3.13", text="cgi is gone since Python 3.13")
        for name in ("FieldStorage", "parse", "parse_header", "parse_multipart", "test")
    },
    **{
        f"cgi.{name}": Row(f"urllib.parse.{name}", since="python 3.8")
        for name in ("parse_qs", "parse_qsl")
    },
}
_PIPES = {
    "pipes": Row("shlex", since="python 3.13", module=True),
    "pipes.quote": Row("shlex.quote", since="python 3.13"),
    "pipes.Template": Row(
        since="python 3.13", text="pipes is gone since Python 3.13: use subprocess"
    ),
}


class RemovedModules(Renamed):
    """Take ``reload``, ``quote`` and ``escape`` from the modules that have them now.

    ``imp.reload`` is ``importlib.reload``, ``pipes.quote`` is ``shlex.quote``, ``cgi.escape`` is
    ``html.escape``.
    """

    code = "COL121"
    name = "removed-modules"
    rows: ClassVar = {**_IMP, **_CGI, **_PIPES}
    examples = (
        Example("import imp\nimport json\nimp.reload(json)\n",
                "import importlib\nimport json\nimportlib.reload(json)\n"),
        Example("import imp\nimport json\nx = [imp.reload(one) for one in (imp, json)]\n",
                "import importlib\nimport json\nx = [importlib.reload(one) for one in (importlib, json)]\n"),
        Example("from imp import reload\nimport json\nreload(json)\n",
                "from importlib import reload\nimport json\nreload(json)\n"),
        Example("import pipes\nx = pipes.quote('a b')\n", "import shlex\nx = shlex.quote('a b')\n",
                shows="x"),
        Example("import cgi\nx = cgi.escape('<a>')\n", "import html\nx = html.escape('<a>')\n", unsafe=True,
                shows="x"),
        Example("import imp\nx = imp.load_source('a', 'a.py')\n", told="spec_from_file_location"),
        Example("import cgi\nx = cgi.FieldStorage()\n", told="Python 3.13"),
        Example("try:\n    import imp\nexcept ImportError:\n    imp = None\n"),
        Example("import importlib\nimportlib.reload(importlib)\n"),
        Example("from importlib import reload\n"),
        Example("import shlex\nx = shlex.quote('a b')\n"),
        Example("import html\nx = html.escape('<a>')\n"),
        Example("x = {'imp': 1}\n"),
        Example("imp = 3\nx = imp + 1\n"),
    )  # fmt: skip


def replaced_modules(used: Collection[str], runtime: Runtime) -> frozenset[str]:
    """Which of ``imp`` and ``pipes`` a program no longer needs once the rule has been applied to it.

    ``used`` are the full names that the program uses (:attr:`colabify.rules.context.Context.used`).
    """
    found = set()
    for module in REPLACED:
        members = [RemovedModules.rows.get(n) for n in used if n.startswith(f"{module}.")]
        gone = is_gone(RemovedModules.rows[module].since, runtime)
        if gone and all(one is not None and one.new for one in members):
            found.add(module)
    return frozenset(found)
