"""In a notebook an event loop runs already, so that ``asyncio.run`` and ``run_until_complete`` raise.

So it is with ipykernel 5 and later, at home as on Colab ("cannot be called from a running event loop").
What a cell would run can be awaited in it; but not below ``%%time``, whose code is compiled otherwise.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import has_star

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from colabify.rules.context import Context

_RUN = "asyncio.run"
_UNTIL = "run_until_complete"
_LOOPS = frozenset({"asyncio.get_event_loop", "asyncio.new_event_loop"})
_NESTS = "nest_asyncio.apply"
_TEXT = "an event loop runs in a notebook already: write await in place of {}"


class RunningLoop(Rule):
    """Await in a cell what ``asyncio.run`` or ``run_until_complete`` would run.

    With ``--unsafe-fixes``, since it is for people who know why they wait. Where ``nest_asyncio.apply`` is
    called, all is well.
    """

    code = "COL128"
    name = "running-loop"
    of_library = False
    needles = frozenset({"run", _UNTIL})
    packages = frozenset({"asyncio"})
    nodes = ("Call",)
    examples = (
        Example("import asyncio\nawaited = asyncio.run(asyncio.sleep(0, 3))\n",
                "import asyncio\nawaited = await asyncio.sleep(0, 3)\n", unsafe=True,
                not_run="it is for a cell, where an event loop runs"),
        Example("import asyncio\nloop = asyncio.get_event_loop()\nloop.run_until_complete(main())\n",
                "import asyncio\nloop = asyncio.get_event_loop()\nawait main()\n", unsafe=True,
                not_run="it is for a cell, where an event loop runs"),
        Example("import asyncio\ndef start():\n    asyncio.run(main())\n", told="await"),
        Example("import asyncio, nest_asyncio\nnest_asyncio.apply()\nasyncio.run(main())\n"),
        Example("import asyncio\nawait asyncio.sleep(0)\n"),
        Example("import asyncio, subprocess\nsubprocess.run(['ls'])\n"),
        Example("import asyncio\nprogram.run(main())\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call as an ``await`` of what it is given; a finding where a function makes the call."""
        import libcst as cst

        unit = context.unit
        if not isinstance(node, cst.Call) or unit is None or unit.cell is None:
            return None
        if not _runs(node, context) or _NESTS in context.used:
            return None
        code = cst.Module([]).code_for_node(node.func)
        text = _TEXT.format(code)
        inside = {ast.unparse(one) for one in _inside_functions(unit.tree)}
        if ast.unparse(ast.parse(cst.Module([]).code_for_node(node))) in inside:
            return Remedy(text=text, fails=False)
        if len(node.args) != 1 or has_star(node):
            return Remedy(text=text)
        given = node.args[0].value
        return Remedy(cst.Await(given, lpar=node.lpar, rpar=node.rpar), text=text, safety="unsafe")


def _runs(call: cst.Call, context: Context) -> bool:
    """Whether a call runs a loop: ``asyncio.run``, or the method of a loop that asyncio gave."""
    import libcst as cst

    if context.qualified(call.func) == _RUN:
        return True
    match call.func:
        case cst.Attribute(value=cst.Call() as made, attr=cst.Name(value="run_until_complete")):
            return context.qualified(made.func) in _LOOPS
        case cst.Attribute(value=cst.Name(value=name), attr=cst.Name(value="run_until_complete")):
            return name in set(_loops(context))
    return False


def _loops(context: Context) -> Iterator[str]:
    """The names to which loops are assigned."""
    for unit in context.units:
        for node in unit.nodes:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=func)):
                    if qualified(func, context.names) in _LOOPS:
                        yield name


def _inside_functions(tree: ast.Module) -> Iterator[ast.expr]:
    """The calls in functions, and in what else has names of its own."""
    own = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.GeneratorExp)
    for outer in ast.walk(tree):
        if isinstance(outer, own):
            yield from (node for node in ast.walk(outer) if isinstance(node, ast.Call))
