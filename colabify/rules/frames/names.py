"""Names of pandas that stand elsewhere now: plotting, errors, offsets, and what leaked from other modules.

Source: pandas' release notes; each new name was found in pandas 2.2, each old one was not. The members of a
moved module have kept their names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.families import Renamed, Row
from colabify.rules.frames.constructors import CONSTRUCTED, WORDS, constructed
from colabify.rules.frames.gone import GONE
from colabify.rules.frames.spelling import below_package

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_MOVED = {
    "pandas.TimeSeries": "pandas.Series",
    "pandas.core.common.isnull": "pandas.isnull",
    "pandas.core.common.notnull": "pandas.notnull",
    "pandas.get_store": "pandas.HDFStore",
    "pandas.io.sql.frame_query": "pandas.read_sql",
    "pandas.io.sql.read_frame": "pandas.read_sql",
    "pandas.lib.Timestamp": "pandas.Timestamp",
    "pandas.load": "pandas.read_pickle",
    "pandas.ordered_merge": "pandas.merge_ordered",
    "pandas.plot_params": "pandas.plotting.plot_params",
    "pandas.save": "pandas.to_pickle",
    "pandas.scatter_matrix": "pandas.plotting.scatter_matrix",
    "pandas.tools.util.to_numeric": "pandas.to_numeric",
    "pandas.tseries.tools.to_datetime": "pandas.to_datetime",
    "pandas.tslib.NaT": "pandas.NaT",
    "pandas.tslib.Timedelta": "pandas.Timedelta",
    "pandas.tslib.Timestamp": "pandas.Timestamp",
    "pandas.tslib.OutOfBoundsDatetime": "pandas.errors.OutOfBoundsDatetime",
    "pandas.parser.CParserError": "pandas.errors.ParserError",
    "pandas.io.common.CParserError": "pandas.errors.ParserError",
    "pandas.io.common.DtypeWarning": "pandas.errors.DtypeWarning",
    "pandas.io.common.EmptyDataError": "pandas.errors.EmptyDataError",
    "pandas.io.common.ParserWarning": "pandas.errors.ParserWarning",
    "pandas.core.common.PerformanceWarning": "pandas.errors.PerformanceWarning",
}
_MODULES = {
    "pandas.core.datetools": "pandas.tseries.offsets",
    "pandas.core.index": "pandas",
    "pandas.datetools": "pandas.tseries.offsets",
    "pandas.formats.format": "pandas.io.formats.format",
    "pandas.formats.style": "pandas.io.formats.style",
    "pandas.indexes.api": "pandas",
    "pandas.indexes.base": "pandas",
    "pandas.tools.merge": "pandas",
    "pandas.tools.pivot": "pandas",
    "pandas.tools.plotting": "pandas.plotting",
    "pandas.tools.tile": "pandas",
    "pandas.tseries.index": "pandas",
    "pandas.tseries.period": "pandas",
    "pandas.tseries.tdi": "pandas",
    "pandas.types.common": "pandas.api.types",
}
_TESTED = ("frame_equal", "series_equal", "index_equal", "extension_array_equal")
_OF_2_0 = {
    "pandas.SparseArray": Row("pandas.arrays.SparseArray", since="pandas 2.0"),
    "pandas.compat.BytesIO": Row("io.BytesIO", since="pandas 1.0"),
    "pandas.compat.StringIO": Row("io.StringIO", since="pandas 1.0"),
    "pandas.core.common.SettingWithCopyWarning": Row(
        "pandas.errors.SettingWithCopyWarning", since="pandas 1.5"
    ),
    "pandas.core.base.DataError": Row("pandas.errors.DataError", since="pandas 1.5"),
    "pandas.core.base.SpecificationError": Row(
        "pandas.errors.SpecificationError", since="pandas 1.5"
    ),
    "pandas.datetime": Row("datetime.datetime", since="pandas 2.0"),
    "pandas.io.json.json_normalize": Row("pandas.json_normalize", since="pandas 2.0"),
    "pandas.io.json.normalize.json_normalize": Row("pandas.json_normalize", since="pandas 1.0"),
    "pandas.io.parsers.StringIO": Row("io.StringIO", since="pandas 1.0"),
    "pandas.np": Row("numpy", since="pandas 2.0", module=True, binding="np"),
    "pandas.util.testing": Row(
        since="pandas 2.0",
        module=True,
        text="pandas.util.testing is gone: pandas.testing has what compares frames, nothing makes"
        " example data any more",
    ),
    **{
        f"pandas.util.testing.assert_{name}": Row(
            f"pandas.testing.assert_{name}", since="pandas 2.0"
        )
        for name in _TESTED
    },
}


class PandasNames(Renamed):
    """Take names of pandas from where they are now: ``pd.plotting.scatter_matrix``, ``pd.json_normalize``.

    pandas 0.19 to 2.0 moved them; ``pd.np`` and ``pd.datetime`` were never its own: they are ``numpy`` and
    ``datetime.datetime``. The new names work since pandas 1.5 at the latest.
    """

    nodes = (*Renamed.nodes, "Call")
    code = "COL130"
    name = "pandas-names"
    rows: ClassVar = {
        **{old: Row(new, since="pandas 1.0") for old, new in _MOVED.items()},
        **{old: Row(new, since="pandas 1.0", module=True) for old, new in _MODULES.items()},
        **_OF_2_0,
        **GONE,
    }
    examples = (
        Example("import pandas as pd\nfrom pandas.tools.plotting import scatter_matrix\n"
                "axes = scatter_matrix(pd.DataFrame({'a': [1, 2], 'b': [2, 3]}))\n",
                "import pandas as pd\nfrom pandas.plotting import scatter_matrix\n"
                "axes = scatter_matrix(pd.DataFrame({'a': [1, 2], 'b': [2, 3]}))\n", shows="axes.shape"),
        Example("import pandas as pd\naxes = pd.scatter_matrix(pd.DataFrame({'a': [1, 2], 'b': [2, 3]}))\n",
                "import pandas as pd\n"
                "axes = pd.plotting.scatter_matrix(pd.DataFrame({'a': [1, 2], 'b': [2, 3]}))\n",
                shows="axes.shape"),
        Example("from pandas.io.json import json_normalize\nflat = json_normalize([{'a': {'b': 1}}])\n",
                "from pandas import json_normalize\nflat = json_normalize([{'a': {'b': 1}}])\n",
                shows="flat"),
        Example("import pandas as pd\nflat = pd.io.json.json_normalize({'a': {'b': 1}})\n",
                "import pandas as pd\nflat = pd.json_normalize({'a': {'b': 1}})\n", shows="flat"),
        Example("import pandas as pd\nx = pd.np.random.RandomState(0).rand(), pd.np.nan\n",
                "import pandas as pd\nimport numpy as np\nx = np.random.RandomState(0).rand(), np.nan\n",
                shows="x"),
        Example("import pandas as pd\nday = pd.datetime.strptime('2020', '%Y')\n",
                "import pandas as pd\nimport datetime\nday = datetime.datetime.strptime('2020', '%Y')\n",
                shows="day"),
        Example("from pandas import datetime\nday = datetime(2020, 1, 2)\n",
                "from datetime import datetime\nday = datetime(2020, 1, 2)\n", shows="day"),
        Example("from pandas.compat import StringIO\nimport pandas as pd\n"
                "df = pd.read_csv(StringIO('a,b\\n1,2\\n'))\n",
                "from io import StringIO\nimport pandas as pd\ndf = pd.read_csv(StringIO('a,b\\n1,2\\n'))\n",
                shows="df"),
        Example("import pandas as pd\nopen('a.csv', 'w').write('day,a\\n2020-01-01,1\\n')\n"
                "df = pd.DataFrame.from_csv('a.csv')\n",
                "import pandas as pd\nopen('a.csv', 'w').write('day,a\\n2020-01-01,1\\n')\n"
                "df = pd.read_csv('a.csv', index_col=0, parse_dates=True)\n", shows="df"),
        Example("import pandas as pd\ndf = pd.DataFrame.from_items([('a', [1]), ('b', [2])])\n"
                "i = pd.DatetimeIndex(start='2020', periods=2, freq='D')\nj = pd.Int64Index([1, 2])\n",
                "import pandas as pd\ndf = pd.DataFrame.from_dict(dict([('a', [1]), ('b', [2])]))\n"
                "i = pd.date_range(start='2020', periods=2, freq='D')\nj = pd.Index([1, 2], dtype='int64')\n",
                shows="df, [str(one) for one in i], list(j)"),
        Example("import pandas as pd\nts = pd.Series([1, 2], index=pd.date_range('2020', periods=2))\n"
                "x = ts.groupby(pd.TimeGrouper('D')).sum()\n",
                "import pandas as pd\nts = pd.Series([1, 2], index=pd.date_range('2020', periods=2))\n"
                "x = ts.groupby(pd.Grouper(freq='D')).sum()\n", shows="x.tolist()"),
        Example("from pandas.util.testing import assert_frame_equal\n",
                "from pandas.testing import assert_frame_equal\n"),
        Example("import pandas as pd\nfrom pandas.util.testing import makeDataFrame\n",
                told="nothing makes"),
        Example("import pandas as pd\ni = pd.DatetimeIndex(['2020-01-01'], freq='D')\n"),
        Example("import pandas as pd\ndf = pd.DataFrame.from_dict({'a': [1]})\n"),
        Example("import pandas as pd\ns = pd.Series.from_csv('a.csv')\n", told="squeeze"),
        Example("import pandas as pd\np = pd.Panel({})\n", told="xarray"),
        Example("import pandas as pd\nx = isinstance(pd.Index([1]), pd.Int64Index)\n",
                told="dtype is 'int64'"),
        Example("from pandas.plotting import scatter_matrix\n"),
        Example("import pandas as pd\nflat = pd.json_normalize([{'a': {'b': 1}}])\n"),
        Example("import numpy as np\nx = np.nan\n"),
        Example("from datetime import datetime\nday = datetime(2020, 1, 2)\n"),
        Example("import pandas as pd\npd.np = None\n"),
        Example("import pandas as pd\ntry:\n    x = pd.np.nan\nexcept AttributeError:\n    x = 0\n"),
        Example("from io import StringIO\ntext = StringIO('a')\n"),
        Example("from pandas import Timestamp, Series, to_datetime\n"),
        Example("import pandas as pd\nx = pd.Grouper(freq='D')\n"),
        Example("import pandas as pd\nfrom pandas.io.json import build_table_schema\n"),
    )  # fmt: skip

    def concerns(self, context: Context) -> bool:
        """Whether a name of the rows is used here, or a call that :func:`constructed` knows."""
        known = bool(context.here and not context.here.names.isdisjoint(CONSTRUCTED))
        return known or super().concerns(context)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name; below ``pd``, where the program has that, else as every name."""
        import libcst as cst

        if isinstance(node, cst.Call):
            return constructed(node, context)
        remedy = super().check(node, context)
        if remedy is None or remedy.new is None or not isinstance(node, cst.Attribute):
            return remedy
        found = self.row_for(context.qualified(node), context.runtime)
        return below_package(remedy, node, found[1], context) if found else remedy


PandasNames.needles |= WORDS
