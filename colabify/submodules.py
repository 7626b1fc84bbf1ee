"""Submodules: whether Colab could clone what ``.gitmodules`` names. It has no key for ssh.

Addresses as in git-submodule(1): one that begins with ``./`` or ``../`` is relative to the course's own.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from colabify.remote import parse_remote

OVER_HTTPS = ("github.com", "gitlab.com", "bitbucket.org")
"""Forges whose ssh addresses the setup cell makes https ones."""


def can_be_cloned(address: str) -> bool:
    """Whether the address of a submodule is one that the setup cell can clone from."""
    if address.startswith(("./", "../")):
        return True
    remote = parse_remote(address)
    if remote is None:
        return False
    scheme = urlsplit(address).scheme if "://" in address else "ssh"
    if scheme in ("https", "http"):
        return True
    forms = (f"git@{host}" + end for host in OVER_HTTPS for end in (":", "/"))
    return any(address.removeprefix("ssh://").startswith(form) for form in forms)
