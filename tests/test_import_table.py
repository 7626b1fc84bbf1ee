"""The truth of `data/imports.json`: against what is installed, and what each entry rests on."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

from packaging.version import Version

import colabify.distributions
from colabify.distributions import distribution_for
from colabify.runtime import (
    load_runtime,
    normalised_name,
    preinstalled_somewhere,
    stdlib_modules,
)

LATEST = load_runtime()
TABLE = json.loads((Path(colabify.distributions.__file__).parent / "data/imports.json").read_text())


def public_modules(distribution):
    """Return the import names of what is installed, as its own list of files has them."""
    found = set()
    for file in distribution.files or ():
        *packages, last = file.parts
        stem, _, ending = last.partition(".")
        parts = packages if stem == "__init__" else [*packages, stem]
        if ending.endswith(("py", "so")) and parts and all(part.isidentifier() for part in parts):
            depth = 1
            while ".".join(parts[:depth]) in TABLE["shared"] and depth < len(parts):
                depth += 1
            found.add(".".join(parts[:depth]))
    return {name for name in found if not re.search(r"(^|\.)_|__mypyc$", name)}


def is_incidental(module, name):
    return module in {*TABLE["incidental"]["*"], *TABLE["incidental"].get(name, ())}


INSTALLED = {
    normalised_name(distribution.name): distribution
    for distribution in distributions()
    if normalised_name(distribution.name) != "colabify"
}
IMPORTABLE = [
    (module, name)
    for name, distribution in sorted(INSTALLED.items())
    for module in sorted(public_modules(distribution))
    if not is_incidental(module, name)
]


def test_each_module_that_the_metadata_name_is_among_them():
    """`packages_distributions` reads `top_level.txt`, or else the list of files."""
    tops = {(module.partition(".")[0], name) for module, name in IMPORTABLE}
    recorded = {
        (module, normalised_name(name))
        for module, names in packages_distributions().items()
        for name in names
        if module.isidentifier() and not re.search(r"^_|__mypyc$", module) and module != "colabify"
    }
    missed = {(module, name) for module, name in recorded - tops if not is_incidental(module, name)}
    assert not missed
    assert len(tops) > 20


def test_each_installed_module_comes_from_its_distribution():
    """As in a course whose requirement file has the distribution."""
    wrong = [
        (module, name, answer)
        for module, name in IMPORTABLE
        if module not in stdlib_modules(LATEST.python_minor)
        and (answer := distribution_for(module, LATEST, [name])) != name
    ]
    assert not wrong


def test_each_installed_module_of_a_known_distribution_is_known():
    """As in a course without a requirement file; some modules come with several distributions."""
    providers = {}
    for module, name in IMPORTABLE:
        providers.setdefault(module, set()).add(name)
    known = preinstalled_somewhere() | cited()
    wrong = [
        (module, name, answer)
        for module, name in IMPORTABLE
        if name in known
        and module not in stdlib_modules(LATEST.python_minor)
        and (answer := distribution_for(module, LATEST, [])) not in providers[module]
        and name not in entry(module)[1:]
    ]
    assert not wrong


def test_installed_distributions_hold_the_modules_that_the_table_has_for_them():
    wrong = [
        (module, name)
        for module in (*TABLE["same"], *TABLE["differ"])
        for name in entry(module)
        if name in INSTALLED and module not in TABLE["through"] and not holds(name, module)
    ]
    assert not wrong


def holds(name, module):
    path = module.replace(".", "/")
    return any(str(f).startswith((f"{path}/", f"{path}.")) for f in INSTALLED[name].files or ())


def entry(module):
    """Return the distributions that the table has for a module, the one to install first."""
    if module in TABLE["same"]:
        return [normalised_name(module)]
    value = TABLE["differ"].get(module, [])
    return [value] if isinstance(value, str) else value


def cited():
    return {name for source in TABLE["sources"] for name in source["distributions"]}


def test_every_entry_cites_its_source():
    entries = {name for module in (*TABLE["same"], *TABLE["differ"]) for name in entry(module)}
    counted = Counter(name for source in TABLE["sources"] for name in source["distributions"])
    assert not entries - counted.keys()
    assert not counted.keys() - entries
    assert set(counted.values()) == {1}
    for source in TABLE["sources"]:
        assert source["source"]
        assert date.fromisoformat(source["read"])
        assert list(source["distributions"]) == sorted(source["distributions"])


def test_sources_name_a_version_or_a_repository():
    seen, projects, *_ = (source["distributions"] for source in TABLE["sources"])
    assert len(seen) > 300
    assert all(Version(version) for version in seen.values())
    assert all(re.fullmatch(r"[\w.-]+/[\w.-]+", repository) for repository in projects.values())


def test_table_is_large_tidy_and_without_contradiction():
    same, differ, shared = TABLE["same"], TABLE["differ"], TABLE["shared"]
    assert len(differ) >= 150
    assert not set(same) & differ.keys()
    assert [len(set(names)) for names in (same, shared)] == [len(same), len(shared)]
    for names in (same, list(differ), shared):
        assert names == sorted(names, key=lambda name: (name.lower(), name))
    for value in differ.values():
        for name in [value] if isinstance(value, str) else value:
            assert name == normalised_name(name)
