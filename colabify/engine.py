"""The engine: applies rules to a cell, or a module, until none has anything left to do.

Only that of which some rule has something to say is parsed as a whole by libcst, which is twelve times
slower than :mod:`ast`: :mod:`colabify.quick_look` finds that out.
What libcst would not give back to the letter is left alone.
"""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from colabify.applied import Applied, Policy, RuleFailed, Told
from colabify.edits import edited
from colabify.escapes import Masked, unmask, with_escapes
from colabify.quick_look import by_node, has_something, rules_for
from colabify.silence.reading import read_comments
from colabify.telling import told_of
from colabify.walk import Walk, lines_of, statements_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import libcst as cst

    from colabify.rules import Context, Remedy, Rule
    from colabify.silence.reading import Silence
    from colabify.steps import Shim

_PASSES = 10
_END = "__colabify_end__\n"
"""A last statement: libcst 1.9 drops trailing comments that are indented deeper than the last one."""


def apply_rules(
    masked: Masked,
    rules: Sequence[Rule],
    context: Context,
    policy: Policy | None = None,
    tags: Sequence[Silence] = (),
) -> Applied:
    """The cell with what ``rules`` say, as far as ``policy``, ``tags`` and comments let them be applied.

    Raises:
        RuleFailed: the rules do not come to rest, or what they make does not parse.

    """
    with warnings.catch_warnings():
        # of the course's own strings; Python before 3.12 calls it a deprecation
        warnings.simplefilter("ignore", SyntaxWarning)
        warnings.filterwarnings("ignore", ".*invalid escape sequence", DeprecationWarning)
        return _Work(masked, rules, context, policy or Policy(), tags).done()


@dataclass
class _Work:
    """The work on one cell or module."""

    masked: Masked
    rules: Sequence[Rule]
    context: Context
    policy: Policy
    tags: Sequence[Silence] = ()
    codes: list[str] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    shims: list[Shim] = field(default_factory=list)
    silenced: dict[tuple[int, str], None] = field(default_factory=dict)

    def done(self) -> Applied:
        raws, gone = self._escapes()
        text, problem = self.masked.text, ""
        if not self.masked.foreign:
            text, problem = self._nodes(gone)
        masked = with_escapes(self.masked, raws)
        left = tuple(one for one in masked.escapes if one.placeholder not in gone)
        try:
            source = unmask(replace(masked, escapes=left), text)
        except ValueError as error:
            raise RuleFailed(f"{self._all_codes()}: {error}") from None
        codes = tuple(dict.fromkeys(self.codes))
        told, shims = tuple(dict.fromkeys(self.told)), tuple(dict.fromkeys(self.shims))
        return Applied(source, codes, problem, told, shims, tuple(self.silenced))

    def _escapes(self) -> tuple[dict[str, str], set[str]]:
        """The new texts of escapes, and those that are removed, by their placeholders."""
        raws: dict[str, str] = {}
        gone: set[str] = set()
        silences = (*self.tags, *read_comments(self.masked))
        for escape in self.masked.escapes:
            for rule in self.rules:
                remedy = rule.check_escape(escape, self.context)
                if remedy is None or self._leaves(silences, rule, escape.line + 1):
                    continue
                if self._applies(rule, remedy) and isinstance(remedy.new, str):
                    self.codes.append(rule.code)
                    if remedy.new or escape.assigned or escape.breaks:
                        raws[escape.placeholder] = remedy.new
                    else:
                        gone.add(escape.placeholder)
                else:
                    self._tell(rule, remedy, escape.line + 1, escape.raw)
                break
        return raws, gone

    def _nodes(self, gone: set[str]) -> tuple[str, str]:
        """The Python with the rules applied, and why they were not tried if so."""
        text = self.masked.text
        rules = rules_for(text, self.rules, self.context)
        if not gone and not has_something(text, rules, self.context):
            return text, ""
        by_type = by_node(rules)
        before = len(self.codes)
        for nth in range(_PASSES):
            module = _parse(text)
            if module is None and len(self.codes) > before:
                raise RuleFailed(f"{self._all_codes()} made what libcst does not read")
            if module is None:
                return text, "libcst does not give it back to the letter"
            news: dict[Any, Any] = dict.fromkeys(statements_of(module, gone), ())
            imports: list[str] = []
            walk = Walk(by_type, self.context, self._applies, self._silent(module, text))
            last = walk.look(module, news, imports)
            self.codes += walk.codes
            if not news:
                self._tell_all(module, last, text)
                break
            if nth == 0:
                self._tell_all(module, last, text)
            within = None if gone else walk.touched
            text = _code(edited(module, news, imports, within), text)
        else:
            raise RuleFailed(f"rules do not come to rest: {self._all_codes()}")
        if len(self.codes) > before or gone:
            self._check(text)
        return text, ""

    def _silent(self, module: cst.Module, text: str) -> Callable[[Rule, cst.CSTNode], bool]:
        """Whether what a rule has to say about a node is left alone."""
        silences = (*self.tags, *read_comments(Masked("", text)))
        if not silences:
            return lambda _rule, _node: False
        lines = lines_of(module)
        return lambda rule, node: self._leaves(silences, rule, lines(node))

    def _leaves(self, silences: Sequence[Silence], rule: Rule, line: int) -> bool:
        found = [nth for nth, one in enumerate(silences) if one.holds(rule.code, line)]
        self.silenced.update(dict.fromkeys((nth, rule.code) for nth in found))
        return bool(found)

    def _applies(self, rule: Rule, remedy: Remedy) -> bool:
        """Whether a remedy is applied, rather than told or provided for."""
        if self.policy.keep_all or (self.policy.keep and rule.of_library):
            return False
        if remedy.new is None or remedy.safety == "report":
            return False
        return remedy.safety == "safe" or self.policy.unsafe

    def _tell(self, rule: Rule, remedy: Remedy, line: int, old: str) -> None:
        """Provide what ``old`` needs in the setup cell, or else tell a person."""
        kept = self.policy.keep_all or (self.policy.keep and rule.of_library)
        shims = remedy.shims or (remedy.kept if kept else ())
        if shims:
            self.shims += shims
            return
        text = remedy.text or told_of(old, remedy)
        unsafe_fix = remedy.new is not None and remedy.safety == "unsafe" and not kept
        if unsafe_fix:
            text = f"{text} (--unsafe-fixes rewrites it)"
        if not any((one.code, one.text) == (rule.code, text) for one in self.told):
            self.told.append(Told(rule.code, text, line, remedy.fails, remedy.since, unsafe_fix))

    def _tell_all(
        self, module: cst.Module, found: Sequence[tuple[Rule, Remedy, cst.CSTNode]], text: str
    ) -> None:
        if not found:
            return
        from colabify.rules.spelling import code_of

        lines = lines_of(module)
        end = text.count("\n") + 1
        called = {(rule, getattr(node, "func", None)) for rule, _, node in found}
        for rule, remedy, node in found:
            if (rule, node) in called and not remedy.shims:
                continue  # what is said of the call says it of what is called
            self._tell(rule, remedy, min(lines(node), end), code_of(node))

    def _all_codes(self) -> str:
        return ", ".join(sorted(set(self.codes)))

    def _check(self, text: str) -> None:
        try:
            ast.parse(text)
        except SyntaxError as error:
            raise RuleFailed(f"{self._all_codes()} made what is no Python: {error.msg}") from None


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


def _code(code: str, text: str) -> str:
    code = code.removesuffix(_END)
    return code if text.endswith("\n") else code.removesuffix("\n")
