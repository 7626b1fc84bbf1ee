"""What a repository says that it needs: reading requirement files.

The format is pip's (pip.pypa.io/en/stable/reference/requirements-file-format). A reader of another
format returns the same two lists.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.runtime import Runtime

if TYPE_CHECKING:
    from packaging.requirements import Requirement

_MARKS = (  # UTF-32 is looked for first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)


@dataclass(frozen=True, slots=True)
class Declared:
    """A requirement, its distribution's normalised name, and the line that declares it."""

    name: str
    requirement: "Requirement"
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that is no requirement, and why: `message` is one sentence for a person."""

    source: str
    line: int
    message: str


def decode_requirements(data: bytes) -> str:
    """Return the text of a requirement file, whatever wrote it.

    A byte order mark decides; PowerShell's `pip freeze > requirements.txt` is UTF-16. Text without
    one is UTF-8, or else Latin-1, in which every byte is a character: names are ASCII anyway.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def read_requirements(text: str, source: str) -> tuple[list[Declared], list[Problem]]:
    """Return what a requirement file declares, and the lines that it could not be read from.

    `source` is the name that the file goes by. `--hash` says nothing about what is needed, and `.`
    or `-e .` is the repository itself: they are passed over. Other options are problems.
    """
    from packaging.requirements import InvalidRequirement, Requirement
    from packaging.utils import canonicalize_name

    declared: list[Declared] = []
    problems: list[Problem] = []
    for number, line in _logical_lines(text):
        if _is_the_repository(line) or line.startswith("--hash"):
            continue
        if line.startswith("-"):
            problems.append(Problem(source, number, f"{line} is not followed."))
            continue
        words = _without_options(line)
        try:
            requirement = Requirement(words)
        except InvalidRequirement:
            problems.append(Problem(source, number, _why_not(words)))
        else:
            name = canonicalize_name(requirement.name)
            declared.append(Declared(name, requirement, source, number))
    return declared, problems


def applicable(declared: Declared, runtime: Runtime) -> bool:
    """Tell whether a requirement's marker holds on the runtime (it does if there is none).

    One whose comparison has no meaning (`platform_machine ~= "x86"`) is taken to hold.
    """
    from packaging.markers import UndefinedComparison

    if declared.requirement.marker is None:
        return True
    try:
        return declared.requirement.marker.evaluate(runtime.marker_environment())
    except UndefinedComparison:
        return True


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line without its comment and with those that continue it, by its first number.

    As in pip, a comment line ends a continuation, and is not itself continued.
    """
    joined, first = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        first = first if joined else number
        comment = line.lstrip().startswith("#")
        if line.endswith("\\") and not comment:
            joined += line[:-1]
            continue
        joined += " " + line if comment else line
        yield from _uncommented(first, joined)
        joined = ""
    yield from _uncommented(first, joined)


def _uncommented(number: int, line: str) -> Iterator[tuple[int, str]]:
    line = re.sub(r"(^|\s+)#.*$", "", line).strip()
    if line:
        yield number, line


def _is_the_repository(line: str) -> bool:
    for option in ("--editable", "-e"):
        line = line.removeprefix(option).lstrip("= ")
    return line.partition("[")[0].rstrip("/") == "."


def _without_options(line: str) -> str:
    """Return a line without the options of one requirement, such as `--hash=sha256:…`."""
    return re.split(r"\s--[a-z]", line, maxsplit=1)[0].strip()


def _why_not(line: str) -> str:
    name, _, rest = line.partition("=")
    if rest and not rest.startswith("=") and re.fullmatch(r"[\w.-]+", name):
        return f"{line} is a line of conda's, which pip does not read."
    if "://" in line or line.startswith((".", "/")) or line.endswith((".whl", ".tar.gz", ".zip")):
        return f"{line} is a path or an address without a name, which is not followed."
    return f"{line} is not a requirement that pip would read."
