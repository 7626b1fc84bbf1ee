"""The report as SARIF (``--format sarif``), held against the constraints of SARIF 2.1.0."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from colabify.cli import main
from colabify.explain import pages
from tests.courses import make_repository, notebook
from tests.reports import FILES, NAMES, Capture, line_of, said


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_repository(tmp_path_factory.mktemp("course"), FILES)


# The constraints of SARIF 2.1.0 on the objects that are used here (its sections 3.13 to 3.52)
TEXT = {"type": "string", "minLength": 1}
MESSAGE = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": TEXT},
    "additionalProperties": False,
}
PLACE = {
    "type": "object",
    "required": ["physicalLocation"],
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "additionalProperties": False,
                    "properties": {
                        "uri": {"type": "string", "pattern": r"^[A-Za-z0-9_.~%/-]+$"},
                        "uriBaseId": TEXT,
                    },
                },
                "region": {
                    "type": "object",
                    "required": ["startLine"],
                    "additionalProperties": False,
                    "properties": {"startLine": {"type": "integer", "minimum": 1}},
                },
            },
        },
        "logicalLocations": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"name": TEXT, "fullyQualifiedName": TEXT, "kind": TEXT},
            },
        },
    },
}
SAID = {
    "level": {"enum": ["none", "note", "warning", "error"]},
    "message": MESSAGE,
    "locations": {"type": "array", "items": PLACE},
}
RULE = {
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {"id": TEXT, "name": TEXT, "shortDescription": MESSAGE, "help": MESSAGE},
}
RUN = {
    "type": "object",
    "required": ["tool", "results"],
    "additionalProperties": False,
    "properties": {
        "tool": {
            "type": "object",
            "required": ["driver"],
            "additionalProperties": False,
            "properties": {
                "driver": {
                    "type": "object",
                    "required": ["name"],
                    "additionalProperties": False,
                    "properties": {
                        "name": TEXT,
                        "version": TEXT,
                        "rules": {"type": "array", "uniqueItems": True, "items": RULE},
                    },
                }
            },
        },
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "invocations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["executionSuccessful"],
                "additionalProperties": False,
                "properties": {
                    "executionSuccessful": {"type": "boolean"},
                    "toolExecutionNotifications": {
                        "type": "array",
                        "uniqueItems": True,
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": SAID,
                        },
                    },
                },
            },
        },
        "results": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message"],
                "additionalProperties": False,
                "properties": {
                    "ruleId": TEXT,
                    "ruleIndex": {"type": "integer", "minimum": 0},
                    **SAID,
                },
            },
        },
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "items": RUN},
    },
}


def sarif(text: str) -> dict[str, Any]:
    """The only run of a log, which has to be SARIF; what the schema cannot say is checked here."""
    import jsonschema

    log = json.loads(text)
    jsonschema.Draft7Validator(SARIF).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({one["id"] for one in rules}) == len(rules)
    for one in run["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
    return dict(run)


def test_sarif_has_results_with_their_rules_and_places(course: Path, capsys: Capture) -> None:
    run = sarif(said(capsys, course, "--check", "--format", "sarif"))
    (absent,) = [one for one in run["results"] if one["ruleId"] == "COL311"]
    (place,) = absent["locations"]
    assert absent["level"] == "error"
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "week/a.ipynb"
    line = line_of(course / "week" / "a.ipynb", "absent")
    assert place["physicalLocation"]["region"] == {"startLine": line}
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "week/a.ipynb/cell 3"
    helps = {one["id"]: one["help"]["text"] for one in run["tool"]["driver"]["rules"]}
    assert helps["COL311"] == pages()["COL311"].text
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    (failed,) = invocation["toolExecutionNotifications"]
    assert failed["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "bad.ipynb"


def test_sarif_of_strange_names(tmp_path: Path, capsys: Capture) -> None:
    names = [*NAMES, "作业 #1?.ipynb", os.fsdecode(b"\xff.ipynb")]
    make_repository(tmp_path, dict.fromkeys(names, notebook("x = 1")))
    run = sarif(said(capsys, tmp_path, "--format", "sarif"))
    uris = [
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]
    ]
    assert {unquote(one, errors="surrogateescape") for one in uris} == set(names)


def test_sarif_of_nothing(tmp_path: Path, capsys: Capture) -> None:
    make_repository(tmp_path, {"a.ipynb": notebook("x = 1")})
    main([str(tmp_path), "--inplace", "--quiet"])
    run = sarif(said(capsys, tmp_path, "--check", "--format", "sarif"))
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
    assert run["invocations"][0]["executionSuccessful"]
