"""PEP 723: the requirements that stand in a comment of the code itself.

packaging.python.org/en/latest/specifications/inline-script-metadata has the regular expression that says
what such a block is; a cell's source takes the place of the script.
"""

from __future__ import annotations

import re

from colabify.requirements.model import Problem, Reading, merge, problem
from colabify.requirements.pyproject import TomlFile
from colabify.requirements.text import load_toml

_BLOCK = re.compile(r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$")
SCRIPT = "# /// script"
"""The line that a block begins with."""


def read_script(text: str, source: str) -> Reading:
    """What the ``# /// script`` block of a cell's source declares; nothing if it has none."""
    lines = [line.rstrip() for line in text.splitlines()]
    if SCRIPT not in lines:
        return Reading()
    blocks = [one for one in _BLOCK.finditer("\n".join(lines)) if one["type"] == "script"]
    if not blocks:
        line = lines.index(SCRIPT) + 1
        return problem(source, line, f"The block # /// script in {source} has no end: # ///.")
    first = blocks[0]
    before = first.string[: first.start("content")].count("\n")
    content = "\n".join(
        one[2:] if one.startswith("# ") else one[1:] for one in first["content"].splitlines()
    )
    data = load_toml(content, source)
    if isinstance(data, Problem):
        return problem(source, before + 1, data.message)
    tool = data.get("tool")
    uv = tool.get("uv") if isinstance(tool, dict) else None
    above = "\n" * before  # so that lines are counted from the cell's first
    file = TomlFile(above + content, source, "", uv if isinstance(uv, dict) else {})
    found = [*file.strings(data.get("dependencies", []), "dependencies")]
    if len(blocks) > 1:
        line = blocks[1].string[: blocks[1].start()].count("\n") + 1
        found.append(problem(source, line, f"Only the first # /// script in {source} is read."))
    return merge(found)
