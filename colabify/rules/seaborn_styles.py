"""Matplotlib 3.8 removed its styles named ``seaborn…``; since 3.6 they are ``seaborn-v0_8…``.

Source: the release notes of both; the old names fail on Python 3.13 with matplotlib 3.10. They tend to
stand in the cell that imports everything, so that whatever follows fails too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Context, Example, Rule

if TYPE_CHECKING:
    import libcst as cst

_FUNCTIONS = frozenset(
    f"matplotlib.{module}style.{function}"
    for module in ("", "pyplot.")
    for function in ("use", "context")
)


class SeabornStyles(Rule):
    """Give matplotlib's seaborn styles the names that they have since matplotlib 3.6.

    ``plt.style.use("seaborn-whitegrid")`` becomes ``plt.style.use("seaborn-v0_8-whitegrid")``.
    """

    code = "COL102"
    name = "seaborn-styles"
    needles = frozenset({"use", "context"})
    nodes = ("Call",)
    examples = (
        Example("import matplotlib.pyplot as plt\nplt.style.use('seaborn-whitegrid')\n",
                "import matplotlib.pyplot as plt\nplt.style.use('seaborn-v0_8-whitegrid')\n"),
        Example('from matplotlib import style\nstyle.use(["seaborn", "a.mplstyle"])\n',
                'from matplotlib import style\nstyle.use(["seaborn-v0_8", "a.mplstyle"])\n'),
        Example("import matplotlib.pyplot as plt\nplt.style.use('seaborn-v0_8-white')\n"),
        Example("import matplotlib.pyplot as plt\nplt.style.use('classic')\n"),
        Example("import matplotlib.pyplot as plt\nplt.style.use('seaborn_of_mine')\n"),
        Example("plt.style.use('seaborn-white')\n"),
        Example("import matplotlib\nmatplotlib.use('seaborn')\n"),
    )  # fmt: skip

    def replace(self, node: cst.CSTNode, context: Context) -> cst.BaseExpression | None:
        """The call with the names of its styles brought up to date."""
        import libcst as cst

        if not isinstance(node, cst.Call) or context.qualified(node.func) not in _FUNCTIONS:
            return None
        match node.args:
            case [cst.Arg(value=cst.SimpleString() as name) as first, *rest] if _is_old(name):
                return node.with_changes(args=[first.with_changes(value=_renamed(name)), *rest])
            case [cst.Arg(value=cst.List(elements=items) as names) as first, *rest]:
                renamed = [_renamed_item(item) for item in items]
                if all(new is old for new, old in zip(renamed, items, strict=True)):
                    return None
                value = names.with_changes(elements=renamed)
                return node.with_changes(args=[first.with_changes(value=value), *rest])
        return None


def _renamed_item(item: cst.BaseElement) -> cst.BaseElement:
    import libcst as cst

    if isinstance(item.value, cst.SimpleString) and _is_old(item.value):
        return item.with_changes(value=_renamed(item.value))
    return item


def _is_old(name: cst.SimpleString) -> bool:
    text = name.evaluated_value
    if not isinstance(text, str) or text.startswith("seaborn-v0_8"):
        return False
    return text == "seaborn" or text.startswith("seaborn-")


def _renamed(name: cst.SimpleString) -> cst.SimpleString:
    return name.with_changes(value=name.value.replace("seaborn", "seaborn-v0_8", 1))
