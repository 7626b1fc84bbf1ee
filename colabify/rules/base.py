"""What a rule is: a permanent code, a docstring that is its documentation, examples, and a match.

A rule says what a node, or an escape, should be instead (a :class:`Remedy`); it never writes. The engine
does, or it tells a person, or the setup cell provides the old name: that depends on the remedy's safety
and on the settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import libcst as cst

    from colabify.escapes import Escape
    from colabify.rules.context import Context
    from colabify.runtime import Runtime
    from colabify.steps import Shim

Safety = Literal["safe", "unsafe", "report"]
SAFETIES: tuple[Safety, ...] = ("safe", "unsafe", "report")
"""From the safest to the least safe.

``safe``: applied by default; ``unsafe``: with ``--unsafe-fixes``; ``report``: never, only told.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A cell before and after; ``after`` is None where the rule has nothing to do.

    ``unsafe``: only ``--unsafe-fixes`` rewrites it; ``told``: it stays, and this is in what is said of it.
    ``shows`` is an expression that has the same value after either, the old one run with the library of
    its time. ``not_run`` says why the example cannot be executed (needs a GPU, a window, a download).
    """

    before: str
    after: str | None = None
    unsafe: bool = False
    told: str = ""
    shows: str = ""
    not_run: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a rule has to say about one node or escape.

    ``new`` is what stands there instead: an expression for an expression, small statements for a small
    statement (none: it is removed), text for an escape (empty: its line is removed); None where there is
    no rewriting it. ``imports`` are import statements without which ``new`` does not run. ``text`` is what
    is wrong and what to do about it, in a sentence without a full stop, for whoever is told: it is needed
    wherever the remedy is not surely applied. ``fails``: the old code surely fails on the runtime;
    ``since`` says since when (:mod:`colabify.rules.since`): a runtime that is older may be asked for.
    ``shims`` are what the setup cell can provide so that the old code runs as it is, ``kept`` what it can
    provide to that end only where no other code is rewritten either.
    """

    new: cst.BaseExpression | Sequence[cst.BaseSmallStatement] | str | None = None
    imports: tuple[str, ...] = ()
    text: str = ""
    safety: Safety = "safe"
    fails: bool = True
    shims: tuple[Shim, ...] = ()
    since: str = ""
    kept: tuple[Shim, ...] = ()


class Rule:
    """Base of all rules. The first line of a rule's docstring says what it does, imperatively."""

    code: ClassVar[str]
    name: ClassVar[str]
    safety: ClassVar[Safety] = "safe"
    """The safety of what it does by default; a single remedy may be less safe."""
    of_library: ClassVar[bool] = True
    """Whether it mends what a library dropped (``compat = "shim"`` leaves that); else what Colab lacks."""
    needles: ClassVar[frozenset[str]] = frozenset()
    """Whole words without any of which a statement has nothing for this rule; escapes are always shown.

    An imported name counts as the words of what it stands for.
    """
    packages: ClassVar[frozenset[str]] = frozenset()
    """Top-level packages; a program that imports none of them has nothing for this rule. Empty: any."""
    nodes: ClassVar[tuple[str, ...]] = ()
    """Names of the libcst node types that :meth:`check` wants to see."""
    examples: ClassVar[tuple[Example, ...]]

    def __reduce__(self) -> tuple[Callable[[str], Rule], tuple[str]]:
        """Another process has the same rule: only its code is handed over."""
        return _rule_of, (self.code,)

    def applies(self, runtime: Runtime) -> bool:  # noqa: ARG002
        """Whether what the rule mends is broken on ``runtime``."""
        return True

    def concerns(self, context: Context) -> bool:  # noqa: ARG002
        """Whether the unit at hand may have anything for the rule: a quick look, by :mod:`ast` alone.

        It may be wrong only in saying yes.
        """
        return True

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:  # noqa: ARG002
        """What is to be said about ``node``; None if nothing is."""
        return None

    def check_escape(self, escape: Escape, context: Context) -> Remedy | None:  # noqa: ARG002
        """What is to be said about an escape (magic, shell line); None if nothing is."""
        return None


def _rule_of(code: str) -> Rule:
    from colabify.own_rules import every_rule

    return next(one for one in every_rule() if one.code == code)


def looks_further(cls: type[Rule]) -> None:
    """Have a rule of a family see all units that hold its words, if it looks at more than the family does."""
    if "check" in cls.__dict__ and "concerns" not in cls.__dict__:
        cls.concerns = Rule.concerns  # type: ignore[method-assign]
