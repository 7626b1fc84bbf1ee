"""What the setup cell has for scikit-learn's, see :mod:`colabify.setup.stand_ins`."""

from __future__ import annotations

GRIDS = (
    'lambda batch: tuple(reach("numpy.arange")(low + batch.grid_size, low + batch.grid_size + '
    "n * batch.grid_size, batch.grid_size) for low, n in "
    "((batch.x_left_lower_corner, batch.Nx), (batch.y_left_lower_corner, batch.Ny)))"
)
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
