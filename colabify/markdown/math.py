"""Math in Markdown, left out as Jupyter leaves it out.

Delimiters, braces, blank lines and code spans are those of ``removeMath`` in jupyterlab,
packages/rendermime/src/latex.ts. Only prices ("$5 and $6") are no math here, as in Pandoc's
tex_math_dollars.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_MATH_OPEN = re.compile(r"\$\$?|\\\\[(\[]|\\begin\{[a-z]*\*?\}", re.IGNORECASE)
_MATH_PART = re.compile(
    r"\$\$?|\\(?:begin|end)\{[a-z]*\*?\}|\\[{}$]|[{}]|\\\\[()\[\]]|\n\s*\n"
    r"|(?<![`\\])(`+)(?!`)[^\n]*?[^`\n]\1(?!`)",  # a code span: its dollars do not count
    re.IGNORECASE,
)


def _math_end(text: str, pos: int, limit: int) -> int:
    """Where the math that begins at ``pos`` ends; -1 if none does, or if it looks like prices."""
    opening = _MATH_OPEN.match(text, pos, limit)
    if not opening:
        return -1
    close = opening[0].translate({40: 41, 91: 93}).replace("\\begin", "\\end")
    if text.find(close, opening.end(), limit) < 0:
        return -1
    depth, last = 0, -1
    for part in _MATH_PART.finditer(text, opening.end(), limit):
        if part[0] == close:
            last = part.end()
            if not depth:
                break
        elif part[0][0] == "\n":
            break
        depth = max(depth + {"{": 1, "}": -1}.get(part[0], 0), 0)
    if close == "$" and last >= 0:
        spaces = text[opening.end()].isspace(), text[last - 2].isspace()
        if spaces == (False, True) or text[last : last + 1].isdigit():
            return -1
    return last


def math(state: StateInline, silent: bool) -> bool:  # noqa: ARG001
    """An inline rule: math that begins here is passed over."""
    end = _math_end(state.src, state.pos, state.posMax)
    state.pos = max(end, state.pos)
    return end >= 0


def math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines from an opening to a closing that ends its line: no list or heading is in them."""
    pos, line = state.bMarks[start] + state.tShift[start], start
    if state.is_code_block(start) or not state.src.startswith(("$$", "\\begin{"), pos):
        return False
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        line += 1
    close = _math_end(state.src, pos, state.eMarks[line - 1])
    last = next((n for n in range(start, line) if state.eMarks[n] >= close), start)
    if close < 0 or state.src[close : state.eMarks[last]].strip():
        return False
    if not silent:
        state.line = last + 1
    return True
