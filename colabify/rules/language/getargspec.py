"""Python 3.11 removed ``inspect.getargspec``; ``getfullargspec`` gives seven things in place of four.

Source: What's New in Python 3.11. The first four are the same, though ``keywords`` is ``varkw`` now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import constant_of
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_OLD = "inspect.getargspec"
_NEW = "inspect.getfullargspec"
_FIELDS = {"args": "args", "varargs": "varargs", "keywords": "varkw", "defaults": "defaults"}
_TEXT = "inspect.getargspec is gone since Python 3.11: getfullargspec gives seven things in place of four"


class GetArgSpec(Rule):
    """Call ``inspect.getfullargspec`` where one or all of the four parts that ``getargspec`` gave are taken.

    Where it is not seen what is done with them, it is told.
    """

    code = "COL122"
    name = "getargspec"
    needles = frozenset({"getargspec"})
    packages = frozenset({"inspect"})
    nodes = ("Attribute", "Subscript", "Assign", "Call")
    examples = (
        Example("import inspect\nx = inspect.getargspec(lambda a, b: 1).args\n",
                "import inspect\nx = inspect.getfullargspec(lambda a, b: 1).args\n", shows="x"),
        Example("import inspect\nx = inspect.getargspec(lambda a, **b: 1).keywords\n",
                "import inspect\nx = inspect.getfullargspec(lambda a, **b: 1).varkw\n", shows="x"),
        Example("import inspect\nx = inspect.getargspec(lambda a, b=2: 1)[0]\n",
                "import inspect\nx = inspect.getfullargspec(lambda a, b=2: 1)[0]\n", shows="x"),
        Example("import inspect as i\na, b, c, d = i.getargspec(lambda x, *y: 1)\n",
                "import inspect as i\na, b, c, d = i.getfullargspec(lambda x, *y: 1)[:4]\n",
                shows="[a, b, c, d]"),
        Example("import inspect\nspec = inspect.getargspec(len)\n", told="getfullargspec"),
        Example("import inspect\nx = inspect.getfullargspec(len).args\n"),
        Example("import inspect\nx = inspect.signature(len)\n"),
        Example("x = inspect.getargspec(len).args\n"),
        Example("import inspect\ntry:\n    x = inspect.getargspec(f)\nexcept AttributeError:\n    x = 1\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """It is gone since Python 3.11."""
        return is_gone("python 3.11", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The part that is taken, or the assignment to four names, by way of ``getfullargspec``."""
        import libcst as cst

        match node:
            case cst.Attribute(value=cst.Call() as call, attr=cst.Name(value=field)):
                new = _renamed(call, context) if field in _FIELDS else None
                attr = cst.Name(_FIELDS.get(field, field))
                return Remedy(node.with_changes(value=new, attr=attr), text=_TEXT) if new else None
            case cst.Subscript(value=cst.Call() as call, slice=[element]):
                new = _renamed(call, context) if _is_of_four(element) else None
                return Remedy(node.with_changes(value=new), text=_TEXT) if new else None
            case cst.Assign(targets=[target], value=cst.Call() as call):
                new = _renamed(call, context) if _is_four_names(target.target) else None
                four = cst.parse_expression("x[:4]").with_changes(value=new) if new else None
                return Remedy((node.with_changes(value=four),), text=_TEXT) if four else None
            case cst.Call() if _renamed(node, context):
                return Remedy(text=_TEXT)
        return None


def _renamed(call: cst.Call, context: Context) -> cst.Call | None:
    """The call by its new name; None if it is another's."""
    import libcst as cst

    if context.qualified(call.func) != _OLD or not isinstance(call.func, cst.Attribute):
        return None
    name = _NEW.rpartition(".")[2]
    return call.with_changes(func=call.func.with_changes(attr=cst.Name(name)))


def _is_of_four(element: cst.SubscriptElement) -> bool:
    import libcst as cst

    index = element.slice
    return isinstance(index, cst.Index) and constant_of(index.value) in (0, 1, 2, 3)


def _is_four_names(target: cst.BaseExpression) -> bool:
    import libcst as cst

    return isinstance(target, cst.Tuple | cst.List) and len(target.elements) == 4
