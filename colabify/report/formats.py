"""The formats of the report that programs read: JSON, GitHub's workflow commands, SARIF."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from colabify.outcomes import Mode, ModuleOutcome, Outcome

FORMATS = ("text", "json", "github", "sarif")


def write_report(
    stream: TextIO,
    name: str,
    outcomes: Sequence[Outcome],
    modules: Sequence[ModuleOutcome],
    mode: Mode,
) -> None:
    """Write the report in the format of that name, which is one of :data:`FORMATS` other than ``text``."""
    text = _report(name, outcomes, modules, mode)
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


def _report(
    name: str, outcomes: Sequence[Outcome], modules: Sequence[ModuleOutcome], mode: Mode
) -> str:
    if name == "json":
        from colabify.report.plan_json import report_json

        return report_json(outcomes, modules, mode)
    from colabify.report.annotations import annotate

    found = annotate(outcomes, modules, mode)
    if name == "github":
        from colabify.report.github import report_github

        return report_github(found)
    from colabify.report.sarif import report_sarif

    return report_sarif(list(found))
