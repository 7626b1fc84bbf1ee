"""The step of the setup cell that provides names which libraries have dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.setup.literals import filled

if TYPE_CHECKING:
    from colabify.steps import Setup

_NAMES = '''\
    # Names that libraries have dropped, for code of the course that still uses them
    import importlib
    import types

    def reach(name):
        """The module, class or function of that full name."""
        try:
            return importlib.import_module(name)
        except ImportError:
            if "." not in name:
                raise
            above, _, last = name.rpartition(".")
            return getattr(reach(above), last)

    def owner(name):
        """The module of that name; an empty one if there is none any more."""
        try:
            return importlib.import_module(name)
        except ImportError:
            above, _, last = name.rpartition(".")
            made = sys.modules[name] = types.ModuleType(name)
            if above:
                setattr(owner(above), last, made)
            return made

    for old, new in $names:
        above, _, last = old.rpartition(".")
        found = reach(new)
        if isinstance(found, types.ModuleType):
            sys.modules.setdefault(old, found)
        if above and not hasattr(owner(above), last):
            setattr(owner(above), last, found)
'''
_STYLES = """\
    # matplotlib's styles under the names that they had
    from matplotlib import style

    for old, new in $styles:
        style.library.setdefault(old, style.library[new])
"""
_ENVIRONMENT = """\
    import os

    os.environ.update($variables)
"""


def shim_blocks(setup: Setup) -> list[str]:
    """The lines that make code run which nobody rewrites; none if all runs as it is."""
    names = [(one.old, _in_full(one.new)) for one in setup.shims if one.kind == "name"]
    styles = [(one.old, one.new) for one in setup.shims if one.kind == "style"]
    blocks = [filled(_NAMES, names=names)] if names else []
    return [*blocks, filled(_STYLES, styles=styles)] if styles else blocks


def environment_blocks(setup: Setup) -> list[str]:
    """The line that sets what libraries look for in the environment when they are imported."""
    if not setup.environment:
        return []
    return [filled(_ENVIRONMENT, variables=dict(setup.environment))]


def _in_full(name: str) -> str:
    return name if "." in name else f"builtins.{name}"
