"""Rules of several parts, where what became of a library is one page: its names, keywords and methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Remedy, Rule

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context


class Several(Rule):
    """Base of rules that are made of others: the first part that has something to say about a node does."""

    parts: ClassVar[tuple[Rule, ...]]

    def __init_subclass__(cls) -> None:
        """A rule's words, packages and node types are those of its parts."""
        if "parts" in cls.__dict__:
            cls.needles = frozenset().union(*(part.needles for part in cls.parts))
            cls.packages = frozenset().union(*(part.packages for part in cls.parts))
            cls.nodes = tuple(dict.fromkeys(name for part in cls.parts for name in part.nodes))

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What the first part that knows says about ``node``."""
        kind = type(node).__name__
        remedies = (part.check(node, context) for part in self.parts if kind in part.nodes)
        return next((one for one in remedies if one is not None), None)
