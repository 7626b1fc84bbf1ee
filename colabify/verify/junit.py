"""A verification as JUnit's XML, which CI systems show: a suite for each notebook, a case for each step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from colabify.verify.outcome import CellRun, NotebookVerdict, StepRun, Verification

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(verification: Verification) -> str:
    """The text of the file; each step is a case, and so is each cell that failed or was skipped."""
    suites = [_suite(one, verification.started) for one in verification.notebooks]
    root = ET.Element("testsuites", name="colabify --verify", time=f"{verification.seconds:.3f}")
    for name in ("tests", "failures", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    root.extend(suites)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(verdict: NotebookVerdict, started: str) -> ET.Element:
    suite = ET.Element("testsuite", name=_text(verdict.notebook), timestamp=started)
    for step in verdict.steps:
        suite.append(_step(verdict.notebook, step))
    for cell in verdict.cells:
        if cell.state in ("failed", "skipped"):
            suite.append(_cell(verdict.notebook, cell))
    cases = list(suite)
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    suite.set("errors", "0")
    suite.set("time", f"{verdict.seconds:.3f}")
    return suite


def _step(notebook: str, step: StepRun) -> ET.Element:
    case = _case(notebook, step.step, step.seconds)
    if step.state == "failed":
        ET.SubElement(case, "failure", message=_text(step.why), type="step")
    elif step.state != "passed":
        ET.SubElement(case, "skipped", message=_text(step.why or step.state))
    return case


def _cell(notebook: str, cell: CellRun) -> ET.Element:
    case = _case(notebook, cell.place, cell.seconds)
    if cell.state == "skipped":
        ET.SubElement(case, "skipped", message=_text(cell.why))
        return case
    kind = _text(cell.error.partition(":")[0])
    failure = ET.SubElement(case, "failure", message=_text(told(cell)), type=kind)
    failure.text = _text(cell.traceback)
    return case


def _case(notebook: str, name: str, seconds: float) -> ET.Element:
    return ET.Element("testcase", classname=_text(notebook), name=name, time=f"{seconds:.3f}")


def told(cell: CellRun) -> str:
    """Why a cell failed, where else it does, and what foresaw it."""
    more = {True: "fails at home as well", False: "fails only on Colab", None: ""}[
        cell.fails_at_home
    ]
    foreseen = f"foreseen: {', '.join(cell.foreseen)}" if cell.foreseen else ""
    notes = ", ".join(one for one in (more, foreseen) if one)
    return f"{cell.why} ({notes})" if notes else cell.why


def _text(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)
