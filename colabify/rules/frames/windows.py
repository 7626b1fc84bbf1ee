"""Functions of pandas for moving windows became methods in 0.18: ``ts.rolling(12).mean()``.

Source: pandas' release notes of 0.18 and 0.23, which removed them; run with pandas 0.23 and 2.2. They took
arrays too, which have no such methods: only what surely is a frame or a series is rewritten by default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.frames.objects import (
    FRAMES,
    has_comment,
    kind_of,
    made,
    owner_code,
    sorted_out,
)
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_MODULES = ("pandas.", "pandas.stats.moments.")
_ROLLED = (
    "count", "max", "mean", "median", "min", "std", "sum", "var", "skew", "kurt", "quantile", "apply", "corr",
    "cov",
)  # fmt: skip
_WEIGHTED = {"ewma": "mean", "ewmstd": "std", "ewmvol": "std", "ewmvar": "var"}
_WINDOW: tuple[str, ...] = ("window", "min_periods", "center")
_ROLLING: tuple[str, ...] = ("arg", "window", "min_periods", "freq", "center", "how")
_WEIGHT = ("com", "span", "halflife", "min_periods", "adjust", "ignore_na")
_EWM = ("arg", "com", "span", "halflife", "min_periods", "freq", "adjust", "how", "ignore_na")
_ORDERS: dict[str, tuple[str, ...]] = {
    "quantile": ("arg", "window", "quantile", "min_periods", "freq", "center"),
    "apply": ("arg", "window", "func", "min_periods", "freq", "center", "args", "kwargs"),
    "corr": ("arg1", "arg2", "window", "min_periods", "freq", "center", "pairwise", "how"),
    "cov": ("arg1", "arg2", "window", "min_periods", "freq", "center", "pairwise", "ddof"),
    "std": (*_ROLLING, "ddof"),
    "var": (*_ROLLING, "ddof"),
}
_NAMES = frozenset(
    {*(f"{kind}_{name}" for kind in ("rolling", "expanding") for name in _ROLLED), *_WEIGHTED}
)
_TEXT = "{} is a method now: .{}(...).{}(...) of the series or frame"


class MovingWindows(Rule):
    """Call ``.rolling(...).mean()`` of a series where ``pd.rolling_mean(...)`` of it stood.

    So too ``pd.expanding_max``, ``pd.ewma`` and the like. The methods have been there since pandas 0.18.
    """

    code = "COL136"
    name = "pandas-windows"
    needles = _NAMES
    packages = frozenset({"pandas"})
    nodes = ("Call",)
    examples = (
        Example("import pandas as pd\nts = pd.Series([1.0, 2.0, 4.0])\nx = pd.rolling_mean(ts, 2)\n",
                "import pandas as pd\nts = pd.Series([1.0, 2.0, 4.0])\nx = ts.rolling(2).mean()\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1.0, 2.0, 4.0]})\n"
                "x = pd.rolling_std(df['a'], window=3, min_periods=1, center=True)\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1.0, 2.0, 4.0]})\n"
                "x = df['a'].rolling(window=3, min_periods=1, center=True).std()\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'a': [1.0, 2.0], 'b': [2.0, 1.0]})\n"
                "x = pd.rolling_corr(df.a, df.b, 2)\ny = pd.ewma(df.a, span=3)\n",
                "import pandas as pd\ndf = pd.DataFrame({'a': [1.0, 2.0], 'b': [2.0, 1.0]})\n"
                "x = df.a.rolling(2).corr(df.b)\ny = df.a.ewm(span=3).mean()\n"),
        Example("from pandas import rolling_mean\nx = rolling_mean(load(), 2)\n",
                told="rolling_mean is a method now"),
        Example("import pandas as pd\nts = pd.Series([1.0])\nx = pd.rolling_mean(ts, 2, freq='D')\n",
                told="rolling_mean is a method now"),
        Example("import pandas as pd\nts = pd.Series([1.0])\nx = ts.rolling(2).mean()\n"),
        Example("import bottleneck as pd\nx = pd.rolling_mean([1.0], 2)\n"),
        Example("import pandas as pd\ndef rolling_mean(x, n):\n    return x\ny = rolling_mean([1], 2)\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """The functions are gone since pandas 0.23."""
        return is_gone("pandas 0.23", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The method's call, of the function's first argument."""
        import libcst as cst

        if not isinstance(node, cst.Call):
            return None
        for full in context.full_names(node.func):
            module = next((one for one in _MODULES if full.startswith(one)), "")
            name = full[len(module) :]
            if module and name in _NAMES:
                return _method(node, name, context)
        return None


def _method(call: cst.Call, name: str, context: Context) -> Remedy:
    window, _, what = name.partition("_")
    order, taken = _ORDERS.get(what, _ROLLING), _WINDOW
    if name in _WEIGHTED:
        window, what, order, taken = "ewm", _WEIGHTED[name], _EWM, _WEIGHT
    elif window == "expanding":
        order = tuple(one for one in order if one not in ("window", "center", "how"))
    text = _TEXT.format(name, window, what)
    given = sorted_out(call, order)
    told = Remedy(text=text, safety="report")
    if given is None or has_comment(call):
        return told
    series = given.pop("arg", None) or given.pop("arg1", None)
    codes = {key: code_of(value) for key, value in given.items() if code_of(value) != "None"}
    if series is None or codes.keys() & {"freq", "how", "args", "kwargs"}:
        return told
    method = {key: code for key, code in codes.items() if key not in taken}
    by_name = {one.keyword.value for one in call.args if one.keyword is not None}
    made_of = ", ".join(_argument(key, codes[key], by_name) for key in taken if key in codes)
    ends = [
        code if key in ("arg2", "func", "quantile") else f"{key}={code}"
        for key, code in method.items()
    ]
    ends += ["raw=True"] if what == "apply" else []
    kind = kind_of(series, context)
    if kind and kind not in FRAMES:
        return told
    code = f"{owner_code(series)}.{window}({made_of}).{what}({', '.join(ends)})"
    return made(call, code, text, "safe" if kind else "unsafe")


def _argument(key: str, code: str, by_name: set[str]) -> str:
    return code if key == "window" and key not in by_name else f"{key}={code}"
