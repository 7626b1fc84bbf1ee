"""Edits of a libcst module: nodes replaced, statements removed or multiplied, imports added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import libcst as cst

_GONE = "__colabify_removed__"
"""Stands for a statement that is removed, until its line is: libcst would drop the comments above it."""


def edited(
    module: cst.Module,
    news: Mapping[Any, Any],
    imports: Iterable[str] = (),
    within: Collection[Any] | None = None,
) -> str:
    """The code of ``module`` with the nodes of ``news`` replaced, and ``imports`` (statements) added.

    A node's replacement is an expression, or for a small statement the small statements that stand there.
    ``within`` are the statements at the top in which they stand, if that is known: no other is looked into.
    """
    import libcst as cst

    apart = set[Any]() if within is None else set(module.body).difference(within)

    class Replacer(cst.CSTTransformer):
        """Puts the new nodes in the old ones' places."""

        def on_visit(self, node: cst.CSTNode) -> bool:
            return node not in apart

        def on_leave(self, original_node: Any, updated_node: Any) -> Any:
            if isinstance(original_node, cst.SimpleStatementLine):
                return _line(original_node, updated_node, news)
            new = news.get(original_node, updated_node)
            if isinstance(new, tuple):
                # behind an `if x:`, say; on a line of its own _line sees to it
                return cst.FlattenSentinel(new) if new else cst.Expr(cst.Name(_GONE))
            if isinstance(original_node, cst.FormattedString) and new is updated_node:
                return _with_other_quotes(original_node, updated_node)
            return _without_brackets(original_node, new, news)

    module = cst.ensure_type(module.visit(Replacer()), cst.Module)
    return _without_gone(_with_imports(module, list(dict.fromkeys(imports))).code)


def _without_brackets(old: Any, new: Any, news: Mapping[Any, Any]) -> Any:
    """A call whose only argument has become a generator, without the brackets that this does not need."""
    import libcst as cst

    match new:
        case cst.Call(
            args=[cst.Arg(value=cst.GeneratorExp(lpar=[_], rpar=[_]), keyword=None) as arg]
        ):
            if isinstance(old, cst.Call) and len(old.args) == 1 and old.args[0].value in news:
                bare = arg.value.with_changes(lpar=[], rpar=[])
                return new.with_changes(
                    args=[arg.with_changes(value=bare, comma=old.args[0].comma)]
                )
    return new


def _with_other_quotes(old: cst.FormattedString, new: cst.FormattedString) -> cst.FormattedString:
    """An f-string whose fields have got no string in the quotes that it stands in itself.

    Before Python 3.12, which the author may have at home, such a quote ended it.
    """
    import libcst as cst

    quote = new.quote
    other = {"'": '"', '"': "'"}.get(quote)

    class Quoter(cst.CSTTransformer):
        """Puts strings in the other quotes; an f-string within has them already."""

        def on_visit(self, node: cst.CSTNode) -> bool:
            return not isinstance(node, cst.FormattedString)

        def on_leave(self, original_node: Any, updated_node: Any) -> Any:
            if not isinstance(original_node, cst.SimpleString):
                return updated_node
            text = original_node.raw_value
            if original_node.quote != quote or str(other) in text or "\\" in text:
                return updated_node
            return updated_node.with_changes(value=f"{original_node.prefix}{other}{text}{other}")

    def quoted(parts: Sequence[cst.BaseFormattedStringContent]) -> list[Any]:
        return [one.visit(Quoter()) for one in parts]

    if other is None or not _same(old.parts, quoted(old.parts)):
        return new  # the author's Python takes such quotes
    return new.with_changes(parts=quoted(new.parts))


def _same(some: Sequence[cst.CSTNode], others: Sequence[cst.CSTNode]) -> bool:
    return all(one.deep_equals(two) for one, two in zip(some, others, strict=True))


def _line(
    original: cst.SimpleStatementLine, updated: cst.SimpleStatementLine, news: Mapping[Any, Any]
) -> Any:
    """A line of statements; several that stand for one get a line each."""
    import libcst as cst

    if len(original.body) != 1:
        return updated.with_changes(
            body=[one for one in updated.body if not _is_gone(one)] or [_gone()]
        )
    new = news.get(original.body[0])
    if not isinstance(new, tuple) or len(new) == 1:
        return updated
    if not new:
        return updated.with_changes(body=[_gone()])
    first = updated.with_changes(body=[new[0]], trailing_whitespace=cst.TrailingWhitespace())
    rest = [cst.SimpleStatementLine([one]) for one in new[1:]]
    rest[-1] = rest[-1].with_changes(trailing_whitespace=updated.trailing_whitespace)
    return cst.FlattenSentinel([first, *rest])


def _gone() -> cst.Expr:
    import libcst as cst

    return cst.Expr(cst.Name(_GONE))


def _is_gone(node: cst.CSTNode) -> bool:
    return getattr(getattr(node, "value", None), "value", None) == _GONE


def _without_gone(code: str) -> str:
    """The code less the lines of removed statements; a block that would be empty gets a ``pass``."""
    if _GONE not in code:
        return code
    import ast

    lines = code.splitlines(keepends=True)
    for node in ast.walk(ast.parse(code)):
        for body in (getattr(node, name, None) for name in ("body", "orelse", "finalbody")):
            if isinstance(body, list) and not isinstance(node, ast.Module):
                gone = [one for one in body if _is_gone_statement(one)]
                if gone and len(gone) == len(body):
                    at = gone[0].lineno - 1
                    lines[at] = lines[at].replace(_GONE, "pass", 1)
    return "".join(line for line in lines if _GONE not in line)


def _is_gone_statement(node: object) -> bool:
    return getattr(getattr(node, "value", None), "id", None) == _GONE


def _with_imports(module: cst.Module, imports: Sequence[str]) -> cst.Module:
    """The module with import statements that it does not have yet, behind its first ones."""
    import libcst as cst

    code = {_bare(one) for one in module.body}
    waiting = [one for one in imports if one not in code]
    for statement in list(waiting):
        merged = _merged(module, statement)
        if merged is not None:
            module = merged
            waiting.remove(statement)
    if not waiting:
        return module
    at = _place(module.body)
    lines = [cst.ensure_type(cst.parse_statement(one), cst.SimpleStatementLine) for one in waiting]
    body = list(module.body)
    if at == 0 and body:
        above = list(getattr(body[0], "leading_lines", ()))
        blank = next((n for n in reversed(range(len(above))) if above[n].comment), -1) + 1
        lines[0] = lines[0].with_changes(leading_lines=above[:blank])
        body[0] = body[0].with_changes(leading_lines=above[blank:])
    return module.with_changes(body=[*body[:at], *lines, *body[at:]])


def _place(body: Sequence[cst.CSTNode]) -> int:
    """Behind the imports with which a module begins; else behind its docstring."""
    import libcst as cst

    place = 0
    for index, line in enumerate(body):
        if not isinstance(line, cst.SimpleStatementLine):
            break
        if all(isinstance(one, cst.Import | cst.ImportFrom) for one in line.body):
            place = index + 1
        elif not all(isinstance(one, cst.Expr) for one in line.body):
            break
        elif index == place and isinstance(_value(line.body[0]), cst.Name):
            place = index + 1  # a magic
        elif index == 0 and isinstance(_value(line.body[0]), cst.SimpleString):
            place = 1  # the docstring
    return place


def _value(statement: cst.BaseSmallStatement) -> cst.CSTNode | None:
    value: cst.CSTNode | None = getattr(statement, "value", None)
    return value


def _merged(module: cst.Module, statement: str) -> cst.Module | None:
    """The module with ``from a import b`` in the ``from a import c`` that it has; None if it has none."""
    import libcst as cst

    wanted = cst.ensure_type(cst.parse_statement(statement), cst.SimpleStatementLine).body[0]
    if not isinstance(wanted, cst.ImportFrom) or isinstance(wanted.names, cst.ImportStar):
        return None
    for line in module.body:
        if not isinstance(line, cst.SimpleStatementLine):
            continue
        for one in line.body:
            if not isinstance(one, cst.ImportFrom) or isinstance(one.names, cst.ImportStar):
                continue
            if one.module is None or not one.module.deep_equals(wanted.module):  # type: ignore[arg-type]
                continue
            added = [
                new
                for new in wanted.names
                if not any(new.deep_equals(_plain(o)) for o in one.names)
            ]
            names = list(one.names)
            last = names[-1]
            if added:
                space = cst.SimpleWhitespace(" ")
                names[-1] = last.with_changes(comma=cst.Comma(whitespace_after=space))
                added[-1] = added[-1].with_changes(comma=last.comma)
            return cst.ensure_type(
                module.deep_replace(one, one.with_changes(names=[*names, *added])), cst.Module
            )
    return None


def _plain(alias: cst.ImportAlias) -> cst.ImportAlias:
    import libcst as cst

    return alias.with_changes(comma=cst.MaybeSentinel.DEFAULT)


def _bare(node: cst.CSTNode) -> str:
    import libcst as cst

    if isinstance(node, cst.SimpleStatementLine):
        return "; ".join(cst.Module([]).code_for_node(one) for one in node.body)
    return ""
