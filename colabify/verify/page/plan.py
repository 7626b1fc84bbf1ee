"""A notebook's plan, as ``--format json`` has it, in words and tables for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_MOST_ROWS = 80


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the plan: ``code`` are the columns to be set like code; ``left_out`` counts rows."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    code: tuple[int, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of the plan: where it is as a person counts, and what it says."""

    code: str
    place: str
    message: str
    error: bool


def deeds(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the port does, each in a word and a sentence."""
    yield "runtime", plan["runtime"]
    if accelerator := plan["accelerator"]:
        kind = f"{accelerator['kind']} {accelerator['type']}".strip()
        yield "accelerator", f"{kind}: {accelerator['why']}"
    if source := plan["source"]:
        yield "course", f"{_source(source)}; stands in {plan['folder'] or 'its root'}"
    if plan["badge"]:
        yield "badge", "“Open In Colab” is added"
    yield from (("sys.path", one or "the root") for one in plan["sys_path"])
    yield from (("installs", f"{one['requirement']}: {one['why']}") for one in plan["installs"])
    yield from (("installs", f"the package in {one or 'the root'}") for one in plan["packages"])
    yield from (("builds", one["product"]) for one in plan["builds"])
    yield from (("apt", f"{one['package']}, for {one['what']}") for one in plan["system"])
    for one in plan["data"]:
        yield "brings", f"{one['kind']}'s {one['name']}, for {one['what']}"
    yield from (("fetches", f"{one['script']}: {one['why']}") for one in plan["fetches"])
    yield from (("fetches", one["path"]) for one in plan["supplies"])
    yield from (("makes", f"the folder {one}") for one in plan["makes"])
    yield from (("provides", f"{one['old']}: it is {one['new']} now") for one in plan["shims"])
    yield from (("sets", f"{name}={value}") for name, value in plan["environment"].items())
    if results := plan["results"]:
        yield "keeps", f"{', '.join(results['paths'])} ({results['persist']})"


def _source(source: Mapping[str, Any]) -> str:
    match source["kind"]:
        case "clone":
            return f"clones {source['url']} at {source['ref']}"
        case "drive":
            return f"takes {source['folder']} from Drive"
        case _:
            return f"takes an uploaded zip of {source['name']}"


def tables(plan: Mapping[str, Any]) -> list[Table]:
    """What the port rewrites, what the notebook imports, and the paths that it uses; none that is empty."""
    mended = [
        *((f"cell {one['cell']}", one["done"], ", ".join(one["codes"])) for one in plan["sources"]),
        *((one["path"], one["done"], ", ".join(one["codes"])) for one in plan["modules"]),
    ]
    imports = [
        (
            one["module"],
            one["place"],
            one["action"],
            f"{one['distribution']} {one['runtime']}".strip(),
            _because(one),
        )
        for one in plan["dependencies"]
    ]
    paths = [
        (one["text"] or "?", _at(one["place"], one["line"]), one["state"], one["why"])
        for one in plan["paths"]
    ]
    made = [
        _table("Rewrites", ("where", "what is done", "codes"), mended),
        _table("Imports", ("module", "where", "state", "on Colab", "why"), imports, (0, 3)),
        _table("Paths", ("path", "where", "state", "why"), paths, (0,)),
    ]
    return [one for one in made if one.rows]


def _table(
    caption: str,
    columns: tuple[str, ...],
    rows: Iterable[Sequence[str]],
    code: tuple[int, ...] = (),
) -> Table:
    every = list(dict.fromkeys(tuple(row) for row in rows))
    return Table(caption, columns, tuple(every[:_MOST_ROWS]), code, len(every[_MOST_ROWS:]))


def _because(row: Mapping[str, Any]) -> str:
    asked = f"{row['source']} asks for {row['asked']}" if row["source"] else ""
    return "; ".join(one for one in (asked, row["why"]) if one)


def _at(place: str, line: int | None) -> str:
    return f"{place}, line {line}" if line else place


def findings(plan: Mapping[str, Any]) -> list[Finding]:
    """The plan's findings, errors first."""
    made = [
        Finding(one["code"], _place(one), one["message"], one["severity"] == "error")
        for one in plan["findings"]
    ]
    return sorted(dict.fromkeys(made), key=lambda one: not one.error)


def _place(said: Mapping[str, Any]) -> str:
    if said["path"]:
        return _at(said["path"], said["line"])
    return _at(f"cell {said['cell']}", said["line"]) if said["cell"] else ""
