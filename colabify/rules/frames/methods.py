"""Methods and attributes of frames and series that are called otherwise now, or are gone.

Source: pandas' release notes; the new names were run with pandas 2.2 and 1.5. What needs other arguments
too is in :mod:`~colabify.rules.frames.calls`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.families import Methods, Row
from colabify.rules.frames.accessors import WORDS, of_dates

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_BOTH = ("pandas.DataFrame", "pandas.Series")
_INDEXES = ("Index", "DatetimeIndex", "PeriodIndex", "TimedeltaIndex", "MultiIndex")
_GROUPS = ("pandas.DataFrameGroupBy", "pandas.SeriesGroupBy")


def _of(kinds: tuple[str, ...], name: str, row: Row) -> dict[str, Row]:
    return {f"{kind}.{name}": row for kind in kinds}


class PandasMethods(Methods):
    """Call methods of pandas objects by the names that they have now: ``items`` for ``iteritems``.

    pandas 1.0 and 2.0 removed the old names. Only what surely is a frame, a series or an index is rewritten.
    """

    code = "COL131"
    name = "pandas-methods"
    rows: ClassVar = {
        **_of(_BOTH, "iteritems", Row("items", since="pandas 2.0")),
        **_of(_BOTH, "iterkv", Row("items", since="pandas 1.0")),
        **_of(_BOTH, "get_values", Row("to_numpy", since="pandas 1.0")),
        **_of(_GROUPS, "pad", Row("ffill", since="pandas 2.0")),
        **_of(_GROUPS, "backfill", Row("bfill", since="pandas 2.0")),
        **_of(
            ("pandas.Series", *(f"pandas.{one}" for one in _INDEXES)), "is_monotonic",
            Row("is_monotonic_increasing", since="pandas 2.0"),
        ),
        "pandas.Series.valid": Row("dropna", since="pandas 1.0"),
        "pandas.MultiIndex.labels": Row("codes", since="pandas 1.0"),
        "pandas.DataFrame.lookup": Row(
            since="pandas 2.0",
            text="DataFrame.lookup is gone: df.to_numpy()[df.index.get_indexer(rows),"
            " df.columns.get_indexer(columns)] takes the same values",
        ),
        **_of(
            _BOTH, "select",
            Row(since="pandas 1.0", text=".select is gone: .loc[[...]] takes the labels that are wanted"),
        ),
        "pandas.DataFrame.to_panel": Row(
            since="pandas 1.0", text="pandas has no Panel any more: xarray holds such data (.to_xarray())"
        ),
        **_of(
            _BOTH, "to_sparse",
            Row(since="pandas 1.0", text=".to_sparse is gone: .astype(pd.SparseDtype(...)) does the same"),
        ),
        **_of(
            _BOTH, "to_msgpack",
            Row(since="pandas 1.0", text="pandas writes no msgpack any more: .to_pickle or .to_parquet"),
        ),
        **_of(
            _BOTH, "convert_objects",
            Row(
                since="pandas 1.0",
                text=".convert_objects is gone: pd.to_numeric or pd.to_datetime converts a column"
                " (errors='coerce' for what is no number)",
            ),
        ),
        "pandas.DataFrame.combineAdd": Row(
            since="pandas 1.0", text=".combineAdd is gone: .add(other, fill_value=0) does the same"
        ),
        "pandas.DataFrame.combineMult": Row(
            since="pandas 1.0", text=".combineMult is gone: .mul(other, fill_value=1) does the same"
        ),
        "pandas.DataFrame.ftypes": Row(since="pandas 1.0", text=".ftypes is gone: .dtypes has the types"),
        "pandas.ExcelWriter.save": Row(
            "close", since="pandas 2.0", text="an ExcelWriter is saved by its close(), which must come once"
        ),
    }  # fmt: skip
    rare = frozenset({"iterkv", "convert_objects", "to_msgpack", "combineAdd", "combineMult"})
    examples = (
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})\n"
                "x = [(name, len(one)) for name, one in df.iteritems()]\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})\n"
                "x = [(name, len(one)) for name, one in df.items()]\n", shows="x"),
        Example("import pandas as pd\ns = pd.Series([1, 2])\nx = list(s.iteritems())\n",
                "import pandas as pd\ns = pd.Series([1, 2])\nx = list(s.items())\n", shows="x"),
        Example("import pandas as pd\ns = pd.Series([1, 2])\nx = s.index.is_monotonic\n",
                "import pandas as pd\ns = pd.Series([1, 2])\nx = s.index.is_monotonic_increasing\n",
                shows="x"),
        Example("import pandas as pd\ndf = pd.DataFrame({'k': [1, 1], 'a': [1, None]})\n"
                "x = df.groupby('k').pad()\n",
                "import pandas as pd\ndf = pd.DataFrame({'k': [1, 1], 'a': [1, None]})\n"
                "x = df.groupby('k').ffill()\n", shows="x.a.tolist()"),
        Example("import pandas as pd\nwriter = pd.ExcelWriter('a.xlsx')\n"
                "pd.DataFrame({'a': [1]}).to_excel(writer)\nwriter.save()\n",
                "import pandas as pd\nwriter = pd.ExcelWriter('a.xlsx')\n"
                "pd.DataFrame({'a': [1]}).to_excel(writer)\nwriter.close()\n",
                shows="pd.read_excel('a.xlsx').a.tolist()"),
        Example("import pandas as pd\ndays = pd.Series(pd.date_range('2020-01-01', periods=2))\n"
                "x = days.dt.weekday_name\ny = days.dt.week - 2\n",
                "import pandas as pd\ndays = pd.Series(pd.date_range('2020-01-01', periods=2))\n"
                "x = days.dt.day_name()\ny = days.dt.isocalendar().week.astype(int) - 2\n",
                shows="x.tolist(), y.tolist()"),
        Example("import pandas as pd\ndef week(days):\n    return days.dt.week\n", told="isocalendar"),
        Example("import pandas as pd\nx = pd.Timestamp('2020-01-01').week\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1]})\nx = df.lookup([0], ['a'])\n",
                told="get_indexer"),
        Example("import pandas as pd\nx = load(pd).convert_objects(convert_numeric=True)\n",
                told="to_numeric"),
        Example("import pandas as pd\nfor key, value in {'a': 1}.iteritems():\n    print(key)\n"),
        Example("import pandas as pd\ndef show(df):\n    return list(df.iteritems())\n"),
        Example("import pandas as pd\ns = pd.Series([1])\ns = {}\nx = s.iteritems()\n"),
        Example("import pandas as pd\nmodel = Model(pd)\nmodel.save()\n"),
        Example("import pandas as pd\nwriter = pd.ExcelWriter('a.xlsx')\nwriter.close()\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The attribute under its new name; of dates, what gives the same."""
        import libcst as cst

        if isinstance(node, cst.Attribute) and node.attr.value in WORDS:
            return None if context.full_names(node.value) else of_dates(node, context)
        return super().check(node, context)


PandasMethods.needles |= WORDS
