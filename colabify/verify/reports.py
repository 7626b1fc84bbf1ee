"""Reports of a verification in files: JSON, JUnit XML for CI, and a page to look at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from colabify.errors import ColabifyError
from colabify.verify.outcome import verify_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from colabify.verify.outcome import Verification


class ReportError(ColabifyError):
    """A report that cannot be written; the message names the file and says why."""


def check_reports(files: Sequence[Path]) -> None:
    """See that every report could be written, before notebooks are run for it.

    Raises:
        ReportError: one could not.

    """
    for file in files:
        if file.suffix.lower() not in _KINDS:
            kinds = ", ".join(_KINDS)
            raise ReportError(f"{file}: a report's name ends in one of {kinds}")
        if file.is_dir() or not file.parent.is_dir():
            raise ReportError(f"{file}: its folder is not there, or it is a folder")


def write_reports(verification: Verification, files: Sequence[Path]) -> None:
    """Write the verification into each of the files, as their names say.

    Raises:
        ReportError: one cannot be written; the others are.

    """
    problems = []
    for file in files:
        try:
            text = _KINDS[file.suffix.lower()](verification)
            file.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            problems.append(f"{file}: cannot be written: {error.strerror or error}")
    if problems:
        raise ReportError("; ".join(problems))


def as_json(verification: Verification) -> str:
    """The verification as JSON."""
    return json.dumps(verify_json(verification), indent=2) + "\n"


def _as_junit(verification: Verification) -> str:
    from colabify.verify.junit import junit_xml

    return junit_xml(verification)


def _as_page(verification: Verification) -> str:
    from colabify.verify.page import page

    return page(verification)


_KINDS: dict[str, Callable[[Verification], str]] = {
    ".html": _as_page,
    ".json": as_json,
    ".xml": _as_junit,
}
