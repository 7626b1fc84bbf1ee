"""Which paths would have to say something else on Colab, and what."""

from __future__ import annotations

import fnmatch
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from colabify.analysis.resolve import exists, is_absolute, join, repair
from colabify.rewrite.spelling import (
    Spelling,
    constants_of,
    folder_known,
    pattern_folder,
    spellings,
    text_of,
)

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Mapping

    from colabify.analysis.paths.uses import PathUse
    from colabify.course import Course
    from colabify.facts import Facts
    from colabify.settings import Settings
    from colabify.silence.silences import Key
    from colabify.unit import Unit

_CODES = {
    "case": "COL301",
    "backslash": "COL302",
    "absolute": "COL303",
    "folder": "COL304",
    "encoded": "COL305",
}
_MADE_ABSOLUTE = "COL306"
_CONTENT = "/content"
_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Wish:
    """A path that is to say ``new`` instead of ``was``; ``relative`` is what would do as well.

    ``spellings`` are the ways in which it is put together. ``needed``: it leads nowhere as it is.
    """

    use: PathUse
    was: str
    new: str
    code: str
    spellings: tuple[Spelling, ...]
    needed: bool = True
    relative: str = ""


class Wishes:
    """The wishes of a notebook: for its cells, and for the local modules that it reaches."""

    def __init__(self, facts: Facts, course: Course, settings: Settings) -> None:
        """Nothing is asked before :meth:`all` is."""
        self._facts, self._project, self._settings = facts, course.project, settings
        self._given = course.given
        self._left: set[int] = set()
        self._names: dict[int, Mapping[str, ast.Constant]] = {}
        remote = course.project.remote
        absolute = (
            settings.paths == "absolute" and settings.source == "clone" and remote is not None
        )
        self._root = f"{_CONTENT}/{remote.name}" if absolute and remote is not None else ""

    def all(self, place: Callable[[ast.Constant], Key | None]) -> list[Wish]:
        """A wish for each use of a path that has one; ``place`` says in which source a literal stands."""
        found = []
        for use in self._facts.paths:
            wish = self._whole(use) if use.text and not _is_pattern(use) else self._folder(use)
            if wish is None or not self._allows(wish):
                continue
            if self._is_left(wish, place):
                self._left.add(id(use))
            else:
                found.append(wish)
        return found

    def _allows(self, wish: Wish) -> bool:
        path = wish.use.unit.path
        settings = self._settings if path is None else self._given.settings(path, self._settings)
        return settings.allows(wish.code)

    def _is_left(self, wish: Wish, place: Callable[[ast.Constant], Key | None]) -> bool:
        """Whether a person has it left alone: where the path is used, or where it is said."""
        unit, silences = wish.use.unit, self._facts.silences
        key = unit.path if unit.path is not None else unit.cell
        if silences.stop(wish.code, key, wish.use.line_there):
            return True
        said = wish.spellings[0] if wish.spellings else ()
        for literal in (one.literal for one in said if one.literal is not None):
            where = place(literal)
            head = self._facts.heads.get(where, 0) if isinstance(where, int) else 0
            if silences.stop(wish.code, where, head + literal.lineno):
                return True
        return False

    def stays(self, use: PathUse) -> bool:
        """Whether a path that has no wish is right as it is, or left, so that what spells it has to stay."""
        if id(use) in self._left:
            return True
        if use.makes or use.use == "mention":
            return False
        if not use.text:
            return True
        if use.folder is None or is_absolute(use.text):
            return True
        return exists(self._project.files, use.folder, use.text) or self._is_made(use)

    def spelled(self, use: PathUse) -> tuple[Spelling, ...]:
        """The ways in which a path is put together; or the folder of one whose end is not known."""
        names = self._names_for(use.unit)
        if use.text:
            return tuple(spellings(use, names))
        folder = folder_known(use.node, names)
        return (folder,) if folder else ()

    def _names_for(self, unit: Unit) -> Mapping[str, ast.Constant]:
        cells = unit.path is None
        key = 0 if cells else id(unit)
        if key not in self._names:
            self._names[key] = constants_of(self._facts.program.units if cells else [unit])
        return self._names[key]

    def _is_made(self, use: PathUse) -> bool:
        return self._facts.is_made(use.path or "")

    def _whole(self, use: PathUse) -> Wish | None:
        """The wish of a path that is known in full."""
        if use.makes:
            return None
        tree, absolute = self._project.files, is_absolute(use.text.replace("\\", "/"))
        folder = use.folder
        if folder is None:
            if not absolute:
                return None
            folder = self._facts.stand  # for a finding: what it would have to say is not known
        if not absolute and exists(tree, folder, use.text):
            return self._absolute(use, use.text, folder)
        found = repair(tree, folder, use.text, name=self._name)
        if found is None or self._is_made(use):
            return None
        sure = use.use != "mention" or (absolute and "/" in found.path)
        if not sure and found.reason != "backslash":
            return None
        new = _ended_alike(use.text, found.path)
        said = self.spelled(use) if use.folder is not None else ()
        if self._root and not use.of_module:
            below = self._below(folder, found.path)
            return Wish(
                use, use.text, _ended_alike(use.text, below), _CODES[found.reason],
                self.spelled(use), relative=new if said else "",
            )  # fmt: skip
        return Wish(use, use.text, new, _CODES[found.reason], said)

    def _folder(self, use: PathUse) -> Wish | None:
        """The wish of a path whose end is a pattern, or not known before the code runs."""
        if use.makes or use.use == "mention" or use.folder is None or use.escape is not None:
            return None
        said = self.spelled(use)
        if use.text:
            fixed = min(use.text.find(sign) for sign in _WILD & set(use.text))
            if "\\" in use.text[fixed:]:
                return self._slashed(use, said)
            said = tuple(pattern_folder(one, fixed) for one in said)
        said = tuple(one for one in said if one)
        text = text_of(said[0]) if said else ""
        tree = self._project.files
        if not text or self._is_made_folder(use, text):
            return None
        if exists(tree, use.folder, text):
            return self._absolute(use, text, use.folder, said)
        found = repair(tree, use.folder, text, name=self._name)
        if found is None or join(use.folder, found.path) not in tree.folders:
            return None
        return Wish(use, text, _ended_alike(text, found.path), _CODES[found.reason], said)

    def _slashed(self, use: PathUse, said: tuple[Spelling, ...]) -> Wish | None:
        """The wish of a pattern with backslashes also behind its first sign, if it then leads to a file."""
        new = use.text.replace("\\", "/")
        pattern = join(use.folder or "", new)
        if pattern is None or not fnmatch.filter(self._project.files.files, pattern):
            return None
        return Wish(use, use.text, new, _CODES["backslash"], said)

    def _is_made_folder(self, use: PathUse, text: str) -> bool:
        made = join(use.folder or "", text.replace("\\", "/"))
        return bool(made) and self._facts.is_made(made or "")

    def _absolute(
        self, use: PathUse, text: str, folder: str, said: tuple[Spelling, ...] | None = None
    ) -> Wish | None:
        """The wish of a path that is right, if all are to be absolute."""
        if not self._root or use.of_module:
            return None
        if use.use == "mention" and "/" not in text.strip("/"):
            return None
        new = _ended_alike(text, self._below(folder, text))
        said = self.spelled(use) if said is None else said
        if said and said[0][0].literal is None:
            return None  # it begins at os.getcwd(), say
        return Wish(use, text, new, _MADE_ABSOLUTE, said, needed=False)

    def _below(self, folder: str, path: str) -> str:
        """Where a path is on Colab."""
        below = join(folder, path)
        return posixpath.join(self._root, below) if below else self._root

    @property
    def _name(self) -> str:
        return self._project.remote.name if self._project.remote else ""


def _is_pattern(use: PathUse) -> bool:
    return bool(_WILD & set(use.text)) and use.escape is None


def _ended_alike(was: str, new: str) -> str:
    """``new`` with a slash at its end if ``was`` has one."""
    return f"{new}/" if was.endswith(("/", "\\")) and not new.endswith("/") else new
