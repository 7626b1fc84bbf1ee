"""Hold ``colabify/data/imports.json`` against what distributions hold.

    python scripts/check_imports.py wheels/ .venv/lib/python3.13/site-packages

reads the file lists of the wheels, and of what is installed, in the folders (`pip download
--no-deps` fetches a wheel). It names each entry whose module its distribution does not hold, and
each public import name that is not answered with its distribution. ``--write`` notes the versions of
those that agree, in place of whatever their entries stood on before.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import textwrap
import zipfile
from dataclasses import dataclass
from datetime import datetime, timezone
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.utils import parse_wheel_filename

from colabify.distributions import distribution_for
from colabify.runtime import load_runtime, normalised_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TABLE = Path(__file__).parents[1] / "colabify/data/imports.json"
MODULE = re.compile(r"(\w+)(\.cpython-\S+|\.abi3)?\.(py|so)")


@dataclass(frozen=True, slots=True)
class Held:
    """A distribution's normalised name, its version, and the paths of its files as imported."""

    name: str
    version: str
    files: tuple[str, ...]


def held(folder: Path) -> Iterator[Held]:
    """What the wheels below a folder and the distributions installed in it hold."""
    for wheel in sorted(folder.rglob("*.whl")):
        name, version, _, _ = parse_wheel_filename(wheel.name)
        with zipfile.ZipFile(wheel) as archive:
            names = [re.sub(r"^[^/]+\.data/\w+lib/", "", n) for n in archive.namelist()]
        yield Held(name, str(version), tuple(names))
    for installed in distributions(path=[str(folder)]):
        files = tuple(map(str, installed.files or ()))
        yield Held(normalised_name(installed.name), installed.version, files)


def holds(distribution: Held, module: str) -> bool:
    """Whether a distribution has files of a module or package, or of a package below it."""
    path = module.replace(".", "/")
    return any(f.startswith((f"{path}/", f"{path}.")) for f in distribution.files)


def public_modules(distribution: Held, shared: Iterable[str]) -> set[str]:
    """The import names of a distribution, below the packages that many share.

    A module that mypyc puts beside those that it compiled is none.
    """
    found = set()
    for file in distribution.files:
        *packages, last = file.split("/")
        match = MODULE.fullmatch(last)
        if match and all(part.isidentifier() for part in (*packages, match[1])):
            parts = packages if match[1] == "__init__" else [*packages, match[1]]
            depth = 1
            while ".".join(parts[:depth]) in shared and depth < len(parts):
                depth += 1
            found.add(".".join(parts[:depth]))
    return {name for name in found if name and not re.search(r"(^|\.)_|__mypyc$", name)}


def differences(distribution: Held, table: dict[str, Any]) -> Iterator[str]:
    """One line for each way in which the table and a distribution do not agree."""
    title = f"{distribution.name} {distribution.version}"
    for module in sorted(entries(table).get(distribution.name, ())):
        if not holds(distribution, module) and module not in table["through"]:
            yield f"{title} does not hold {module}"
    incidental = {*table["incidental"]["*"], *table["incidental"].get(distribution.name, ())}
    for module in sorted(public_modules(distribution, table["shared"]) - incidental):
        answer = distribution_for(module, load_runtime(), [distribution.name])
        if answer != distribution.name and module not in table["shared"]:
            yield f"{title} holds {module}, which is answered with {answer}"


def entries(table: dict[str, Any]) -> dict[str, set[str]]:
    """The import names that the table has for each distribution."""
    found: dict[str, set[str]] = {}
    for module in table["same"]:
        found.setdefault(normalised_name(module), set()).add(module)
    for module, value in table["differ"].items():
        for name in [value] if isinstance(value, str) else value:
            found.setdefault(name, set()).add(module)
    return found


def note(table: dict[str, Any], agreeing: Iterable[Held]) -> None:
    """Note in the table which versions agree, today."""
    known = entries(table)
    seen, *others = table["sources"]
    seen["read"] = datetime.now(timezone.utc).date().isoformat()
    for distribution in agreeing:
        if distribution.name in known:
            seen["distributions"][distribution.name] = distribution.version
            for source in others:
                if isinstance(source["distributions"], dict):
                    source["distributions"].pop(distribution.name, None)
                elif distribution.name in source["distributions"]:
                    source["distributions"].remove(distribution.name)
    seen["distributions"] = dict(sorted(seen["distributions"].items()))


def dump(value: Any, indent: str = "") -> str:
    """JSON with an entry on each line of an object, and lists of names filled."""
    inner = indent + "  "
    if isinstance(value, dict):
        versions = len(value) > 50 and all(re.match(r"\d", str(v)) for v in value.values())
        lines = [f"{json.dumps(k)}: {dump(v, inner)}" for k, v in value.items()]
        filled = textwrap.fill(", ".join(lines), 98 - len(inner), break_on_hyphens=False)
        body = textwrap.indent(filled, inner) if versions else inner + f",\n{inner}".join(lines)
        return f"{{\n{body}\n{indent}}}"
    if isinstance(value, list) and all(isinstance(v, str) for v in value) and len(value) > 8:
        names = textwrap.fill(json.dumps(value)[1:-1], 98 - len(inner), break_on_hyphens=False)
        return f"[\n{textwrap.indent(names, inner)}\n{indent}]"
    if isinstance(value, list) and value and not isinstance(value[0], str):
        return f"[\n{inner}" + f",\n{inner}".join(dump(v, inner) for v in value) + f"\n{indent}]"
    return json.dumps(value)


def main() -> None:
    """Check the folders named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    table = json.loads(TABLE.read_text("utf-8"))
    agreeing, wrong = [], []
    for distribution in (d for folder in arguments.folder for d in held(folder)):
        found = list(differences(distribution, table))
        wrong += found
        agreeing += [] if found else [distribution]
    print(*wrong, f"{len(agreeing)} agree", sep="\n")
    if arguments.write:
        note(table, agreeing)
        TABLE.write_text(dump(table) + "\n", "utf-8")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
