"""The HTML page of a verification: one file that asks nothing of the network and runs no output."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from colabify.verify.outcome import STEPS
from colabify.verify.page.sheets import Sheet, sheets
from colabify.verify.page.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

    from colabify.verify.outcome import Verification

_HERE = Path(__file__).parent

_MEANINGS = {
    "opens": "it is ported, and a notebook that Colab opens",
    "sets up": "its setup cell runs, and runs again after a restart",
    "imports": "what it imports is there",
    "data": "the paths that its code reads lead somewhere",
    "runs": "its cells run",
    "home": "its cells run where the author wrote them, or fail there as they did before",
}
_LEVELS = {
    "imports": "setup, imports and paths were tried; the other cells were not run",
    "run": "all cells were run",
    "image": "all cells were run in Colab's public image",
    "colab": "all cells were run on a machine of Colab's",
}


def page(verification: Verification) -> str:
    """The page as HTML. It holds no lone surrogate, and can be written as UTF-8."""
    made = sheets(verification.notebooks)
    script = (_HERE / "page.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    template = _environment().get_template("page.html")
    return template.render(
        verification=verification,
        sheets=made,
        counts=_counts(made),
        steps=STEPS,
        meanings=_MEANINGS,
        level=_LEVELS.get(verification.level, verification.level),
        style=_own((_HERE / "page.css").read_text("utf-8")),
        script=_own(script),
        digest=digest,
    )


@cache
def _environment() -> Environment:
    """Everything that a template writes is escaped, and what does not show is made visible."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def finalize(value: Any) -> Any:
        return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    made = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["duration"] = _duration
    made.filters["breakable"] = _breakable
    return made


def _own(text: str) -> str:
    """Text of colabify's own, which is written as it is."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704


def _duration(seconds: float) -> str:
    """``0.4 s``, ``12 s``, ``3 min 5 s``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _breakable(name: str) -> str:
    """A path that a browser may break where a person would: behind a slash, an underscore or a hyphen."""
    from markupsafe import Markup

    parts = re.findall(r"[^/_-]*[/_-]*", visible(name))
    return Markup("<wbr>").join(parts[:-1])


def _counts(made: Iterable[Sheet]) -> dict[str, int]:
    """How many notebooks are in each state; those that fail as they do at home are counted apart."""
    counts = {"passed": 0, "failed": 0, "as at home": 0, "skipped": 0}
    for sheet in made:
        counts[sheet.look] += 1
    return counts
