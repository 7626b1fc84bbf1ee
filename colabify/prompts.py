"""The prompts of a session that was pasted into a cell (``>>> x``, ``In [1]: x``), which IPython takes off.

IPython 7.34, which Colab runs, says when: if the first line that is not empty has one that begins an input,
or the line behind it has any.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import zip_longest

_KINDS = (
    (re.compile(r">>>( |$)"), re.compile(r"(>>>|\.\.\.)( |$)")),
    (re.compile(r"In \[\d+\]: "), re.compile(r"In \[\d+\]: |\s*\.{3,}: ?")),
)


def split_prompts(source: str) -> tuple[tuple[str, ...], str]:
    """The prompt of each line, and the source without them; no prompts where IPython takes none off."""
    if ">>>" not in source and "In [" not in source and "..." not in source:
        return (), source
    lines = source.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    for begins, any_prompt in _KINDS:
        if begins.match(lines[first]) or any(map(any_prompt.match, lines[first + 1 : first + 2])):
            found = [any_prompt.match(line) for line in lines]
            prompts = tuple(one.group() if one else "" for one in found)
            bare = [line[len(prompt) :] for line, prompt in zip(lines, prompts, strict=True)]
            return prompts, "\n".join(bare)
    return (), source


def with_prompts(prompts: tuple[str, ...], before: str, after: str) -> str:
    """The source ``after`` with the prompts that the lines of ``before`` have; new lines get some too."""
    if not prompts:
        return after
    old, new = before.split("\n"), after.split("\n")
    first = next(filter(None, prompts))
    made: list[str] = []
    for _, start, end, at, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        known = prompts[start:end]
        for prompt, line in zip_longest(known[: to - at], new[at:to], fillvalue=None):
            made.append((first if prompt is None else prompt) + (line or ""))
    return "\n".join(made)
