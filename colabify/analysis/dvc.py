"""Data that DVC keeps: which of its files stands for a path, and whether everybody may download it.

A file ``x.csv.dvc`` beside ``x.csv`` says what ``dvc pull x.csv.dvc`` brings, from the remote that
``.dvc/config`` names (DVC's documentation, ".dvc files" and "DVC Configuration").
"""

from __future__ import annotations

import configparser
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.remote import without_credentials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colabify.tree import Tree

_LOGINS = ("auth", "user", "password", "ask_password", "custom_auth_header")
"""What a remote's section has if the server wants a login."""


@dataclass(frozen=True, slots=True)
class DvcRemote:
    """Where DVC keeps the data; ``is_open``: a plain web address that wants no login.

    Other remotes (``s3://``, ``gdrive://``, ``ssh://``) may be open too, but mostly are not, and need more
    than DVC alone.
    """

    url: str
    is_open: bool

    @property
    def shown(self) -> str:
        """Its address as it may be told."""
        return without_credentials(self.url)


def tracking_files(tree: Tree, path: str) -> Iterator[str]:
    """The files of DVC's that stand for ``path``, or for a folder that it is in."""
    while path:
        if f"{path}.dvc" in tree.files:
            yield f"{path}.dvc"
        path = posixpath.dirname(path)


def find_remote(config: str) -> DvcRemote | None:
    """The default remote of the text of a ``.dvc/config``, or the only one; None if there is none."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(config)
    except configparser.Error:
        return None
    sections = {name.replace("'", "").replace('"', ""): parser[name] for name in parser.sections()}
    remotes = {name: one for name, one in sections.items() if name.startswith("remote ")}
    chosen = sections["core"].get("remote", "") if "core" in sections else ""
    names = [f"remote {chosen}"] if chosen else list(remotes)
    if len(names) != 1 or names[0] not in remotes:
        return None
    section = remotes[names[0]]
    url = section.get("url", "")
    is_open = url.startswith(("http://", "https://")) and not any(key in section for key in _LOGINS)
    return DvcRemote(url, is_open)
