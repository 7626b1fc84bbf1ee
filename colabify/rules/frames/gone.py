"""Names of pandas for which no name stands now: what to tell.

Source: pandas' release notes; none of them is in pandas 2.2.
"""

from __future__ import annotations

from colabify.rules.families import Row

_TEXTS = {
    "Panel": "pandas has no Panel any more: a frame with a MultiIndex, or xarray, holds such data",
    "Panel4D": "pandas has no Panel4D any more: xarray holds such data",
    "WidePanel": "pandas has no WidePanel any more: a frame with a MultiIndex holds such data",
    "SparseDataFrame": "there is no SparseDataFrame any more: a DataFrame with sparse columns is one"
    " (.astype(pd.SparseDtype(...)))",
    "SparseSeries": "there is no SparseSeries any more: a Series of pd.arrays.SparseArray is one",
    "DateRange": "pd.DateRange is gone: pd.date_range(start, end, freq=...) makes such an index",
    "read_msgpack": "pandas reads no msgpack any more: pickle or Parquet keep frames",
    "to_msgpack": "pandas writes no msgpack any more: pickle or Parquet keep frames",
    "match": "pd.match is gone: pd.Index(values).get_indexer(to_match) gives the positions",
    "groupby": "pd.groupby(df, ...) is gone: df.groupby(...) does the same",
    "ols": "pd.ols is gone: statsmodels fits such models (statsmodels.api.OLS)",
    "fama_macbeth": "pd.fama_macbeth is gone: the package linearmodels has it",
    "set_printoptions": "pd.set_printoptions is gone: pd.set_option('display. ...', ...) sets each",
    "core.format.set_printoptions": "set_printoptions is gone: pd.set_option('display. ...', ...) sets them",
    "stats.api.ols": "pandas.stats is gone: statsmodels fits such models (statsmodels.api.OLS)",
    "stats.ols": "pandas.stats is gone: statsmodels fits such models (statsmodels.api.OLS)",
    "io.data": "pandas.io.data is the package pandas-datareader now, and many of its sources have closed",
    "io.wb": "pandas.io.wb is pandas_datareader.wb now, of the package pandas-datareader",
    "io.ga": "pandas no longer reads Google Analytics",
    "io.sql.write_frame": "write_frame is gone: df.to_sql(name, con) writes a frame",
    "rpy.common": "pandas.rpy is gone: rpy2 converts frames itself (rpy2.robjects.pandas2ri)",
    "tools.rplot": "pandas.tools.rplot is gone: seaborn.FacetGrid draws such plots",
    "sparse.api": "pandas.sparse is gone: columns of a DataFrame may be sparse (pd.SparseDtype)",
    "core.panel": "pandas has no Panel any more: a frame with a MultiIndex, or xarray, holds such data",
}  # fmt: skip
_INDEXES = {"Int64Index": "int64", "UInt64Index": "uint64", "Float64Index": "float64"}

GONE: dict[str, Row] = {
    **{f"pandas.{name}": Row(since="pandas 1.0", text=text) for name, text in _TEXTS.items()},
    **{
        f"pandas.{name}": Row(
            since="pandas 2.0", text=f"pd.{name} is gone: it is a pd.Index whose dtype is {dtype!r}"
        )
        for name, dtype in _INDEXES.items()
    },
}
"""The rows of :class:`~colabify.rules.frames.names.PandasNames` that can only be told."""
