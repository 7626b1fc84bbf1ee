"""Matplotlib 3.8 removed its styles named ``seaborn…``; since 3.6 they are ``seaborn-v0_8…``.

Source: the release notes of both; the old names fail on Python 3.13 with matplotlib 3.10. They tend to
stand in the cell that imports everything, so that whatever follows fails too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import text_of
from colabify.rules.since import is_gone
from colabify.steps import Shim

if TYPE_CHECKING:
    from collections.abc import Sequence

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

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
    packages = frozenset({"matplotlib"})
    nodes = ("Call",)
    examples = (
        Example("import matplotlib.pyplot as plt\nplt.style.use('seaborn-whitegrid')\n",
                "import matplotlib.pyplot as plt\nplt.style.use('seaborn-v0_8-whitegrid')\n"),
        Example('from matplotlib import style\nstyle.use(["seaborn", "a.mplstyle"])\n',
                'from matplotlib import style\nstyle.use(["seaborn-v0_8", "a.mplstyle"])\n',
                not_run="needs a file"),
        Example("import matplotlib.pyplot as plt\nplt.style.use('seaborn-v0_8-white')\n"),
        Example("import matplotlib.pyplot as plt\nplt.style.use('classic')\n"),
        Example("import matplotlib.pyplot as plt\nplt.style.use('seaborn_of_mine')\n"),
        Example("plt.style.use('seaborn-white')\n"),
        Example("import matplotlib\nmatplotlib.use('seaborn')\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """The old names are gone since matplotlib 3.8."""
        return is_gone("matplotlib 3.8", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with the names of its styles brought up to date."""
        import libcst as cst

        if not isinstance(node, cst.Call) or context.qualified(node.func) not in _FUNCTIONS:
            return None
        match node.args:
            case [cst.Arg(value=cst.SimpleString() as name) as first, *rest] if _is_old(name):
                args = [first.with_changes(value=_renamed(name)), *rest]
                return Remedy(node.with_changes(args=args), shims=_shims([name]))
            case [cst.Arg(value=cst.List(elements=items) as names) as first, *rest]:
                old = [one.value for one in items if _is_old(one.value)]
                if not old:
                    return None
                value = names.with_changes(elements=[_renamed_item(item) for item in items])
                args = [first.with_changes(value=value), *rest]
                return Remedy(node.with_changes(args=args), shims=_shims(old))
        return None


def _shims(names: Sequence[cst.BaseExpression]) -> tuple[Shim, ...]:
    texts = [text_of(one) or "" for one in names]
    return tuple(Shim(text, _new(text), "style") for text in texts)


def _renamed_item(item: cst.BaseElement) -> cst.BaseElement:
    if _is_old(item.value):
        return item.with_changes(value=_renamed(item.value))
    return item


def _is_old(name: cst.BaseExpression) -> bool:
    text = text_of(name)
    if text is None or text.startswith("seaborn-v0_8"):
        return False
    return text == "seaborn" or text.startswith("seaborn-")


def _renamed(name: cst.BaseExpression) -> cst.BaseExpression:
    return name.with_changes(value=_new(name.value))  # type: ignore[attr-defined]


def _new(text: str) -> str:
    return text.replace("seaborn", "seaborn-v0_8", 1)
