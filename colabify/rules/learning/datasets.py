"""Data sets that scikit-learn no longer has: Boston's houses (gone in 1.2), and mldata.org (0.22).

Source: the release notes, and the documentation of ``fetch_openml`` in 1.1 and 1.6. OpenML has both. In its
Boston data two columns are categories, which come as the numbers of their categories in an array, and as what
they are in a frame: so the frame is asked for, and made an array of floats as ``load_boston`` gave it. The
digits' labels are text there, and their order is that of the original files, not sorted as on mldata.org.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.program import qualified
from colabify.rules.base import Example, Remedy, Rule, Safety
from colabify.rules.calls import constant_of
from colabify.rules.imports import code_of
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import libcst as cst

    from colabify.rules.context import Context

_SHOWS = frozenset({"print", "type", "dir", "display"})
_NEW = "fetch_openml"


@dataclass(frozen=True, slots=True)
class _DataSet:
    """``calls``: what the arguments of a call are now; ``parts``: what a part is now of what it gives."""

    since: str
    text: str
    calls: Mapping[str, str]
    parts: Mapping[str, str]
    safety: Safety = "safe"


_ARRAYS = "return_X_y=True"
_BOSTON = 'name="boston", version=1, as_frame=True'
_MNIST = '"mnist_784", version=1, as_frame=False'
_SETS = {
    "sklearn.datasets.load_boston": _DataSet(
        "1.2",
        "load_boston is gone: take other data, such as fetch_california_housing(), or, as a DataFrame,"
        f" fetch_openml({_BOSTON})",
        {
            "": f"{{}}({_BOSTON})",
            _ARRAYS: f"tuple(part.to_numpy(float) for part in {{}}({_BOSTON}, return_X_y=True))",
        },
        {
            "data": '{}.get("data").to_numpy(float)',
            "target": '{}.get("target").to_numpy(float)',
            "feature_names": '{}.get("data").columns.to_numpy()',
        },
    ),
    "sklearn.datasets.fetch_mldata": _DataSet(
        "0.22",
        f"fetch_mldata is gone: fetch_openml({_MNIST}) has the digits of MNIST, in another order and with"
        " labels that are text",
        {f"'{name}'": f"{{}}({_MNIST})" for name in ("MNIST original", "MNIST Original")},
        {"target": '{}.get("target").astype(float)'},
        "unsafe",
    ),
}  # fmt: skip


_FUNCTIONS = frozenset(name.rpartition(".")[2] for name in _SETS)


class LearningData(Rule):
    """Fetch from OpenML the data sets that are no longer in scikit-learn: Boston's houses, and MNIST.

    ``boston.data`` is the array of floats that it was. ``fetch_mldata`` is replaced with ``--unsafe-fixes``,
    because the digits come in another order. Where a data set is handed on as a whole it stays: what is done
    with it there is not seen. The Boston data were removed for what they say of people; consider others.
    """

    code = "COL148"
    name = "sklearn-datasets"
    needles = _FUNCTIONS | {part for one in _SETS.values() for part in one.parts}
    packages = frozenset({"sklearn"})
    nodes = ("Attribute", "Call", "ImportFrom", "Subscript")
    examples = (
        Example("from sklearn.datasets import load_boston, load_iris\nboston = load_boston()\n"
                "X, y = boston.data, boston['target']\n",
                "from sklearn.datasets import load_iris, fetch_openml\n"
                'boston = fetch_openml(name="boston", version=1, as_frame=True)\n'
                'X, y = boston.get("data").to_numpy(float), boston.get("target").to_numpy(float)\n',
                not_run="it downloads from OpenML"),
        Example("from sklearn import datasets\nX, y = datasets.load_boston(return_X_y=True)\n",
                "from sklearn import datasets\n"
                'X, y = tuple(part.to_numpy(float) for part in datasets.fetch_openml(name="boston", '
                "version=1, as_frame=True, return_X_y=True))\n", not_run="it downloads from OpenML"),
        Example("from sklearn.datasets import fetch_mldata\nmnist = fetch_mldata('MNIST original')\n"
                "X, y = mnist['data'], mnist['target']\n",
                "from sklearn.datasets import fetch_openml\n"
                'mnist = fetch_openml("mnist_784", version=1, as_frame=False)\n'
                "X, y = mnist['data'], mnist.get(\"target\").astype(float)\n", unsafe=True,
                not_run="it downloads from OpenML"),
        Example("from sklearn.datasets import load_boston\nboston = load_boston()\nstudy(boston)\n",
                told="fetch_california_housing"),
        Example("from sklearn import datasets\nfor load in [datasets.load_boston]:\n    load()\n",
                told="fetch_california_housing"),
        Example("from sklearn.datasets import load_iris\niris = load_iris()\niris.data, iris.target\n"),
        Example("import sklearn\nboston.data\n"),
    )  # fmt: skip

    def concerns(self, context: Context) -> bool:
        """Whether the program uses one of the data sets anywhere."""
        return any(name.rpartition(".")[2] in _FUNCTIONS for name in context.used)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call, the part of what it gave, or the import, as it is to be now."""
        import libcst as cst

        match node:
            case cst.ImportFrom():
                return _imported(node, context)
            case cst.Call():
                return _called(node, context)
            case cst.Attribute() if context.qualified(node) in _SETS:
                one = _set_of(context.qualified(node), context)
                mended = one is not None and _is_mendable(context.qualified(node), context)
                return Remedy(text=one.text, safety="report") if one and not mended else None
            case cst.Attribute():
                return _part(node, node.attr.value, context)
            case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=value))]):
                part = constant_of(value)
                return _part(node, part, context) if isinstance(part, str) else None
        return None


def _set_of(full: str, context: Context) -> _DataSet | None:
    """The data set of which this is the old function, or the kind, if it is gone."""
    one = _SETS.get(full)
    return (
        one if one is not None and is_gone(f"scikit-learn {one.since}", context.runtime) else None
    )


def _imported(node: cst.ImportFrom, context: Context) -> Remedy | None:
    import libcst as cst

    if isinstance(node.names, cst.ImportStar) or node.module is None or node.relative:
        return None
    module = code_of(node.module)
    gone = [
        (alias, one)
        for alias in node.names
        if (one := _set_of(f"{module}.{code_of(alias.name)}", context)) is not None
    ]
    if not gone:
        return None
    names = [f"{module}.{code_of(alias.name)}" for alias, _ in gone]
    text, safety = gone[0][1].text, max(one.safety for _, one in gone)
    if any(alias.asname for alias, _ in gone) or not all(
        _is_mendable(one, context) for one in names
    ):
        return Remedy(text=text, safety="report")
    kept = [alias for alias in node.names if all(alias is not old for old, _ in gone)]
    if not any(code_of(alias.name) == _NEW for alias in kept):
        if kept:
            comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
            kept[-1] = kept[-1].with_changes(comma=comma)
        kept.append(gone[-1][0].with_changes(name=cst.Name(_NEW)))
    kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    return Remedy((node.with_changes(names=kept),), text=text, safety=safety)


def _called(node: cst.Call, context: Context) -> Remedy | None:
    import libcst as cst

    full = context.qualified(node.func)
    one = _set_of(full, context)
    if one is None:
        return None
    new = one.calls.get(_arguments(node))
    if new is None or not _is_mendable(full, context):
        return Remedy(text=one.text, safety="report")
    attribute = isinstance(node.func, cst.Attribute)
    func = f"{code_of(node.func.value)}.{_NEW}" if attribute else _NEW  # type: ignore[attr-defined]
    return Remedy(cst.parse_expression(new.format(func)), text=one.text, safety=one.safety)


def _arguments(call: cst.Call | ast.Call) -> str:
    """The arguments of a call as Python writes them."""
    tree = call if isinstance(call, ast.Call) else ast.parse(code_of(call), mode="eval").body
    given = [*tree.args, *tree.keywords] if isinstance(tree, ast.Call) else []
    return ", ".join(ast.unparse(one) for one in given)


def _part(node: cst.Attribute | cst.Subscript, part: str, context: Context) -> Remedy | None:
    """The part of a data set as it was, of a frame or in text as it comes now."""
    import libcst as cst

    kind = context.kind(node.value)
    one = _set_of(kind, context)
    if one is None or part not in one.parts or not _is_mendable(kind, context):
        return None
    new = cst.parse_expression(one.parts[part].format(code_of(node.value)))
    return Remedy(new, text=one.text, safety=one.safety, fails=False)


def _is_mendable(function: str, context: Context) -> bool:
    """Whether nothing is done with what the function gives that is not seen: parts are taken of it."""
    if _NEW in context.bound:
        return False
    nodes = [node for unit in context.units for node in unit.nodes]
    seen = {id(one) for node in nodes for one in _seen(node, context)}
    for node in nodes:
        match node:
            case ast.Call(func=func) if qualified(func, context.names) == function:
                arguments = _arguments(node)
                if arguments not in _SETS[function].calls:
                    return False
                if id(node) not in seen and arguments != _ARRAYS:
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


def _seen(node: ast.AST, context: Context) -> Iterator[ast.AST]:
    """The children of a node with which it does what is understood."""
    match node:
        case (
            ast.Attribute(value=value) | ast.Subscript(value=value, slice=ast.Constant(value=str()))
        ):
            yield value
        case ast.Assign(targets=[ast.Name() as name], value=value) if context.kinds.of(name):
            yield value
        case ast.Call(func=ast.Name(id=function), args=args) if function in _SHOWS:
            yield from args
