"""Binder's ``apt.txt``: mybinder.readthedocs.io, one Ubuntu package a line."""

from __future__ import annotations

import string

from colabify.requirements.model import Reading, merge, problem, shown

_ALLOWED = frozenset(string.ascii_lowercase + string.digits + "+-.")
"""The characters of a package's name (Debian's policy, 5.6.1): none of them means anything to a shell."""


def read_apt_file(text: str, source: str) -> Reading:
    """The Ubuntu packages that an ``apt.txt``, which goes by the name ``source``, asks for."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        for word in line.partition("#")[0].split():
            name = word.partition("=")[0]
            if name[:1].isalnum() and _ALLOWED.issuperset(name):
                found.append(Reading(system=(name,)))
            else:
                message = f"{shown(word)} is not the name of an Ubuntu package."
                found.append(problem(source, number, message))
    return merge(found)
