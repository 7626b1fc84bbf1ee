"""A new path shared out among the pieces that spelled the old one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rewrite.spelling import SLASH, text_of

if TYPE_CHECKING:
    from colabify.rewrite.spelling import Spelling


def share(spelling: Spelling, path: str) -> list[str] | None:
    """What each piece has to say for all of them to say ``path``; None if they cannot.

    The last pieces keep their number of components, the first literal takes what is left.
    """
    for said in (path, path if path.startswith("/") else f"./{path}"):
        shares = _shared(spelling, said)
        if shares is not None:
            return shares
    return None


def _shared(spelling: Spelling, path: str) -> list[str] | None:
    shares: list[str] = []
    rest = path
    for index in range(len(spelling) - 1, -1, -1):
        piece = spelling[index]
        before = spelling[:index]
        if piece.literal is None:
            if piece == SLASH and not rest and not path.startswith("/"):
                rest = "./"
            if not rest.endswith(piece.text):
                return None
            shares.insert(0, piece.text)
            rest = rest[: len(rest) - len(piece.text)]
        elif not any(one.literal for one in before):
            lead = text_of(before)
            if not rest.startswith(lead):
                return None
            return [*(one.text for one in before), rest[len(lead) :], *shares]
        else:
            taken = _taken(piece.text, rest, apart=before[-1] == SLASH)
            if taken is None:
                return None
            shares.insert(0, taken)
            rest = rest[: len(rest) - len(taken)]
    return shares if not rest else None


def _taken(text: str, rest: str, *, apart: bool) -> str | None:
    """The end of ``rest`` that a piece takes which said ``text``; ``apart``: it is whole components."""
    end = rest[len(rest) - len(text) :] if text and len(text) <= len(rest) else ""
    if end and _plain(end) == _plain(text):
        return end
    size = len([one for one in text.replace("\\", "/").split("/") if one])
    parts = rest.split("/")
    return "/".join(parts[-size:]) if apart and 0 < size <= len(parts) else None


def _plain(text: str) -> str:
    return text.replace("\\", "/").lower()
