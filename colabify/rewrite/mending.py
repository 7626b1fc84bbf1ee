"""From wishes to edits: what each literal and each word of a magic is to say, where all agree on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colabify.findings import Finding
from colabify.rewrite.sharing import share
from colabify.rewrite.words import with_word

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from colabify.analysis.paths.uses import PathUse
    from colabify.findings import Severity
    from colabify.rewrite.labels import Labels
    from colabify.rewrite.literals import Edit
    from colabify.rewrite.source import Source
    from colabify.rewrite.wishes import Wish
    from colabify.silence.silences import Key

_OF_MACHINES = frozenset({"COL302", "COL303"})
"""Repairs of what nobody would take for anything but a path."""


@dataclass(frozen=True, slots=True)
class Change:
    """A literal that is to say something else: its place, the edits there, and the code."""

    key: Key
    span: tuple[int, int]
    edits: tuple[Edit, ...]
    code: str


@dataclass
class Mended:
    """What changes, and what cannot.

    ``words`` are the texts of magics and shell lines by cell and placeholder; those of cells in another
    language by cell and ``""``. ``stays`` are the stretches of each source that some path needs as they are.
    """

    changes: list[Change] = field(default_factory=list)
    words: dict[tuple[int, str], str] = field(default_factory=dict)
    word_codes: dict[int, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    stays: dict[Key, set[tuple[int, int]]] = field(default_factory=dict)

    def of(self, key: Key) -> list[Change]:
        """The changes in one source."""
        return [one for one in self.changes if one.key == key]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one literal is to say for one wish."""

    literal: ast.Constant
    text: str
    change: Change | None


@dataclass(frozen=True)
class Desk:
    """What is asked while mending: where a literal stands, what else it is, and what has to stay."""

    place: Callable[[ast.Constant], tuple[Key, Source] | None]
    labels: Callable[[ast.Constant], Labels]
    stays: Sequence[ast.Constant]
    severity: Callable[[Wish], Severity | None]
    """How grave it is if a wish is not fulfilled; None: nothing is said."""
    bodies: Mapping[int, str] = field(default_factory=dict)
    """The texts of cells in another language, by their indexes."""

    def mend(self, wishes: Sequence[Wish]) -> Mended:
        """What fulfils the wishes that can be fulfilled; a finding for each other one."""
        mended = Mended()
        in_words = [one for one in wishes if _is_word(one)]
        for wish in in_words:
            self._mend_words(wish, in_words, mended)
        said = [(one, self._said(one)) for one in wishes if not _is_word(one)]
        asked = self._asked(said)
        for wish, parts in said:
            why = self._why_not(wish, parts, asked)
            if why is not None:
                self._tell(wish, why, mended)
                continue
            for part in parts or ():
                if part.change is not None and part.change not in mended.changes:
                    mended.changes.append(part.change)
        for literal in self.stays:
            self._keep(literal, mended)
        return mended

    def _said(self, wish: Wish) -> list[_Said] | None:
        """What each literal has to say; None if they cannot say it together."""
        for new in (wish.new, wish.relative) if wish.relative else (wish.new,):
            for spelling in wish.spellings:
                texts = share(spelling, new)
                pairs = zip(spelling, texts or (), strict=False)
                parts = [
                    self._part(piece.literal, piece.text, text, wish.code)
                    for piece, text in pairs
                    if piece.literal is not None
                ]
                found = [one for one in parts if one is not None]
                if found and len(found) == len(parts):
                    return found
        return None

    def _part(self, literal: ast.Constant, was: str, text: str, code: str) -> _Said | None:
        """What a literal says that begins with ``was`` when that becomes ``text``; None if it cannot."""
        old = str(literal.value)
        if text == was:
            return _Said(literal, old, None)
        if len(was) < len(old) and {"%", "{", "}"} & set(text):
            return None  # they would mean something in a template
        new = text + old[len(was) :]
        found = self.place(literal)
        if found is None:
            return None
        key, source = found
        edits, span = source.edits(literal, new), source.span(literal)
        if edits is None or span is None:
            return None
        return _Said(literal, new, Change(key, span, tuple(edits), code))

    def _asked(self, said: Iterable[tuple[Wish, list[_Said] | None]]) -> Mapping[int, set[str]]:
        """What each literal, by its id, would have to say for all the paths that are made with it."""
        asked: dict[int, set[str]] = {id(one): {str(one.value)} for one in self.stays}
        for _, parts in said:
            for part in parts or ():
                asked.setdefault(id(part.literal), set()).add(part.text)
        return asked

    def _why_not(
        self, wish: Wish, parts: list[_Said] | None, asked: Mapping[int, set[str]]
    ) -> str | None:
        """Why a wish is not fulfilled: empty if no more is to be said of it; None if it is."""
        if parts is None:
            return ""
        if any(len(asked[id(part.literal)]) > 1 for part in parts):
            return ", but another path is made with it that needs it otherwise"
        changing = [part.literal for part in parts if part.change is not None]
        if any(self.labels(one).compared(one) for one in changing):
            return ", but it is compared or looked up as plain text, too"
        if wish.code not in _OF_MACHINES and any(self.labels(one).shown(one) for one in changing):
            return ", but it is shown as plain text, too"
        return None

    def _keep(self, literal: ast.Constant, mended: Mended) -> None:
        found = self.place(literal)
        span = None if found is None else found[1].span(literal)
        if found is not None and span is not None:
            mended.stays.setdefault(found[0], set()).add(span)

    def _mend_words(self, wish: Wish, every: Sequence[Wish], mended: Mended) -> None:
        """Mend a word of a magic, of a shell line, or of a cell in another language."""
        escape, cell = wish.use.escape, wish.use.unit.cell
        same = [one for one in every if _stands_with(one.use, wish.use) and one.was == wish.was]
        if same[0] is not wish:
            return
        place = (cell if cell is not None else 0, escape.placeholder if escape else "")
        text = escape.raw if escape else self.bodies.get(place[0], "")
        agreed = len({one.new for one in same}) == 1 and wish.use.folder is not None
        before = mended.words.get(place, text)
        moves = escape is None or any(one.use.moved for one in same)
        times = len(same) if moves else None  # elsewhere, the same word is another path
        new = with_word(before, wish.was, wish.new, times) if agreed else None
        if new is None or cell is None:
            self._tell(wish, "", mended)
            return
        mended.words[place] = new
        mended.word_codes.setdefault(cell, []).extend(one.code for one in same)

    def _tell(self, wish: Wish, why: str, mended: Mended) -> None:
        """The finding for a wish that is not fulfilled; none for what may be no path."""
        severity = self.severity(wish)
        if severity is None:
            return
        text = f"{wish.was} should be {wish.new}{why}"
        if not wish.needed:
            text = f"{wish.was} stays relative{why or ', put together as it is'}"
        mended.findings.append(finding_at(wish.use, "COL313", text, severity))


def _is_word(wish: Wish) -> bool:
    """Whether a path is said by a magic, a shell line, or a cell in another language."""
    return wish.use.escape is not None or wish.use.node is None


def _stands_with(one: PathUse, other: PathUse) -> bool:
    """Whether two paths are words of the same text."""
    return one.unit.path == other.unit.path and (
        one.escape is other.escape and one.unit.cell == other.unit.cell
    )


def finding_at(use: PathUse, code: str, text: str, severity: Severity) -> Finding:
    """A finding about a path, at the place that says it."""
    return Finding(
        code, text, severity, cell=use.unit.cell, line=use.line_there, path=use.unit.path
    )
