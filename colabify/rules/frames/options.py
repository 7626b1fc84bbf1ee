"""Options of pandas: short names that have become ambiguous, values and options that are gone.

Source: pandas' release notes of 1.3 (``styler.render.max_rows`` and others made short names ambiguous), 2.0
(no limit is None, not -1); which short names fail was found with the options of pandas 0.23, 1.5 and 2.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import constant_of, text_of
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_FUNCTIONS = frozenset(
    f"pandas.{name}"
    for name in ("set_option", "get_option", "reset_option", "option_context", "describe_option")
)
_IN_FULL = {
    "encoding": "display.encoding",
    "engine": "io.parquet.engine",
    "max_columns": "display.max_columns",
    "max_rows": "display.max_rows",
    "mode.use_inf_as_null": "mode.use_inf_as_na",
    "precision": "display.precision",
    "use_inf_as_null": "mode.use_inf_as_na",
}
_LIMITS = ("max_colwidth", "max_columns", "max_rows")
_GONE = frozenset({"display.mpl_style", "mpl_style", "display.height", "height", "display.line_width",
                   "display.column_space", "column_space"})  # fmt: skip
_ATTRIBUTES = {
    f"pandas.options.{name}"
    for name in ("display.mpl_style", "display.height", "display.line_width")
}
_TEXT = "the options of pandas are called otherwise now"


class PandasOptions(Rule):
    """Name pandas' options in full, and let those go that are gone.

    ``set_option("max_rows", 9)`` fails since pandas 1.3, for it might be ``styler.render.max_rows`` as well;
    no limit is ``None`` where it was -1.
    """

    code = "COL138"
    name = "pandas-options"
    needles = frozenset(
        {"set_option", "get_option", "reset_option", "option_context", "describe_option", "max_colwidth",
         "max_columns", "max_rows", "mpl_style", "height", "line_width"}
    )  # fmt: skip
    packages = frozenset({"pandas"})
    nodes = ("Call", "Expr", "Assign")
    examples = (
        Example("import pandas as pd\npd.set_option('max_rows', 9)\n",
                "import pandas as pd\npd.set_option('display.max_rows', 9)\n",
                shows="pd.get_option('display.max_rows')"),
        Example("import pandas as pd\npd.set_option('precision', 3, 'max_columns', None)\n",
                "import pandas as pd\npd.set_option('display.precision', 3, 'display.max_columns', None)\n",
                shows="pd.get_option('display.precision')"),
        Example("import pandas as pd\npd.set_option('display.max_colwidth', -1)\n",
                "import pandas as pd\npd.set_option('display.max_colwidth', None)\n"),
        Example("import pandas as pd\npd.options.display.max_colwidth = -1\n",
                "import pandas as pd\npd.options.display.max_colwidth = None\n"),
        Example("import pandas as pd\npd.options.display.mpl_style = 'default'\n"
                "pd.options.display.width = 99\n",
                "import pandas as pd\npd.options.display.width = 99\n",
                shows="pd.options.display.width", not_run="pandas 0.20 had it last"),
        Example("import pandas as pd\npd.set_option('display.mpl_style', 'default')\nx = 1\n",
                "import pandas as pd\nx = 1\n", shows="x", not_run="pandas 0.20 had it last"),
        Example("import pandas as pd\npd.set_option('display.max_rows', 99)\n"),
        Example("import pandas as pd\npd.set_option('display.max_colwidth', 50)\n"),
        Example("import pandas as pd\npd.set_option('max_colwidth', 50)\n"),
        Example("import pandas as pd\npd.options.display.max_colwidth = 50\n"),
        Example("import pandas as pd\nwith pd.option_context('display.precision', 2):\n    pass\n"),
        Example("import pandas as pd\nconfig.set_option('max_rows', 9)\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """The short names are ambiguous since pandas 1.3, the others went before 2.0."""
        return is_gone("pandas 2.0", runtime)

    def concerns(self, context: Context) -> bool:
        """Whether options are asked for or set here."""
        names = context.here.names if context.here else ()
        return any(one in _FUNCTIONS or one.startswith("pandas.options.") for one in names)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call or assignment with options that there are; none, if it sets one that is gone."""
        import libcst as cst

        match node:
            case cst.Expr(value=cst.Call(func=func, args=[first, _])):
                is_gone_now = context.qualified(func) == "pandas.set_option"
                return (
                    Remedy((), text=_TEXT)
                    if is_gone_now and text_of(first.value) in _GONE
                    else None
                )
            case cst.Call() if context.qualified(node.func) in _FUNCTIONS:
                return _in_full(node)
            case cst.Assign(targets=[target], value=value):
                return _assigned(node, context.qualified(target.target), value)
        return None


def _in_full(call: cst.Call) -> Remedy | None:
    """The call with the full names, and without limits of -1."""
    import libcst as cst

    args, last = [], ""
    for one in call.args:
        text = text_of(one.value) if isinstance(one.value, cst.SimpleString) else None
        if one.keyword is None and text in _IN_FULL and isinstance(one.value, cst.SimpleString):
            quote = one.value.quote
            new = one.with_changes(value=cst.SimpleString(f"{quote}{_IN_FULL[text]}{quote}"))
        elif last.removeprefix("display.") in _LIMITS and constant_of(one.value) == -1:
            new = one.with_changes(value=cst.Name("None"))
        else:
            new = one
        args.append(new)
        last = text or ""
    if all(new is one for new, one in zip(args, call.args, strict=True)):
        return None
    return Remedy(call.with_changes(args=args), text=_TEXT)


def _assigned(node: cst.Assign, full: str, value: cst.BaseExpression) -> Remedy | None:
    import libcst as cst

    if full in _ATTRIBUTES:
        return Remedy((), text=_TEXT)
    if full.removeprefix("pandas.options.display.") in _LIMITS and constant_of(value) == -1:
        return Remedy((node.with_changes(value=cst.Name("None")),), text=_TEXT)
    return None
