"""The step of the setup cell that provides names which libraries have dropped."""

from __future__ import annotations

import builtins
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
        except ModuleNotFoundError as error:
            above, _, last = name.rpartition(".")
            if error.name != name or not above:
                raise
            return getattr(reach(above), last)

    def owner(name):
        """The module of that name; an empty one if there is none any more."""
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            if not f"{name}.".startswith(f"{error.name}."):
                raise
            above, _, last = name.rpartition(".")
            made = sys.modules[name] = types.ModuleType(name)
            if above:
                setattr(owner(above), last, made)
            return made

    for old, new in $names:
        above, _, last = old.rpartition(".")
        try:
            found = reach(new)
        except (ImportError, AttributeError) as error:
            print(f"This machine has nothing that could stand for {old} ({error}).")
            continue
        if isinstance(found, types.ModuleType):
            sys.modules.setdefault(old, found)
        if above and not hasattr(owner(above), last):
            setattr(owner(above), last, found)
'''
_FUNCTIONS = {
    "scipy.misc.imresize": '''\
    # scipy.misc.imresize, as SciPy had it before 1.3
    import numpy
    import scipy.misc
    from PIL import Image

    def imresize(arr, size, interp="bilinear"):
        """Resize a picture: a size in rows and columns, a whole number of percent, or a factor."""
        data = numpy.asarray(arr)
        if data.dtype != numpy.uint8:  # from the darkest to the brightest becomes 0 to 255
            low, high = data.min(), data.max()
            data = (data - low) * (255.0 / ((high - low) or 1))
            data = (data.clip(0, 255) + 0.5).astype(numpy.uint8)
        picture = Image.fromarray(data)
        if isinstance(size, (int, numpy.integer)):
            size = size / 100.0
        if isinstance(size, (float, numpy.floating)):
            size = tuple((numpy.array(picture.size) * size).astype(int))
        else:
            size = (size[1], size[0])
        ways = {"nearest": 0, "lanczos": 1, "bilinear": 2, "bicubic": 3, "cubic": 3}
        return numpy.array(picture.resize(size, resample=ways[interp]))

    scipy.misc.imresize = imresize
'''
}
"""Functions of which the program is shorter than a sentence about what to use instead."""
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
    blocks += [_FUNCTIONS[one.old] for one in setup.shims if one.kind == "function"]
    return [*blocks, filled(_STYLES, styles=styles)] if styles else blocks


def environment_blocks(setup: Setup) -> list[str]:
    """The line that sets what libraries look for in the environment when they are imported."""
    if not setup.environment:
        return []
    return [filled(_ENVIRONMENT, variables=dict(setup.environment))]


def _in_full(name: str) -> str:
    """A builtin with its module; modules and other names as they are."""
    return f"builtins.{name}" if hasattr(builtins, name) else name
