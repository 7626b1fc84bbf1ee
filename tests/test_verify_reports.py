"""The reports of a verification: text, JSON, JUnit XML."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from colabify.report.terminal import Terminal
from colabify.verify.outcome import StepRun, verify_json
from colabify.verify.reports import ReportError, check_reports, write_reports
from colabify.verify.text import print_verification
from tests.verifying import cell_run, verification

FAILED = cell_run(
    2, state="failed", error="ModuleNotFoundError: No module named 'x'", traceback="Traceback\x00 …",
    why="there is no module x on this machine", fails_at_home=False, foreseen=("COL401",),
)  # fmt: skip
SKIPPED = cell_run(3, state="skipped", why="it is tagged colabify-skip-verify")


def said(quiet: bool = False, verbose: bool = False) -> str:
    stream = io.StringIO()
    found = verification(cell_run(1), FAILED, SKIPPED)
    print_verification(Terminal(stream), found, verbose=verbose, quiet=quiet)
    return stream.getvalue()


def test_the_text() -> None:
    assert said() == (
        "labs/a.ipynb  opens  failed\n"
        "  cell 3: there is no module x on this machine (fails only on Colab, foreseen: COL401)\n"
        "not as on Colab: there is no GPU\n"
        "1 notebook verified in 3 s: 1 failed. Cells that fail only on Colab: 1; at home as well: 0.\n"
    )
    assert "not as on Colab" not in said(quiet=True)
    assert "cell 4: skipped: it is tagged" in said(verbose=True)


def test_the_json() -> None:
    found = verify_json(verification(FAILED))
    assert (found["version"], found["colabify"]) == (1, "1")
    assert found["notebooks"][0]["cells"][0]["foreseen"] == ("COL401",)
    assert json.loads(json.dumps(found))["notebooks"][0]["steps"][0]["step"] == "opens"


def test_the_junit_xml(tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    write_reports(verification(cell_run(1), FAILED, SKIPPED), [file])
    suites = ET.parse(file).getroot()
    assert (suites.get("tests"), suites.get("failures"), suites.get("skipped")) == ("5", "2", "2")
    failure = suites.find(".//testcase[@name='cell 3']/failure")
    assert failure is not None
    assert failure.get("type") == "ModuleNotFoundError"
    assert failure.text == "Traceback\ufffd …"


@pytest.mark.parametrize(
    ("name", "said"), [("a.txt", ".html, .json, .xml"), ("none/a.xml", "its folder is not there")]
)
def test_a_report_that_cannot_be_written_is_told_before_anything_is_run(
    tmp_path: Path, name: str, said: str
) -> None:
    with pytest.raises(ReportError, match=said):
        check_reports([tmp_path / name])


@pytest.mark.parametrize(
    ("why", "lines"),
    [
        ("it fails: no network", ["  cell 3: no network"]),
        (
            "run again after a restart, it fails: no disk",
            ["  sets up: run again after a restart, it fails: no disk", "  cell 3: no network"],
        ),
    ],
)
def test_why_a_step_failed_is_said_once(why: str, lines: list[str]) -> None:
    found = verification(cell_run(2, state="failed", why="no network"))
    (verdict,) = found.notebooks
    verdict = replace(
        verdict, steps=(StepRun("opens", "passed"), StepRun("sets up", "failed", why))
    )
    stream = io.StringIO()
    again = replace(found, notebooks=(verdict,))
    print_verification(Terminal(stream), again, verbose=False, quiet=False)
    assert stream.getvalue().splitlines()[1:-2] == lines
