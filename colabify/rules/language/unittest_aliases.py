"""Python 3.12 removed the second names of the methods of ``unittest.TestCase``, such as ``assertEquals``.

Source: What's New in Python 3.12, which lists them. The first names are there since Python 3.2.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, ClassVar

from colabify.full_names import qualified
from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime
    from colabify.unit import Unit

_NEW = {
    "assertEquals": "assertEqual",
    "assertNotEquals": "assertNotEqual",
    "assertAlmostEquals": "assertAlmostEqual",
    "assertNotAlmostEquals": "assertNotAlmostEqual",
    "assert_": "assertTrue",
    "assertRegexpMatches": "assertRegex",
    "assertNotRegexpMatches": "assertNotRegex",
    "assertRaisesRegexp": "assertRaisesRegex",
    "failUnless": "assertTrue",
    "failIf": "assertFalse",
    "failUnlessEqual": "assertEqual",
    "failIfEqual": "assertNotEqual",
    "failUnlessAlmostEqual": "assertAlmostEqual",
    "failIfAlmostEqual": "assertNotAlmostEqual",
    "failUnlessRaises": "assertRaises",
}
_CASES = frozenset(
    {"unittest.TestCase", "unittest.IsolatedAsyncioTestCase", "unittest.case.TestCase"}
)
_HEAD = "import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        "
_DERIVED = (
    "from unittest import TestCase\nclass A(TestCase):\n    pass\n"
    "class T(A):\n    def test(self):\n        "
)
_RUN = "T('test').debug()\n"


class UnittestAliases(Rule):
    """Call the methods of ``unittest.TestCase`` by the names that are left: ``assertEqual``."""

    code = "COL124"
    name = "unittest-aliases"
    needles: ClassVar = frozenset(_NEW)
    packages = frozenset({"unittest"})
    nodes = ("Attribute",)
    examples = (
        Example(f"{_HEAD}self.assertEquals(1, 1)\n{_RUN}",
                f"{_HEAD}self.assertEqual(1, 1)\n{_RUN}"),
        Example(f"{_HEAD}self.assert_(True)\n{_RUN}", f"{_HEAD}self.assertTrue(True)\n{_RUN}"),
        Example(f"{_DERIVED}self.assertRaisesRegexp(ValueError, 'a', int, 'a')\n{_RUN}",
                f"{_DERIVED}self.assertRaisesRegex(ValueError, 'a', int, 'a')\n{_RUN}"),
        Example(f"{_HEAD}self.assertEqual(1, 1)\n"),
        Example("import unittest\nclass T:\n    def test(self):\n        self.assertEquals(1, 1)\n"),
        Example(f"{_HEAD}other.assertEquals(1, 1)\n"),
        Example("class T(Case):\n    def test(self):\n        self.assertEquals(1, 1)\n"),
        Example(f"{_HEAD}pass\nclass U:\n    def f(self):\n        self.assertEquals(1)\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """They are gone since Python 3.12."""
        return is_gone("python 3.12", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """``self.assertEquals`` by its first name, where all classes that say so are test cases."""
        import libcst as cst

        match node:
            case cst.Attribute(value=cst.Name(value="self"), attr=cst.Name(value=name)):
                if name in _NEW and context.unit is not None and _is_of_cases(name, context):
                    text = f"self.{name} is gone since Python 3.12: it is self.{_NEW[name]}"
                    return Remedy(node.with_changes(attr=cst.Name(_NEW[name])), text=text)
        return None


def _is_of_cases(name: str, context: Context) -> bool:
    """Whether every ``self.name`` of the cell or module stands in a test case that has no such method."""
    unit = context.unit
    if unit is None:
        return False
    cases = _cases(context.units, context.names)
    inside = {
        id(node)
        for one in unit.nodes
        if one in cases
        for node in ast.walk(one)
        if _says(node, name)
    }
    own = any(
        isinstance(node, ast.FunctionDef) and node.name == name
        for one in context.units
        for node in one.nodes
    )
    return not own and all(id(node) in inside for node in unit.nodes if _says(node, name))


def _cases(units: Sequence[Unit], names: dict[str, str]) -> list[ast.AST]:
    """The classes that are, or are made from, unittest's ``TestCase``."""
    classes = [node for unit in units for node in unit.of(ast.ClassDef)]
    known: dict[str, ast.AST] = {}
    found: list[ast.AST] = []
    for one in classes:
        if any(base in _CASES or base in known for base in _bases(one, names)):
            known[one.name] = one
            found.append(one)
    return found


def _bases(node: ast.ClassDef, names: dict[str, str]) -> Iterator[str]:
    return (qualified(base, names) for base in node.bases)


def _says(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id="self"), attr=attr):
            return attr == name
    return False
