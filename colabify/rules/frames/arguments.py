"""Keyword arguments of pandas that are called otherwise now, or are gone.

Source: pandas' release notes of 0.2x, 1.x and 2.0; each row was run with pandas 2.2, and with 1.5 or 0.23,
where the old keyword still stood. The new ones are there since pandas 1.5 at the latest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.families import Keyword, Keywords
from colabify.rules.frames.more_arguments import MENDED, mended_further

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_BOTH = ("pandas.DataFrame", "pandas.Series")
_CSV = ("pandas.read_csv", "pandas.read_table")
_EXCEL = ("pandas.read_excel", "pandas.ExcelFile.parse")


def _of(functions: tuple[str, ...], keyword: str, row: Keyword) -> dict[str, Keyword]:
    return {f"{function}({keyword})": row for function in functions}


def _without(since: str, *values: str) -> Keyword:
    """The call is right without the keyword, if it has one of the values; any, if none is named."""
    return Keyword(
        since=since, drop=True, values={one: one for one in values} or None, only=bool(values)
    )


class PandasArguments(Keywords):
    """Give arguments of pandas the names and values that they have now: ``on_bad_lines="skip"``.

    ``read_csv(error_bad_lines=False)``, ``read_excel(sheetname=)``, ``to_csv(line_terminator=)``,
    ``date_range(closed=)`` and others went with pandas 1.0 and 2.0.
    """

    code = "COL134"
    name = "pandas-arguments"
    rows: ClassVar = {
        **_of(_CSV, "skip_footer", Keyword("skipfooter", since="pandas 1.0")),
        **_of(_CSV, "mangle_dupe_cols", _without("pandas 2.0", "True")),
        **_of(_CSV, "squeeze", _without("pandas 2.0", "False")),
        **_of(_CSV, "tupleize_cols", _without("pandas 1.0")),
        **_of(_EXCEL, "sheetname", Keyword("sheet_name", since="pandas 1.0")),
        **_of(_EXCEL, "skip_footer", Keyword("skipfooter", since="pandas 1.0")),
        **_of(_EXCEL, "mangle_dupe_cols", _without("pandas 2.0", "True")),
        **_of(_EXCEL, "squeeze", _without("pandas 2.0", "False")),
        **_of(_EXCEL, "convert_float", _without("pandas 2.0", "True")),
        **_of(_EXCEL, "encoding", _without("pandas 1.0")),
        **_of(
            tuple(f"{one}.to_csv" for one in _BOTH), "line_terminator",
            Keyword("lineterminator", since="pandas 2.0"),
        ),
        **_of(tuple(f"{one}.to_excel" for one in _BOTH), "encoding", _without("pandas 2.0")),
        **_of(tuple(f"{one}.to_excel" for one in _BOTH), "verbose", _without("pandas 2.0")),
        **_of(
            tuple(f"{one}.describe" for one in _BOTH), "datetime_is_numeric", _without("pandas 2.0", "True")
        ),
        **_of(tuple(f"{one}.set_axis" for one in _BOTH), "inplace", _without("pandas 2.0", "False")),
        **_of(tuple(f"{one}.groupby" for one in _BOTH), "squeeze", _without("pandas 2.0", "False")),
        **_of(tuple(f"{one}.to_sql" for one in _BOTH), "flavor", _without("pandas 0.23", "'sqlite'", "None")),
        "pandas.DataFrame.info(null_counts)": Keyword("show_counts", since="pandas 2.0"),
        **_of(
            ("pandas.date_range", "pandas.bdate_range"), "closed",
            Keyword("inclusive", since="pandas 2.0", values={"None": "'both'"}),
        ),
        "pandas.Series.between(inclusive)": Keyword(
            since="pandas 2.0", values={"True": "'both'", "False": "'neither'"}, only=True
        ),
        **_of(
            ("pandas.DataFrame.drop_duplicates", "pandas.DataFrame.duplicated"), "cols",
            Keyword("subset", since="pandas 0.23"),
        ),
        **_of(
            tuple(f"{one}.{name}" for one in _BOTH for name in ("drop_duplicates", "duplicated")),
            "take_last",
            Keyword("keep", since="pandas 0.23", values={"True": "'last'", "False": "'first'"}, only=True),
        ),
        **_of(
            ("pandas.pivot_table", "pandas.DataFrame.pivot_table", "pandas.crosstab"), "rows",
            Keyword("index", since="pandas 0.23"),
        ),
        **_of(
            ("pandas.pivot_table", "pandas.DataFrame.pivot_table", "pandas.crosstab"), "cols",
            Keyword("columns", since="pandas 0.23"),
        ),
        "pandas.to_datetime(coerce)": Keyword(
            "errors", since="pandas 0.23", values={"True": "'coerce'", "False": "'ignore'"}, only=True
        ),
        "pandas.to_datetime(box)": _without("pandas 1.0", "True"),
        "pandas.MultiIndex(labels)": Keyword("codes", since="pandas 1.0"),
        "pandas.DataFrame.apply(broadcast)": Keyword(
            "result_type", since="pandas 1.0", values={"True": "'broadcast'", "False": "None"}, only=True
        ),
        "pandas.DataFrame.apply(reduce)": Keyword(
            "result_type", since="pandas 1.0", values={"True": "'reduce'", "False": "None"}, only=True
        ),
    }  # fmt: skip
    examples = (
        Example("from io import StringIO\nimport pandas as pd\n"
                "df = pd.read_csv(StringIO('a,b\\n1,2\\n1,2,3\\n'), error_bad_lines=False)\n",
                "from io import StringIO\nimport pandas as pd\n"
                "df = pd.read_csv(StringIO('a,b\\n1,2\\n1,2,3\\n'), on_bad_lines='skip')\n", shows="df"),
        Example("from io import StringIO\nimport pandas as pd\n"
                "s = pd.read_csv(StringIO('a\\n1\\n2\\n'), squeeze=True)\n",
                "from io import StringIO\nimport pandas as pd\n"
                "s = pd.read_csv(StringIO('a\\n1\\n2\\n')).squeeze('columns')\n", shows="s"),
        Example("from io import StringIO\nimport pandas as pd\n"
                "df = pd.read_csv(StringIO('1,2\\n'), header=None, prefix='V')\n",
                "from io import StringIO\nimport pandas as pd\n"
                "df = pd.read_csv(StringIO('1,2\\n'), header=None).add_prefix('V')\n", shows="df"),
        Example("import pandas as pd\npd.DataFrame({'a': [1]}).to_excel('a.xlsx', sheet_name='A')\n"
                "df = pd.read_excel('a.xlsx', sheetname='A', parse_cols='B')\n",
                "import pandas as pd\npd.DataFrame({'a': [1]}).to_excel('a.xlsx', sheet_name='A')\n"
                "df = pd.read_excel('a.xlsx', sheet_name='A', usecols='B')\n", shows="df.a.tolist()"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1]})\nx = df.to_csv(line_terminator=';')\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1]})\nx = df.to_csv(lineterminator=';')\n",
                shows="x"),
        Example("import pandas as pd\nx = pd.date_range('2020-01-01', '2020-01-03', closed='left')\n",
                "import pandas as pd\nx = pd.date_range('2020-01-01', '2020-01-03', inclusive='left')\n",
                shows="x"),
        Example("import pandas as pd\ns = pd.Series([1, 2])\nx = s.between(1, 2, inclusive=False)\n",
                "import pandas as pd\ns = pd.Series([1, 2])\nx = s.between(1, 2, inclusive='neither')\n",
                shows="x"),
        Example("import pandas as pd\na = pd.DataFrame({'x': [1, 2]})\nb = pd.DataFrame({'y': [3.0]})\n"
                "x = pd.concat([a, b], axis=1, join_axes=[b.index])\n",
                "import pandas as pd\na = pd.DataFrame({'x': [1, 2]})\nb = pd.DataFrame({'y': [3.0]})\n"
                "x = pd.concat([a, b], axis=1).reindex(b.index)\n", shows="x"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1, None]})\ndf.info(null_counts=True)\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1, None]})\ndf.info(show_counts=True)\n"),
        Example("import pandas as pd\ndf = pd.read_excel('a.xlsx', parse_cols=3)\n", told="usecols"),
        Example("import pandas as pd\nx = pd.read_csv('a.csv', mangle_dupe_cols=False)\n"),
        Example("import pandas as pd\ndf = pd.read_csv('a.csv',\n    error_bad_lines=False, sep=';')\n",
                "import pandas as pd\ndf = pd.read_csv('a.csv',\n    on_bad_lines='skip', sep=';')\n",
                not_run="there is no such file"),
        Example("import pandas as pd\nx = pd.read_csv('a.csv',\n    on_bad_lines='skip', sep=';')\n"),
        Example("import pandas as pd\nx = pd.read_csv('a.csv', on_bad_lines='skip')\n"),
        Example("import pandas as pd\nx = read(pd, error_bad_lines=False)\n"),
        Example("import pandas as pd\nx = pd.read_excel('a.xlsx', sheet_name='A')\n"),
        Example("import pandas as pd\ndef save(df):\n    df.to_csv('a.csv', line_terminator=';')\n"),
        Example("import csv\nimport pandas as pd\nw = csv.writer(open('a', 'w'), lineterminator='\\n')\n"),
        Example("import pandas as pd\nx = pd.date_range('2020', periods=3)\n"),
        Example("import pandas as pd\nx = pd.Series([1]).between(0, 2, inclusive='both')\n"),
        Example("import pandas as pd\nx = pd.concat([pd.DataFrame()], axis=1)\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with its keywords brought up to date, or what follows it instead of them."""
        further = mended_further(node, context)
        if further is not None and further.new is not None:
            return further
        return super().check(node, context) or further


PandasArguments.needles |= MENDED
