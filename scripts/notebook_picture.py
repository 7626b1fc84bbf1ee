"""A notebook before and after, as a picture of what a student sees in Colab once all cells were run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

IMAGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 48"><circle cx="30" cy="24" r="20" '
    'fill="#dbe9ff"/><circle cx="22" cy="18" r="4" fill="#1a73e8"/><circle cx="36" cy="20" r="4" '
    'fill="#1a73e8"/><circle cx="27" cy="32" r="4" fill="#1a73e8"/><circle cx="30" cy="24" r="3" '
    'fill="#d93025"/><circle cx="84" cy="14" r="4" fill="#188038"/><circle cx="98" cy="30" r="4" '
    'fill="#188038"/><circle cx="76" cy="36" r="4" fill="#188038"/></svg>'
)

LINE, WIDTH = 17, 430
MARK = {"code": "▶ ", "form": "▶ ", "broken": "▧ "}
FILL = {"error": "#d93025", "output": "#3c4043", "code": "#202124", "form": "#202124", "heading": "#202124",
        "badge": "#ffffff", "broken": "#5f6368", "image": "#202124"}  # fmt: skip
BACK = {"code": "#f1f3f4", "form": "#f1f3f4", "error": "#fce8e6"}
STYLE = (
    "text{font:11px ui-monospace,Menlo,Consolas,monospace} .frame{fill:#fff;stroke:#dadce0} "
    ".title{font:bold 12px system-ui,sans-serif;fill:#5f6368} "
    ".heading{font:bold 18px system-ui,sans-serif} .badge,.broken,.form{font:12px system-ui,sans-serif}"
)
RUN = """
import contextlib, io, json, sys, types
sys.modules["google"] = types.ModuleType("google")
sys.modules["google.colab"] = sys.modules["google"].colab = types.ModuleType("google.colab")
sys.path.insert(0, "")
said, names = [], {"__name__": "__main__"}
for source in json.load(sys.stdin):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(source, "cell", "exec"), names)
    except Exception as error:
        out.write(f"{type(error).__name__}: {error}\\n")
    said.append(out.getvalue())
print(json.dumps(said))
"""


def run_alone(sources: Sequence[str], course: Path, address: str) -> list[str]:
    """What each code cell prints where only the notebook has come.

    Who clones from ``address`` gets a clone of ``course``.
    """
    with tempfile.TemporaryDirectory() as content:
        key = f"url.{course.as_uri()}.insteadOf"
        env = {
            **os.environ,
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": key,
            "GIT_CONFIG_VALUE_0": address,
        }
        given = json.dumps([one.replace("/content", content) for one in sources])
        done = subprocess.run(
            [sys.executable, "-c", RUN], cwd=content, env=env, input=given,
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        said: list[str] = json.loads(done.stdout.replace(content, "/content"))
        return said


@dataclass(frozen=True)
class Block:
    """A part of a notebook as a student sees it: of a ``kind``, with lines of text."""

    kind: str
    lines: tuple[str, ...]


def blocks(cells: Sequence[dict[str, Any]], course: Path, address: str) -> list[Block]:
    """The notebook's cells as a student sees them once all were run."""
    sources = ["".join(one["source"]) for one in cells]
    code = [text for one, text in zip(cells, sources, strict=True) if one["cell_type"] == "code"]
    said = iter(run_alone(code, course, address))
    found = []
    for one, text in zip(cells, sources, strict=True):
        if "colab-badge" in text:
            found.append(Block("badge", ("Open in Colab",)))
        elif one["cell_type"] == "markdown":
            found.append(Block("heading", (text.partition("\n")[0].removeprefix("# "),)))
            if "](" in text:
                found.append(Block("image" if "](https://" in text else "broken", ("neighbours",)))
        else:
            title = re.match(r"# @title (.*)", text)
            found.append(
                Block("form", (title[1],)) if title else Block("code", tuple(text.split("\n")))
            )
            printed = tuple(next(said).splitlines())
            if printed:
                found.append(Block("error" if "Error: " in printed[-1] else "output", printed))
    return found


def panel(x: int, title: str, shown: Sequence[Block]) -> tuple[list[str], int]:
    """The elements of a notebook, and how high it is."""
    parts = [f'<text x="{x + 12}" y="24" class="title">{escape(title)}</text>']
    y = 36
    for one in shown:
        lines = [part for line in one.lines for part in wrap(line, 58) or [""]]
        high = {"image": 60, "heading": 32}.get(one.kind, len(lines) * LINE + 10)
        if one.kind in BACK:
            parts.append(_box(x + 8, y, WIDTH - 16, high, BACK[one.kind]))
        if one.kind == "badge":
            parts.append(_box(x + 12, y + 3, 110, 20, "#f9ab00"))
        if one.kind == "image":
            parts.append(f'<svg x="{x + 12}" y="{y + 4}" width="130" height="52">{IMAGE}</svg>')
        else:
            marks = [MARK.get(one.kind, ""), *["  " * (one.kind == "code")] * len(lines)]
            for number, line in enumerate(lines):
                at = f'x="{x + 18}" y="{y + LINE + number * LINE}"'
                look = f'class="{one.kind}" fill="{FILL[one.kind]}" xml:space="preserve"'
                parts.append(f"<text {at} {look}>{escape(marks[number] + line)}</text>")
        y += high + 6
    return parts, y


def _box(x: int, y: int, width: int, height: int, fill: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" fill="{fill}"/>'


def notebook_svg(before: Sequence[Block], after: Sequence[Block]) -> str:
    """The two notebooks side by side."""
    second = WIDTH + 20
    left, one = panel(0, "before, opened in Colab", before)
    right, other = panel(second, "after", after)
    high, wide = max(one, other) + 8, second + WIDTH
    frames = [
        f'<rect x="{x + 1}" y="1" width="{WIDTH - 2}" height="{high - 2}" rx="6" class="frame"/>'
        for x in (0, second)
    ]
    inside = "\n".join([*frames, *left, *right])
    size = f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return f"{svg}\n<style>{STYLE}</style>\n{inside}\n</svg>\n"
