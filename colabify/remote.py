"""Remotes: from what git has in its configuration to an address that Colab can clone from."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_SSH_HOSTS = {"ssh.github.com": "github.com", "altssh.gitlab.com": "gitlab.com"}
_SCHEMES = ("https", "http", "ssh", "git", "git+ssh", "git+https")


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository on a forge: ``host``, and ``path`` as ``owner/name`` (GitLab: ``group/sub/name``)."""

    host: str
    path: str

    @property
    def name(self) -> str:
        """The repository's name: what ``git clone`` calls the folder."""
        return self.path.rpartition("/")[2]

    @property
    def is_github(self) -> bool:
        """Whether Colab can open notebooks from it: it can from github.com alone (colabtools#1305)."""
        return self.host == "github.com"

    @property
    def clone_url(self) -> str:
        """The address for ``git clone``, without credentials."""
        return f"https://{self.host}/{quote(self.path)}.git"

    def page_url(self, ref: str, path: str) -> str:
        """The forge's page of a file."""
        tree = "-/blob" if self._is_gitlab else "blob"
        return f"https://{self.host}/{quote(self.path)}/{tree}/{quote(ref)}/{quote(path)}"

    def raw_url(self, ref: str, path: str) -> str | None:
        """Where a file's bytes are served; None for a forge whose form is not known."""
        if self.is_github:
            return (
                f"https://raw.githubusercontent.com/{quote(self.path)}/{quote(ref)}/{quote(path)}"
            )
        if self._is_gitlab:
            return f"https://{self.host}/{quote(self.path)}/-/raw/{quote(ref)}/{quote(path)}"
        return None

    def colab_url(self, ref: str, path: str) -> str | None:
        """Where Colab opens a notebook; None for a forge that Colab does not open."""
        if not self.is_github:
            return None
        page = f"{quote(self.path)}/blob/{quote(ref)}/{quote(path)}"
        return f"https://colab.research.google.com/github/{page}"

    @property
    def _is_gitlab(self) -> bool:
        return "gitlab" in self.host


def parse_remote(text: str) -> Remote | None:
    """The remote that ``text`` names: https, ssh, git or ``git@host:path`` form, ``.git`` or none.

    Credentials in the address are dropped. None for a folder, or what is no address of a repository.
    """
    text = text.strip()
    if "://" in text:
        parts = urlsplit(text)
        if parts.scheme not in _SCHEMES:
            return None
        try:
            host = parts.hostname or ""
        except ValueError:
            return None
        return _remote(host, unquote(parts.path))
    host, colon, path = text.partition(":")
    if not colon or "/" in host or "\\" in path or len(host) == 1:
        return None
    return _remote(host.rpartition("@")[2], path)


def _remote(host: str, path: str) -> Remote | None:
    host = _SSH_HOSTS.get(host.lower(), host.lower())
    path = path.strip("/").removesuffix(".git").rstrip("/")
    plain = host.replace(".", "").replace("-", "").isalnum() and host.isascii() and "." in host
    parts = path.split("/")
    if not plain or len(parts) < 2 or not all(_is_name(part) for part in parts):
        return None
    return Remote(host, path)


def _is_name(part: str) -> bool:
    """Whether a forge could have a repository or a group of that name; hostile ones are none."""
    return part not in ("", ".", "..") and all(c.isalnum() or c in "-_.~ +" for c in part)
