"""H5py 3.0 removed ``Dataset.value``, and opens files for reading where no mode is given.

Source: what is new in h5py 2.1 (``value`` deprecated) and 3.0; run on Python 3.13 with h5py 3.16. The
mode was ``a``: read and write, made if it is not there.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, has_star, with_keyword
from colabify.rules.others.expressions import placed
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from colabify.rules.context import Context

_ITEM = "h5py.Item"
_WRITERS = frozenset(
    {"create_dataset", "create_group", "require_dataset", "require_group", "copy", "move"}
)


class H5py(Rule):
    """Read data sets by ``[()]``, and open for writing the files that are written.

    ``f["x"].value`` is ``f["x"][()]``; ``h5py.File(p)`` takes ``mode="a"`` if the program writes to it.
    """

    code = "COL176"
    name = "h5py-3"
    needles = frozenset({"value", "File"})
    packages = frozenset({"h5py"})
    nodes = ("Attribute", "Call")
    examples = (
        Example("import h5py\nf = h5py.File('a.h5', 'w')\nf['x'] = [1, 2]\ny = f['x'].value.tolist()\n",
                "import h5py\nf = h5py.File('a.h5', 'w')\nf['x'] = [1, 2]\ny = f['x'][()].tolist()\n",
                shows="y"),
        Example("import h5py\nwith h5py.File('a.h5') as f:\n    g = f.create_group('g')\n"
                "    f['g/x'] = [1]\n",
                "import h5py\nwith h5py.File('a.h5', mode='a') as f:\n    g = f.create_group('g')\n"
                "    f['g/x'] = [1]\n"),
        Example("import h5py\nf = h5py.File('a.h5', 'w')\nd = f.create_dataset('x', data=3)\n"
                "y = int(d.value)\n",
                "import h5py\nf = h5py.File('a.h5', 'w')\nd = f.create_dataset('x', data=3)\n"
                "y = int(d[()])\n", shows="y"),
        Example("import h5py\nf = h5py.File('a.h5')\nx = f['x'][:]\n"),
        Example("import h5py\nf = h5py.File('a.h5', 'r')\nx = f['x'][()]\n"),
        Example("import h5py\nx = slider.value\ny = table['x'].value\n"),
        Example("f['x'].value\ng = File('a')\ng['x'] = 1\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """A data set's value as what its index gives; a file that is written with the mode that it had."""
        import libcst as cst

        if not is_gone("h5py 3.0", context.runtime):
            return None
        if isinstance(node, cst.Attribute):
            if node.attr.value != "value" or context.kind(node.value) != _ITEM:
                return None
            return Remedy(placed(f"{code_of(node.value)}[()]", node))
        if not isinstance(node, cst.Call) or context.qualified(node.func) != "h5py.File":
            return None
        if has_star(node) or argument(node, "mode", 1) is not None:
            return None
        call = ast.unparse(ast.parse(code_of(node), mode="eval"))
        written = set(_written(context))
        if any(name in written for name in _opened(call, context)):
            return Remedy(with_keyword(node, "mode", "'a'"))
        return None


def _opened(call: str, context: Context) -> Iterator[str]:
    """The names that hold what a call gives."""
    for unit in context.units:
        for node in unit.nodes:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if (
                    ast.unparse(value) == call
                ):
                    yield name
                case ast.withitem(context_expr=value, optional_vars=ast.Name(id=name)):
                    if ast.unparse(value) == call:
                        yield name


def _written(context: Context) -> Iterator[str]:
    """The names of what the program writes into: ``f`` in ``f["x"] = 1`` and ``f.create_group("g")``."""
    for unit in context.units:
        for node in unit.nodes:
            match node:
                case ast.Subscript(value=value, ctx=ast.Store() | ast.Del()):
                    yield from _first_name(value)
                case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr in _WRITERS:
                    yield from _first_name(value)


def _first_name(node: ast.expr) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id
