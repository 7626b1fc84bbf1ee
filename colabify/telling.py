"""What a person is told of old code that stays: what a rule says of it, or what stands for it now."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from colabify.rules import Remedy

_LONG = 70
"""The code that is told whole; of longer code the part that is another is."""
_ROUND = 20
"""How much is told of what stands round that part."""


def told_of(old: str, remedy: Remedy) -> str:
    """What is wrong with ``old`` and what it is now, in a sentence without a full stop."""
    if remedy.text:
        return remedy.text
    new = _code(remedy)
    old, new = _apart(" ".join(old.split()), " ".join(new.split()))
    return f"{old} is {new} now" if new else f"{old} has no effect now"


def _code(remedy: Remedy) -> str:
    """What stands there instead, as it is written."""
    from colabify.rules.spelling import code_of

    if remedy.new is None or isinstance(remedy.new, str):
        return remedy.new or ""
    if isinstance(remedy.new, list | tuple):
        return "; ".join(code_of(one) for one in remedy.new)
    return code_of(remedy.new)  # type: ignore[arg-type]


def _apart(old: str, new: str) -> tuple[str, str]:
    """Both, without most of what they have in common if they are long."""
    if max(len(old), len(new)) <= _LONG:
        return old, new
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    return _part(old, start, len(old) - end), _part(new, start, len(new) - end)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _part(code: str, start: int, stop: int) -> str:
    first, last = max(start - _ROUND, 0), min(max(stop, start) + _ROUND, len(code))
    last = min(last, first + _LONG)
    return ("..." if first else "") + code[first:last] + ("..." if last < len(code) else "")
