"""One ``git commit``: hooks run, it is signed if a person's are, and what fails is said in a sentence."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.committing.calls import call
from colabify.committing.refusals import CommitFailed

if TYPE_CHECKING:
    import git

    from colabify.committing.calls import Said
    from colabify.committing.entries import Entries

_DIED = 128
"""What git ends with after an error of its own; after a hook's it ends with 1."""


def commit(repository: git.Repo, text: str, *words: str) -> None:
    """``git commit words`` with the message ``text``.

    Raises:
        CommitFailed: git or a hook refused it.

    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "message")
        file.write_text(text, encoding="utf-8", errors="replace")
        said = call(repository, "commit", "--quiet", "-F", os.fspath(file), *words, hooks=True)
    if not said.ok:
        raise _failed(said)


def hooks_in_words(before: Entries, after: Entries, ours: Entries) -> str:
    """What a commit has that is not as colabify made it, as a sentence; empty if nothing is."""
    other = {n for n in {*before, *after} - {*ours} if before.get(n) != after.get(n)}
    other |= {name for name, entry in ours.items() if after.get(name) != entry}
    return f" Hooks have changed what is committed: {', '.join(sorted(other))}." if other else ""


def _failed(said: Said) -> CommitFailed:
    if "index.lock" in said.err:
        who = "another git program works on the index"
    elif "gpg failed to sign" in said.err or "failed to write commit object" in said.err:
        who = "the commit could not be signed"
    else:
        who = "git could not commit" if said.code >= _DIED else "a hook refused the commit"
    more = " (-v shows all)" if "\n" in said.both else ""
    return CommitFailed(f"{who}, nothing is changed: {said.line}{more}", said.both)
