"""Poetry's tables of ``pyproject.toml``: python-poetry.org/docs/dependency-specification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from colabify.requirements.indexes import may_be_elsewhere
from colabify.requirements.model import Reading, line_of, merge, problem, shown
from colabify.requirements.pep508 import declare, table_address
from colabify.requirements.pip_file import below

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a dependency stands: its file, line and group, and the file's package indexes by name."""

    source: str
    line: int | None
    group: str
    indexes: Mapping[str, str]
    default: str


def read_poetry(poetry: Mapping[str, Any], text: str, source: str) -> Iterator[Reading]:
    """What ``[tool.poetry]`` of the file ``source`` declares; the main dependencies come first."""
    indexes, default = _indexes(poetry.get("source"))
    groups = poetry.get("group")
    tables = [
        ("tool.poetry.dependencies", "", poetry.get("dependencies")),
        ("tool.poetry.dev-dependencies", "dev", poetry.get("dev-dependencies")),
    ]
    for name, group in groups.items() if isinstance(groups, dict) else ():
        wanted = group.get("dependencies") if isinstance(group, dict) else group
        tables.append((f"tool.poetry.group.{name}.dependencies", name, wanted))
    for title, group, table in tables:
        start = line_of(text, f"[{title}]")
        if isinstance(table, dict):
            for name, value in table.items():
                place = _Place(source, line_of(text, name, start or 0), group, indexes, default)
                yield _dependency(name, value, place)
        elif table is not None:
            yield problem(source, start, f"{title} in {source} is not a table.")


def _dependency(name: str, value: object, place: _Place) -> Reading:
    """What one key declares; its value is a version, a table, or a list of tables, each with a marker."""
    if name.lower() == "python":
        return Reading()
    return merge(_one(name, one, place) for one in (value if isinstance(value, list) else [value]))


def _one(name: str, value: object, place: _Place) -> Reading:
    table = {"version": value} if isinstance(value, str) else value
    if not isinstance(table, dict):
        return problem(place.source, place.line, f"{shown(f'{name} = {value}')} has no version.")
    if path := table.get("path", table.get("file")):
        folder = below(place.source, str(path))
        if folder is None:
            return problem(place.source, place.line, f"{shown(path)} is not in the repository.")
        return Reading(local=(folder,))
    index = str(table.get("source", ""))
    index = place.indexes.get(index.lower(), index)
    if host := may_be_elsewhere(name, index=index, default=place.default):
        message = f"{shown(name)} may have to come from {shown(host)}, not PyPI."
        return problem(place.source, place.line, message)
    return _declared(name, table, place)


def _declared(name: str, table: Mapping[str, Any], place: _Place) -> Reading:
    from colabify.requirements.poetry_version import alternatives, python_marker

    version, extras = table.get("version", "*"), table.get("extras", [])
    found = alternatives(version) if isinstance(version, str) else None
    python = python_marker(str(table.get("python", "*")))
    if found is None or python is None or not isinstance(extras, list):
        wanted = table["version"] if list(table) == ["version"] else dict(table)
        message = f"{shown(f'{name} = {wanted}')} is not a dependency that Poetry would read."
        return problem(place.source, place.line, message)
    markers = [f"({one})" for one in (python, table.get("markers")) if one]
    if "platform" in table:
        markers.append(f"sys_platform == '{table['platform']}'")
    text = f"{name}[{','.join(map(str, extras))}]" if extras else name
    where = table_address(table)
    text += f" @ {where}" if where else (",".join(found[0]) if len(found) == 1 else "")
    text += f" ; {' and '.join(markers)}" if markers else ""
    group = place.group or ("optional" if table.get("optional") is True else "")
    declared = declare(text, place.source, place.line, group=group)
    if len(found) == 1 or declared.problems:
        return declared
    message = f"{shown(f'{name} {version}')} is not one range of versions: any is taken."
    return merge([declared, problem(place.source, place.line, message)])


def _indexes(sources: object) -> tuple[dict[str, str], str]:
    """The addresses of ``[[tool.poetry.source]]`` by name, and of that which all else may come from."""
    tables = [one for one in sources if isinstance(one, dict)] if isinstance(sources, list) else []
    found = {"pypi": "https://pypi.org/simple"}
    found |= {str(one.get("name", "")).lower(): str(one.get("url", "")) for one in tables}
    shared = [str(one.get("url", "")) for one in tables if one.get("priority") != "explicit"]
    return found, next((one for one in shared if one), "")
