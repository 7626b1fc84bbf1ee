"""One requirement, as packaging reads it, and the addresses that a setup can fetch from."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from colabify.requirements.model import Declared, Reading, problem, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from packaging.requirements import Requirement

_SCHEMES = ("https", "http", "git+https", "git+http")
"""What Colab can fetch from: it has git, but no key for SSH, and neither Mercurial nor Subversion."""
_SOURCE_ARCHIVES = ("/archive/", "/tarball/", "/zipball/")
"""GitHub's archives of a branch or tag: the file is named after that, not after the distribution."""


def declare(
    text: str, source: str, line: int | None, *, group: str = "", constraint: bool = False
) -> Reading:
    """What a PEP 508 requirement (``numpy[extra]>=1; marker``, ``name @ address``) declares.

    Anything else, and an address that Colab could not fetch, becomes one problem.
    """
    requirement = parse(text)
    if requirement is None:
        return problem(source, line, why_not(text))
    return declare_parsed(requirement, source, line, group=group, constraint=constraint)


def declare_parsed(
    requirement: Requirement,
    source: str,
    line: int | None,
    *,
    group: str = "",
    constraint: bool = False,
) -> Reading:
    """What a requirement that was parsed declares."""
    from packaging.utils import canonicalize_name

    if requirement.url is not None:
        requirement.url = by_https(requirement.url)
    if requirement.url is not None and (reason := refused(requirement.url)):
        written = shown(f"{requirement.name} @ {requirement.url}")
        return problem(source, line, f"{written} is not followed: {reason}.")
    name = canonicalize_name(requirement.name)
    return Reading((Declared(name, requirement, source, line, constraint, group),))


def parse(text: str) -> Requirement | None:
    """A PEP 508 requirement; None if ``text`` is none."""
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        return Requirement(text)
    except (InvalidRequirement, RecursionError):  # brackets nested a thousand deep, in a marker
        return None


def named_address(address: str) -> Requirement | None:
    """The requirement of an address whose distribution is known; None if its name is not.

    The name is that of ``#egg=name``, or of the wheel or source distribution that it leads to.
    """
    name = _egg(address) or _file_name(address)
    return parse(f"{name} @ {address}") if name else None


def is_address(text: str) -> bool:
    """Whether ``text`` begins with a scheme, or with git's ``user@host:``."""
    return "://" in text or text.startswith(("git+", "git@", "file:"))


def by_https(address: str) -> str:
    """The address, by https if it is GitHub's ``git://``, which has not been answered since 2022."""
    for scheme in ("git+git://", "git://"):
        if address.startswith(f"{scheme}github.com/"):
            return f"git+https://{address.removeprefix(scheme)}"
    return address


def refused(address: str) -> str:
    """Why a setup on Colab cannot, or should not, fetch from an address; empty if it can."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "it is no address"
    if "$" in address:
        return "it needs an environment variable that Colab does not have"
    if "ssh" in parts.scheme or address.removeprefix("git+").startswith("git@"):
        return "it needs an SSH key, which Colab does not have; give its https address"
    if parts.scheme not in _SCHEMES or not parts.hostname:
        return "only an https address can be fetched on Colab"
    if parts.username or parts.password or "@" in parts.netloc:
        return "it has a user name or a password in it, which would be published"
    return ""


def table_address(table: Mapping[str, Any]) -> str:
    """The address that a table of Poetry's, pipenv's or uv's names, as pip writes it; empty without.

    ``git = "https://…", rev = "v1"`` becomes ``git+https://…@v1``.
    """
    kind = next((key for key in ("git", "hg", "svn", "url", "file") if table.get(key)), "")
    if not kind:
        return ""
    where = str(table[kind])
    if kind in ("url", "file"):
        return where
    ref = next((table[key] for key in ("ref", "rev", "tag", "branch") if table.get(key)), "")
    folder = f"#subdirectory={table['subdirectory']}" if table.get("subdirectory") else ""
    return f"{kind}+{where.removeprefix('git+')}{f'@{ref}' if ref else ''}{folder}"


def why_not(text: str) -> str:
    """One sentence on a text that is no requirement."""
    before, semicolon, _ = text.partition(";")
    if semicolon and parse(before) is not None:
        return f"{shown(text)} has a marker that pip would not read."
    name, equals, version = (part.strip() for part in text.partition("="))
    if equals and not version.startswith("=") and parse(f"{name}=={version}") is not None:
        return f"{shown(text)} is not a requirement that pip would read: write == for =."
    return f"{shown(text)} is not a requirement that pip would read."


def _egg(address: str) -> str:
    """``name[extra]`` of the fragment ``#egg=name[extra]``; empty without."""
    try:
        fragment = urlsplit(address).fragment
        values = parse_qs(fragment).get("egg", [])
    except ValueError:
        return ""
    requirement = parse(values[0]) if values else None
    if requirement is None:
        return ""
    extras = ",".join(sorted(requirement.extras))
    return f"{requirement.name}[{extras}]" if extras else requirement.name


def _file_name(address: str) -> str:
    """The distribution that a wheel or a source distribution is named after; empty for others."""
    from packaging.utils import (
        InvalidSdistFilename,
        InvalidWheelFilename,
        parse_sdist_filename,
        parse_wheel_filename,
    )

    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return ""
    name = posixpath.basename(path)
    if address.startswith("git+") or any(part in path for part in _SOURCE_ARCHIVES):
        return ""
    try:
        return (parse_wheel_filename if name.endswith(".whl") else parse_sdist_filename)(name)[0]
    except (InvalidSdistFilename, InvalidWheelFilename):
        return ""
