"""Values: what an expression says of a path, and how values are joined and added.

A value may have holes: one-letter stand-ins for the parameters of a function, which its calls fill in.
"""

from __future__ import annotations

import ast
import itertools
import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

FILE = "\0file"
"""The text of ``__file__``."""
MOST = 64
"""How many values an expression may have; of one that has more, nothing is known."""

_FIRST_HOLE = 0xF0000


@dataclass(frozen=True, slots=True)
class Value:
    """A path that an expression says.

    ``literals`` are the string literals it is joined from, each a run of whole components, if it is;
    empty if the text is put together in another way. ``tail`` is text added behind them, which is no
    literal of its own. ``of_module``: it is relative to the folder of the module that says it
    (``__file__``), not to the working directory. ``anchored``: its parent is a folder above, even if
    the text is ``.``; of a plain ``Path(".")`` the parent is ``.`` again.

    ``sure`` is False if it is one of several that the expression may say, and only one is said.
    ``choices`` tell two rounds of a loop apart: what is said in different rounds is never joined.
    ``origin`` is the call that asked where the code stands (``os.getcwd()``). ``number`` is a number's
    own value; a number is no path, but part of one.
    """

    text: str
    literals: tuple[ast.Constant, ...] = ()
    tail: str = ""
    of_module: bool = False
    anchored: bool = False
    sure: bool = True
    choices: tuple[tuple[int, int], ...] = ()
    origin: ast.AST | None = None
    number: int | float | None = None

    @property
    def holes(self) -> list[str]:
        """The holes in it."""
        return [sign for sign in self.text if ord(sign) >= _FIRST_HOLE]


Values = tuple["Value | None", ...]
"""All that an expression may say; None stands for what is not known."""
UNKNOWN: Values = (None,)


def hole(number: int) -> Value:
    """The value of a parameter: its literal is a stand-in too."""
    sign = chr(_FIRST_HOLE + number)
    return Value(sign, (ast.Constant(sign),))


def number_of(hole_sign: str) -> int:
    """The number that a hole was made with."""
    return ord(hole_sign) - _FIRST_HOLE


def combined(options: Sequence[Values], make: Callable[[Sequence[Value]], Value | None]) -> Values:
    """What ``make`` gives for every choice of one value from each of ``options``."""
    if all(len(one) == 1 for one in options):
        firsts = [one[0] for one in options]
        known = [one for one in firsts if one is not None]
        if len(known) < len(firsts):
            return UNKNOWN
        return (_with_choices(make(known), known),)
    size = 1
    for one in options:
        size *= len(one)
    if size > MOST * MOST:
        return UNKNOWN
    found: dict[Value | None, None] = {}
    for combination in itertools.product(*options):
        known = [one for one in combination if one is not None]
        if len(known) < len(combination):
            found[None] = None
        elif _agree(known):
            found[_with_choices(make(known), known)] = None
    return tuple(found) if 0 < len(found) <= MOST else UNKNOWN


def _agree(values: Iterable[Value]) -> bool:
    chosen: dict[int, int] = {}
    return all(
        chosen.setdefault(key, index) == index for value in values for key, index in value.choices
    )


def _with_choices(value: Value | None, parts: Sequence[Value]) -> Value | None:
    if value is None or (len(parts) == 1 and parts[0].choices == value.choices):
        return value
    choices = {pair: None for part in parts for pair in part.choices}
    return replace(value, choices=tuple(choices), sure=all(part.sure for part in parts))


def joined(parts: Sequence[Value]) -> Value | None:
    """The path that ``os.path.join`` makes of ``parts``."""
    first = parts[0]
    if first.anchored and first.text == "." and not first.literals and len(parts) > 1:
        parts = parts[1:]  # what is joined to the working folder may be rewritten by itself
    while len(parts) > 1 and not parts[0].text:
        parts = parts[1:]  # and so what is joined to nothing
    text = parts[0].text
    for value in parts[1:]:
        text = value.text if value.text.startswith("/") else f"{text.rstrip('/')}/{value.text}"
    literals = tuple(literal for value in parts for literal in value.literals)
    whole = all(value.literals and not value.tail for value in parts[:-1]) and parts[-1].literals
    return Value(
        text,
        literals if whole and not first.of_module else (),
        parts[-1].tail if whole and not first.of_module else "",
        first.of_module,
        first.anchored,
        origin=first.origin,
    )


def path_of(parts: Sequence[Value]) -> Value | None:
    """What ``parts`` say as one path; None if one of them is a number."""
    return None if any(one.number is not None for one in parts) else joined(parts)


def added(parts: Sequence[Value]) -> Value | None:
    """The text that is made by writing ``parts`` one behind the other."""
    first = parts[0]
    tail = "".join(value.text for value in parts[1:])
    return replace(first, text=first.text + tail, tail=first.tail + tail, number=None)


def anchored(value: Value, origin: ast.AST | None) -> Value:
    """The same path, made absolute by the call ``origin``."""
    absolute = value.text.startswith("/") or value.of_module
    return replace(value, anchored=True, origin=value.origin or (None if absolute else origin))


def parent(value: Value, levels: int = 1) -> Value:
    """The folder that is ``levels`` above a path."""
    text, is_anchored = value.text, value.anchored
    for _ in range(levels):
        if text == FILE:
            text, is_anchored = ".", True
        elif is_anchored:
            text = posixpath.normpath(posixpath.join(text, ".."))
        else:
            text = posixpath.dirname(text) or "."
    return replace(value, text=text, literals=(), tail="", anchored=is_anchored)


def filled(template: Value, fillings: Mapping[str, Values]) -> Values:
    """``template`` with its holes filled; those that ``fillings`` lacks stay."""
    signs = [sign for sign in dict.fromkeys(template.holes) if sign in fillings]
    if not signs:
        return (template,)
    own = replace(template, choices=())

    def fill(values: Sequence[Value]) -> Value | None:
        result = own
        for sign, value in zip(signs, values[1:], strict=True):
            result = _filled_once(result, sign, value)
        return result

    return combined([(template,), *(fillings[sign] for sign in signs)], fill)


def _filled_once(template: Value, sign: str, value: Value) -> Value:
    literals: list[ast.Constant] = []
    tail = template.tail.replace(sign, value.text)
    whole = True
    for at, literal in enumerate(template.literals):
        if literal.value != sign:
            literals.append(literal)
            continue
        last = at == len(template.literals) - 1
        whole = whole and bool(value.literals) and (last or not value.tail)
        literals += value.literals
        tail = value.tail + tail if last else tail
    text = template.text.replace(sign, value.text)
    if not value.text and template.text.startswith(f"{sign}/"):
        text = text[1:]  # joined to nothing: nobody adds a path of the machine's root to it
    if "/" + value.text in text and value.text.startswith("/"):
        text = text[text.index("/" + value.text) + 1 :]
    starts = template.text.startswith(sign)
    return replace(
        template,
        text=text,
        literals=tuple(literals) if whole else (),
        tail=tail if whole else "",
        of_module=template.of_module or (starts and value.of_module),
        anchored=template.anchored or (starts and value.anchored),
        origin=template.origin or (value.origin if starts else None),
        number=value.number if template.text == sign else None,
    )
