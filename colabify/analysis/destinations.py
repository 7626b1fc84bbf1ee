"""Where a destination in a Markdown cell leads: to what of the repository, if to any."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from colabify.analysis.resolve import is_absolute, join, repair
from colabify.remote import parse_remote

if TYPE_CHECKING:
    from colabify.project import Project
    from colabify.remote import Remote
    from colabify.tree import Tree

_GITHUB = ("github.com", "www.github.com")
_RAW = "raw.githubusercontent.com"
_JUPYTER = ("localhost", "127.0.0.1", "0.0.0.0")  # noqa: S104 - a name to compare with


@dataclass(frozen=True, slots=True)
class Place:
    """A file or folder that a destination names.

    ``path`` is below the root; of one that is not there it is None where it would be outside.
    ``query`` and ``fragment`` are what the address says behind it.
    """

    path: str | None
    there: bool
    query: str = ""
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class OnGitHub:
    """An address of a file at github.com.

    ``path`` is below the root if it is one of the project's files at its ref, else None. ``page``: it is
    the page about the file, which no ``<img>`` can show, and not the file.
    """

    path: str | None
    page: bool
    serves_lfs: bool


def split_address(url: str) -> SplitResult:
    """The parts of an address; one that is none, or that no address can hold, has no parts."""
    try:
        url.encode()
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def locate(url: str, project: Project, folder: str) -> Place | None:
    """What a destination in a notebook of ``folder`` names; None if nothing of the repository.

    A path that leads nowhere is mended as one in code is: by case, slashes, its tail or another folder.
    One that begins with a slash is looked for from the root, as GitHub does.
    """
    parts = split_address(url)
    text = _written(url, parts)
    if not text:
        return None
    names = list(dict.fromkeys([unquote(text), text]))
    for name in names:
        found = _find(name, project.files, folder)
        if found is not None:
            return Place(found, there=True, query=parts.query, fragment=parts.fragment)
    if parts.netloc:
        return None
    slashed = names[0].replace("\\", "/")
    return Place(None if is_absolute(slashed) else join(folder, slashed), there=False)


def _written(url: str, parts: SplitResult) -> str:
    """The path that an address says, if it could be the repository's; else nothing."""
    bare = re.split("[?#]", url, maxsplit=1)[0]
    if parts.scheme == "file" or len(parts.scheme) == 1:  # the letter of a drive
        return bare
    if parts.scheme in ("http", "https") and parts.hostname in _JUPYTER:
        return f"~{parts.path}" if parts.path.strip("/") else ""
    return "" if parts.scheme or parts.netloc else parts.path


def _find(text: str, tree: Tree, folder: str) -> str | None:
    direct, at_root = join(folder, text), join("", text.lstrip("/"))
    if direct is not None and tree.holds(direct):
        return direct
    if text.startswith("/") and at_root and tree.holds(at_root):
        return at_root
    repaired = repair(tree, folder, text)
    if repaired is not None:
        return join(folder, repaired.path)
    # What IPython's server wanted before the path of a file beside the notebook, until version 2
    served = join(folder, text.removeprefix("files/"))
    return served if served in tree.files else None


def on_github(url: str, project: Project) -> OnGitHub | None:
    """What an absolute address says of a file at github.com; None for any other address."""
    parts = split_address(url)
    words = parts.path.strip("/").split("/", 3)
    if parts.hostname in _GITHUB and len(words) == 4 and words[2] in ("blob", "raw"):
        rest, page = words[3], words[2] == "blob" and "raw=" not in parts.query
    elif parts.hostname == _RAW and len(words) == 4:
        rest, page = "/".join(words[2:]), False
    else:
        return None
    path = None
    if project.remote is not None and _is(project.remote, words[:2]):
        rest = unquote(rest).removeprefix("refs/heads/")
        path = rest.removeprefix(f"{project.ref}/") if rest.startswith(f"{project.ref}/") else None
    known = path if path in project.files.files else None
    return OnGitHub(known, page, serves_lfs=parts.hostname != _RAW)


def _is(remote: Remote, words: list[str]) -> bool:
    return remote.is_github and remote.path.lower() == "/".join(words).removesuffix(".git").lower()


def home_of(path: str, project: Project) -> tuple[Remote | None, str, str]:
    """The repository that has what is at ``path`` below the root, its ref, and the path there.

    Symbolic links are followed, which forges do not. Of a submodule it is the remote's own HEAD.
    """
    tree = project.files
    real = tree.real(path)
    path = path if real is None else real
    folder = tree.submodule_of(path)
    if folder is None:
        return project.remote, project.ref, path
    address = tree.submodules[folder]
    if project.remote is not None and address.startswith(("./", "../")):
        base = project.remote
        address = f"https://{base.host}{posixpath.normpath(f'/{base.path}/{address}')}"
    return parse_remote(address), "HEAD", path[len(folder) + 1 :]
