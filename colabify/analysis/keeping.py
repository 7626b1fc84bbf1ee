"""How a notebook's results are kept, or that they will be lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.findings import Finding
from colabify.steps import Clone, Drive, Results

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.analysis.results import Result
    from colabify.settings import Settings
    from colabify.steps import Upload

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept of a notebook's results (None: nothing), and what a person should know about it."""

    results: Results | None = None
    findings: tuple[Finding, ...] = ()


def keep_results(
    found: Sequence[Result], settings: Settings, source: Clone | Drive | Upload | None
) -> Keeping:
    """How ``found`` is kept, as ``persist`` has it, of a course that comes from ``source``.

    A course that is in Drive itself keeps what is written into it, so nothing has to be done.
    """
    persist = settings.persist
    if not found or isinstance(source, Drive):
        return Keeping()
    if persist == "drive" and source is not None:
        kept = tuple(one.path for one in found if not one.stays)
        findings = tuple(
            Finding(
                "COL342", f"{one.path} is not kept in Drive: the code {one.stays}", cell=one.cell
            )
            for one in found
            if one.stays
        )
        return Keeping(Results("drive", kept) if kept else None, findings)
    paths = tuple(one.path for one in found)
    if persist == "download":
        return Keeping(Results("download", paths))
    if (
        persist == "git"
        and isinstance(source, Clone)
        and source.url.startswith("https://github.com/")
    ):
        return Keeping(Results("git", paths))
    if persist == "none":
        return Keeping(findings=lost(found))
    needs = "a clone from GitHub" if persist == "git" else "the course's files on Colab"
    text = f'persist = "{persist}" needs {needs}, so nothing is kept of {_in_short(found)}'
    return Keeping(findings=(Finding("COL343", text),))


def lost(results: Sequence[Result]) -> tuple[Finding, ...]:
    """One finding that lists what Colab forgets; none if that is nothing but what cells hold anyway."""
    mine = [one for one in results if one.kind != "cell"]
    if not mine:
        return ()
    text = f"Colab forgets what is written: {_in_short(mine)}; persist in [tool.colabify] keeps it"
    return (Finding("COL341", text),)


def _in_short(results: Sequence[Result]) -> str:
    more = f" and {len(results) - _SHOWN} more" if len(results) > _SHOWN else ""
    return ", ".join(one.said for one in results[:_SHOWN]) + more
