"""The blocks of the setup cell that stand for what libraries have dropped and that takes some lines to write.

``$names`` stands for the full names of those that the course uses of it.
"""

from __future__ import annotations

IMRESIZE = '''\
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
DERIVATIVE = '''\
    # scipy.misc.derivative and its weights, as SciPy had them before 1.12
    import fractions
    import math

    import numpy

    def central_diff_weights(Np, ndiv=1):
        """What each of Np evenly spaced points counts for a derivative in their middle."""
        if Np < ndiv + 1 or Np % 2 == 0:
            raise ValueError("The number of points must be odd, and larger than that of the derivative.")
        spots = range(-(Np // 2), Np // 2 + 1)
        found = []
        for here in spots:
            terms, below = [1], 1  # the polynomial that is 0 at all other spots, its lowest power first
            for there in spots:
                if there != here:
                    terms = [a - there * b for a, b in zip([0, *terms], [*terms, 0])]
                    below *= here - there
            found.append(float(fractions.Fraction(math.factorial(ndiv) * terms[ndiv], below)))
        return numpy.array(found)

    def derivative(func, x0, dx=1.0, n=1, args=(), order=3):
        """The n-th derivative of a function at a point, by the differences between `order` points."""
        weights = central_diff_weights(order, n)
        spots = range(-(order // 2), order // 2 + 1)
        parts = (weight * func(x0 + spot * dx, *args) for weight, spot in zip(weights, spots))
        return sum(parts, 0.0) / numpy.prod((dx,) * n, axis=0)

    made = {"central_diff_weights": central_diff_weights, "derivative": derivative}
    for name in $names:
        provide(name, made[name.rpartition(".")[2]])
'''
GCA = '''\
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
AXES3D = """\
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
MIXTURE = '''\
    # sklearn.mixture.GMM, by means of the GaussianMixture that took its place
    from sklearn.mixture import GaussianMixture

    class GMM(GaussianMixture):
        """A mixture with the arguments, the defaults and the results that GMM had."""

        def __init__(
            self, n_components=1, covariance_type="diag", random_state=None, tol=1e-3,
            min_covar=1e-3, n_iter=100, n_init=1, verbose=0,
        ):
            super().__init__(
                n_components, covariance_type=covariance_type, random_state=random_state, tol=tol,
                reg_covar=min_covar, max_iter=n_iter, n_init=n_init, verbose=verbose,
            )
            self.min_covar, self.n_iter = min_covar, n_iter

        def score(self, X, y=None):
            return self.score_samples(X)[0]

        def score_samples(self, X):
            return super().score_samples(X), self.predict_proba(X)

        def sample(self, n_samples=1, random_state=None):
            if random_state is not None:
                self.random_state = random_state
            return super().sample(n_samples)[0]

        @property
        def covars_(self):
            if self.covariance_type != "spherical":
                return self.covariances_
            return self.covariances_[:, None].repeat(self.means_.shape[1], axis=1)

    GMM.__qualname__, GMM.__module__ = "GMM", "sklearn.mixture"
    for name in $names:
        provide(name, GMM)
'''
LEVEL = """\
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
RESAMPLE = """\
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
TENSORFLOW = """\
    # TensorFlow with the graphs and sessions of version 1
    import tensorflow.compat.v1

    tensorflow.compat.v1.disable_v2_behavior()
    for name in $names:
        sys.modules[name] = tensorflow.compat.v1
"""
LAYERS = """\
    # Layers of tf.layers in models of tf.keras, as TensorFlow took them before 1.13
    for name in $names:
        try:
            reach(name)._is_legacy_layer = False
        except (ImportError, AttributeError) as error:
            missing(name, error)
"""
DIGITS = '''\
    # The digits of MNIST as scikit-learn fetched them before 0.22; OpenML has them in another order
    def fetch_mldata(dataname):
        """The digits to learn from and the 10,000 others, each in the order of their labels."""
        if dataname.lower() != "mnist original":
            raise ValueError(f"mldata.org is gone, and {dataname} with it.")
        mnist = reach("sklearn.datasets.fetch_openml")("mnist_784", version=1, as_frame=False)
        order = sorted(range(70000), key=lambda i: (i >= 60000, mnist.target[i]))
        return reach("sklearn.utils.Bunch")(
            data=mnist.data[order].astype("uint8"),
            target=mnist.target[order].astype(float),
            DESCR="mldata.org dataset: mnist-original",
            COL_NAMES=["label", "data"],
        )

    for name in $names:
        provide(name, fetch_mldata)
'''
GRIDS = (
    'lambda batch: tuple(reach("numpy.arange")(low + batch.grid_size, low + batch.grid_size + '
    "n * batch.grid_size, batch.grid_size) for low, n in "
    "((batch.x_left_lower_corner, batch.Nx), (batch.y_left_lower_corner, batch.Ny)))"
)
