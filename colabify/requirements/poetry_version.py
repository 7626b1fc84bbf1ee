"""Poetry's version constraints in pip's terms (python-poetry.org/docs/dependency-specification).

poetry-core, which has a parser of them, puts a copy of packaging and three other libraries of its own
at the front of ``sys.path`` when it is imported: unfit for a program that uses packaging itself.
"""

from __future__ import annotations

from packaging.version import InvalidVersion, Version

_OPERATORS = ("==", "!=", "<=", ">=", "~=", "^", "~", "=", "<", ">")


def alternatives(constraint: str) -> list[list[str]] | None:
    """A constraint as pip's comparisons: all those of one of the lists hold. None if it is none.

    ``^1.2 || ~2.1`` is ``[[">=1.2", "<2"], [">=2.1", "<2.2"]]``; ``*`` is ``[[]]``.
    """
    found = []
    for alternative in constraint.replace("||", "|").split("|"):
        pieces = [_comparisons(piece) for piece in _pieces(alternative)]
        known = [one for piece in pieces if piece is not None for one in piece]
        if not pieces or None in pieces:
            return None
        found.append(known)
    return found


def python_marker(constraint: str) -> str | None:
    """The marker that holds on the Pythons of a constraint; empty for all; None if it is none."""
    found = alternatives(constraint)
    if found is None:
        return None
    if not all(found):
        return ""
    return " or ".join(f"({' and '.join(map(_python_is, one))})" for one in found)


def _python_is(comparison: str) -> str:
    version = comparison.lstrip("<>=!~")
    operator = comparison.removesuffix(version)
    name = "python_version" if version.count(".") < 2 or "*" in version else "python_full_version"
    return f'{name} {operator} "{version}"'


def _pieces(alternative: str) -> list[str]:
    """``>= 1.2, <2 !=1.5`` cut into comparisons: commas and spaces part them."""
    pieces: list[str] = []
    for word in alternative.replace(",", " ").split():
        if pieces and pieces[-1] in _OPERATORS:
            pieces[-1] += word
        else:
            pieces.append(word)
    return pieces


def _comparisons(piece: str) -> list[str] | None:
    operator = next((one for one in _OPERATORS if piece.startswith(one)), "")
    version = piece.removeprefix(operator)
    if version == "*":
        return [] if operator in ("", "=", "==", ">=", "^", "~") else None
    starts = version.endswith(".*")
    bare = version.removesuffix(".*")
    try:
        parsed = Version(bare)
    except InvalidVersion:
        return None
    if operator in ("^", "~"):
        return [f">={bare}", f"<{_next(parsed, operator)}"]
    if operator in ("", "=", "==", "!="):
        return [f"{'!=' if operator == '!=' else '=='}{version}"]
    if operator == "~=" and len(parsed.release) < 2:
        return None
    return None if starts and operator == "~=" else [f"{operator}{bare}"]


def _next(version: Version, operator: str) -> str:
    """The first version that ``^version`` or ``~version`` leaves out.

    ``^`` keeps the leftmost number that is not 0 (the last, if all are), ``~`` the first two.
    """
    numbers = version.release
    last = len(numbers) - 1
    kept = min(1, last)
    if operator == "^":
        kept = next((i for i, number in enumerate(numbers) if number), last)
    epoch = f"{version.epoch}!" if version.epoch else ""
    return epoch + ".".join(map(str, (*numbers[:kept], numbers[kept] + 1)))
