"""What a rule is: a permanent code, a docstring that is its documentation, examples, and a match.

A rule reports what a node, or an escape, should be instead; it never writes. The engine does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import libcst as cst

    from colabify.escapes import Escape
    from colabify.runtime import Runtime

Safety = Literal["safe", "unsafe", "report"]


@dataclass(frozen=True, slots=True)
class Example:
    """A cell before and after; ``after`` is None where the rule has nothing to do."""

    before: str
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may ask: what names stand for, which are bound in the notebook, and the runtime."""

    names: Mapping[str, str]
    bound: frozenset[str]
    runtime: Runtime

    def qualified(self, node: cst.BaseExpression) -> str:
        """``numpy.int`` for the expression ``np.int`` after ``import numpy as np``; else empty."""
        parts: list[str] = []
        while type(node).__name__ == "Attribute":
            parts.append(node.attr.value)  # type: ignore[attr-defined]
            node = node.value  # type: ignore[attr-defined]
        name = getattr(node, "value", None)
        if type(node).__name__ != "Name" or not isinstance(name, str):
            return ""
        return ".".join([self.names[name], *reversed(parts)]) if name in self.names else ""


class Rule:
    """Base of all rules. The first line of a rule's docstring says what it does, imperatively."""

    code: ClassVar[str]
    name: ClassVar[str]
    safety: ClassVar[Safety] = "safe"
    needles: ClassVar[frozenset[str]] = frozenset()
    """Whole words without any of which a cell has nothing for this rule; escapes are always shown."""
    nodes: ClassVar[tuple[str, ...]] = ()
    """Names of the libcst node types that :meth:`replace` wants to see."""
    examples: ClassVar[tuple[Example, ...]]

    def applies(self, runtime: Runtime) -> bool:  # noqa: ARG002
        """Whether what the rule mends is broken on ``runtime``."""
        return True

    def replace(self, node: cst.CSTNode, context: Context) -> cst.BaseExpression | None:  # noqa: ARG002
        """The expression that ``node`` should be instead; None to leave it."""
        return None

    def replace_escape(self, escape: Escape, context: Context) -> str | None:  # noqa: ARG002
        """The text that an escape should be instead; None to leave it."""
        return None
