"""``x = !cmd`` is a SyntaxError with IPython 7.34 on Python 3.12 and later.

IPython 7.34 finds the ``!`` by a token that Python's tokenizer no longer makes since 3.12; run on stock
IPython. Whether live Colab carries a patch is not known; the new form is what IPython makes of the old one,
so it is right either way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule

if TYPE_CHECKING:
    from colabify.escapes import Escape
    from colabify.rules.context import Context
    from colabify.runtime import Runtime


class ShellAssignment(Rule):
    """Call ``get_ipython().getoutput`` where a shell command's output is assigned with ``= !``."""

    code = "COL201"
    name = "shell-assignment"
    of_library = False
    examples = (
        Example("files = !ls data\n", "files = get_ipython().getoutput('ls data')\n"),
        Example(
            "a, b = !echo $HOME; echo 2\n",
            "a, b = get_ipython().getoutput('echo $HOME; echo 2')\n",
            shows="b",
        ),
        Example("!ls data\n"),
        Example("x != y\n"),
        Example("x = %timeit -o f()\n"),
    )

    def applies(self, runtime: Runtime) -> bool:
        """The tokenizer changed in Python 3.12."""
        return runtime.python_minor >= (3, 12)

    def check_escape(self, escape: Escape, context: Context) -> Remedy | None:  # noqa: ARG002
        """``!cmd`` behind a ``=`` to the call that IPython would make of it."""
        if not escape.assigned or escape.kind != "!":
            return None
        return Remedy(f"get_ipython().getoutput({escape.args!r})")
