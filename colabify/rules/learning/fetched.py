"""What has become of data sets of scikit-learn, and whether it is seen what a program does with them."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.rules.provided import stand_in
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.steps import Shim

_SHOWS = frozenset({"print", "type", "dir", "display"})
NEW = "fetch_openml"


@dataclass(frozen=True, slots=True)
class DataSet:
    """``calls``: what the arguments of a call are now; ``parts``: what a part is now of what it gives.

    ``lines`` are statements that make of what it gives what it was, where it has a name. Then it has no
    parts but ``same``, and is not shown as a whole.
    """

    since: str
    text: str
    calls: Mapping[str, str]
    parts: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    same: frozenset[str] = frozenset()


ARRAYS = "return_X_y=True"
_BOSTON = 'name="boston", version=1, as_frame=True'
_MNIST = '"mnist_784", version=1, as_frame=False'
SETS = {
    "sklearn.datasets.load_boston": DataSet(
        "1.2",
        "load_boston is gone: take other data, such as fetch_california_housing(), or, as a DataFrame,"
        f" fetch_openml({_BOSTON})",
        {
            "": f"{{}}({_BOSTON})",
            ARRAYS: f"tuple(part.to_numpy(float) for part in {{}}({_BOSTON}, return_X_y=True))",
        },
        {
            "data": '{}.get("data").to_numpy(float)',
            "target": '{}.get("target").to_numpy(float)',
            "feature_names": '{}.get("data").columns.to_numpy()',
        },
    ),
    "sklearn.datasets.fetch_mldata": DataSet(
        "0.22",
        f"fetch_mldata is gone: fetch_openml({_MNIST}) has the digits of MNIST, in another order and with"
        " labels that are text",
        {f"'{name}'": f"{{}}({_MNIST})" for name in ("MNIST original", "MNIST Original")},
        lines=(
            "{0}.order = sorted(range(70000), key=lambda i: (i >= 60000, {0}.target[i]))",
            '{0}.data = {0}.data[{0}.order].astype("uint8")',
            "{0}.target = {0}.target[{0}.order].astype(float)",
        ),
        same=frozenset({"data", "target"}),
    ),
}  # fmt: skip


def arguments_of(call: cst.Call | ast.Call) -> str:
    """The arguments of a call as Python writes them."""
    tree = call if isinstance(call, ast.Call) else ast.parse(code_of(call), mode="eval").body
    given = [*tree.args, *tree.keywords] if isinstance(tree, ast.Call) else []
    return ", ".join(ast.unparse(one) for one in given)


def provided(full: str, context: Context) -> tuple[Shim, ...]:
    """What the setup cell has for a function that is called for known data, and nothing else."""
    calls = [
        one
        for unit in context.units
        for one in unit.of(ast.Call)
        if qualified(one.func, context.names) == full
    ]
    known = all(arguments_of(one) in SETS[full].calls for one in calls)
    uses = sum(
        qualified(one, context.names) == full
        for unit in context.units
        for one in unit.of(ast.Name, ast.Attribute)
    )
    return stand_in(full) if known and uses == len(calls) else ()


def is_mendable(function: str, context: Context) -> bool:
    """Whether nothing is done with what the function gives that is not seen: parts are taken of it."""
    if NEW in context.bound:
        return False
    one = SETS[function]
    nodes = [node for unit in context.units for node in unit.nodes]
    seen = {id(child) for node in nodes for child in _seen(node, one, context)}
    for node in nodes:
        match node:
            case ast.Call(func=func) if qualified(func, context.names) == function:
                arguments = arguments_of(node)
                if arguments not in one.calls:
                    return False
                if id(node) not in seen and arguments != ARRAYS:
                    return False
                seen.add(id(func))
            case ast.Name(ctx=ast.Load()) if context.kinds.of(node) == function:
                if id(node) not in seen:
                    return False
    return all(
        id(node) in seen or qualified(node, context.names) != function
        for node in nodes
        if isinstance(node, ast.Name | ast.Attribute)
    )


def _seen(node: ast.AST, one: DataSet, context: Context) -> Iterator[ast.AST]:
    """The children of a node with which it does what is understood."""
    match node:
        case (
            ast.Attribute(value=value, attr=str() as part)
            | ast.Subscript(value=value, slice=ast.Constant(value=str() as part))
        ):
            if not one.lines or (part in one.same and not isinstance(value, ast.Call)):
                yield value
        case ast.Assign(targets=[ast.Name() as name], value=value) if context.kinds.of(name):
            yield value
        case ast.Call(func=ast.Name(id=function), args=args) if function in _SHOWS:
            if not one.lines:
                yield from args
