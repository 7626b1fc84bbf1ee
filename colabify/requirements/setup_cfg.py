"""``setup.cfg``: setuptools.pypa.io/en/latest/userguide/declarative_config.html."""

from __future__ import annotations

import configparser
from typing import TYPE_CHECKING

from colabify.requirements.model import Reading, line_of, merge, problem
from colabify.requirements.pep508 import declare, parse
from colabify.requirements.pip_file import read_named
from colabify.runtime import normalised_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.requirements.model import Read


def read_setup_cfg(text: str, source: str, read: Read) -> Reading:
    """What the options of a ``setup.cfg``, which goes by the name ``source``, declare."""
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(text, source)
    except configparser.Error as error:
        lines = getattr(error, "errors", None) or [(getattr(error, "lineno", None), "")]
        return problem(source, lines[0][0], f"{source} is not an INI file.")
    own = normalised_name(parser.get("metadata", "name", fallback=""))
    options = dict(parser["options"]) if parser.has_section("options") else {}
    extras = dict(parser["options.extras_require"]) if "options.extras_require" in parser else {}
    wanted = [("install_requires", options.get("install_requires", ""))]
    wanted += [(name, options.get(name, "")) for name in ("setup_requires", "tests_require")]
    wanted += extras.items()
    found: list[Reading] = []
    for name, value in wanted:
        start = line_of(text, name) or 1
        group, marker = group_and_marker("" if name == "install_requires" else name)
        if value.strip().startswith("file:"):
            names = value.strip().removeprefix("file:").replace("\n", ",").split(",")
            found += [read_named(n.strip(), source, read, group) for n in names if n.strip()]
            continue
        for item in _items(value):
            line = line_of(text, item, start - 1)
            found += requirement(item, source, line, group=group, marker=marker, own=own)
    return merge(found)


def group_and_marker(extra: str) -> tuple[str, str]:
    """The group and the marker of a key of ``extras_require``: ``:python_version<'3'`` is no extra."""
    name, colon, marker = extra.partition(":")
    return (f"extra {name}" if name else ""), (marker.strip() if colon else "")


def requirement(
    text: str, source: str, line: int | None, *, group: str = "", marker: str = "", own: str = ""
) -> Iterator[Reading]:
    """What one requirement in a list of setuptools' declares, with the marker that the list has."""
    found = parse(text)
    if found is not None and normalised_name(found.name) == own:
        return
    if found is None or not marker:
        yield declare(text, source, line, group=group)
    else:
        plain = text.partition(";")[0] if found.marker else text
        both = f"({found.marker}) and ({marker})" if found.marker else marker
        yield declare(f"{plain} ; {both}", source, line, group=group)


def _items(value: str) -> list[str]:
    """A list of setuptools': one item a line, or parted by semicolons if it is one line."""
    parts = value.splitlines() if "\n" in value else value.split(";")
    return [part.strip() for part in parts if part.strip() and not part.strip().startswith("#")]
