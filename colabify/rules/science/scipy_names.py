"""Names that SciPy has moved, or dropped, between its versions 1.0 and 1.15.

Source: the release notes of these versions; that each is gone was seen on Python 3.13 with SciPy 1.16. The
namespaces that are only deprecated (``scipy.ndimage.filters``, ``scipy.stats.stats``) still work, and stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.families import Renamed, Row
from colabify.rules.replaced import is_put

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_WINDOWS = (
    "barthann", "bartlett", "blackman", "blackmanharris", "bohman", "boxcar", "chebwin", "cosine",
    "exponential", "flattop", "gaussian", "general_gaussian", "hamming", "hann", "kaiser", "nuttall",
    "parzen", "triang", "tukey",
)  # fmt: skip
_SPLINES = "is gone: scipy.interpolate.make_interp_spline(x, y)(x_new) does it"
_WAVELETS = "is gone: use PyWavelets (import pywt), or its cwt"
_GONE = {
    "1.0": {
        "stats.betai": "is gone: use scipy.special.betainc",
        "stats.chisqprob": "is gone: use scipy.stats.chi2.sf",
        "stats.f_value": "is gone: use scipy.stats.f_oneway",
        "stats.fprob": "is gone: use scipy.stats.f.sf",
        "stats.histogram": "is gone: write np.histogram(x, bins=10), which gives the counts and the edges",
        "stats.histogram2": "is gone: use np.histogram",
        "stats.nanmean": "is gone: write np.nanmean(x, axis=0)",
        "stats.nanmedian": "is gone: write np.nanmedian(x, axis=0)",
        "stats.nanstd": "is gone: write np.nanstd(x, axis=0, ddof=1)",
        "stats.signaltonoise": "is gone: write x.mean() / x.std()",
        "stats.ss": "is gone: write np.sum(x ** 2, axis=0)",
        "stats.threshold": "is gone: use np.clip, or np.where with the value that is to stand there",
        "weave": "is gone: use Cython or Numba",
    },
    "1.3": {
        **{f"interpolate.{name}": _SPLINES for name in ("spleval", "spline", "splmake", "spltopp")},
        "signal.slepian": "is gone: use scipy.signal.windows.dpss",
    },
    "1.13": {
        "signal.bspline": "is gone: use scipy.interpolate.BSpline.basis_element",
        "signal.cubic": "is gone: use scipy.interpolate.BSpline.basis_element",
        "signal.quadratic": "is gone: use scipy.interpolate.BSpline.basis_element",
        "signal.impulse2": "is gone: use scipy.signal.impulse",
        "signal.lsim2": "is gone: use scipy.signal.lsim, which wants the times evenly spaced",
        "signal.step2": "is gone: use scipy.signal.step",
        "spatial.distance.kulsinski": "is gone: use scipy.spatial.distance.yule, or write it out",
        "spatial.distance.wminkowski": "is gone: use minkowski(u, v, p, w=w ** p)",
    },
    "1.14": {
        "integrate.quad_explain": "is gone: read the documentation of scipy.integrate.quad",
        "interpolate.interp2d": "is gone: use RegularGridInterpolator, or RectBivariateSpline on a grid",
    },
    "1.15": {
        "integrate.quadrature": "is gone: use scipy.integrate.quad, or fixed_quad",
        "integrate.romberg": "is gone: use scipy.integrate.quad",
        **{f"signal.{name}": _WAVELETS
           for name in ("cascade", "cwt", "daub", "morlet", "morlet2", "qmf", "ricker")},
        "signal.cmplx_sort": "is gone: use np.sort_complex",
        "stats.rvs_ratio_uniforms": "is gone: use scipy.stats.sampling.RatioUniforms",
    },
}  # fmt: skip
_STUB = "scipy.interpolate.interp2d"
"""Its import works; it fails when it is called."""


class ScipyNames(Renamed):
    """Take what SciPy has moved from where it is now: windows, integrals, triangles.

    ``scipy.signal.hann`` is ``scipy.signal.windows.hann``, ``simps`` is ``simpson``, ``trapz`` ``trapezoid``
    (SciPy 1.6 and newer have both). For an even number of points SciPy 1.11 and newer correct Simpson's rule
    otherwise, so that the last digits may differ. What has no new name is told with what to use instead.
    """

    code = "COL112"
    name = "scipy-names"
    rows: ClassVar = {
        **{f"scipy.signal.{name}": Row(f"scipy.signal.windows.{name}", since="scipy 1.13")
           for name in _WINDOWS},
        **{f"scipy.{place}.hanning": Row("scipy.signal.windows.hann", since="scipy 1.3")
           for place in ("signal", "signal.windows")},
        "scipy.integrate.simps": Row("scipy.integrate.simpson", since="scipy 1.14"),
        "scipy.integrate.trapz": Row("scipy.integrate.trapezoid", since="scipy 1.14"),
        "scipy.integrate.cumtrapz": Row("scipy.integrate.cumulative_trapezoid", since="scipy 1.14"),
        "scipy.linalg.pinv2": Row("scipy.linalg.pinv", since="scipy 1.9"),
        **{f"scipy.linalg.{name}": Row(f"numpy.{name}", since="scipy 1.13", binding="np")
           for name in ("tri", "tril", "triu")},
        "scipy.special.btdtr": Row("scipy.special.betainc", since="scipy 1.14"),
        "scipy.special.btdtri": Row("scipy.special.betaincinv", since="scipy 1.14"),
        "scipy.spatial.distance.matching": Row("scipy.spatial.distance.hamming", since="scipy 1.2"),
        "scipy.sparse.linalg.eigen.arpack": Row("scipy.sparse.linalg", since="scipy 1.8", module=True),
        "scipy.stats.gilbrat": Row(
            "scipy.stats.gibrat", since="scipy 1.11", safety="unsafe",
            text="scipy.stats.gilbrat is scipy.stats.gibrat now, which needs SciPy 1.9",
        ),
        **{
            f"scipy.{name}": Row(since=f"scipy {since}", text=f"scipy.{name} {text}")
            for since, rows in _GONE.items()
            for name, text in rows.items()
        },
    }  # fmt: skip
    examples = (
        Example("from scipy import signal\nx = signal.hann(5)\n",
                "from scipy import signal\nimport scipy.signal.windows\nx = scipy.signal.windows.hann(5)\n",
                shows="x.tolist()"),
        Example("from scipy.signal import convolve, gaussian\nx = convolve(gaussian(3, 1), [1])\n",
                "from scipy.signal import convolve\nfrom scipy.signal.windows import gaussian\n"
                "x = convolve(gaussian(3, 1), [1])\n", shows="x.tolist()"),
        Example("from scipy.integrate import simps, trapz\n"
                "x = simps([1, 2, 3], dx=2), trapz([1, 2], [0, 3])\n",
                "from scipy.integrate import simpson as simps, trapezoid as trapz\n"
                "x = simps([1, 2, 3], dx=2), trapz([1, 2], [0, 3])\n", shows="[float(n) for n in x]"),
        Example("from scipy import integrate\nx = integrate.cumtrapz([1, 2, 3], initial=0)\n",
                "from scipy import integrate\nx = integrate.cumulative_trapezoid([1, 2, 3], initial=0)\n",
                shows="x.tolist()"),
        Example("from scipy.linalg import pinv2, triu\nx = triu(pinv2([[2, 0], [0, 4]]))\n",
                "from scipy.linalg import pinv as pinv2\nfrom numpy import triu\n"
                "x = triu(pinv2([[2, 0], [0, 4]]))\n", shows="x.round(12).tolist()"),
        Example("from scipy.sparse import eye\nfrom scipy.sparse.linalg.eigen.arpack import eigsh\n"
                "x = eigsh(eye(5), 1)[0]\n",
                "from scipy.sparse import eye\nfrom scipy.sparse.linalg import eigsh\n"
                "x = eigsh(eye(5), 1)[0]\n",
                shows="x.round(6).tolist()"),
        Example("from scipy.interpolate import interp2d\n"),
        Example("from scipy.interpolate import interp2d\ndef f(x):\n    return interp2d(x, x, x)\n",
                told="RegularGridInterpolator"),
        Example("from scipy import stats\nstats.chisqprob = lambda x, df: stats.chi2.sf(x, df)\n"
                "x = stats.chisqprob(3, 1)\n"),
        Example("from scipy import stats\nx = stats.chisqprob(3, 1)\n", told="chi2.sf"),
        Example("import numpy as np\nx = np.hanning(5), np.trapz([1, 2])\n"),
        Example("from scipy.signal.windows import hann\nx = hann(5)\n"),
        Example("from scipy.ndimage.filters import gaussian_filter1d\n"),
        Example("signal = {'hann': 3}\nx = signal['hann']\n"),
        Example("from scipy.stats import norm\nx = norm.cdf(0)\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of the name, unless the program puts one of its own there."""
        full = context.qualified(node)
        if full in self.rows and is_put(full, context):
            return None
        if full == _STUB:
            return Remedy(text=self.rows[_STUB].text, safety="report")
        remedy = super().check(node, context)
        is_stub = remedy is not None and remedy.new is None and remedy.text == self.rows[_STUB].text
        return None if is_stub else remedy
