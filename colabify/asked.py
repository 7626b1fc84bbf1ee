"""Asked: what a run has asked the disk about notebooks and the like, and what the disk said.

The cache knows all files of a repository but these as they stand. Of a notebook it knows what was asked while
others were planned, so that whoever edits one need not have all planned anew.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import PurePath

from colabify.slots import SUFFIXES

BYTES = "bytes"
"""The question what a file's bytes are; its answer is :func:`answer_of` them."""
SAYS = "says "
"""The question what a file is that has the words which follow; its answer is :func:`answer_with`."""
YES, NO = "yes", "no"
GIT, COMPILED = ".git", "__pycache__"
_SUFFIX = ".ipynb"
_NAMED = (_SUFFIX, *SUFFIXES)
"""What is in the names of notebooks and slots, and of the files that become them when they are written."""
_UNWATCHED = (GIT, COMPILED, *_NAMED)
_DIFFERS = "?"
"""What is noted where the disk has said one thing and then another: it is never said again."""


@dataclass
class Asked:
    """The questions and answers of one repository, by the file's name below the root.

    What was read may be known to all that is planned afterwards: those answers stay. All else is asked
    anew for each notebook.
    """

    _read: dict[tuple[str, str], str] = field(default_factory=dict)
    _seen: dict[tuple[str, str], str] = field(default_factory=dict)

    def begin(self) -> None:
        """Another notebook is planned now."""
        self._seen.clear()

    def note(self, question: str, name: str, answer: str) -> None:
        """Note an answer."""
        known = self._read if question == BYTES else self._seen
        if known.setdefault((question, name), answer) != answer:
            known[question, name] = _DIFFERS

    def answers(self) -> tuple[tuple[str, str, str], ...]:
        """Question, name and answer of all that the notebook's plan may go by."""
        every = {**self._read, **self._seen}
        return tuple((*asked, answer) for asked, answer in sorted(every.items()))


def is_notebook(name: str) -> bool:
    """Whether a file of that name is taken for a notebook, be it one or not."""
    lower = name.lower()
    return _SUFFIX in lower and PurePath(lower).name.endswith(_SUFFIX)


def is_unwatched(name: str) -> bool:
    """Whether a file of that name may change without the cache taking notice, if it is not asked for."""
    lower = name.lower()
    if not any(word in lower for word in _UNWATCHED):
        return False
    parts = PurePath(lower).parts
    return not {GIT, COMPILED}.isdisjoint(parts) or any(one in parts[-1] for one in _NAMED)


def answer_with(words: str, raw: bytes | None) -> str:
    """What is noted of a file's bytes where words are sought in them, as they are or as JSON has them.

    Whoever edits a file that does not have them, before or after, changes nothing.
    """
    spelled = {words.encode("utf-8", "surrogatepass"), json.dumps(words)[1:-1].encode()}
    return answer_of(raw) if raw is not None and any(one in raw for one in spelled) else NO


def answer_of(raw: bytes | None) -> str:
    """What is noted of a file's bytes; None: it cannot be read."""
    return "none" if raw is None else hashlib.sha256(raw).hexdigest()
