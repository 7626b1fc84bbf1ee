"""pandas 1.0 removed ``.ix``: ``.loc`` goes by labels, ``.iloc`` by positions.

Source: pandas' release notes of 0.20 and 1.0. ``.ix`` took text, lists of texts and masks for labels, as
``.loc`` does. An integer it took for a label if the index was of integers, else for a position: what it meant
is known only where the index is, so that it is told and left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import text_of
from colabify.rules.frames.objects import FRAMES, kind_of
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_TEXT = (
    "there is no .ix any more: .loc goes by labels, .iloc by positions; .ix took integers for labels where"
    " the index is of integers, else for positions"
)


class FrameIx(Rule):
    """Write ``.loc`` for ``.ix`` where what stands in its brackets can only be labels or masks.

    Integers are left to a person: ``df.ix[0]`` was ``df.loc[0]`` or ``df.iloc[0]``, by the kind of the index.
    """

    code = "COL133"
    name = "pandas-ix"
    needles = frozenset({"ix"})
    packages = frozenset({"pandas"})
    nodes = ("Subscript",)
    examples = (
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})\nx = df.ix[:, 'a']\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})\nx = df.loc[:, 'a']\n",
                shows="x"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})\n"
                "df.ix[df.a > 1, ['b']] = 0\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})\n"
                "df.loc[df.a > 1, ['b']] = 0\n", shows="df"),
        Example("import pandas as pd\ns = pd.Series([1, 2, 3], index=list('abc'))\nx = s.ix['a':'b']\n",
                "import pandas as pd\ns = pd.Series([1, 2, 3], index=list('abc'))\nx = s.loc['a':'b']\n",
                shows="x"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1], 'b': [3]})\n"
                "x = df.ix[:, df.columns[1:]]\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1], 'b': [3]})\n"
                "x = df.loc[:, df.columns[1:]]\n", shows="x"),
        Example("import pandas as pd\ndef column(df):\n    return df.ix[:, 'a']\n"
                "x = column(pd.DataFrame({'a': [1]}))\n",
                "import pandas as pd\ndef column(df):\n    return df.loc[:, 'a']\n"
                "x = column(pd.DataFrame({'a': [1]}))\n", unsafe=True, shows="x"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})\nx = df.ix[0]\n", told=".iloc"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})\nx = df.ix[0, 'a']\n", told=".iloc"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})\nn = 1\nx = df.ix[n:, :]\n",
                told=".iloc"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})\nx = df.loc[0]\n"),
        Example("import numpy as np\nx = np.ix_([0, 1], [0, 1])\n"),
        Example("import pandas as pd\nix = {'a': 1}\nx = ix['a']\n"),
        Example("x = table.ix[:, 'a']\n"),
        Example("import pandas as pd\nd = {'ix': pd.Series([1])}\nx = d['ix']\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """``.ix`` is gone since pandas 1.0."""
        return is_gone("pandas 1.0", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The same item by ``.loc``, if it is one of labels; else what to do."""
        import libcst as cst

        match node:
            case cst.Subscript(
                value=cst.Attribute(value=owner, attr=cst.Name(value="ix")) as indexer
            ):
                pass
            case _:
                return None
        kind = kind_of(owner, context)
        if context.full_names(owner) or (kind and kind not in FRAMES):
            return None
        sure = kind in FRAMES
        if not all(_is_label(one.slice, owner, context) for one in node.slice):
            return Remedy(text=_TEXT, safety="report", fails=sure)
        new = node.with_changes(value=indexer.with_changes(attr=cst.Name("loc")))
        return Remedy(new, text=_TEXT, safety="safe" if sure else "unsafe", fails=sure)


def _is_label(part: cst.BaseSlice, owner: cst.BaseExpression, context: Context) -> bool:
    """Whether one part of the brackets is of labels: text, texts, a mask, the whole, the owner's own."""
    import libcst as cst

    match part:
        case cst.Slice(lower=lower, upper=upper, step=None):
            return all(one is None or text_of(one) is not None for one in (lower, upper))
        case cst.Index(value=cst.Comparison() | cst.UnaryOperation(operator=cst.BitInvert())):
            return True
        case cst.Index(value=cst.BinaryOperation(operator=cst.BitAnd() | cst.BitOr())):
            return True
        case cst.Index(value=cst.List(elements=[_, *_] as elements)):
            return all(text_of(one.value) is not None for one in elements)
        case cst.Index(value=value):
            own = any(
                code_of(value).startswith(f"{code_of(owner)}.{axis}[")
                for axis in ("columns", "index")
            )
            return context.kind(value) == "str" or (own and context.kind(value) == "pandas.Index")
    return False
