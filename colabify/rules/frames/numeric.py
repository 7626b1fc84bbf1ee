"""pandas 2.0 no longer leaves out columns of text by itself: ``df.corr()`` and ``df.mean()`` fail on them.

Source: pandas' release notes of 1.5 and 2.0; run with pandas 1.5 and 2.2. ``numeric_only=True`` gives what
the old call gave, and changes nothing where all columns are numbers; ``DataFrame.corr`` has it since 1.5.
Whether a frame that is read from a file holds text is not known from the code alone, unless that treats a
column of it as text.
"""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from colabify.once import once
from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import has_star, with_keyword
from colabify.rules.frames.objects import FRAME, method_of
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.rules.whole import Whole
    from colabify.runtime import Runtime

_METHODS = frozenset({"corr", "cov", "mean", "median", "std", "var", "sem", "skew"})
_GROUPED = frozenset({"mean", "median", "std", "var", "sem"})
_TEXT = (
    "pandas 2.0 fails on columns of text here: numeric_only=True leaves them out, as older ones did"
)


class NumericOnly(Rule):
    """Leave columns of text out of ``corr``, ``mean`` and the like by ``numeric_only=True``, as pandas did.

    Only of frames of which the notebook shows that they hold text; so too of their groups.
    """

    code = "COL139"
    name = "pandas-numeric-only"
    needles = _METHODS
    packages = frozenset({"pandas"})
    nodes = ("Call",)
    examples = (
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'b': [2, 3], 'c': ['x', 'y']})\n"
                "x = df.corr()\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'b': [2, 3], 'c': ['x', 'y']})\n"
                "x = df.corr(numeric_only=True)\n", shows="round(x, 9)"),
        Example("from io import StringIO\nimport pandas as pd\n"
                "df = pd.read_csv(StringIO('k,a,c\\n1,2,x\\n1,4,y\\n'))\n"
                "some = df[df['c'] == 'x']\nx = df.groupby('k').mean()\n",
                "from io import StringIO\nimport pandas as pd\n"
                "df = pd.read_csv(StringIO('k,a,c\\n1,2,x\\n1,4,y\\n'))\n"
                "some = df[df['c'] == 'x']\nx = df.groupby('k').mean(numeric_only=True)\n",
                shows="list(x.columns), float(x.a.iloc[0])"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'c': ['x', 'y']})\n"
                "x = df.c.str.upper()\ny = df.std(ddof=0)\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'c': ['x', 'y']})\n"
                "x = df.c.str.upper()\ny = df.std(ddof=0, numeric_only=True)\n", shows="y"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'b': [2, 3]})\nx = df.corr()\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'c': ['x', 'y']})\n"
                "x = df[['a']].mean()\ny = df['a'].mean()\nz = df.sum()\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'c': ['x', 'y']})\n"
                "x = df.groupby('c')['a'].mean()\n"),
        Example("import numpy as np\nimport pandas as pd\nx = np.mean([1, 2])\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1], 'c': ['x']})\n"
                "x = df.mean(numeric_only=False)\n"),
        Example("import pandas as pd\ndf = pd.read_csv('a.csv')\nx = df.corr()\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})\nx = df.mean()\n"
                "df = pd.DataFrame({'a': [1, 2], 'c': ['x', 'y']})\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """Columns of text are no longer left out since pandas 2.0."""
        return is_gone("pandas 2.0", runtime)

    def concerns(self, context: Context) -> bool:
        """Whether the methods are those of names here that are shown to hold text."""
        calls = context.here.calls if context.here else ()
        owners = {
            one.id
            for last, call in calls
            if last in _METHODS
            for one in ast.walk(call.func)
            if isinstance(one, ast.Name)
        }
        return bool(owners) and not owners.isdisjoint(_with_text(context.whole))

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with ``numeric_only=True``, if the frame is shown to hold text."""
        import libcst as cst

        found = method_of(node, context)
        if (
            found is None
            or not isinstance(node, cst.Call)
            or found[2] not in _METHODS
            or has_star(node)
        ):
            return None
        if any(
            one.keyword is not None and one.keyword.value == "numeric_only" for one in node.args
        ):
            return None
        owner, kind, method = found
        if kind == "pandas.DataFrameGroupBy" and method in _GROUPED:
            match owner:
                case cst.Call(func=cst.Attribute(value=owner, attr=cst.Name(value="groupby"))):
                    kind = context.kind(owner)
        if (
            kind != FRAME
            or not isinstance(owner, cst.Name)
            or owner.value not in _with_text(context.whole)
        ):
            return None
        return Remedy(with_keyword(node, "numeric_only", "True"), text=_TEXT)


@once
def _with_text(whole: Whole) -> frozenset[str]:
    """The names of frames a column of which is made of text, compared with text, or treated as text.

    A name that stands for one frame after another tells nothing of any of them.
    """
    nodes = (
        node for unit in whole.units for node in unit.of(ast.Assign, ast.Compare, ast.Attribute)
    )
    treated = {name for node in nodes for name in _treated(node)}
    news = Counter(
        name
        for unit in whole.units
        for node in unit.of(ast.Assign)
        for name in _bound_anew(node, treated)
    )
    return frozenset(name for name in treated if news[name] == 1)


def _bound_anew(node: ast.Assign, known: set[str]) -> Iterator[str]:
    """Those of the names ``known`` that are bound to what is not made of what the name held."""
    names = {target.id for target in node.targets if isinstance(target, ast.Name)} & known
    if names:
        yield from names - {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}


def _treated(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Assign(
            targets=[ast.Name(id=name)], value=ast.Call(args=[ast.Dict(values=columns), *_])
        ):
            if any(_is_text(one) for column in columns for one in getattr(column, "elts", ())):
                yield name
        case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq()], comparators=[right]) if _is_text(
            right
        ):
            yield from _column_of(left)
        case ast.Attribute(attr="str", value=column):
            yield from _column_of(column)


def _column_of(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str())):
            yield name
        case ast.Attribute(value=ast.Name(id=name)):
            yield name


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
