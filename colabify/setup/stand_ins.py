"""What the setup cell itself has for functions that are gone: shorter than a sentence on what to use instead.

``SHORT`` are expressions, a row of a table each; ``TEXTS`` are blocks of the cell, in which ``$names`` stands
for the full names of those that the course uses of it. Both use the ``reach``, ``provide`` and ``wrap`` of
:mod:`colabify.setup.shims`. Each was compared with what the library had: see the module of its rule.
"""

from __future__ import annotations

from colabify.setup.stand_ins_sklearn import DIGITS, GRIDS, MIXTURE

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
    "numpy.asfarray": 'lambda a, dtype=float: reach("numpy.asarray")(a, dtype=dtype)',
    "numpy.asscalar": 'lambda a: reach("numpy.asarray")(a).item()',
    "numpy.msort": 'lambda a: reach("numpy.sort")(a, axis=0)',
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

_IMRESIZE = '''\
    # scipy.misc.imresize, as SciPy had it before 1.3
    import numpy
    from PIL import Image

    def imresize(arr, size, interp="bilinear"):
        """Resize a picture: a size in rows and columns, a whole number of percent, or a factor."""
        data = numpy.asarray(arr)
        if data.dtype != numpy.uint8:  # from the darkest to the brightest becomes 0 to 255
            low, high = data.min(), data.max()
            data = (data - low) * (255.0 / ((high - low) or 1))
            data = (data.clip(0, 255) + 0.5).astype(numpy.uint8)
        picture = Image.fromarray(data)
        if isinstance(size, (int, numpy.integer)):
            size = size / 100.0
        if isinstance(size, (float, numpy.floating)):
            size = tuple((numpy.array(picture.size) * size).astype(int))
        else:
            size = (size[1], size[0])
        ways = {"nearest": 0, "lanczos": 1, "bilinear": 2, "bicubic": 3, "cubic": 3}
        return numpy.array(picture.resize(size, resample=ways[interp]))

    for name in $names:
        provide(name, imresize)
'''
_GCA = '''\
    # gca() with a projection, as matplotlib had it before 3.6
    from matplotlib import pyplot

    def with_projection(found, signature, _):
        if any(one.kind is one.VAR_KEYWORD for one in signature.parameters.values()):
            return None  # it takes one

        def gca(*figure, **given):
            """The current axes; new ones if they are not of the projection that is given."""
            of = figure[0] if figure else pyplot.gcf()
            wanted = given.get("projection", "polar" if given.get("polar") else "rectilinear")
            if not given or (of.axes and found(*figure).name == wanted):
                return found(*figure)
            return of.add_subplot(**given)

        return gca

    for name in $names:
        wrap((name, "projection"), with_projection)
'''
_AXES3D = """\
    # Axes3D(figure) puts itself into the figure, as in matplotlib before 3.7
    def in_figure(found, signature, _):
        def begin(self, fig, rect=None, *args, **given):
            found(self, fig, rect, *args, **given)
            if rect is None and self not in fig.axes:  # else add_subplot() makes and adds it
                fig.add_axes(self)

        return begin

    for name in $names:
        wrap((name, "figure"), in_figure)
"""
_LEVEL = """\
    # sum(level=...) and the like of pandas before 2.0
    def by_level(found, signature, _):
        if "level" in signature.parameters:
            return None

        def call(self, *args, level=None, **given):
            if level is None:
                return found(self, *args, **given)
            given.update(zip(("axis",), args))
            along = given.pop("axis", 0) in (1, "columns")
            groups = (self.T if along else self).groupby(level=level, sort=False)
            made = getattr(groups, found.__name__)(**given)
            return made.T if along else made

        return call

    for name in $names:
        wrap((name, "level"), by_level)
"""
_RESAMPLE = """\
    # resample(how=...) of pandas before 1.0
    def with_how(found, signature, _):
        if "how" in signature.parameters:
            return None

        def resample(self, rule, how=None, *args, **given):
            groups = found(self, rule, *args, **given)
            return groups if how is None else groups.agg(how)

        return resample

    for name in $names:
        wrap((name, "how"), with_how)
"""
_TENSORFLOW = """\
    # TensorFlow with the graphs and sessions of version 1
    import tensorflow.compat.v1

    tensorflow.compat.v1.disable_v2_behavior()
    for name in $names:
        sys.modules[name] = tensorflow.compat.v1
"""
_LAYERS = """\
    # Layers of tf.layers in models of tf.keras, as TensorFlow took them before 1.13
    for name in $names:
        try:
            reach(name)._is_legacy_layer = False
        except (ImportError, AttributeError) as error:
            missing(name, error)
"""
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
    "scipy.misc.imresize": _IMRESIZE,
    "sklearn.datasets.fetch_mldata": DIGITS,
    "sklearn.mixture.GMM": MIXTURE,
    "tensorflow": _TENSORFLOW,
    "tensorflow.compat.v1.layers.Layer": _LAYERS,
    **dict.fromkeys(("matplotlib.pyplot.gca", "matplotlib.pylab.gca", "pylab.gca"), _GCA),
    "matplotlib.figure.Figure.gca": _GCA,
    **dict.fromkeys(("mpl_toolkits.mplot3d.Axes3D", "mpl_toolkits.mplot3d.axes3d.Axes3D"), _AXES3D),
    **{f"pandas.{kind}.{name}": _LEVEL for kind in ("DataFrame", "Series") for name in REDUCED},
    **dict.fromkeys(("pandas.DataFrame.resample", "pandas.Series.resample"), _RESAMPLE),
}
MEANS: dict[str, str] = {
    "scipy.misc.imresize": "PIL.Image.Image.resize",
    "sklearn.datasets.fetch_mldata": "sklearn.datasets.fetch_openml",
    "sklearn.mixture.GMM": "sklearn.mixture.GaussianMixture",
    "tensorflow": "tensorflow.compat.v1",
    **{f"sklearn.cross_validation.{name}": f"sklearn.model_selection.{name}" for name in _FOLDS},
    **{name: "Figure.add_subplot" for name, text in TEXTS.items() if text is _GCA},
    **{name: "Figure.add_axes" for name, text in TEXTS.items() if text is _AXES3D},
    **{name: "groupby(level=...)" for name, text in TEXTS.items() if text is _LEVEL},
    **{name: ".agg(how)" for name, text in TEXTS.items() if text is _RESAMPLE},
}
"""By means of what they work, where that is one thing; the others by what :data:`SHORT` says."""
