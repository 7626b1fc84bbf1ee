"""Programs written against the Python interface, for mypy: what is wrong is refused, the rest passes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat

import colabify
from colabify import ColabifyError, Finding, Plan, Result, plan, port


def paths(place: Path) -> str:
    result: Result = port(place, accelerator="T4", select=["COL1"], unsafe_fixes=True)
    result = colabify.port(str(place), config="ci/colabify.toml", ref="autumn")
    written: Path = result.write("copy.ipynb")
    return f"{written}: {result.text}" if result.changed else ""


def contents(raw: bytes, node: nbformat.NotebookNode, data: dict[str, Any]) -> list[bytes]:
    results = [port(raw), port(json.dumps(data)), port(node, path="lab/a.ipynb"), port(data)]
    notebook: nbformat.NotebookNode = results[0].notebook
    return [one.raw for one in results] if notebook else []


def findings(place: Path) -> list[Finding]:
    found: Plan = plan(place, data={"faces": {"url": "https://example.org/faces.zip"}})
    try:
        return [one for one in found.findings if one.severity == "error"]
    except ColabifyError:
        return list(port(place).findings)


def wrong(place: Path) -> None:
    port(place, acelerator="T4")  # type: ignore[call-arg]
    port(place, accelerator="V100")  # type: ignore[arg-type]
    port(place, "T4")  # type: ignore[call-arg]
    port(3)  # type: ignore[arg-type]
    plan(place).badges  # type: ignore[attr-defined]  # noqa: B018
    port(place).raw = b""  # type: ignore[misc]
