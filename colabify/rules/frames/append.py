"""Frames and series lost ``append`` in pandas 2.0: ``pd.concat`` puts them together.

Source: pandas' release notes of 1.4 and 2.0; run with pandas 1.5 and 2.2. A row that is given as a dictionary
becomes a frame of one row: its integers stay integers where the old call made them floats for the sake of
another value in the row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule, Safety
from colabify.rules.calls import has_star, named
from colabify.rules.frames.objects import (
    FRAME,
    FRAMES,
    SERIES,
    kind_of,
    method_of,
)
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of
from colabify.steps import Shim

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_POSITIONAL = ("objs", "ignore_index", "verify_integrity", "sort")
_OTHER = frozenset({"other", "to_append"})
_KEYWORDS = frozenset({"ignore_index", "verify_integrity"})
_ROWS: tuple[set[str], ...] = ({"dict"}, {"list"}, {"tuple"})
"""What a list holds of which a frame is made, a row of each."""
_TEXT = "a frame or series has no .append any more: pd.concat([a, b]) puts two together"


class FrameAppend(Rule):
    """Put frames together by ``pd.concat`` where ``DataFrame.append`` or ``Series.append`` did.

    Only what surely is a frame or a series is rewritten: a list has an ``append`` too.
    """

    code = "COL132"
    name = "pandas-append"
    needles = frozenset({"append"})
    packages = frozenset({"pandas"})
    nodes = ("Call", "Assign")
    examples = (
        Example("import pandas as pd\na = pd.DataFrame({'x': [1]})\nb = pd.DataFrame({'x': [2]})\n"
                "both = a.append(b)\n",
                "import pandas as pd\na = pd.DataFrame({'x': [1]})\nb = pd.DataFrame({'x': [2]})\n"
                "both = pd.concat([a, b])\n", shows="both"),
        Example("import pandas as pd\ndf = pd.DataFrame()\nfor n in range(3):\n"
                "    df = df.append(pd.DataFrame({'n': [n]}), ignore_index=True)\n",
                "import pandas as pd\ndf = pd.DataFrame()\nfor n in range(3):\n"
                "    df = pd.concat([df, pd.DataFrame({'n': [n]})], ignore_index=True)\n",
                shows="df.n.tolist()"),
        Example("import pandas as pd\ns = pd.Series([1])\nt = s.append(pd.Series([2]), True)\n",
                "import pandas as pd\ns = pd.Series([1])\n"
                "t = pd.concat([s, pd.Series([2])], ignore_index=True)\n", shows="t"),
        Example("from pandas import DataFrame\ndf = DataFrame({'x': [1], 'y': ['a']})\n"
                "df = df.append({'x': 2, 'y': 'b'}, ignore_index=True)\n",
                "from pandas import DataFrame\nimport pandas\ndf = DataFrame({'x': [1], 'y': ['a']})\n"
                "df = pandas.concat([df, DataFrame([{'x': 2, 'y': 'b'}])], ignore_index=True)\n",
                shows="df"),
        Example("import pandas as pd\ndf = pd.DataFrame({'x': [1]})\n"
                "df = df.append([df, df], ignore_index=True)\n",
                "import pandas as pd\ndf = pd.DataFrame({'x': [1]})\n"
                "df = pd.concat([df, df, df], ignore_index=True)\n", shows="df"),
        Example("import pandas as pd\ndf = pd.DataFrame({'x': [1]})\n"
                "df = df.append([{'x': n} for n in range(2)])\n",
                "import pandas as pd\ndf = pd.DataFrame({'x': [1]})\n"
                "df = pd.concat([df, pd.DataFrame([{'x': n} for n in range(2)])])\n", shows="df"),
        Example("import pandas as pd\ndf = pd.DataFrame([['a', 1]])\n"
                "df = df.append([['b', 2]], ignore_index=True)\n",
                "import pandas as pd\ndf = pd.DataFrame([['a', 1]])\n"
                "df = pd.concat([df, pd.DataFrame([['b', 2]])], ignore_index=True)\n", shows="df"),
        Example("import pandas as pd\ndf = pd.DataFrame({'x': [1]})\n"
                "def more(two):\n    return df.append(two)\nx = more(df)\n",
                "import pandas as pd\ndf = pd.DataFrame({'x': [1]})\n"
                "def more(two):\n    return pd.concat([df, two])\nx = more(df)\n", unsafe=True, shows="x"),
        Example("import pandas as pd\ndef more(df):\n    df = df.append(pd.DataFrame({'x': [1]}))\n"
                "    return df\nx = more(pd.DataFrame())\n",
                "import pandas as pd\ndef more(df):\n    df = pd.concat([df, pd.DataFrame({'x': [1]})])\n"
                "    return df\nx = more(pd.DataFrame())\n", unsafe=True, shows="x.x.tolist()"),
        Example("import pandas as pd\ndf = pd.DataFrame({'x': [1]})\nrow = pd.Series({'x': 2})\n"
                "df = df.append(row, ignore_index=True)\n",
                "import pandas as pd\ndf = pd.DataFrame({'x': [1]})\nrow = pd.Series({'x': 2})\n"
                "df = pd.concat([df, row.to_frame().T], ignore_index=True)\n", unsafe=True, shows="df"),
        Example("import pandas as pd\ndf = pd.DataFrame()\nparts = load(df)\nx = df.append(list(parts))\n",
                told="pd.concat"),
        Example("import pandas as pd\nframes = []\nframes.append(pd.DataFrame())\n"),
        Example("import pandas as pd\ndef collect(frames):\n    frames.append(pd.DataFrame())\n"),
        Example("import pandas as pd\nindex = pd.Index([1])\nindex = index.append(pd.Index([2]))\n"),
        Example("import pandas as pd\ndf = pd.DataFrame()\ndf = []\ndf.append(1)\n"),
        Example("import pandas as pd\nd = {'a': []}\nd['a'].append({'x': 1})\n"),
        Example("import pandas as pd\nx = pd.concat([pd.DataFrame(), pd.DataFrame()])\n"),
        Example("import numpy as np\nimport pandas as pd\nx = np.append([1], 2)\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'x': [1]})\nrows = []\n"
                "for row in df.itertuples():\n    rows.append(row)\n"),
        Example("import pandas as pd\ndf = pd.DataFrame({'x': [1]})\ndf = df.set_index('x', append=True)\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """``append`` is gone since pandas 2.0."""
        return is_gone("pandas 2.0", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """``pd.concat`` of the two; also where the result is bound to the same name again."""
        import libcst as cst

        match node:
            case cst.Call():
                return _concat(node, context)
            case cst.Assign(targets=[target], value=cst.Call() as call):
                return _bound_again(node, target.target, call, context)
        return None


def _concat(call: cst.Call, context: Context) -> Remedy | None:
    found = method_of(call, context)
    if found is None or found[2] != "append":
        return None
    kind = found[1]
    keywords = {one.keyword.value for one in call.args if one.keyword is not None}
    if not kind and keywords & _KEYWORDS:
        kind = FRAME  # nothing else's append has them
    return _made(call, found[0], kind, context) if kind in FRAMES else None


def _bound_again(
    node: cst.Assign, target: cst.BaseExpression, call: cst.Call, context: Context
) -> Remedy | None:
    """``x = x.append(frame)``: no list, for that would be lost."""
    found = method_of(call, context)
    if found is None or found[1] or found[2] != "append" or len(call.args) != 1:
        return None
    if not target.deep_equals(found[0]) or context.kind(call.args[0].value) != FRAME:
        return None
    remedy = _made(call, found[0], FRAME, context)
    if remedy.new is None:
        return remedy
    made = (node.with_changes(value=remedy.new),)
    return Remedy(made, remedy.imports, _TEXT, "unsafe", shims=remedy.shims)


def _made(call: cst.Call, owner: cst.BaseExpression, kind: str, context: Context) -> Remedy:
    """The call of ``pd.concat``, with the old one's other arguments."""
    import libcst as cst

    shims = (Shim(f"{kind}.append", "_append", "method"),)
    told = Remedy(text=_TEXT, safety="report", shims=shims)
    if has_star(call) or len(call.args) > len(_POSITIONAL):
        return told
    spelled, imports = context.spell("pandas.concat")
    args, safety = [], None
    for index, one in enumerate(call.args):
        name = one.keyword.value if one.keyword is not None else _POSITIONAL[index]
        if name == "objs" or name in _OTHER:
            joined = _joined(owner, one.value, kind, context)
            if joined is None:
                return told
            code, safety, more = joined
            imports += more
            listed = one.with_changes(value=cst.parse_expression(f"[{code}]"))
            args.append(named(listed, "objs") if one.keyword is not None else listed)
        else:
            args.append(named(one, name))
    if safety is None:
        return told
    new = call.with_changes(func=cst.parse_expression(spelled), args=args)
    return Remedy(new, imports, _TEXT, safety, shims=shims)


def _joined(
    owner: cst.BaseExpression, other: cst.BaseExpression, kind: str, context: Context
) -> tuple[str, Safety, tuple[str, ...]] | None:
    """What stands in the list of ``pd.concat``, how safe that is, and the imports; None if not known."""
    import libcst as cst

    first, second, given = code_of(owner), code_of(other), kind_of(other, context)
    frame, imports = context.spell("pandas.DataFrame")
    if given == "dict":
        return f"{first}, {frame}([{second}])", "safe", imports
    if given == "list":
        items = _items_of(other, context)
        if items in _ROWS and kind == FRAME:
            return f"{first}, {frame}({second})", "safe", imports
        if items == {FRAME} or kind == SERIES:
            inner = ", ".join(code_of(one.value) for one in getattr(other, "elements", ()))
            listed = isinstance(other, cst.List) and inner
            return f"{first}, {inner if listed else '*' + second}", "safe", ()
        return None
    if given == FRAME or (given == SERIES and kind == SERIES):
        return f"{first}, {second}", "safe", ()
    if given == SERIES:
        return f"{first}, {second}.to_frame().T", "unsafe", ()
    return (f"{first}, {second}", "unsafe", ()) if not given else None


def _items_of(node: cst.BaseExpression, context: Context) -> set[str]:
    """The kinds of what a list is written to hold; empty where that is not written."""
    import libcst as cst

    match node:
        case cst.List(elements=elements):
            return {kind_of(one.value, context) for one in elements}
        case cst.ListComp(elt=elt):
            return {kind_of(elt, context)}
    return set()
