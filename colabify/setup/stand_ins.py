"""What the setup cell itself has for functions that are gone: shorter than a sentence on what to use instead.

``SHORT`` are expressions, a row of a table each; ``TEXTS`` are the blocks of
:mod:`colabify.setup.stand_in_texts`. Both use the ``reach``, ``provide`` and ``wrap`` of
:mod:`colabify.setup.shim_texts`. Each was compared with what the library had: see the module of its rule.
"""

from __future__ import annotations

from colabify.setup.stand_in_texts import (
    AXES3D,
    DERIVATIVE,
    DIGITS,
    GCA,
    GRIDS,
    IMRESIZE,
    LAYERS,
    LEVEL,
    MIXTURE,
    RESAMPLE,
    TENSORFLOW,
)

_SORTED = 'kind="quicksort", na_position="last"'
_PASSED = "kind=kind, na_position=na_position, inplace=inplace"
_EITHER = {
    "as_matrix": "lambda self, columns=None: (self if columns is None else self[columns]).to_numpy()",
    "clip_lower": "lambda self, threshold, axis=None: self.clip(lower=threshold, axis=axis)",
    "clip_upper": "lambda self, threshold, axis=None: self.clip(upper=threshold, axis=axis)",
    "iget": "lambda self, i: self.iloc[i]",
    "iget_value": "lambda self, *at: self.iloc[at if len(at) > 1 else at[0]]",
    "irow": "lambda self, i: self.iloc[i]",
    "mad": "lambda self: (self - self.mean()).abs().mean()",
    "reindex_axis": "lambda self, labels, axis=0, **more: self.reindex(labels, axis=axis, **more)",
    "sortlevel": "lambda self, level=0, **more: self.sort_index(level=level, **more)",
    "tshift": 'lambda self, periods=1, freq="infer", axis=0: self.shift(periods, freq, axis)',
}
_OF_FRAME = {
    "get_dtype_counts": "lambda self: self.dtypes.value_counts()",
    "get_value": "lambda self, index, col: self.at[index, col]",
    "icol": "lambda self, i: self.iloc[:, i]",
    "sort": "lambda self, columns=None, **more: "
    "self.sort_index(**more) if columns is None else self.sort_values(columns, **more)",
}
_OF_SERIES = {
    "get_value": "lambda self, label: self.at[label]",
    "nonzero": "lambda self: self.to_numpy().nonzero()",
    "order": "lambda self, **more: self.sort_values(**more)",
    "sort": 'lambda self, **more: self.sort_values(**{"inplace": True, **more})',
}
_AXES = {
    "set_color_cycle": "lambda self, colors: "
    'self.set_prop_cycle(*([None] if colors is None else ["color", colors]))',
    "hold": "lambda self, b=None: None",
    "ishold": "lambda self: True",
    **{
        f"is_{which}": f"lambda self: self.get_subplotspec().is_{which}()"
        for which in ("first_col", "last_col", "first_row", "last_row")
    },
}
_PYPLOT = {"hold": "lambda b=None: None", "ishold": "lambda: True"}
_FOLDS = {
    "KFold": "lambda n, n_folds=3, shuffle=False, random_state=None: list($reach(n_folds, shuffle=shuffle, "
    "random_state=random_state if shuffle else None).split(range(n)))",
    "StratifiedKFold": "lambda y, n_folds=3, shuffle=False, random_state=None: list($reach(n_folds, "
    "shuffle=shuffle, random_state=random_state if shuffle else None).split(y, y))",
    "ShuffleSplit": "lambda n, n_iter=10, test_size=0.1, **more: "
    "list($reach(n_iter, test_size=test_size, **more).split(range(n)))",
    "StratifiedShuffleSplit": "lambda y, n_iter=10, test_size=0.1, **more: "
    "list($reach(n_iter, test_size=test_size, **more).split(y, y))",
    "LeaveOneOut": "lambda n: list($reach().split(range(n)))",
    "LeavePOut": "lambda n, p: list($reach(p).split(range(n)))",
}
_NAMED = ("feature_extraction.text.CountVectorizer", "feature_extraction.DictVectorizer",
          "preprocessing.OneHotEncoder", "preprocessing.PolynomialFeatures", "pipeline.FeatureUnion",
          "compose.ColumnTransformer")  # fmt: skip
NAMED_TRANSFORMERS = tuple(f"sklearn.{one}" for one in _NAMED)
"""The classes of which the objects had ``get_feature_names``; TfidfVectorizer is a CountVectorizer."""

_IMPUTED = (
    'lambda missing_values="NaN", strategy="mean", axis=0, verbose=0, copy=True: '
    '{0: reach("sklearn.impute.SimpleImputer")}[axis](strategy=strategy, copy=copy, missing_values='
    'float("nan") if missing_values == "NaN" else missing_values)'
)  # by rows there is nothing that does it

SHORT: dict[str, str] = {
    "bokeh.sampledata.download": "lambda progress=True: None",  # bokeh_sampledata holds the data
    "numpy.asfarray": 'lambda a, dtype=float: reach("numpy.asarray")(a, dtype=dtype)',
    "numpy.asscalar": 'lambda a: reach("numpy.asarray")(a).item()',
    "numpy.msort": 'lambda a: reach("numpy.sort")(a, axis=0)',
    "scipy.stats.nanmean": 'lambda x, axis=0: reach("numpy.nanmean")(x, axis)',
    "scipy.stats.nanmedian": 'lambda x, axis=0: reach("numpy.nanmedian")(x, axis)',
    "scipy.stats.nanstd": "lambda x, axis=0, bias=False: "
    'reach("numpy.nanstd")(x, axis, ddof=0 if bias else 1)',
    "scipy.stats.binom_test": 'lambda x, n=None, p=0.5, alternative="two-sided": '
    'reach("scipy.stats.binomtest")(x, n, p, alternative).pvalue',
    "scipy.stats.itemfreq": 'lambda a: reach("numpy.array")('
    'reach("numpy.unique")(a, return_counts=True)).T',
    "scipy.stats.median_absolute_deviation": "lambda x, axis=0, scale=1.4826, **more: "
    'reach("scipy.stats.median_abs_deviation")(x, axis, scale=1 / scale, **more)',
    "sklearn.datasets.species_distributions.construct_grids": GRIDS,
    "sklearn.preprocessing.Imputer": _IMPUTED,
    "sklearn.mixture.GaussianMixture.covars_": "property(lambda self: self.covariances_ "
    'if self.covariance_type != "spherical" else self.covariances_[:, None] + 0 * self.means_)',
    **{f"pandas.{kind}.{name}": code for kind in ("DataFrame", "Series") for name, code in _EITHER.items()},
    **{f"pandas.DataFrame.{name}": code for name, code in _OF_FRAME.items()},
    **{f"pandas.Series.{name}": code for name, code in _OF_SERIES.items()},
    **{f"matplotlib.axes.Axes.{name}": code for name, code in _AXES.items()},
    **{f"{module}.{name}": code for module in ("matplotlib.pyplot", "matplotlib.pylab", "pylab")
       for name, code in _PYPLOT.items()},
    **{f"sklearn.cross_validation.{name}": code.replace("$reach", f'reach("sklearn.model_selection.{name}")')
       for name, code in _FOLDS.items()},
    **{f"{one}.get_feature_names": "lambda self, *names: self.get_feature_names_out(*names).tolist()"
       for one in NAMED_TRANSFORMERS},
}  # fmt: skip
REDUCED = (
    "sum",
    "mean",
    "min",
    "max",
    "median",
    "std",
    "var",
    "count",
    "prod",
    "any",
    "all",
    "sem",
    "skew",
)
"""The methods of frames and series that took a level."""

TEXTS: dict[str, str] = {
    **dict.fromkeys(("scipy.misc.central_diff_weights", "scipy.misc.derivative"), DERIVATIVE),
    "scipy.misc.imresize": IMRESIZE,
    "sklearn.datasets.fetch_mldata": DIGITS,
    "sklearn.mixture.GMM": MIXTURE,
    "tensorflow": TENSORFLOW,
    "tensorflow.compat.v1.layers.Layer": LAYERS,
    **dict.fromkeys(("matplotlib.pyplot.gca", "matplotlib.pylab.gca", "pylab.gca"), GCA),
    "matplotlib.figure.Figure.gca": GCA,
    **dict.fromkeys(("mpl_toolkits.mplot3d.Axes3D", "mpl_toolkits.mplot3d.axes3d.Axes3D"), AXES3D),
    **{f"pandas.{kind}.{name}": LEVEL for kind in ("DataFrame", "Series") for name in REDUCED},
    **dict.fromkeys(("pandas.DataFrame.resample", "pandas.Series.resample"), RESAMPLE),
}
MEANS: dict[str, str] = {
    "scipy.misc.imresize": "PIL.Image.Image.resize",
    "sklearn.datasets.fetch_mldata": "sklearn.datasets.fetch_openml",
    "sklearn.mixture.GMM": "sklearn.mixture.GaussianMixture",
    "tensorflow": "tensorflow.compat.v1",
    **{f"sklearn.cross_validation.{name}": f"sklearn.model_selection.{name}" for name in _FOLDS},
    **{name: "Figure.add_subplot" for name, text in TEXTS.items() if text is GCA},
    **{name: "Figure.add_axes" for name, text in TEXTS.items() if text is AXES3D},
    **{name: "groupby(level=...)" for name, text in TEXTS.items() if text is LEVEL},
    **{name: ".agg(how)" for name, text in TEXTS.items() if text is RESAMPLE},
}
"""By means of what they work, where that is one thing; the others by what :data:`SHORT` says."""
