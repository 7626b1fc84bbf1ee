"""The family of keyword arguments that are called otherwise, or that no longer exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Remedy, Rule, looks_further
from colabify.rules.calls import functions_of, mended_call

if TYPE_CHECKING:
    from collections.abc import Mapping

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.rules.families.rows import Keyword


class Keywords(Rule):
    """Base of rules for keyword arguments that are called otherwise, or that no longer exist.

    ``rows`` go by ``function(keyword)``: a full name, or a kind and its method, as in
    ``sklearn.preprocessing.OneHotEncoder(sparse)`` and ``pandas.DataFrame.to_csv(line_terminator)``.
    """

    nodes: ClassVar[tuple[str, ...]] = ("Call",)
    rows: ClassVar[Mapping[str, Keyword]]

    def __init_subclass__(cls) -> None:
        """A rule's words are the keywords of its rows, its packages those of the functions."""
        looks_further(cls)
        if "rows" in cls.__dict__:
            cls.needles = frozenset(name.partition("(")[2].rstrip(")") for name in cls.rows)
            cls.packages = frozenset(name.partition(".")[0] for name in cls.rows)

    def concerns(self, context: Context) -> bool:
        """Whether a call here has a keyword of the rows."""
        keywords = context.here.keywords if context.here else ()
        if any(f"{function}({keyword})" in self.rows for function, keyword in keywords):
            return True
        rows = {one.rpartition(".")[2] for one in self.rows}
        return any(f"{name}({keyword})" in rows for name, keyword in keywords)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with all its keywords brought up to date."""
        import libcst as cst

        if not isinstance(node, cst.Call) or not any(one.keyword for one in node.args):
            return None
        functions = functions_of(node, context)
        return mended_call(node, functions, self.rows, context.runtime) if functions else None
