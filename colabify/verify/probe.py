"""Which of the paths that a notebook reads lead somewhere, asked of the kernel that stands where it will."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.verify.judging import foreseen_by
from colabify.verify.kernel import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.plans import PathRow
    from colabify.verify.kernel import CellResult
    from colabify.verify.subject import Subject

_STATES = frozenset(
    {"there", "lfs", "submodule", "not pushed", "mended", "fetched", "supplied", "missing"}
)
_USES = frozenset({"read", "list"})
_WILD = frozenset("*?[")
STAND = "_colabify_stand = __import__('os').getcwd()"
"""What remembers the folder in which the notebook begins: what is run of it may move, and not come back."""
_ASK = """\
def _colabify_look(paths, folder):
    import json, os
    root = _colabify_stand
    for _ in filter(None, folder.split("/")):
        root = os.path.dirname(root)
    def there(text, path):
        places = [text, os.path.join(_colabify_stand, text)]
        places += [os.path.join(root, path)] if path else []
        return any(os.path.exists(os.path.expanduser(place)) for place in places)
    print(json.dumps([there(*one) for one in paths]))
_colabify_look({paths}, {folder!r})
"""


@dataclass(frozen=True, slots=True)
class Lost:
    """A path that leads nowhere: where it is said, and the codes of the findings that foresaw it."""

    text: str
    place: str
    foreseen: tuple[str, ...]


def rows_to_look_for(subject: Subject) -> tuple[PathRow, ...]:
    """The paths that are read for certain and that nothing makes."""
    return tuple(
        row
        for row in subject.plan.paths
        if row.state in _STATES and row.use in _USES and row.text and not _WILD & set(row.text)
    )


def question(subject: Subject, rows: Sequence[PathRow]) -> str:
    """The code that asks whether these paths lead somewhere, from where it stands or from the root."""
    paths = [(row.text, "" if subject.as_is else row.path) for row in rows]
    return _ASK.format(paths=paths, folder=subject.plan.setup.folder)


def lost_paths(subject: Subject, rows: Sequence[PathRow], answer: CellResult) -> tuple[Lost, ...]:
    """Those that lead nowhere."""
    there = json.loads(answer.text.strip().splitlines()[-1]) if answer.error is None else []
    return tuple(
        Lost(row.text, row.place, _foreseen(subject, row))
        for row, found in zip(rows, there, strict=False)
        if not found
    )


def _foreseen(subject: Subject, row: PathRow) -> tuple[str, ...]:
    failure = Failure(0, "FileNotFoundError", f"'{row.path or row.text}'")
    return foreseen_by(failure, None, subject.plan.findings)
