"""The report as SARIF 2.1.0, the form in which forges and editors take what a checker has found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from colabify import __version__
from colabify.codes import Page
from colabify.explain import pages
from colabify.report.annotations import NOT_PORTED, UNREADABLE
from colabify.report.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.report.annotations import Annotation

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_NOT_PORTED = Page(
    NOT_PORTED,
    "The notebook, or a module that it uses, is not as colabify would leave it. Run colabify on it with\n"
    "--inplace, and look at the diff.",
)


def report_sarif(found: Sequence[Annotation]) -> str:
    """One run: a result for each annotation, the rules of their codes, and what could not be read.

    A file that could not be read is no result but a notification of the tool's.
    """
    results = [one for one in found if one.code != UNREADABLE]
    known = {**pages(), NOT_PORTED: _NOT_PORTED}
    codes = list(dict.fromkeys(one.code for one in results))
    driver = {
        "name": "colabify",
        "version": __version__,
        "rules": [_rule(code, known[code]) for code in codes],
    }
    failures = [one for one in found if one.code == UNREADABLE]
    run = {
        "tool": {"driver": driver},
        "invocations": [
            {
                "executionSuccessful": not failures,
                "toolExecutionNotifications": [_said(one) for one in failures],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, codes.index(one.code)) for one in results],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str, page: Page) -> dict[str, Any]:
    return {
        "id": code,
        "name": page.name,
        "shortDescription": {"text": page.summary},
        "help": {"text": page.text},
    }


def _result(one: Annotation, rule: int) -> dict[str, Any]:
    return {"ruleId": one.code, "ruleIndex": rule, **_said(one)}


def _said(one: Annotation) -> dict[str, Any]:
    return {
        "level": one.level,
        "message": {"text": printable(one.message)},
        "locations": [_location(one)],
    }


def _location(one: Annotation) -> dict[str, Any]:
    """The line of the file, which is JSON, and the cell: what a person looks for."""
    uri = quote(one.file.encode("utf-8", "surrogateescape"))
    where: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": one.line},
        }
    }
    if one.cell is not None:
        cell = f"cell {one.cell}"
        full = f"{printable(one.file)}/{cell}"
        where["logicalLocations"] = [{"name": cell, "fullyQualifiedName": full, "kind": "element"}]
    return where
