"""Which distribution an import comes from.

``data/imports.json`` holds what no rule can tell:

- ``differ``: import name to the distributions that provide it, the one to install first;
- ``same``: import names that are their distribution's name too, though no runtime has it;
- ``shared``: packages that many distributions put modules into (``google``, ``azure``): such a name says
  nothing about the names below it.

What each distribution's names rest on stands in ``sources``. Where the files of a distribution differ
from the table on purpose, ``through`` says by which other way a module comes with it, and
``incidental`` which of its modules nobody imports (``*``: of any). ``scripts/check_imports.py`` holds the
table against wheels and environments, and writes the first of the sources.

A name that a dead or misleading distribution has on PyPI (``sklearn``, ``PIL``, ``docx``, ``pycrypto``,
``faiss-gpu``, ``tensorflow-gpu``) is left out on purpose, so that a requirement of that name is
answered with the distribution that works.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from colabify.runtime import Runtime, normalised_name, preinstalled_somewhere, stdlib_modules

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class _Table:
    providers: dict[str, tuple[str, ...]]
    shared: frozenset[str]


def distribution_for(module: str, runtime: Runtime, requirements: Iterable[str]) -> str | None:
    """The normalised name of the distribution that a dotted import name comes from.

    Among several that provide the module, one that ``requirements`` (names, in any spelling) has is
    preferred, then one that the runtime has. None stands for a module of the runtime's standard
    library, and for one that neither the table, nor a runtime, nor the requirements know.
    """
    if module.partition(".")[0] in stdlib_modules(runtime.python_minor):
        return None
    required = {normalised_name(name) for name in requirements}
    if providers := _providers(module):
        preferred = (required, runtime.distributions)
        return next((n for known in preferred for n in providers if n in known), providers[0])
    known = required | runtime.distributions.keys() | preinstalled_somewhere()
    return next((name for name in _same_names(module) if name in known), None)


def _providers(module: str) -> tuple[str, ...]:
    """What the table says of the longest prefix of a module that it has an entry for."""
    table = _table()
    for prefix in _prefixes(module):
        if prefix in table.providers and (prefix == module or prefix not in table.shared):
            return table.providers[prefix]
    return ()


def _same_names(module: str) -> Iterator[str]:
    """The distributions that would have a module's name, the likeliest first.

    ``google.cloud.storage`` is ``google-cloud-storage``, but ``gradio.client`` is ``gradio``.
    """
    prefixes = list(_prefixes(module))
    if prefixes[-1] in _table().shared:
        prefixes = [name for name in prefixes if name == module or name not in _table().shared]
    else:
        prefixes.insert(0, prefixes.pop())
    yield from map(normalised_name, prefixes)


def _prefixes(module: str) -> Iterator[str]:
    """A dotted name, then the packages above it, the nearest first.

    Google's generated clients keep each version of an interface in a package of its own beside the
    plain one (``google.cloud.vision_v1``), in the same distribution.
    """
    if module.startswith("google."):
        module = re.sub(r"_v\d\w*", "", module)
    while module:
        yield module
        module = module.rpartition(".")[0]


@cache
def _table() -> _Table:
    data = json.loads((DATA / "imports.json").read_text("utf-8"))
    providers: dict[str, tuple[str, ...]] = {}
    for name in data["same"]:
        providers[name] = (normalised_name(name),)
    for name, value in data["differ"].items():
        providers[name] = (value,) if isinstance(value, str) else tuple(value)
    return _Table(providers, frozenset(data["shared"]))
