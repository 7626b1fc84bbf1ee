"""Remotes: from what git lists to an address, and a branch there, that Colab can clone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_HOSTS = {
    "ssh.github.com": "github.com",
    "www.github.com": "github.com",
    "altssh.gitlab.com": "gitlab.com",
    "altssh.bitbucket.org": "bitbucket.org",
}
# Whoever has several accounts gives the host another name in ~/.ssh/config, commonly with the account
# behind it: git@github.com-work:teacher/course.git. No top-level domain has a hyphen behind "com".
_ALIAS = re.compile(r"(github\.com|gitlab\.com|bitbucket\.org)[-_].+")
_SCHEMES = {"https": 443, "http": 80, "ssh": None, "git": None, "git+ssh": None, "git+https": 443}
_WITHOUT_DOT_GIT = ("git.sr.ht", "dev.azure.com")
"""Forges whose addresses must not end in ``.git``."""
_SHORT = re.compile(r"[\w.-]+/[\w.-]+")

_FIELDS = "refname symref HEAD upstream:remotename upstream:remoteref"
REFS = (
    "--format=" + "%09".join(f"%({name})" for name in _FIELDS.split()),
    "refs/heads",
    "refs/remotes",
    "refs/tags",
)
"""The words for ``git for-each-ref``."""


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
        ending = "" if self.host in _WITHOUT_DOT_GIT else ".git"
        return f"{self._page}{ending}"

    def page_url(self, ref: str, path: str) -> str:
        """The forge's page of a file."""
        return f"{self._page}/{self._folders[0]}/{_quoted(ref)}/{_quoted(path)}"

    def raw_url(self, ref: str, path: str) -> str | None:
        """Where a file's bytes are served; None for a forge whose form is not known."""
        if self.is_github:
            return f"https://raw.githubusercontent.com/{_quoted(self.path)}/{_quoted(ref)}/{_quoted(path)}"
        raw = self._folders[1]
        return f"{self._page}/{raw}/{_quoted(ref)}/{_quoted(path)}" if raw else None

    def folder_url(self, ref: str, path: str) -> str:
        """The forge's page of a folder; an empty path is the root."""
        kind = self._folders[0].replace("blob", "tree")
        return f"{self._page}/{kind}/{_quoted(ref)}" + (f"/{_quoted(path)}" if path else "")

    def media_url(self, ref: str, path: str) -> str | None:
        """Where the bytes of a file in Git LFS are served; GitHub's raw address brings the pointer."""
        if not self.is_github:
            return self.raw_url(ref, path)
        page = f"{_quoted(self.path)}/{_quoted(ref)}/{_quoted(path)}"
        return f"https://media.githubusercontent.com/media/{page}"

    def colab_url(self, ref: str, path: str) -> str | None:
        """Where Colab opens a notebook; None for a forge that Colab does not open."""
        if not self.is_github:
            return None
        page = f"{_quoted(self.path)}/blob/{_quoted(ref)}/{_quoted(path)}"
        return f"https://colab.research.google.com/github/{page}"

    @property
    def _page(self) -> str:
        return f"https://{self.host}/{_quoted(self.path)}"

    @property
    def _folders(self) -> tuple[str, str]:
        """What stands between the repository and a ref in the address of a page, and of bytes."""
        if "gitlab" in self.host:
            return "-/blob", "-/raw"
        if self.host == "bitbucket.org":
            return "src", "raw"
        if self.host == "codeberg.org":
            return "src/branch", "raw/branch"
        return "blob", ""


def parse_remote(text: str) -> Remote | None:
    """The remote that ``text`` names: https, ssh, git or ``git@host:path`` form, ``.git`` or none.

    Credentials in the address are dropped. None for a folder, or what is no address of a repository.
    """
    text = text.strip()
    if "://" in text:
        try:
            parts = urlsplit(text)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return None
        if parts.scheme not in _SCHEMES:
            return None
        usual = _SCHEMES[parts.scheme]  # the port of ssh says nothing about that of https
        return _remote(host, unquote(parts.path), port if usual and port != usual else None)
    host, colon, path = text.partition(":")
    if not colon or "/" in host or "\\" in path or len(host) == 1:
        return None
    return _remote(host.rpartition("@")[2], path)


def without_credentials(text: str) -> str:
    """An address as it may be shown: without user name, password, query and fragment."""
    scheme, _, rest = text.strip().rpartition("://")
    bare = rest.rpartition("@")[2]  # the last one: a password may hold an @, or a slash
    return f"{scheme}://{re.split(r'[?#]', bare)[0]}" if scheme else bare


def in_full(text: str) -> str:
    """What ``owner/name`` probably means; empty if ``text`` has another form."""
    return f"https://github.com/{text}" if _SHORT.fullmatch(text.strip()) else ""


def _remote(host: str, path: str, port: int | None = None) -> Remote | None:
    host = _HOSTS.get(host.lower(), host.lower())
    alias = _ALIAS.fullmatch(host)
    host = alias[1] if alias else host
    path = path.strip("/").removesuffix(".git").rstrip("/")
    plain = host.replace(".", "").replace("-", "").isalnum() and host.isascii() and "." in host
    parts = path.split("/")
    if not plain or len(parts) < 2 or not all(_is_name(part) for part in parts):
        return None
    return Remote(f"{host}:{port}" if port else host, path)


def _is_name(part: str) -> bool:
    """Whether a forge could have a repository or a group of that name; hostile ones are none."""
    return part not in ("", ".", "..") and all(c.isalnum() or c in "-_.~ +" for c in part)


@dataclass(frozen=True, slots=True)
class Ref:
    """A ref: what it stands for if it is symbolic (``origin/HEAD``), and what it follows at which remote."""

    name: str
    target: str
    remote: str
    upstream: str


Refs = dict[str, Ref]


def read_refs(said: str) -> tuple[Refs, str]:
    """The refs by their full names, and the branch checked out, from what ``git for-each-ref`` said.

    There is no branch if none is checked out, or if it has no commit yet.
    """
    refs, branch = {}, ""
    for line in said.split("\n"):
        if line:
            name, target, head, remote, upstream = line.split("\t")
            refs[name] = Ref(name, target, remote, upstream)
            branch = name.removeprefix("refs/heads/") if head == "*" else branch
    return refs, branch


def read_remotes(said: str) -> dict[str, str]:
    """The address of each remote, from what ``git remote -v`` said; of several the first."""
    found: dict[str, str] = {}
    for name, address in re.findall(r"^(.*?)\t(.*) \(fetch\)", said, re.MULTILINE):
        found.setdefault(name, address)
    return found


def choose_remote(refs: Refs, addresses: dict[str, str], branch: str, asked: Remote | None) -> str:
    """The remote at the address asked for; else the one the branch follows; ``origin``; the first."""
    same = [name for name, text in addresses.items() if asked and parse_remote(text) == asked]
    followed = refs[f"refs/heads/{branch}"].remote if f"refs/heads/{branch}" in refs else ""
    wanted = [*same, followed, "origin", *addresses]
    return next((name for name in wanted if name in addresses), "")


def branch_there(refs: Refs, remote: str, branch: str) -> str:
    """What the current branch is called at the remote: the same, or what it follows; empty if not there."""
    here = refs.get(f"refs/heads/{branch}")
    followed = here.upstream.removeprefix("refs/heads/") if here and here.remote == remote else ""
    prefix = f"refs/remotes/{remote}/"
    return next((name for name in (branch, followed) if name and prefix + name in refs), "")


def default_branch(refs: Refs, remote: str) -> str:
    """The remote's default branch as far as it is known; empty if nothing is known of the remote."""
    prefix = f"refs/remotes/{remote}/"
    head = refs.get(f"{prefix}HEAD")
    if head is not None and head.target in refs:
        return head.target.removeprefix(prefix)
    held = [name.removeprefix(prefix) for name in refs if name.startswith(prefix)]
    usual = [name for name in ("main", "master") if name in held]
    return next(iter([*usual, *(name for name in held if name != "HEAD")]), "")


def _quoted(text: str) -> str:
    """``text`` percent-encoded; bytes of a file's name that are no UTF-8 as they are."""
    return quote(text.encode("utf-8", "surrogateescape"))
