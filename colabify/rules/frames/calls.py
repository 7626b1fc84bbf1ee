"""Methods of frames and series that pandas removed and that are written otherwise now, as an expression.

Source: pandas' release notes of 0.18 to 2.0; each was run with pandas 2.2, and with 1.5 or 0.23 where those
still had it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.frames.objects import FRAMES, SERIES, has_comment, made, method_of
from colabify.rules.frames.rewritten import REWRITTEN, WITH_KEYWORD, Called
from colabify.rules.provided import stand_in
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Collection

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime
    from colabify.steps import Shim

_GROUPED = {"mad": "2.0", "tshift": "2.0", **dict.fromkeys(WITH_KEYWORD, "2.0")}
_RARE = frozenset(
    {"as_matrix", "get_dtype_counts", "reindex_axis", "sortlevel", "tshift", "iget_value"}
)
_TEXT = "pandas has no such .{} any more"
_LEVEL = "{0}(level=...) is groupby(level=...).{0}() now"
_TEXTS = {
    "as_matrix": "there is no .as_matrix() any more: .to_numpy() gives the array",
    "get_value": "there is no .get_value() any more: .at[row, column] has the value",
    "set_value": "there is no .set_value() any more: df.at[row, column] = value sets it",
    "sort": "there is no .sort() of frames any more: .sort_values(by) or .sort_index()",
    "order": "there is no .order() any more: .sort_values()",
    "sortlevel": "there is no .sortlevel() any more: .sort_index(level=...)",
    "mad": "there is no .mad() any more: (x - x.mean()).abs().mean() is the mean absolute deviation",
    "resample": "resample(how=...) is .resample(...).mean(), .sum() and so on now",
    "tshift": "there is no .tshift() any more: .shift(periods, freq=...)",
}


class PandasCalls(Rule):
    """Write what removed methods of frames did as it is done now: ``df.to_numpy()`` for ``df.as_matrix()``.

    So too ``sort``, ``order``, ``get_value``, ``set_value``, ``mad``, ``tshift``, ``clip_lower``,
    ``resample(how=)``, ``sum(level=)`` and others, if their object surely is a frame or a series.
    """

    code = "COL137"
    name = "pandas-calls"
    needles = frozenset(
        {*REWRITTEN, "set_value", "how", "fill_method", "level", "by", "categories", "ordered"}
    )
    packages = frozenset({"pandas"})
    nodes = ("Expr", "Assign", "Call")
    examples = (
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1], 'b': [2]})\nx = df.as_matrix(['b'])\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1], 'b': [2]})\nx = df[['b']].to_numpy()\n",
                shows="x.tolist()"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})\nx = df.get_value(1, 'a')\n"
                "df.set_value(0, 'a', 5)\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})\nx = df.at[1, 'a']\n"
                "df.at[0, 'a'] = 5\n", shows="x, df"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [2, 1], 'b': [1, 2]})\n"
                "x = df.sort('a', ascending=False)\ny = df.b.order()\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [2, 1], 'b': [1, 2]})\n"
                "x = df.sort_values('a', ascending=False)\ny = df.b.sort_values()\n"),
        Example("import pandas as pd\ns = pd.Series([2, 1])\ns.sort()\n",
                "import pandas as pd\ns = pd.Series([2, 1])\ns.sort_values(inplace=True)\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [2, 1]})\nx = df.sort_index(by='a')\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [2, 1]})\nx = df.sort_values(by='a')\n",
                shows="x"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [2, 1, 3]}, index=list('xyx'))\n"
                "x = df.sum(level=0)\ny = df['a'].mad()\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [2, 1, 3]}, index=list('xyx'))\n"
                "x = df.groupby(level=0, sort=False).sum()\n"
                "y = (df['a'] - df['a'].mean()).abs().mean()\n", shows="x, round(y, 9)"),
        Example("import pandas as pd\nts = pd.Series([1, 2], index=pd.date_range('2020', periods=2))\n"
                "x = ts.resample('2D', how='sum')\ny = ts.tshift(1, freq='D')\nz = ts.clip_lower(2)\n",
                "import pandas as pd\nts = pd.Series([1, 2], index=pd.date_range('2020', periods=2))\n"
                "x = ts.resample('2D').sum()\ny = ts.shift(1, freq='D')\nz = ts.clip(lower=2)\n",
                shows="x.tolist(), y.tolist(), z.tolist()"),
        Example("import pandas as pd\ns = pd.Series(['a', 'b'])\n"
                "x = s.astype('category', categories=['b', 'a'])\n",
                "import pandas as pd\ns = pd.Series(['a', 'b'])\n"
                "x = s.astype(pd.CategoricalDtype(categories=['b', 'a']))\n", shows="x.cat.codes.tolist()"),
        Example("import pandas as pd\ndef array(df):\n    return df.as_matrix()\n"
                "x = array(pd.DataFrame({'a': [1]})).tolist()\n",
                "import pandas as pd\ndef array(df):\n    return df.to_numpy()\n"
                "x = array(pd.DataFrame({'a': [1]})).tolist()\n", unsafe=True, shows="x"),
        Example("import pandas as pd\ndf = pd.DataFrame([[1.0, 2.0, 3.0]], columns=list('xyx'))\n"
                "x = df.mean(axis=1, level=0)\n",
                "import pandas as pd\ndf = pd.DataFrame([[1.0, 2.0, 3.0]], columns=list('xyx'))\n"
                "x = df.T.groupby(level=0, sort=False).mean().T\n", shows="x.values.tolist()"),
        Example("import pandas as pd\ndef monthly(ts):\n    return ts.resample('M', how='sum')\n",
                told="resample(how=...)"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [2]})\nx = df.mad()\n", told=".mad()"),
        Example("import pandas as pd\nnames = ['b', 'a']\nnames.sort()\n"),
        Example("import pandas as pd\nx = sympy_thing.as_matrix\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [2]})\nx = df.resample('D').sum()\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [2]})\nx = df.groupby(level=0).sum()\n"),
        Example("import pandas as pd\ndef first(df):\n    return df.get_value(0, 'a')\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [2]})\nx = df.mean(axis=1)\n"),
        Example("import numpy as np\nimport pandas as pd\nx = np.sort([2, 1])\n"),
        Example("import pandas as pd\ntree = Tree(pd)\ntree.set_value(1, 2, 3)\n"),
        Example("import pandas as pd\nx = pd.Index([2, 1]).sort_values()\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [2]})\nx = df.astype('category')\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What stands for the call now; as a statement of its own, what does what it did."""
        import libcst as cst

        match node:
            case cst.Expr(value=cst.Call() as call):
                return _statement(node, call, context)
            case cst.Assign(targets=[cst.AssignTarget(target=target)], value=cst.Call() as call):
                found = method_of(call, context)
                again = (
                    found is not None and found[2] == "set_value" and target.deep_equals(found[0])
                )
                return _statement(node, call, context) if again else None
            case cst.Call():
                return _expression(node, context)
        return None


def _called(call: cst.Call, context: Context) -> Called | None:
    found = method_of(call, context)
    return Called(call, found[0], found[1], found[2], context) if found is not None else None


def _statement(node: cst.Expr | cst.Assign, call: cst.Call, context: Context) -> Remedy | None:
    """``set_value`` and a series' ``sort``, which changed their object."""
    import libcst as cst

    found = _called(call, context)
    if found is None or found.kind not in FRAMES or not _applies("set_value", context.runtime):
        return None
    code = ""
    if found.method == "set_value":
        names = ("label",) if found.kind == SERIES else ("index", "col")
        given = found.given(*names, "value")
        if given and len(given) == len(names) + 1:
            at = ", ".join(given[name] for name in names)
            code = f"{found.code}.at[{at}] = {given['value']}"
    elif found.method == "sort" and found.kind == SERIES:
        given = found.given("axis", "ascending", "kind", "na_position", "inplace")
        if given is not None:
            listed = ", ".join(
                f"{name}={code}" for name, code in {**given, "inplace": "True"}.items()
            )
            code = f"{found.code}.sort_values({listed})"
    if not code or has_comment(call):
        return None
    line = cst.ensure_type(cst.parse_statement(code), cst.SimpleStatementLine)
    made = (line.body[0].with_changes(semicolon=node.semicolon),)
    return Remedy(made, text=_TEXTS[found.method], shims=_shims(found, frozenset()))


def _expression(call: cst.Call, context: Context) -> Remedy | None:
    found = _called(call, context)
    if found is None:
        return None
    keywords = {one.keyword.value for one in call.args if one.keyword is not None}
    needed, rewrite = WITH_KEYWORD.get(found.method, (frozenset(), None))
    if rewrite is None or not needed & keywords:
        rewrite = REWRITTEN.get(found.method)
    text = _TEXTS.get(found.method, _TEXT.format(found.method))
    if "level" in keywords and found.method not in REWRITTEN:
        text = _LEVEL.format(found.method)
    if (rewrite is None and found.method != "set_value") or not _applies(
        found.method, context.runtime
    ):
        return None
    sure = found.kind in FRAMES
    if not sure and (found.kind or not (found.method in _RARE or "how" in keywords)):
        return None
    code = rewrite(found) if rewrite is not None and not has_comment(call) else None
    if code is None or code == code_of(call):
        return Remedy(text=text, safety="report", fails=sure, shims=_shims(found, keywords))
    remedy = made(call, code, text, "safe" if sure else "unsafe")
    return replace(remedy, fails=sure, shims=_shims(found, keywords))


def _shims(found: Called, keywords: Collection[str]) -> tuple[Shim, ...]:
    """What the setup cell has for a method; of what may be either, for frames and for series."""
    if "fill_method" in keywords or found.method in ("astype", "sort_index"):
        return ()
    kinds = (found.kind,) if found.kind in FRAMES else sorted(FRAMES)
    return tuple(one for kind in kinds for one in stand_in(f"{kind}.{found.method}"))


def _applies(method: str, runtime: Runtime) -> bool:
    return is_gone(f"pandas {_GROUPED.get(method, '1.0')}", runtime)
