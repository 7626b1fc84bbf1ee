"""``pyproject.toml``: PEP 621, PEP 735, and what tools keep in their own tables.

The main dependencies come first; an extra's or a group's say what only some need.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from colabify.requirements.indexes import may_be_elsewhere
from colabify.requirements.model import Problem, Reading, line_of, merge, problem, shown
from colabify.requirements.pep508 import declare, declare_parsed, parse, table_address, why_not
from colabify.requirements.pip_file import below, read_named
from colabify.requirements.poetry import read_poetry
from colabify.requirements.text import load_toml
from colabify.runtime import normalised_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from colabify.requirements.model import Read


def read_pyproject(text: str, source: str, read: Read) -> Reading:
    """What a ``pyproject.toml``, which goes by the name ``source``, declares."""
    data = load_toml(text, source)
    if isinstance(data, Problem):
        return Reading(problems=(data,))
    tool = _table(data, "tool")
    project, poetry = _table(data, "project"), _table(tool, "poetry")
    own = str(project.get("name") or poetry.get("name") or "")
    file = TomlFile(text, source, normalised_name(own), _table(tool, "uv"))
    main = [*file.strings(project.get("dependencies", []), "dependencies")]
    main += _dynamic(_table(_table(tool, "setuptools"), "dynamic"), source, read)
    others = [*read_poetry(poetry, text, source)]
    for title, groups in (
        ("optional-dependencies", project.get("optional-dependencies", {})),
        ("dependency-groups", data.get("dependency-groups", {})),
        ("dev-dependencies", _table(tool, "pdm").get("dev-dependencies", {})),
    ):
        others += file.groups(groups, title)
    others += file.strings(file.uv.get("dev-dependencies", []), "dev-dependencies", "dev")
    for name, environment in _table(_table(tool, "hatch"), "envs").items():
        for key in ("dependencies", "extra-dependencies"):
            value = environment.get(key, []) if isinstance(environment, dict) else []
            others += file.strings(value, key, f"hatch {name}")
    return merge([*main, *others])


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A TOML text whose lists of PEP 508 strings are read, and uv's table of where some come from.

    ``own`` is the normalised name of the project itself, which its extras may ask for.
    """

    text: str
    source: str
    own: str
    uv: Mapping[str, Any]

    def groups(self, groups: object, title: str) -> Iterator[Reading]:
        """What a table of lists declares; ``include-group`` names another list of the table (PEP 735)."""
        if not isinstance(groups, dict):
            yield self._problem(title, f"{title} in {self.source} is not a table.")
            return
        names = {normalised_name(str(name)): value for name, value in groups.items()}
        for name, value in groups.items():
            for included in _includes(value):
                if included not in names:
                    message = (
                        f"{name} in {self.source} includes {shown(included)}, which is not there."
                    )
                    yield self._problem("include-group", message)
            if _leads_to_itself(normalised_name(str(name)), names):
                message = (
                    f"The group {shown(name)} in {self.source} includes itself: it is read once."
                )
                yield self._problem("include-group", message)
            plain = value
            if isinstance(value, list) and title == "dependency-groups":
                plain = [one for one in value if not isinstance(one, dict)]
            start = line_of(self.text, f"{name} =", line_of(self.text, title) or 0)
            yield from self.strings(plain, str(name), f"{title} {name}", (start or 1) - 1)

    def strings(
        self, value: object, title: str, group: str = "", start: int = 0
    ) -> Iterator[Reading]:
        """What a list of PEP 508 strings declares; anything else in its place is a problem."""
        if not isinstance(value, list):
            yield self._problem(title, f"{shown(title)} in {self.source} is not a list.")
            return
        for item in value:
            if isinstance(item, str):
                escaped = item.replace("\\", "\\\\").replace('"', '\\"')
                quoted = (f'"{escaped}"', f"'{item}'")
                lines = [line_of(self.text, words, start) for words in quoted]
                yield self._requirement(item, next((n for n in lines if n), None), group)
            else:
                message = f"{shown(item)}, in {shown(title)}, is not a requirement."
                yield self._problem(title, message)

    def _requirement(self, text: str, line: int | None, group: str) -> Reading:
        requirement = parse(text)
        if requirement is None:
            return problem(self.source, line, why_not(text))
        name = normalised_name(requirement.name)
        if name == self.own:
            return Reading()
        sources = {normalised_name(key): value for key, value in _table(self.uv, "sources").items()}
        wanted = sources.get(name)
        if wanted is None:
            return declare_parsed(requirement, self.source, line, group=group)
        return self._from_elsewhere(text, wanted, line, group)

    def _from_elsewhere(self, text: str, wanted: object, line: int | None, group: str) -> Reading:
        """What uv takes from where ``[tool.uv.sources]`` says (docs.astral.sh/uv, dependencies)."""
        table = wanted if isinstance(wanted, dict) else {}
        requirement = parse(text)
        if requirement is None or table.get("workspace") or table.get("path"):
            folder = below(self.source, str(table.get("path", ".")))
            return Reading(local=(folder,)) if folder is not None else self._not_here(text, line)
        where, index = table_address(table), str(table.get("index", ""))
        if not where and not index:
            return self._not_here(text, line)
        if where:
            extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
            marker = f" ; {requirement.marker}" if requirement.marker else ""
            address = f"{requirement.name}{extras} @ {where}{marker}"
            return declare(address, self.source, line, group=group)
        if host := may_be_elsewhere(requirement.name, index=self._index(index)):
            message = f"{shown(text)} may have to come from {shown(host)}, not PyPI."
            return problem(self.source, line, message)
        return declare_parsed(requirement, self.source, line, group=group)

    def _index(self, name: str) -> str:
        tables = self.uv.get("index", [])
        named = [one for one in tables if isinstance(one, dict)] if isinstance(tables, list) else []
        return next((str(one.get("url")) for one in named if one.get("name") == name), name)

    def _not_here(self, text: str, line: int | None) -> Reading:
        message = f"{shown(text)} comes from a place of its own, which is not followed."
        return problem(self.source, line, message)

    def _problem(self, words: str, message: str) -> Reading:
        return problem(self.source, line_of(self.text, words), message)


def _table(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _includes(group: object) -> list[str]:
    """The groups that a group includes, by their normalised names."""
    items = group if isinstance(group, list) else []
    tables = [one for one in items if isinstance(one, dict)]
    return [normalised_name(str(one["include-group"])) for one in tables if "include-group" in one]


def _leads_to_itself(name: str, groups: Mapping[str, object]) -> bool:
    reached: set[str] = set()
    left = _includes(groups.get(name))
    while left:
        reached.update(left)
        left = [n for one in left for n in _includes(groups.get(one)) if n not in reached]
    return name in reached


def _dynamic(dynamic: Mapping[str, Any], source: str, read: Read) -> Iterator[Reading]:
    """What setuptools takes from files: ``dependencies = {file = ["requirements.txt"]}``."""
    extras = _table(dynamic, "optional-dependencies")
    for group, value in (("", dynamic.get("dependencies")), *extras.items()):
        files = value.get("file") if isinstance(value, dict) else []
        names = [files] if isinstance(files, str) else files
        for name in names if isinstance(names, list) else []:
            yield read_named(str(name), source, read, group)
