"""Verifications made by hand, for what is told of one: nothing is run."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from colabify.verify.outcome import (
    STEPS,
    CellRun,
    DiffRow,
    NotebookState,
    NotebookVerdict,
    StepRun,
    Verification,
)

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
RED = ["\x1b[0;31mValueError\x1b[0m", "\x1b[0;31mValueError\x1b[0m: <no> such thing"]


def stream(text: Any, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def display(**data: Any) -> dict[str, Any]:
    """``display(text_html="<b>")``: the data of one output."""
    types = {
        key.replace("_", "/", 1).replace("svg", "svg+xml"): value for key, value in data.items()
    }
    return {"output_type": "display_data", "data": types, "metadata": {}}


def failed(cell: int, **more: Any) -> CellRun:
    said: dict[str, Any] = {
        "source": "raise ValueError",
        "error": "ValueError: <no> such thing",
        "traceback": "ValueError: <no> such thing",
        "fails_at_home": False,
        "why": "A sentence says why.",
    }
    return CellRun(cell, f"cell {cell + 1}", state="failed", **said | more)


def passed(cell: int, *outputs: dict[str, Any], source: str = "print(1)") -> CellRun:
    return CellRun(cell, f"cell {cell + 1}", source, "passed", outputs=outputs)


def steps(**states: Any) -> tuple[StepRun, ...]:
    """``steps(runs="failed")``: the others passed."""
    return tuple(StepRun(one, states.get(one.replace(" ", "_"), "passed")) for one in STEPS)


def verdict(
    name: str, *cells: CellRun, state: NotebookState = "passed", **more: Any
) -> NotebookVerdict:
    return NotebookVerdict(name, state, **{"steps": steps(), "cells": cells} | more)


def verification(*notebooks: NotebookVerdict, **more: Any) -> Verification:
    made = Verification(
        course="a course",
        level="run",
        notebooks=notebooks,
        settings={"timeout": "600 s"},
        environment={"python": "3.13.1"},
        started="2026-11-28T17:30:00Z",
        seconds=65.0,
        version="0.1.0",
    )
    return replace(made, **more)


class Hostile:
    """Text that would take over a page that let it; each is another, and ``made`` counts them."""

    def __init__(self) -> None:
        self._numbers = count()
        self.made = 0

    def __call__(self) -> str:
        self.made = next(self._numbers) + 1
        return (
            f"hostile{self.made}.</pre></code></details></table>\"'><script>document.title = 'taken'</script>"
            "<img src=https://example.org/x onerror=\"document.title='taken'\">{{ 7777 * 3 }}\x00\x1b]8;;a\x07\ud800"
        )


def hostile_verification(text: Hostile) -> Verification:
    """A verification of which a stranger wrote every word."""
    outputs = (
        stream(text()),
        stream(text(), "stderr"),
        stream([text(), text()]),
        display(text_plain=text()),
        display(
            text_html=f"<table><tr><td colspan='\"onclick=x'><b>{text()}</b></td></tr></table>"
        ),
        display(text_html=f"<p>words</p><iframe src=https://example.org></iframe>{text()}"),
        display(
            image_svg="<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
        ),
        display(image_png=PNG, text_plain=text()),
        display(image_png='" onerror="alert(1)', text_plain=text()),
        display(text_latex=text()),
        display(text_markdown=text()),
        display(application_javascript="document.title = 'taken'"),
        {"output_type": "display_data", "data": {text(): 1}},
        {"output_type": text()},
        {"output_type": "display_data", "data": None},
        {"output_type": "error", "traceback": [f"\x1b[31m{text()}\x1b[0m\x1b[38;5;999m"]},
    )
    plan = {
        "runtime": text(),
        "accelerator": {"kind": text(), "type": text(), "why": text()},
        "source": {"kind": "clone", "url": text(), "ref": text()},
        "folder": text(),
        "badge": text(),
        "sys_path": [text()],
        "installs": [{"requirement": text(), "why": text()}],
        "packages": [text()],
        "builds": [{"product": text()}],
        "system": [{"package": text(), "what": text()}],
        "data": [{"kind": text(), "name": text(), "what": text()}],
        "fetches": [{"script": text(), "why": text()}],
        "supplies": [{"path": text()}],
        "makes": [text()],
        "shims": [{"old": text(), "new": text()}],
        "environment": {text(): text()},
        "results": {"paths": [text()], "persist": text()},
        "sources": [{"cell": 1, "done": text(), "codes": [text()]}],
        "modules": [{"path": text(), "done": text(), "codes": [text()]}],
        "dependencies": [
            dict.fromkeys(("module", "place", "action", "distribution", "runtime"), text())
            | {"asked": text(), "source": text(), "why": text()}
        ],
        "paths": [{"text": text(), "place": text(), "line": 1, "state": text(), "why": text()}],
        "findings": [
            {
                "code": "COL311",
                "message": text(),
                "severity": "error",
                "cell": 1,
                "line": 1,
                "path": text(),
            }
        ],
    }
    diff = (
        DiffRow(text(), text(), "changed"),
        DiffRow(f"same\n{text()}", f"same\nmore\n{text()}", "changed", "markdown"),
        DiffRow(None, text(), "added"),
        DiffRow(text(), None, "removed"),
    )
    cells = (
        failed(
            0,
            source=text(),
            error=text(),
            traceback=text(),
            why=text(),
            foreseen=("COL311", text()),
        ),
        failed(1, outputs=outputs[-1:], fails_at_home=True),
        passed(2, *outputs, source=text()),
    )
    one = verdict(
        text(), *cells, state="failed", why=text(), plan=plan, diff=diff, python=text(), runtime=text(),
        differs=(text(),), steps=tuple(StepRun(step, "failed", text()) for step in STEPS),
    )  # fmt: skip
    said = {"settings": {text(): text()}, "environment": {text(): text()}}
    return verification(one, course=text(), level=text(), started=text(), version=text(), **said)
