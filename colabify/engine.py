"""The engine: applies rules to one cell until none has anything left to do.

Only cells that hold one of a rule's words are parsed by libcst, which is twelve times slower than
:mod:`ast`. A cell that libcst would not give back to the letter is left alone.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from colabify.errors import ColabifyError
from colabify.escapes import Masked, unmask, with_escapes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import libcst as cst

    from colabify.rules import Context, Rule

_PASSES = 10
_WORD = re.compile(r"\w+")
_END = "__colabify_end__\n"
"""A last statement: libcst 1.9 drops trailing comments that are indented deeper than the last one."""


class RuleFailed(ColabifyError):
    """Rules did not come to rest, or made what is no Python; the message names their codes."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A cell's new source, and the codes of the rules that changed it.

    ``problem`` says why rules that might have had something to do were not tried.
    """

    source: str
    codes: tuple[str, ...]
    problem: str = ""


def apply_rules(masked: Masked, rules: Sequence[Rule], context: Context) -> Applied:
    """The cell with every replacement of ``rules`` made.

    Raises:
        RuleFailed: the rules do not come to rest, or what they make does not parse.

    """
    codes: list[str] = []
    raws = {}
    for escape in masked.escapes:
        for rule in rules:
            new = rule.replace_escape(escape, context)
            if new is not None:
                raws[escape.placeholder] = new
                codes.append(rule.code)
                break
    text, problem = masked.text, ""
    if not masked.foreign:
        text, of_nodes, problem = _apply_to_nodes(text, rules, context)
        codes += of_nodes
    try:
        source = unmask(with_escapes(masked, raws), text)
    except ValueError as error:
        raise RuleFailed(f"{', '.join(sorted(set(codes)))}: {error}") from None
    return Applied(source, tuple(dict.fromkeys(codes)), problem)


def _apply_to_nodes(
    text: str, rules: Sequence[Rule], context: Context
) -> tuple[str, list[str], str]:
    by_type: dict[str, list[Rule]] = {}
    words = frozenset(_WORD.findall(text))
    for rule in rules:
        if rule.needles & words:
            for name in rule.nodes:
                by_type.setdefault(name, []).append(rule)
    codes: list[str] = []
    for _ in range(_PASSES if by_type else 0):
        module = _parse(text)
        if module is None and codes:
            raise RuleFailed(f"{', '.join(sorted(set(codes)))} made what libcst does not read")
        if module is None:
            return text, [], "libcst does not give it back to the letter"
        found = _collect(module, by_type, context)
        if not found:
            break
        codes += [code for code, _ in found.values()]
        text = _code(_replaced(module, {node: new for node, (_, new) in found.items()}), text)
    else:
        if by_type:
            raise RuleFailed(f"rules do not come to rest: {', '.join(sorted(set(codes)))}")
    if codes:
        _check(text, codes)
    return text, codes, ""


def _parse(text: str) -> cst.Module | None:
    import libcst as cst

    padded = _padded(text)
    try:
        module = cst.parse_module(padded)
    except (cst.ParserSyntaxError, RecursionError):
        return None
    return module if module.code == padded else None


def _padded(text: str) -> str:
    return text + ("" if text.endswith("\n") or not text else "\n") + _END


def _code(module: cst.Module, text: str) -> str:
    code = module.code.removesuffix(_END)
    return code if text.endswith("\n") else code.removesuffix("\n")


def _collect(
    module: cst.Module, by_type: Mapping[str, Sequence[Rule]], context: Context
) -> dict[cst.CSTNode, tuple[str, cst.CSTNode]]:
    """Each node to be replaced, outermost only, with the rule's code and the new node."""
    found: dict[Any, tuple[str, Any]] = {}
    waiting: list[cst.CSTNode] = [module]
    while waiting:
        node = waiting.pop()
        for rule in by_type.get(type(node).__name__, ()):
            new = rule.replace(node, context)
            if new is not None:
                found[node] = (rule.code, new)
                break
        else:
            waiting += _read_by(node)
    return found


def _read_by(node: cst.CSTNode) -> Sequence[cst.CSTNode]:
    """The children of a node, less a name or attribute that is assigned to: that is no use of it."""
    if type(node).__name__ in ("AssignTarget", "AugAssign", "AnnAssign", "Del"):
        target: cst.CSTNode = node.target  # type: ignore[attr-defined]
        if type(target).__name__ in ("Name", "Attribute"):
            return [*target.children, *(child for child in node.children if child is not target)]
    return node.children


def _replaced(module: cst.Module, news: Mapping[Any, Any]) -> cst.Module:
    import libcst as cst

    class Replacer(cst.CSTTransformer):
        """Puts the new nodes in the old ones' places."""

        def on_leave(self, original_node: Any, updated_node: Any) -> Any:
            return news.get(original_node, updated_node)

    return module.visit(Replacer())


def _check(text: str, codes: Sequence[str]) -> None:
    try:
        ast.parse(text)
    except SyntaxError as error:
        names = ", ".join(sorted(set(codes)))
        raise RuleFailed(f"{names} made what is no Python: {error.msg}") from None
