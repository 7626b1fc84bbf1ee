"""Magics and shell lines that do what their author means only by the grace of a setting, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.shell_line import split_line

if TYPE_CHECKING:
    from colabify.escapes import Escape
    from colabify.rules.context import Context


class Automagic(Rule):
    """Write the percent sign before a magic that is a cell by itself: ``cd data`` becomes ``%cd data``.

    IPython takes ``cd data`` for a magic as long as no variable is called ``cd``; nothing else that reads
    notebooks does.
    """

    code = "COL205"
    name = "automagic"
    of_library = False
    examples = (
        Example("cd ../data\n", "%cd ../data\n"),
        Example("pip install -q networkx\n", "%pip install -q networkx\n",
                not_run="it installs something"),
        Example("ls ../data\n", "%ls ../data\n"),
        Example("%cd ../data\n"),
        Example("cd = 3\n"),
        Example("ls\n"),
        Example("x = 1\n%ls\n"),
        Example("!pip install -q networkx\n"),
    )  # fmt: skip

    def check_escape(self, escape: Escape, context: Context) -> Remedy | None:  # noqa: ARG002
        """The line with its percent sign."""
        new = with_sign(escape, escape.raw)
        return Remedy(new) if new != escape.raw else None


class ShellCd(Rule):
    """Write ``%cd`` for a ``!cd`` of its own, which moves nothing: each ``!`` line has a shell of its own.

    With ``--unsafe-fixes``, since the paths below it may be right as they are.
    """

    code = "COL210"
    name = "shell-cd"
    of_library = False
    examples = (
        Example("!cd ../data\n", "%cd ../data\n", unsafe=True),
        Example("import os\n! cd 'a b'\n", "import os\n%cd 'a b'\n", unsafe=True),
        Example("!cd ../data && ls\n"),
        Example("!cd ../data; ls\n"),
        Example("%cd ../data\n"),
        Example("!cd\n"),
        Example("!ls ../data # cd\n"),
    )  # fmt: skip

    def check_escape(self, escape: Escape, context: Context) -> Remedy | None:  # noqa: ARG002
        """``%cd`` where a line is one ``cd`` and nothing else."""
        if escape.kind != "!" or escape.assigned or "\n" in escape.raw:
            return None
        commands = split_line(escape.args) or []
        if len(commands) != 1 or [one.text for one in commands[0]][:1] != ["cd"]:
            return None
        folder = commands[0][1:]
        if len(folder) != 1 or escape.args.strip() != escape.args[: folder[0].end]:
            return None
        indent = escape.raw[: len(escape.raw) - len(escape.raw.lstrip())]
        text = "!cd moves nothing, since each ! line has a shell of its own: %cd does"
        new = f"{indent}%cd {escape.args[folder[0].start : folder[0].end]}"
        return Remedy(new, text=text, safety="unsafe", fails=False)


_EXTENSIONS = {"cythonmagic": "Cython", "rmagic": "rpy2.ipython"}


class MovedExtensions(Rule):
    """Load ``%%cython`` and ``%%R`` from the packages that have them: ``%load_ext Cython``.

    Of ``cythonmagic`` and ``rmagic`` IPython 7 has only a warning left, and IPython 8 nothing.
    """

    code = "COL213"
    name = "moved-extensions"
    of_library = False
    examples = (
        Example("%load_ext cythonmagic\n", "%load_ext Cython\n"),
        Example("x = 1\n%reload_ext rmagic\n", "x = 1\n%reload_ext rpy2.ipython\n",
                not_run="it needs R"),
        Example("%load_ext Cython\n"),
        Example("%load_ext rpy2.ipython\n"),
        Example("print('cythonmagic')\n"),
    )  # fmt: skip

    def check_escape(self, escape: Escape, context: Context) -> Remedy | None:  # noqa: ARG002
        """The line with the name of today."""
        name = escape.args.strip()
        new = _EXTENSIONS.get(name, "")
        if escape.kind != "%" or escape.name not in ("load_ext", "reload_ext") or not new:
            return None
        before, _, after = escape.raw.rpartition(name)
        return Remedy(with_sign(escape, f"{before}{new}{after}"))


class MissingMagics(Rule):
    """Tell of magics that Colab does not have: ``%install_ext``, ``%%python2``.

    IPython dropped ``%install_ext`` in 2015: extensions are packages now.
    """

    code = "COL236"
    name = "missing-magic"
    of_library = False
    safety = "report"
    examples = (
        Example("%install_ext https://example.org/physics.py\n", told="%pip install"),
        Example("%load_ext physics\n"),
        Example("%%time\nx = 1\n"),
    )  # fmt: skip

    def check_escape(self, escape: Escape, context: Context) -> Remedy | None:  # noqa: ARG002
        """What to do in place of ``%install_ext``."""
        if escape.kind != "%" or escape.name != "install_ext":
            return None
        text = "IPython has no %install_ext any more: %pip install the extension, then %load_ext it"
        return Remedy(text=text)


def with_sign(escape: Escape, raw: str) -> str:
    """``raw``, what becomes of an escape, with the percent sign that a magic may lack."""
    bare = raw.lstrip()
    if escape.kind != "%" or escape.assigned or bare.startswith("%"):
        return raw
    return f"{raw[: len(raw) - len(bare)]}%{bare}"
