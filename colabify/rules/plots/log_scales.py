"""The arguments of logarithmic scales: ``basex=``, ``nonposy=``, gone since matplotlib 3.5."""

from __future__ import annotations

from colabify.rules.families import Keyword
from colabify.rules.plots.pyplot import in_pyplot

_NEW = {
    "base": "base",
    "nonpos": "nonpositive",
    "subs": "subs",
    "linthresh": "linthresh",
    "linscale": "linscale",
}
"""What the arguments are called today, by what they were less their last letter, the axis."""
_BOTH = Keyword(
    since="matplotlib 3.5",
    text="loglog() takes base=, subs= and nonpositive= now, for both axes: "
    "set one axis with plt.xscale('log', base=…)",
    safety="report",
)


def log_rows() -> dict[str, Keyword]:
    """The rows of all functions and methods that set a scale, by function and argument."""
    rows = {}
    for axis in "xy":
        for old, new in _NEW.items():
            row = Keyword(new, since="matplotlib 3.5")
            functions = (
                *in_pyplot(f"{axis}scale", f"semilog{axis}"),
                f"matplotlib.Axes.set_{axis}scale",
            )
            for function in (*functions, f"matplotlib.Axes.semilog{axis}"):
                rows[f"{function}({old}{axis})"] = row
            for function in (*in_pyplot("loglog"), "matplotlib.Axes.loglog"):
                rows[f"{function}({old}{axis})"] = _BOTH
    return rows
