"""Parameters of matplotlib that are gone: setting one is a ``KeyError``.

Source: the API changes of matplotlib 2.0 to 3.8; each name was tried on Python 3.13 with matplotlib 3.10.
Those that have no effect any more are dropped, ``axes.color_cycle`` is part of ``axes.prop_cycle``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import text_of
from colabify.rules.plots.pyplot import in_pyplot
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_PARAMETERS = frozenset({"matplotlib.rcParams", *in_pyplot("rcParams")})
_RC = frozenset({"matplotlib.rc", *in_pyplot("rc")})
_CYCLE = "axes.color_cycle"
_DROPPED = frozenset(
    {
        "animation.avconv_args", "animation.avconv_path", "animation.html_args",
        "animation.mencoder_args", "animation.mencoder_path", "axes.hold", "backend.qt4",
        "backend.qt5", "cairo.format", "datapath", "examples.directory", "keymap.all_axes",
        "legend.isaxes", "nbagg.transparent", "pgf.debug", "plugins.directory", "savefig.extension",
        "savefig.frameon", "savefig.jpeg_quality", "svg.embed_char_paths", "svg.embed_chars",
        "svg.image_noscale", "text.dvipnghack", "text.latex.preview", "text.latex.unicode",
        "tk.pythoninspect", "verbose.fileo", "verbose.level",
    }
)  # fmt: skip
_PREAMBLE = "text.latex.preamble"


class RcParameters(Rule):
    """Drop the parameters that matplotlib no longer has, and write the colour cycle as it is written now.

    ``rcParams["axes.color_cycle"] = colours`` becomes ``rcParams["axes.prop_cycle"] = plt.cycler(…)``.
    """

    code = "COL155"
    name = "rc-parameters"
    needles = frozenset({name.rpartition(".")[2] for name in {*_DROPPED, _CYCLE, _PREAMBLE}})
    packages = frozenset({"matplotlib", "pylab"})
    nodes = ("Assign", "Call", "Subscript", "Expr")
    examples = (
        Example("import matplotlib.pyplot as plt\nplt.rcParams['axes.color_cycle'] = ['red', 'blue']\n"
                "line, = plt.plot([1, 2])\n",
                "import matplotlib.pyplot as plt\n"
                "plt.rcParams['axes.prop_cycle'] = plt.cycler(color=['red', 'blue'])\n"
                "line, = plt.plot([1, 2])\n"),
        Example("import matplotlib.pyplot as plt\nc = plt.rcParams['axes.color_cycle'][0]\n",
                "import matplotlib.pyplot as plt\n"
                "c = plt.rcParams['axes.prop_cycle'].by_key()['color'][0]\n"),
        Example("import matplotlib\nmatplotlib.rcParams['text.latex.unicode'] = True\nx = 1\n",
                "import matplotlib\nx = 1\n"),
        Example("import matplotlib as mpl\nmpl.rcParams.update({'font.size': 9, 'savefig.frameon': False})\n",
                "import matplotlib as mpl\nmpl.rcParams.update({'font.size': 9})\n"),
        Example("import matplotlib.pyplot as plt\nplt.rc('text.latex', unicode=True)\nx = 1\n",
                "import matplotlib.pyplot as plt\nx = 1\n"),
        Example("import matplotlib.pyplot as plt\n"
                "plt.rc('text.latex', preamble=[r'\\usepackage{amsmath}'])\n",
                "import matplotlib.pyplot as plt\nplt.rc('text.latex', preamble=r'\\usepackage{amsmath}')\n"),
        Example("import matplotlib.pyplot as plt\nplt.rcParams['lines.linewidth'] = 2\n"),
        Example("import matplotlib.pyplot as plt\nplt.rc('axes', titlesize=9)\n"),
        Example("import matplotlib.pyplot as plt\n"
                "plt.rcParams['axes.prop_cycle'] = plt.cycler(color=['r'])\n"),
        Example("import matplotlib.pyplot as plt\nplt.rcParams.update({'font.size': 9})\n"),
        Example("import matplotlib.pyplot as plt\nmine = {'verbose.level': 3}\nmine['verbose.level'] = 4\n"),
        Example("import matplotlib.pyplot as plt\nplt.rc('text.latex', preamble=r'\\usepackage{amsmath}')\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """The last of them went with matplotlib 3.8."""
        return is_gone("matplotlib 3.8", runtime)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The statement without the parameter, or with what stands for it."""
        import libcst as cst

        match node:
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Subscript() as target)]):
                return _assigned(node, target, context)
            case cst.Subscript() if _key(node, context) == _CYCLE and not _is_set(context):
                return _read(node)
            case cst.Expr(value=cst.Call() as call) if _is_rc(call, context):
                return _grouped(call, context)
            case cst.Call(args=[cst.Arg(keyword=None, value=cst.Dict() as given)]):
                return _updated(node, given, context)
        return None


def _key(node: cst.Subscript, context: Context) -> str:
    """The parameter that ``rcParams["…"]`` names; empty if it is no such thing."""
    import libcst as cst

    match node.slice:
        case [cst.SubscriptElement(slice=cst.Index(value=key))]:
            name = text_of(key) or ""
            return name if name and context.qualified(node.value) in _PARAMETERS else ""
    return ""


def _assigned(node: cst.Assign, target: cst.Subscript, context: Context) -> Remedy | None:
    """``rcParams["…"] = value`` as it is today; nothing, if the parameter has no effect any more."""
    key = _key(target, context)
    new = _present(key, node.value, context)
    if new is None:
        return Remedy((), text=f"matplotlib has no parameter {key} any more")
    if new[0] != key:
        code = f"{code_of(target.value)}['{new[0]}'] = {code_of(new[1])}"
        return Remedy(_small(code), new[2], f"{key} is part of {new[0]} now")
    if new[1] is node.value:
        return None
    return Remedy((node.with_changes(value=new[1]),), text=f"{key} is a text now, no list")


def _read(node: cst.Subscript) -> Remedy:
    import libcst as cst

    new = cst.parse_expression(f"{code_of(node.value)}['axes.prop_cycle'].by_key()['color']")
    return Remedy(new, text="axes.color_cycle is part of axes.prop_cycle now")


def _is_set(context: Context) -> bool:
    """Whether the cell sets the colour cycle: then a subscript need not be a use of it."""
    import ast

    nodes = context.unit.nodes if context.unit else ()
    return any(
        isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load)
        and isinstance(node.slice, ast.Constant) and node.slice.value == _CYCLE
        for node in nodes
    )  # fmt: skip


def _is_rc(call: cst.Call, context: Context) -> bool:
    return context.qualified(call.func) in _RC


def _grouped(call: cst.Call, context: Context) -> Remedy | None:
    """``rc("group", name=value)`` with the names that there are; nothing, if none is left."""
    import libcst as cst

    group = text_of(call.args[0].value) if call.args and call.args[0].keyword is None else None
    if group is None:
        return None
    args, imports = [call.args[0]], set()
    for one in call.args[1:]:
        name = one.keyword.value if one.keyword else ""
        new = _present(f"{group}.{name}", one.value, context)
        if new is None:
            continue
        imports |= set(new[2])
        keyword = cst.Name(new[0].rpartition(".")[2]) if name else None
        args.append(one.with_changes(keyword=keyword, value=new[1]))
    if len(args) == len(call.args) and all(map(cst.Arg.deep_equals, args, call.args)):
        return None
    text = f"matplotlib has other parameters {group}.… now"
    if len(args) == 1:
        return Remedy((), text=text)
    args[-1] = args[-1].with_changes(comma=call.args[-1].comma)
    return Remedy((cst.Expr(call.with_changes(args=args)),), tuple(imports), text)


def _updated(call: cst.Call, given: cst.Dict, context: Context) -> Remedy | None:
    """``rcParams.update({…})`` with the parameters that there are."""
    import libcst as cst

    if not isinstance(call.func, cst.Attribute) or call.func.attr.value != "update":
        return None
    if context.qualified(call.func.value) not in _PARAMETERS:
        return None
    elements: list[cst.BaseDictElement] = []
    imports: set[str] = set()
    for one in given.elements:
        key = text_of(one.key) if isinstance(one, cst.DictElement) else None
        new = _present(key, one.value, context) if key else (key, one.value, ())
        if new is None:
            continue
        imports |= set(new[2])
        renamed = new[0] != key and isinstance(one, cst.DictElement)
        changed = one.with_changes(value=new[1])
        elements.append(
            changed.with_changes(key=cst.SimpleString(f"'{new[0]}'")) if renamed else changed
        )
    if len(elements) == len(given.elements) and all(
        one.deep_equals(other) for one, other in zip(elements, given.elements, strict=True)
    ):
        return None
    if elements and not isinstance(given.elements[-1].comma, cst.Comma):
        elements[-1] = elements[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    arg = call.args[0].with_changes(value=given.with_changes(elements=elements))
    return Remedy(
        call.with_changes(args=[arg]), tuple(imports), "matplotlib has other parameters now"
    )


def _present(
    key: str, value: cst.BaseExpression, context: Context
) -> tuple[str, cst.BaseExpression, tuple[str, ...]] | None:
    """A parameter and its value as they are today, and imports that these need; None: it is dropped."""
    import libcst as cst

    if key in _DROPPED:
        return None
    if key == _CYCLE:
        cycler, imports = _cycler(context)
        return "axes.prop_cycle", cst.parse_expression(f"{cycler}(color={code_of(value)})"), imports
    if key == _PREAMBLE:
        return key, _joined(value) or value, ()
    return key, value, ()


def _joined(node: cst.BaseExpression) -> cst.BaseExpression | None:
    """The one text of a list of texts; None if it is no such list, or has several."""
    import libcst as cst

    match node:
        case cst.List(elements=[cst.Element(value=cst.SimpleString() as text)]):
            return text
    return None


def _cycler(context: Context) -> tuple[str, tuple[str, ...]]:
    return context.spell("matplotlib.pyplot.cycler", binding="plt")


def _small(code: str) -> tuple[cst.BaseSmallStatement, ...]:
    import libcst as cst

    line = cst.ensure_type(cst.parse_statement(code), cst.SimpleStatementLine)
    return tuple(line.body)
