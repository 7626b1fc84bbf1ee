"""Data sets that scikit-learn no longer has: Boston's houses (gone in 1.2), and mldata.org (0.22).

Source: the release notes, and the documentation of ``fetch_openml`` in 1.1 and 1.6. OpenML has both. In its
Boston data two columns are categories, which come as the numbers of their categories in an array, and as what
they are in a frame: so the frame is asked for, and made an array of floats as ``load_boston`` gave it. The
digits' labels are text there, and their order is that of the original files, not sorted as on mldata.org.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import constant_of
from colabify.rules.learning.fetched import NEW, SETS, DataSet, arguments_of, is_mendable, provided
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_FUNCTIONS = frozenset(name.rpartition(".")[2] for name in SETS)


class LearningData(Rule):
    """Fetch from OpenML the data sets that are no longer in scikit-learn: Boston's houses, and MNIST.

    ``boston.data`` is the array of floats that it was, and the digits come in the order in which they were.
    Where a data set is handed on as a whole it stays: what is done with it there is not seen. For the digits
    the setup cell then has a ``fetch_mldata``. The Boston data were removed for what they say of people;
    consider others.
    """

    code = "COL148"
    name = "sklearn-datasets"
    needles = _FUNCTIONS | {part for one in SETS.values() for part in one.parts}
    packages = frozenset({"sklearn"})
    nodes = ("Assign", "Attribute", "Call", "ImportFrom", "Subscript")
    examples = (
        Example("from sklearn.datasets import load_boston, load_iris\nboston = load_boston()\n"
                "X, y = boston.data, boston['target']\n",
                "from sklearn.datasets import fetch_openml, load_iris\n"
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
                "mnist.order = sorted(range(70000), key=lambda i: (i >= 60000, mnist.target[i]))\n"
                'mnist.data = mnist.data[mnist.order].astype("uint8")\n'
                "mnist.target = mnist.target[mnist.order].astype(float)\n"
                "X, y = mnist['data'], mnist['target']\n",
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
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
                return _named(node, name, context)
            case cst.Call():
                return _called(node, context)
            case cst.Attribute() if context.qualified(node) in SETS:
                full = context.qualified(node)
                mended = _set_of(full, context) is None or is_mendable(full, context)
                return None if mended else _left(full, context)
            case cst.Attribute():
                return _part(node, node.attr.value, context)
            case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=value))]):
                part = constant_of(value)
                return _part(node, part, context) if isinstance(part, str) else None
        return None


def _set_of(full: str, context: Context) -> DataSet | None:
    """The data set of which this is the old function, or the kind, if it is gone."""
    one = SETS.get(full)
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
    if any(alias.asname for alias, _ in gone) or not all(
        is_mendable(one, context) for one in names
    ):
        return _left(names[0], context)
    first = gone[0][0] if all(code_of(alias.name) != NEW for alias in node.names) else None
    kept = [
        alias for alias in node.names if alias is first or all(alias is not old for old, _ in gone)
    ]
    kept = [one.with_changes(name=cst.Name(NEW)) if one is first else one for one in kept]
    kept[-1] = kept[-1].with_changes(comma=node.names[-1].comma)
    shims = tuple(shim for one in names for shim in provided(one, context))
    return Remedy((node.with_changes(names=kept),), text=gone[0][1].text, shims=shims)


def _named(node: cst.Assign, name: str, context: Context) -> Remedy | None:
    """A data set under a name, made what it was by further statements."""
    import libcst as cst

    call = node.value
    full = context.qualified(call.func) if isinstance(call, cst.Call) else ""
    one = _set_of(full, context)
    if one is None or not one.lines or not is_mendable(full, context):
        return None
    lines = [cst.parse_statement(line.format(name)) for line in one.lines]
    made = [cst.ensure_type(line, cst.SimpleStatementLine).body[0] for line in lines]
    first = node.with_changes(value=_call(cst.ensure_type(call, cst.Call), one))
    made[-1] = made[-1].with_changes(semicolon=node.semicolon)
    first = first.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)
    return Remedy((first, *made), text=one.text, shims=provided(full, context))


def _called(node: cst.Call, context: Context) -> Remedy | None:
    full = context.qualified(node.func)
    one = _set_of(full, context)
    if one is None:
        return None
    if arguments_of(node) not in one.calls or not is_mendable(full, context):
        return _left(full, context)
    return None if one.lines else Remedy(_call(node, one), text=one.text)


def _call(node: cst.Call, one: DataSet) -> cst.BaseExpression:
    import libcst as cst

    attribute = isinstance(node.func, cst.Attribute)
    func = f"{code_of(node.func.value)}.{NEW}" if attribute else NEW  # type: ignore[attr-defined]
    return cst.parse_expression(one.calls[arguments_of(node)].format(func))


def _left(full: str, context: Context) -> Remedy:
    """What is not rewritten: the setup cell provides it, or a person is told."""
    return Remedy(text=SETS[full].text, safety="report", shims=provided(full, context))


def _part(node: cst.Attribute | cst.Subscript, part: str, context: Context) -> Remedy | None:
    """The part of a data set as it was, of a frame or in text as it comes now."""
    import libcst as cst

    kind = context.kind(node.value)
    one = _set_of(kind, context)
    if one is None or part not in one.parts or not is_mendable(kind, context):
        return None
    new = cst.parse_expression(one.parts[part].format(code_of(node.value)))
    return Remedy(new, text=one.text, fails=False)
