"""Arguments that pandas 2.0 takes by keyword alone: ``df.drop("a", axis=1)``, not ``df.drop("a", 1)``.

Source: pandas' release notes of 1.3 to 2.0; the orders are those that the signatures of pandas 0.23, 1.5 and
2.2 agree on, read from the installed libraries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import constant_of, functions_of, has_star, named
from colabify.rules.frames.objects import FRAMES, kind_of
from colabify.rules.provided import order_shims, providing
from colabify.rules.since import is_gone
from colabify.rules.whole import least

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime
    from colabify.steps import Shim

_FUNCTIONS = {
    "pandas.concat": "objs | axis join",
    "pandas.pivot": "data | index columns values",
    "pandas.read_csv": "path | sep delimiter header names index_col usecols",
    "pandas.read_excel": "io sheet_name | header names index_col usecols",
    "pandas.read_fwf": "path | colspecs widths",
    "pandas.read_html": "io | match flavor header index_col skiprows attrs parse_dates",
    "pandas.read_json": "path | orient typ dtype convert_axes convert_dates keep_default_dates",
    "pandas.read_sas": "path | format index encoding chunksize iterator",
    "pandas.read_stata": "path | convert_dates convert_categoricals",
    "pandas.read_table": "path | sep delimiter header names index_col usecols",
}
_FILLED = "| axis inplace limit downcast"
_EITHER = {
    "any": "| axis bool_only skipna",
    "backfill": _FILLED,
    "bfill": _FILLED,
    "clip": "lower upper | axis inplace",
    "drop": "labels | axis index columns level inplace errors",
    "ffill": _FILLED,
    "fillna": "value | method axis inplace limit downcast",
    "interpolate": "method | axis limit inplace limit_direction limit_area downcast",
    "mask": "cond other | inplace axis level",
    "pad": _FILLED,
    "replace": "to_replace value | inplace limit regex method",
    "sort_index": "| axis level ascending inplace kind na_position sort_remaining",
    "where": "cond other | inplace axis level",
}
_OF_FRAME = {
    "drop_duplicates": "subset | keep inplace",
    "dropna": "| axis how thresh subset inplace",
    "eval": "expr | inplace",
    "pivot": "| index columns values",
    "query": "expr | inplace",
    "reset_index": "level | drop inplace col_level col_fill",
    "set_index": "keys | drop append inplace verify_integrity",
    "sort_values": "by | axis ascending inplace kind na_position",
}
_OF_SERIES = {
    "drop_duplicates": "| keep inplace",
    "dropna": "| axis inplace",
    "reset_index": "level | drop name inplace",
    "sort_values": "| axis ascending inplace kind na_position",
    "str.rsplit": "pat | n expand",
    "str.split": "pat | n expand",
}
_ROWS = {
    **_FUNCTIONS,
    **{f"{kind}.{name}": row for kind in sorted(FRAMES) for name, row in _EITHER.items()},
    **{f"pandas.DataFrame.{name}": row for name, row in _OF_FRAME.items()},
    **{f"pandas.Series.{name}": row for name, row in _OF_SERIES.items()},
}
_LEAST = least((name, len(row.partition("|")[0].split())) for name, row in _ROWS.items())
_AXES = (0, 1, "columns", "index")
_TEXT = "pandas 2.0 takes {} by keyword alone"


class PositionalArguments(Rule):
    """Give arguments by keyword that pandas 2.0 takes no other way: ``df.drop("a", axis=1)``.

    Methods only of what surely is a frame or a series; the new form is right for every pandas.
    """

    code = "COL135"
    name = "pandas-positional"
    needles = frozenset(name.rpartition(".")[2] for name in _ROWS)
    packages = frozenset({"pandas"})
    nodes = ("Call",)
    examples = (
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1], 'b': [2]})\nx = df.drop('a', 1)\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1], 'b': [2]})\nx = df.drop('a', axis=1)\n",
                shows="x"),
        Example("from io import StringIO\nimport pandas as pd\n"
                "x = pd.read_csv(StringIO('a;b\\n1;2\\n'), ';')\n",
                "from io import StringIO\nimport pandas as pd\n"
                "x = pd.read_csv(StringIO('a;b\\n1;2\\n'), sep=';')\n", shows="x"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 1], 'b': ['x', 'y'], 'c': [3, 4]})\n"
                "x = df.pivot('a', 'b', 'c')\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1, 1], 'b': ['x', 'y'], 'c': [3, 4]})\n"
                "x = df.pivot(index='a', columns='b', values='c')\n", shows="x.to_dict()"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, None]})\nx = df.isnull().any(1)\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1, None]})\nx = df.isnull().any(axis=1)\n",
                shows="x"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': ['1,2']})\nx = df.a.str.split(',', 1)\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': ['1,2']})\nx = df.a.str.split(',', n=1)\n",
                shows="x"),
        Example("import pandas as pd\nx = pd.concat([pd.Series([1]), pd.Series([2])], 1)\n",
                "import pandas as pd\nx = pd.concat([pd.Series([1]), pd.Series([2])], axis=1)\n", shows="x"),
        Example("import pandas as pd\ndef less(df):\n    return df.drop(['a'], 1)\n"
                "x = less(pd.DataFrame({'a': [1], 'b': [2]}))\n",
                "import pandas as pd\ndef less(df):\n    return df.drop(['a'], axis=1)\n"
                "x = less(pd.DataFrame({'a': [1], 'b': [2]}))\n", unsafe=True, shows="x"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1]})\nx = df.drop('a', axis=1)\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1]})\nx = df.sum(1) + df.mean(1)\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1]})\nx = df.fillna(0)\n"),
        Example("import pandas as pd\nargs = ['a', 1]\ndf = pd.DataFrame({'a': [1]})\nx = df.drop(*args)\n"),
        Example("import pandas as pd\nx = 'a,b,c'.split(',', 1)\n"),
        Example("import pandas as pd\nx = 'a'.replace('a', 'b', 1)\n"),
        Example("import pandas as pd\nx = stack.drop(item, 3)\n"),
        Example("import numpy as np\nimport pandas as pd\nx = np.any([1], 0)\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """These arguments have been by keyword alone since pandas 2.0."""
        return is_gone("pandas 2.0", runtime)

    def concerns(self, context: Context) -> bool:
        """Whether a call here gives more by position than one of that name takes."""
        return context.here is not None and context.here.gives_more(_LEAST)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with what stands too far back by keyword."""
        import libcst as cst

        if not isinstance(node, cst.Call) or has_star(node) or len(node.args) == 0:
            return None
        for function in _called(node, context):
            if function in _ROWS:
                found = _by_keyword(node, _ROWS[function], "safe")
                return providing(found, _shims(function, _ROWS[function]))
        if _drops_along_axis(node, context):
            row = _EITHER["drop"]
            shims = [one for kind in sorted(FRAMES) for one in _shims(f"{kind}.drop", row)]
            return providing(_by_keyword(node, row, "unsafe"), tuple(shims))
        return None


def _shims(function: str, row: str) -> tuple[Shim, ...]:
    before, _, behind = row.partition("|")
    return order_shims(function, len(before.split()), behind.split())


def _called(call: cst.Call, context: Context) -> tuple[str, ...]:
    import libcst as cst

    found = functions_of(call, context)
    match call.func:
        case cst.Attribute(value=cst.Attribute(value=owner, attr=cst.Name(value="str")), attr=name):
            if kind_of(owner, context) == "pandas.Series":
                return (f"pandas.Series.str.{name.value}",)
        case cst.Attribute(value=owner, attr=name) if not found:
            kind = kind_of(owner, context)
            return (f"{kind}.{name.value}",) if kind else ()
    return found


def _drops_along_axis(call: cst.Call, context: Context) -> bool:
    """``x.drop(labels, 1)`` of what is not known: nothing but pandas drops along an axis."""
    import libcst as cst

    match call:
        case cst.Call(
            func=cst.Attribute(value=owner, attr=cst.Name(value="drop")), args=[first, second, *_]
        ):
            if (
                context.full_names(owner)
                or kind_of(owner, context)
                or second.keyword
                or first.keyword
            ):
                return False
            value = constant_of(second.value)
            return value in _AXES and not isinstance(value, bool)
    return False


def _by_keyword(call: cst.Call, row: str, safety: str) -> Remedy | None:
    before, _, behind = row.partition("|")
    first, names = len(before.split()), [*before.split(), *behind.split()]
    args, told = [], []
    for index, one in enumerate(call.args):
        if one.keyword is not None or index < first:
            args.append(one)
        elif index < len(names):
            told.append(f"{names[index]}=")
            args.append(named(one, names[index]))
        else:
            return Remedy(text=_TEXT.format(f"all but {first} arguments"), safety="report")
    if not told:
        return None
    text = _TEXT.format(" and ".join(told))
    if safety == "unsafe":
        return Remedy(call.with_changes(args=args), text=text, safety="unsafe", fails=False)
    return Remedy(call.with_changes(args=args), text=text)
