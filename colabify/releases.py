"""Which files of a distribution install on a Python of Colab's machines.

They are judged as pip does: by the names of wheels (PEP 425, 600) and by ``Requires-Python``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from colabify.wheels import Offers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packaging.tags import Tag
    from packaging.version import Version

# Colab's machines are x86_64 with Ubuntu 22.04, whose glibc is 2.35.
PLATFORMS = (
    *(f"manylinux_2_{minor}_x86_64" for minor in range(35, 4, -1)),
    "manylinux2014_x86_64",
    "manylinux2010_x86_64",
    "manylinux1_x86_64",
    "linux_x86_64",
)


@dataclass(frozen=True, slots=True)
class File:
    """A file of a release, as an index lists it."""

    filename: str
    requires_python: str = ""
    yanked: bool = False


def offers_of(files: Iterable[File], name: str, python_minor: tuple[int, int]) -> Offers:
    """What the files of a distribution, ``name``, come to on a Python.

    A release of source alone counts if the newest release that has a wheel has one for every
    platform: its project compiles nothing.
    """
    releases = [r for file in files if (r := _release(file, name, python_minor)) is not None]
    newest = max((r.version for r in releases), default=None)
    newest_wheel = max((r.version for r in releases if r.is_wheel), default=None)
    pure = any(r.version == newest_wheel and r.is_pure for r in releases)
    good = {r for r in releases if r.installs and (r.is_wheel or pure)}
    installs = {r.version for r in good if not r.yanked}
    source_only = {r.version for r in releases if r.installs} if newest_wheel is None else set()

    def texts(versions: Iterable[Version]) -> tuple[str, ...]:
        return tuple(map(str, sorted(versions, reverse=True)))

    return Offers(
        texts(installs),
        None if newest is None else str(newest),
        texts(source_only),
        texts({r.version for r in good} - installs),
        live=True,
    )


@dataclass(frozen=True, slots=True)
class _Release:
    """A file as it matters here; ``installs`` tells that the Python allows it, and its wheel fits."""

    version: Version
    is_wheel: bool
    is_pure: bool
    installs: bool
    yanked: bool


def _release(file: File, name: str, python_minor: tuple[int, int]) -> _Release | None:
    """What a file is; None if pip would not look at it."""
    from packaging.utils import (
        InvalidSdistFilename,
        InvalidWheelFilename,
        parse_sdist_filename,
        parse_wheel_filename,
    )

    tags: frozenset[Tag] = frozenset()
    try:
        if file.filename.endswith(".whl"):
            named, version, _, tags = parse_wheel_filename(file.filename)
        else:
            named, version = parse_sdist_filename(file.filename)
    except (InvalidWheelFilename, InvalidSdistFilename):
        return None
    if named != name:
        return None
    fits = not tags or not tags.isdisjoint(_supported(python_minor))
    return _Release(
        version,
        is_wheel=bool(tags),
        is_pure=any(tag.platform == "any" and tag.abi == "none" for tag in tags),
        installs=fits and _allows(file.requires_python, python_minor),
        yanked=file.yanked,
    )


@cache
def _supported(python_minor: tuple[int, int]) -> frozenset[Tag]:
    """The tags of the wheels that a Python of Colab's machines takes."""
    from packaging.tags import compatible_tags, cpython_tags

    interpreter = "cp{}{}".format(*python_minor)
    return frozenset(
        (
            *cpython_tags(python_minor, [interpreter], PLATFORMS),
            *compatible_tags(python_minor, interpreter, PLATFORMS),
        )
    )


def _allows(requires_python: str, python_minor: tuple[int, int]) -> bool:
    """Whether a ``Requires-Python`` admits a Python; as in pip, one that cannot be read does.

    Colab's Pythons are late ones of their minor version, which ``<=3.12`` does not admit.
    """
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return SpecifierSet(requires_python).contains("{}.{}.99".format(*python_minor))
    except InvalidSpecifier:
        return True
