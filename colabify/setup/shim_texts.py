"""The blocks of the setup cell that provide what libraries have dropped; ``$word`` stands for a table."""

from __future__ import annotations

REACH = '''\
    # What libraries have dropped, for code of the course that still uses it
    import importlib
    import types

    def reach(name, make=False):
        """What has that full name; on request an empty module if there is none any more."""
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            above, _, last = name.rpartition(".")
            if not f"{name}.".startswith(f"{error.name}.") or not (above or make):
                raise
        if above and (hasattr(reach(above, make), last) or not make):
            found = getattr(reach(above), last)
            if isinstance(found, types.ModuleType):
                sys.modules.setdefault(name, found)  # so that it can be imported from
            return found
        made = sys.modules[name] = types.ModuleType(name)
        if above:
            setattr(reach(above), last, made)
        return made

    def provide(old, made):
        """Put what was made under that full name, unless a library has one."""
        above, _, last = old.rpartition(".")
        if isinstance(made, types.ModuleType):
            sys.modules.setdefault(old, made)
        if above and not hasattr(reach(above, make=True), last):
            setattr(reach(above), last, made)
            if isinstance(getattr(reach(above), "__all__", None), list):
                reach(above).__all__.append(last)  # for import *

    def missing(old, error):
        print(f"This machine has nothing that could stand for {old} ({error}).")
'''
NAMES = """\
    # Names: the old one, and the one that stands for it
    for old, new in $names:
        try:
            provide(old, reach(new))
        except (ImportError, AttributeError) as error:
            missing(old, error)
"""
CALLS = """\
    # Names of what is called with more arguments now: the old one, the new one, the arguments
    import functools

    for old, new, more in $calls:
        try:
            provide(old, functools.partial(reach(new), **more))
        except (ImportError, AttributeError) as error:
            missing(old, error)
"""
METHODS = """\
    # Methods and attributes: the class, the old name, the present one
    import operator

    for kind, old, new in $methods:
        try:
            reach(kind)
            provide(f"{kind}.{old}", property(operator.attrgetter(new)))
        except (ImportError, AttributeError) as error:
            missing(f"{kind}.{old}", error)
"""
SHORT = """\
    # Functions and methods that are short to write with what there is
    for old, made in [
$short
    ]:
        try:
            reach(old.partition(".")[0])
            provide(old, made)
        except (ImportError, AttributeError) as error:
            missing(old, error)
"""
WRAP = '''\
    import functools
    import inspect

    def wrap(row, made):
        """Put made(function, its signature, *what the row says) in the place of the row's function, once.

        Of a class it is what makes its objects. None is made if there is nothing to do.
        """
        above, _, last = row[0].rpartition(".")
        try:
            owner, found = reach(above), reach(row[0])
            if isinstance(found, type):
                last = "__new__" if found.__init__ is object.__init__ else "__init__"
                owner, found = found, getattr(found, last)
            signature = inspect.signature(found)
        except (ImportError, AttributeError, ValueError) as error:
            return missing(row[0], error)
        call = None if row in getattr(found, "rows", ()) else made(found, signature, *row[1:])
        if call is not None:
            call = functools.wraps(found)(call)
            call.rows = [*getattr(found, "rows", ()), row]
            call.__signature__ = signature
            home = sys.modules.get(found.__module__)
            if getattr(home, last, None) is found:  # where it is looked for when it is pickled
                setattr(home, last, call)
            setattr(owner, last, staticmethod(call) if last == "__new__" else call)
'''
ORDERS = """\
    # Arguments that are given by keyword alone now: the function, how many are taken by position,
    # and the names of the others
    def by_name(found, signature, taken, names):
        taken += next(iter(signature.parameters), "") == "self"

        def call(*args, **given):
            try:
                signature.bind(*args, **given)
            except TypeError:
                given = {**dict(zip(names.split(), args[taken:])), **given}
                args = args[:taken]
            return found(*args, **given)

        return call

    for row in $orders:
        wrap(row, by_name)
"""
KEYWORDS = """\
    # Arguments: the function, the name that it had, its name now (None: it is left out); where values
    # follow, these alone, each with what it is now
    def accepting(found, signature, old, new, values=None):
        if old in signature.parameters and (old != new if values is None else new not in (old, None)):
            return None  # it is taken as it is

        def call(*args, **given):
            if old in given and (old == new or new not in given):
                value = given[old]
                plain = isinstance(value, (str, int, float, type(None)))
                if values is None or (plain and value in values):
                    del given[old]
                    if new is not None:
                        given[new] = value if values is None else values[value]
            return found(*args, **given)

        return call

    for row in $keywords:
        wrap(row, accepting)
"""
DEFAULTS = """\
    # Arguments that had other defaults: the function, the argument, the value that it had
    def defaulting(found, signature, name, value):
        def call(*args, **given):
            if name not in signature.bind_partial(*args, **given).arguments:
                given[name] = value
            return found(*args, **given)

        return call

    for row in $defaults:
        wrap(row, defaulting)
"""
STYLES = """\
    # matplotlib's styles under the names that they had
    from matplotlib import style

    for old, new in $styles:
        style.library.setdefault(old, style.library[new])
"""
MAPS = """\
    # matplotlib's colour maps under the names that they had
    from matplotlib import colormaps

    for old, new in $maps:
        if old not in colormaps:
            colormaps.register(colormaps[new], name=old)
"""
ENVIRONMENT = """\
    import os

    os.environ.update($variables)
"""
