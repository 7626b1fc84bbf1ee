"""conda's package specifications, and what they are to pip.

The grammar is that of docs.conda.io/projects/conda-build/en/latest/resources/package-spec.html; its
``=1.19`` is pip's ``==1.19.*``. There is no parser of it on PyPI without a solver behind it.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from colabify.requirements.known import conda_names, is_known
from colabify.requirements.model import CondaOnly, Problem, Reading, problem, shown
from colabify.requirements.pep508 import declare, parse
from colabify.runtime import normalised_name

_OPERATORS = ("==", "!=", "<=", ">=", "~=", "=", "<", ">")
_FROM_PYPI = "pypi_0"
"""The build that ``conda list --export`` writes for what pip installed."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A specification: ``name=1.19.2=py38_0`` has a version and a build."""

    name: str
    version: str = ""
    build: str = ""


def is_exported(text: str) -> bool:
    """Whether a line is ``name=version=build``, as ``conda list --export`` writes it."""
    parts = text.split("=")
    allowed = all(char.isalnum() or char in "._-" for char in parts[0])
    return len(parts) == 3 and all(parts) and " " not in text and allowed


def declare_exported(text: str, source: str, line: int | None) -> Reading:
    """What a line of ``conda list --export`` declares."""
    name, version, build = text.split("=")
    if build == _FROM_PYPI:
        return declare(f"{name}=={version}", source, line)
    return declare_spec(text, source, line)


def declare_spec(text: str, source: str, line: int | None) -> Reading:
    """What a specification asks for: a distribution, a tool of the system, or what only conda has.

    The interpreter, compilers and libraries are passed over: Colab's machine has its own.
    """
    spec = parse_spec(text)
    if spec is None:
        return problem(source, line, f"{shown(text)} is not a package that conda would read.")
    names, name = conda_names(), normalised_name(spec.name)
    if name in names.system:
        return Reading(system=(names.system[name],))
    if name in names.conda_only:
        return Reading(conda_only=(CondaOnly(spec.name, source, line),))
    if name not in names.differ and (
        name in names.machine or spec.name.startswith(names.machine_prefixes)
    ):
        return Reading()
    distribution = names.differ.get(name, name)
    if name not in names.differ and not is_known(name):
        message = f"It is not known what conda's package {shown(spec.name)} is called on PyPI."
        return Reading(problems=(Problem(source, line, message, of_a_name=True),))
    specifier = pip_specifier(spec)
    if specifier is None:
        found = declare(distribution, source, line)
        message = f"The version in {shown(text)} is not one that pip can ask for: any is taken."
        return Reading(found.declared, problem(source, line, message).problems)
    return declare(f"{distribution}{specifier}", source, line)


def parse_spec(text: str) -> Spec | None:
    """A specification such as ``conda-forge::numpy>=1.2,<2``; None if ``text`` is none."""
    text, _, brackets = text.strip().removesuffix("]").partition("[")
    inside = _pairs(brackets)
    text = text.rpartition("::")[2].strip()
    length = next((i for i, c in enumerate(text) if not (c.isalnum() or c in "._-")), len(text))
    name = text[:length].lower()
    words = _joined(text[length:].split())
    if not name.isascii() or not any(char.isalnum() for char in name):
        return None
    if inside is None or len(words) > 2 or text[length : length + 1].strip("<>=!~ \t"):
        return None
    version, build = (*words, "", "")[:2]
    if not build and "," not in version and "|" not in version:
        bare = version.lstrip("<>=!~")
        operator = version[: len(version) - len(bare)]
        bare, _, build = bare.partition("=")
        version = operator + bare
    return Spec(name, inside.get("version", version), inside.get("build", build))


def pip_specifier(spec: Spec) -> str | None:
    """A specification's version in pip's terms (``==1.19.*``); None if pip has none for it."""
    pieces = [_piece(piece.strip(), spec) for piece in spec.version.split(",")]
    known = [piece for piece in pieces if piece is not None]
    specifier = ",".join(piece for piece in known if piece)
    if len(known) < len(pieces) or parse(f"x{specifier}") is None:
        return None
    return specifier


def _piece(piece: str, spec: Spec) -> str | None:
    """One comparison in pip's terms; empty if it allows every version."""
    operator = next((one for one in _OPERATORS if piece.startswith(one)), "")
    version = piece.removeprefix(operator).strip()
    bare = version.removesuffix("*").removesuffix(".")
    if version == "*" or not piece:
        return ""
    if not bare:
        return None
    if operator in ("<", ">", "<=", ">=", "~="):
        return operator + bare
    starts = version.endswith("*") or (operator == "=" and not spec.build)
    starts = starts or (normalised_name(spec.name) in conda_names().renumbered and operator != "!=")
    any_of_these = f"{operator if operator == '!=' else '=='}{bare}"
    if starts and parse(f"x{any_of_these}.*") is not None:  # not so for 1.0rc1
        return f"{any_of_these}.*"
    return any_of_these


def _joined(words: list[str]) -> list[str]:
    """``>= 1.2, < 2`` as one word: a comparison may be spaced out."""
    joined: list[str] = []
    for word in words:
        if joined and (joined[-1][-1] in "<>=!~,|" or word[0] in ",|"):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _pairs(brackets: str) -> dict[str, str] | None:
    """``version='>=1.9,<2', channel=pytorch`` by key; None if a quotation mark is missing."""
    words = shlex.shlex(brackets, posix=True)
    words.whitespace, words.whitespace_split, words.commenters = ",", True, ""
    try:
        pairs = [word.partition("=") for word in words]
    except ValueError:
        return None
    return {key.strip(): value.strip() for key, _, value in pairs}
