"""pipenv's Pipfile: github.com/pypa/pipfile and pipenv.pypa.io/en/latest/pipfile.html."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from colabify.requirements.indexes import may_be_elsewhere
from colabify.requirements.model import Problem, Reading, line_of, merge, problem, shown
from colabify.requirements.pep508 import declare, table_address
from colabify.requirements.pip_file import below
from colabify.requirements.text import load_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MARKERS = (
    *("os_name", "sys_platform", "platform_machine", "platform_python_implementation"),
    *("platform_release", "platform_system", "platform_version", "python_version"),
    *("python_full_version", "implementation_name", "implementation_version"),
)
"""Keys that are themselves half of a marker: ``sys_platform = "== 'win32'"``."""


def read_pipfile(text: str, source: str) -> Reading:
    """What a Pipfile, which goes by the name ``source``, declares."""
    data = load_toml(text, source)
    if isinstance(data, Problem):
        return Reading(problems=(data,))
    return merge(
        _section(data, name, group, text, source)
        for name, group in (("packages", ""), ("dev-packages", "dev-packages"))
    )


def _section(data: Mapping[str, Any], name: str, group: str, text: str, source: str) -> Reading:
    table = data.get(name, {})
    start = line_of(text, f"[{name}]")
    if not isinstance(table, dict):
        return problem(source, start, f"{name} in {source} is not a table.")
    indexes = _indexes(data)
    return merge(
        _package(key, value, source, line_of(text, key, start or 0), group, indexes)
        for key, value in table.items()
    )


def _package(
    name: str, value: object, source: str, line: int | None, group: str, indexes: Mapping[str, str]
) -> Reading:
    table = value if isinstance(value, dict) else {"version": value}
    if path := table.get("path"):
        folder = below(source, str(path))
        if folder is None:
            return problem(source, line, f"{shown(path)} is not in the repository.")
        return Reading(local=(folder,))
    index = str(table.get("index", ""))
    default = next(iter(indexes.values()), "")
    if host := may_be_elsewhere(name, index=indexes.get(index, index), default=default):
        return problem(
            source, line, f"{shown(name)} may have to come from {shown(host)}, not PyPI."
        )
    extras = table.get("extras", [])
    version = table.get("version", "*")
    if not isinstance(version, str) or not isinstance(extras, list):
        return problem(source, line, f"{shown(f'{name} = {value}')} is not a requirement.")
    wanted = f"{name}[{','.join(map(str, extras))}]" if extras else name
    where = table_address(table)
    marker = " and ".join(f"({one})" for one in _markers(table))
    wanted += f" @ {where}" if where else ("" if version.strip() == "*" else f" {version}")
    return declare(f"{wanted} ; {marker}" if marker else wanted, source, line, group=group)


def _markers(table: Mapping[str, Any]) -> Iterator[str]:
    if "markers" in table:
        yield str(table["markers"])
    for name in _MARKERS:
        if name in table:
            yield f"{name} {table[name]}"


def _indexes(data: Mapping[str, Any]) -> dict[str, str]:
    """The addresses of the package indexes that a Pipfile names."""
    sources = data.get("source", [])
    return {
        str(one.get("name", "")): str(one.get("url", ""))
        for one in (sources if isinstance(sources, list) else [])
        if isinstance(one, dict)
    }
