"""What a person should know about local modules in Python 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.findings import Finding
from colabify.python2.detect import may_be_old
from colabify.python2.notebook import DIVISION, LEFT, division_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from colabify.analysis.imports import Imports
    from colabify.findings import Severity
    from colabify.modules.given import GivenModules

MODULE = "COL223"
_NOT_PARSED = "COL404"


def about_modules(
    findings: Sequence[Finding], imports: Imports, given: GivenModules
) -> list[Finding]:
    """``findings`` about a notebook, and what is to be said of the modules in Python 2 that it imports.

    That takes the place of their not being Python 3.
    """
    paths = {path for path, _ in imports.unparsed}
    paths |= {one.path for one in imports.modules if one.path and _may_be_old(one.path, given)}
    found = [one for path in sorted(paths) for one in _about(path, given)]
    told = {one.path for one in found if one.code == MODULE}
    kept = [one for one in findings if not (one.code == _NOT_PARSED and one.path in told)]
    return [*kept, *found]


def _may_be_old(path: str, given: GivenModules) -> bool:
    text = given.text(path) if path.endswith(".py") else ""
    if isinstance(text, str):
        return False
    return may_be_old(text.text) or given.converted(path) is not None


def _about(path: str, given: GivenModules) -> Iterator[Finding]:
    if not path.endswith(".py"):
        return
    converted = given.converted(path)
    if converted is not None:
        if converted.left:
            yield Finding(
                DIVISION, division_text(converted.left), line=converted.left[0], path=path
            )
        if converted.said:
            yield Finding(LEFT, "; ".join(converted.said), path=path)
        return
    sign = given.old.sign(path)
    if sign is None:
        return
    severity: Severity = "error" if sign.syntax or "import" in sign.text else "advice"
    text = f"in Python 2 ({sign.text}): --unsafe-fixes rewrites what is in a folder that is given"
    yield Finding(MODULE, text, severity, line=sign.line, path=path, unsafe_fix=given.holds(path))
