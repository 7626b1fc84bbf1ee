"""fissix, set up for cells and modules.

fissix (Amethyst Reese's maintained copy of lib2to3, which Python 3.13 no longer has) reads Python 2 and
keeps every space and comment; its fixers are those of 2to3. libcst reads Python 3 alone, and parso no
longer reads Python 2. It is imported only when there is Python 2 to read.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

_OF_2TO3 = (
    "apply", "except", "exec", "execfile", "filter", "funcattrs", "getcwdu", "has_key", "input",
    "intern", "isinstance", "itertools", "itertools_imports", "map", "metaclass", "methodattrs",
    "ne", "nonzero", "numliterals", "operator", "paren", "raise", "reduce", "reload", "renames",
    "repr", "sys_exc", "throw", "xrange", "xreadlines", "zip",
)  # fmt: skip
_OWN = (
    "Print", "Dict", "Next", "TupleParams", "RawUnicode", "Operators", "String", "Encoding",
    "Types", "Import", "Imports", "Urllib", "Compare", "Cmp", "Sorting",
)  # fmt: skip
_LAZY = frozenset({"filter", "map", "xrange", "zip"})
"""Fixers that make a list of what Python 3 makes an iterator of."""
_NAMES = {
    "apply": "apply", "execfile": "execfile", "filter": "filter", "input": "input", "intern": "intern",
    "map": "map", "reduce": "reduce", "reload": "reload", "zip": "zip", "encoding": "reload",
    "compare": "cmp",
}  # fmt: skip
"""The built-in that a fixer is about: it has nothing to do where the code binds that name itself."""
_SYNTAX = frozenset({
    "except", "exec", "ne", "numliterals", "paren", "print", "raise", "repr", "throw",
    "tupleparams", "rawunicode",
})  # fmt: skip
"""Fixers without which Python 3 cannot read the code at all, whatever it knows of versions."""
_BUILTINS = {
    "basestring": "str", "long": "int", "unichr": "chr", "unicode": "str", "StandardError": "Exception",
    "xrange": "range", "raw_input": "input", "file": "open",
}  # fmt: skip
"""Built-in names that Python 3 calls otherwise; ``file`` where it is called."""
_LATE = frozenset({"raw_input", "xrange"})
"""Those that fixers would take for ``input`` and ``range`` of Python 2, were they renamed before."""
_SAME = frozenset({"Dict", "Filter", "Map", "Zip", "Isinstance", "Input", "Paren"})
"""Fixers of what Python 3 runs as well, if otherwise."""
CANDIDATES = frozenset({
    "apply", "basestring", "cmp", "execfile", "file", "filter", "input", "intern", "long",
    "map", "next", "raw_input", "range", "reduce", "reload", "unichr", "unicode", "xrange",
    "zip", "StandardError",
})  # fmt: skip


@dataclass
class Names:
    """What all the cells of a notebook, or a module, say about names.

    ``bound`` are built-ins whose names the code uses itself; ``guarded`` what it imports while it knows of
    both Pythons; ``modules`` what other cells import under a name that is another one now.
    """

    bound: set[str] = field(default_factory=set)
    guarded: set[str] = field(default_factory=set)
    modules: dict[str, str] = field(default_factory=dict)


@cache
def _fissix() -> Any:
    """The package, with its grammar read.

    It keeps the grammar in the user's cache folder; where there can be none, it is read anew in each run.
    """
    import fissix

    try:
        import fissix.pygram
    except OSError:
        with tempfile.TemporaryDirectory() as folder:
            fissix.CACHE_DIR = Path(folder)
            import fissix.pygram
    return fissix


def parse(text: str, *, print_function: bool) -> Any | None:
    """The tree of Python 2 code; None if it is none. It has one line end more than ``text``.

    ``print_function``: ``print`` is a name there, and no statement.
    """
    _fissix()
    from fissix import pygram, pytree
    from fissix.pgen2 import driver, parse, tokenize

    grammar = pygram.python_grammar_no_print_statement if print_function else pygram.python_grammar
    reader = driver.Driver(grammar, convert=pytree.convert)
    try:
        tree = reader.parse_string(text + "\n")
    except (
        parse.ParseError,
        tokenize.TokenError,
        IndentationError,
        AssertionError,
        KeyError,  # a character that is no operator
        RecursionError,
    ):
        return None
    return tree if str(tree) == text + "\n" else None


def fix(tree: Any, names: Names, siblings: frozenset[str] = frozenset()) -> tuple[bool, list[str]]:
    """Make a tree Python 3. Returned are whether Python 3 would surely have failed, and what fissix says.

    ``siblings`` are the modules beside the one that the tree is of, in the same package.
    """
    tool = _tool()
    tool.fixer_log.clear()
    fired: set[str] = set()
    for fixer in (*tool.pre_order, *tool.post_order):
        fixer.bound = names.bound | names.guarded
        fixer.elsewhere = names.modules
        fixer.siblings = siblings
        fixer.match = _match(fixer, names)
        fixer.transform = _transform(fixer, fired)
    tree.future_features = future_features(tree)
    _rename(tree, _BUILTINS.keys() - _LATE, names, fired)
    tool.refactor_tree(tree, "")
    _rename(tree, _LATE, names, fired)
    said = [one.partition(": ")[2] for one in tool.fixer_log if one.startswith("Line ")]
    said = [one for one in dict.fromkeys(said) if "use a for loop" not in one]
    return bool(fired - _SAME), said


def _rename(tree: Any, olds: Collection[str], names: Names, fired: set[str]) -> None:
    """Give the built-ins ``olds`` their new names; ``import pickle as pickle`` is ``import pickle``."""
    from fissix.fixer_util import Name, is_probably_builtin

    from colabify.python2.tree import is_guarded, kind, leaves

    for leaf in list(leaves(tree)):
        new, parent = _BUILTINS[leaf.value] if leaf.value in olds else None, leaf.parent
        if leaf.value == "as" and kind(parent) == "dotted_as_name":
            if str(parent.children[0]).strip() == parent.children[2].value:
                parent.replace(Name(parent.children[2].value, prefix=parent.prefix))
            continue
        if new is None or leaf.value in names.bound or not is_probably_builtin(leaf):
            continue
        keyword = kind(parent) == "argument" and parent.children[0] is leaf
        calls = str(leaf.next_sibling or "").startswith("(") and kind(parent) == "power"
        if keyword or is_guarded(leaf) or (leaf.value == "file" and not calls):
            continue
        leaf.value = new
        leaf.changed()
        fired.add("Names")


def _match(fixer: Any, names: Names) -> Callable[[Any], Any]:
    """The fixer's own ``match``, less what is not its business here."""
    from colabify.python2.tree import is_consumed, is_guarded

    own = type(fixer).match.__get__(fixer)
    name = type(fixer).__name__.removeprefix("Fix")
    key = name.lower()
    builtin = _NAMES.get(key, "")
    if builtin in names.bound:
        return lambda _node: False

    def match(node: Any) -> Any:
        found = own(node)
        if not found or (key not in _SYNTAX and is_guarded(node)):
            return False
        if key in _LAZY and is_consumed(node) and "map_none" not in found:
            function = node.children[0].value
            if function != "xrange":
                return False
        if key == "xrange" and node.children[0].value in names.bound:
            return False
        return found

    return match


def _transform(fixer: Any, fired: set[str]) -> Callable[[Any, Any], Any]:
    """The fixer's own ``transform``, which says in ``fired`` if it has made what fails in Python 3 right."""
    own = type(fixer).transform.__get__(fixer)
    name = type(fixer).__name__.removeprefix("Fix")

    def transform(node: Any, results: Any) -> Any:
        before = str(node)
        new = own(node, results)
        changed = new is not None or node.parent is None or str(node) != before
        changed = changed or name == "Reduce"  # only an import is added
        if changed and not (name == "Xrange" and before.lstrip().startswith("range")):
            fired.add(name)
        return new

    return transform


@cache
def _tool() -> Any:
    _fissix()
    from fissix.refactor import RefactoringTool

    from colabify.python2 import comparing, fixers

    class Tool(RefactoringTool):  # type: ignore[misc]
        """2to3's fixers, and own ones in the place of some."""

        def get_fixers(self) -> tuple[list[Any], list[Any]]:
            """The fixers that go from the outside in, and the others."""
            before, after = super().get_fixers()
            for name in _OWN:
                module = comparing if hasattr(comparing, f"Fix{name}") else fixers
                fixer = getattr(module, f"Fix{name}")(self.options, self.fixer_log)
                (before if fixer.order == "pre" else after).append(fixer)
            order = lambda one: one.run_order  # noqa: E731
            return sorted(before, key=order), sorted(after, key=order)

    return Tool([f"fissix.fixes.fix_{name}" for name in _OF_2TO3])


def imported_modules(tree: Any) -> Mapping[str, str]:
    """The modules that code imports by a name that is another one in Python 3."""
    from fissix.fixes.fix_imports import MAPPING

    from colabify.python2.tree import is_guarded, kind, leaves

    found = {}
    for leaf in leaves(tree):
        named = kind(leaf.parent) in ("import_name", "dotted_as_names")
        if named and leaf.value in MAPPING and not is_guarded(leaf):
            found[leaf.value] = MAPPING[leaf.value]
    return found


def future_features(tree: Any) -> frozenset[str]:
    """What code imports from ``__future__``."""
    from colabify.python2.tree import kind

    imports = (one for one in tree.pre_order() if kind(one) == "import_from")
    future = (one for one in imports if getattr(one.children[1], "value", "") == "__future__")
    return frozenset(leaf.value for one in future for leaf in one.leaves())
