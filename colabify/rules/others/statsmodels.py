"""Statsmodels 0.9 to 0.14 removed modules, names and keywords.

Sources: the release notes of statsmodels 0.9 to 0.14; every old form fails on Python 3.13 with statsmodels
0.14.6. What the new ARIMA and AutoReg give is not what the old classes gave (``forecast`` gives the forecast
alone, ``fit`` takes no ``disp``), so that only the import of an ARIMA of which nothing else is used is safe.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Keyword, Keywords, Renamed, Row
from colabify.rules.others.several import Several

_CLASSES = ("OLS", "WLS", "GLS", "GLSAR", "GLM", "RLM", "GEE", "Logit", "Probit", "MNLogit", "Poisson",
"MixedLM",
            "NegativeBinomial", "QuantReg", "PHReg")  # fmt: skip
_MODEL = "statsmodels.tsa.arima.model.ARIMA"
_ARIMA = (
    "the old ARIMA is gone: that of statsmodels.tsa.arima.model has order= by keyword, a fit() without disp, "
    "and a forecast() that gives the forecast alone"
)
_ARMA = "ARMA is gone: ARIMA(x, order=(p, 0, q)) of statsmodels.tsa.arima.model is the same model"
_AR = "AR is gone: AutoReg(x, lags=n) of statsmodels.tsa.ar_model is the same model"
_DECOMPOSE = ("statsmodels.tsa.seasonal.seasonal_decompose", "statsmodels.api.tsa.seasonal_decompose",
              "statsmodels.api.tsa.seasonal.seasonal_decompose",
              "statsmodels.tsa.api.seasonal_decompose")  # fmt: skip
_STATTOOLS = ("statsmodels.tsa.stattools", "statsmodels.api.tsa", "statsmodels.api.tsa.stattools",
              "statsmodels.tsa.api")  # fmt: skip


class _Names(Renamed):
    rows: ClassVar = {
        **{f"statsmodels.formula.api.{name}": Row(f"statsmodels.api.{name}", "statsmodels 0.11", binding="sm")
           for name in _CLASSES},
        "statsmodels.tsa.arima_model.ARIMA": Row(_MODEL, "statsmodels 0.13", _ARIMA, "unsafe", shim=False),
        "statsmodels.tsa.arima_model.ARMA": Row(since="statsmodels 0.13", text=_ARMA),
        "statsmodels.tsa.arima_model": Row(since="statsmodels 0.13", text=_ARIMA, fails=False),
        "statsmodels.tsa.api.ARMA": Row(since="statsmodels 0.13", text=_ARMA),
        "statsmodels.api.tsa.ARMA": Row(since="statsmodels 0.13", text=_ARMA),
        "statsmodels.api.tsa.AR": Row(since="statsmodels 0.13", text=_AR),
        "statsmodels.tsa.ar_model.AR": Row(since="statsmodels 0.13", text=_AR),
        "statsmodels.stats.diagnostic.het_breushpagan": Row(
            "statsmodels.stats.diagnostic.het_breuschpagan", "statsmodels 0.11"),
        "statsmodels.stats.diagnostic.acorr_breush_godfrey": Row(
            "statsmodels.stats.diagnostic.acorr_breusch_godfrey", "statsmodels 0.11"),
        "statsmodels.stats.api.het_breushpagan": Row("statsmodels.stats.api.het_breuschpagan",
        "statsmodels 0.11"),
        "statsmodels.api.stats.het_breushpagan": Row(
            "statsmodels.stats.api.het_breuschpagan", "statsmodels 0.11", binding="sms"),
        "statsmodels.nonparametric.kde.KDE": Row("statsmodels.nonparametric.kde.KDEUnivariate",
        "statsmodels 0.9"),
        "statsmodels.tsa.vector_ar.dynamic": Row(
            since="statsmodels 0.12",
            text="DynamicVAR is gone: statsmodels.regression.rolling has RollingOLS"),
    }  # fmt: skip


class _Keywords(Keywords):
    rows: ClassVar = {
        **{f"{name}(freq)": Keyword("period", "statsmodels 0.12") for name in _DECOMPOSE},
        **{f"{module}.acf(unbiased)": Keyword("adjusted", "statsmodels 0.12") for module in _STATTOOLS},
        **{f"{module}.kpss(lags)": Keyword("nlags", "statsmodels 0.13") for module in _STATTOOLS},
        "statsmodels.tsa.arima_process.arma_generate_sample(sigma)": Keyword("scale", "statsmodels 0.12"),
        "statsmodels.api.tsa.arma_generate_sample(sigma)": Keyword("scale", "statsmodels 0.12"),
    }  # fmt: skip


_DATA = "import numpy as np\nx = np.arange(24.0) % 5 + 1\n"


class Statsmodels(Several):
    """Use the names and keywords that statsmodels has since its versions 0.9 to 0.14.

    ``smf.OLS`` is ``sm.OLS``, ``seasonal_decompose(x, freq=12)`` takes ``period=12``.
    """

    code = "COL172"
    name = "statsmodels"
    parts: ClassVar = (_Keywords(), _Names())
    examples = (
        Example("import statsmodels.formula.api as smf\n"
                "r = round(smf.OLS([1, 2, 4], [1, 2, 3]).fit().params[0], 6)\n",
                "import statsmodels.formula.api as smf\nimport statsmodels.api as sm\n"
                "r = round(sm.OLS([1, 2, 4], [1, 2, 3]).fit().params[0], 6)\n", shows="r"),
        Example("from statsmodels.formula.api import ols, Logit\n",
                "from statsmodels.formula.api import ols\nfrom statsmodels.api import Logit\n"),
        Example(_DATA + "from statsmodels.tsa.seasonal import seasonal_decompose\n"
                "r = seasonal_decompose(x, freq=5).seasonal[:3]\n",
                _DATA + "from statsmodels.tsa.seasonal import seasonal_decompose\n"
                "r = seasonal_decompose(x, period=5).seasonal[:3]\n", shows="r"),
        Example(_DATA + "from statsmodels.tsa.stattools import acf\nr = acf(x, unbiased=True, nlags=3)[1]\n",
                _DATA + "from statsmodels.tsa.stattools import acf\n"
                "r = acf(x, adjusted=True, nlags=3)[1]\n", shows="r"),
        Example(_DATA + "from statsmodels.tsa.arima_model import ARIMA\nm = ARIMA(x, order=(1, 0, 0))\n",
                _DATA + "from statsmodels.tsa.arima.model import ARIMA\nm = ARIMA(x, order=(1, 0, 0))\n",
                unsafe=True),
        Example("from statsmodels.tsa.arima_model import ARMA\n", told="order=(p, 0, q)"),
        Example("import statsmodels.api as sm\nm = sm.tsa.AR(x)\n", told="AutoReg"),
        Example("from statsmodels.tsa.arima.model import ARIMA\nm = ARIMA(x, order=(1, 0, 0))\n"),
        Example("import statsmodels.formula.api as smf\nm = smf.ols('y ~ x', d)\nn = smf.glm\n"),
        Example("import statsmodels.api as sm\nm = sm.OLS(y, x)\nn = sm.tsa.acovf(x, unbiased=True)\n"),
        Example("from pandas import date_range\nd = date_range('2020', periods=3, freq='D')\n"),
        Example("from statsmodels.sandbox.stats.multicomp import multipletests\n"),
    )  # fmt: skip
