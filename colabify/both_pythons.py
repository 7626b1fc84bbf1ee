"""Imports that differ between Python 2 and 3: code for both binds one name to one or the other."""

from __future__ import annotations

_OF_URLLIB = ("", "urlopen", "urlretrieve", "Request")
"""What was in ``urllib`` itself, and is in ``urllib.request``."""


def one_target(targets: set[str]) -> str | None:
    """The only one of full names, or the one that all of them are in Python 3; None if they differ."""
    if len(targets) > 1:
        targets = {_in_python_3(one) for one in targets}
    return _without_six(next(iter(targets))) if len(targets) == 1 else None


def _without_six(target: str) -> str:
    return target.removeprefix("six.moves.") if target.startswith("six.moves.urllib") else target


def _in_python_3(target: str) -> str:
    """What ``urllib.urlretrieve`` is now."""
    target = _without_six(target)
    package, _, rest = target.partition(".")
    moved = package == "urllib2" or (package == "urllib" and rest in _OF_URLLIB)
    return f"urllib.request.{rest}".rstrip(".") if moved else target
