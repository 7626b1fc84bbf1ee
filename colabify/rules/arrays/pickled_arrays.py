"""Since NumPy 1.16.3 ``np.load`` refuses arrays of objects, unless ``allow_pickle=True`` says otherwise.

Source: the release notes, and runs on Python 3.13 with NumPy 2.1. Most files hold numbers, and need nothing;
to read objects is to run what the file says, so that it is written only where the program itself shows that
it reads some.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.full_names import qualified
from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, has_star, text_of, with_keyword
from colabify.rules.provided import default_shims
from colabify.rules.replaced import is_put
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from colabify.rules.context import Context
    from colabify.runtime import Runtime

_TEXT = "np.load reads arrays of objects only with allow_pickle=True"
_OBJECTS = frozenset({"dict", "set"})
_POSITION = 2


class PickledArrays(Rule):
    """Let ``np.load`` read objects where the program shows that the file holds some.

    It does where the program takes the object out with ``.item()``, or ``[()]``, as from
    ``np.load(file)["labels"].item()``, or where it saves a dictionary or a set, or an array with
    ``dtype=object``, under that name.
    """

    code = "COL106"
    name = "pickled-arrays"
    needles = frozenset({"load"})
    packages = frozenset({"numpy"})
    nodes = ("Call",)
    examples = (
        Example("import numpy as np\nnp.save('sizes.npy', {'a': 3})\nsizes = np.load('sizes.npy').item()\n",
                "import numpy as np\nnp.save('sizes.npy', {'a': 3})\n"
                "sizes = np.load('sizes.npy', allow_pickle=True).item()\n", shows="sizes"),
        Example("import numpy as np\nnp.savez('a.npz', x=[1], names=np.array({1: 'a'}))\n"
                "f = np.load('a.npz')\nx = f['x']\nnames = f['names'].item()\n",
                "import numpy as np\nnp.savez('a.npz', x=[1], names=np.array({1: 'a'}))\n"
                "f = np.load('a.npz', allow_pickle=True)\nx = f['x']\nnames = f['names'].item()\n",
                shows="names"),
        Example("import numpy as np\nnp.save('b.npy', np.array([[1], [2, 3]], dtype=object))\n"
                "b = np.load('b.npy')\n",
                "import numpy as np\nnp.save('b.npy', np.array([[1], [2, 3]], dtype=object))\n"
                "b = np.load('b.npy', allow_pickle=True)\n", shows="b.tolist()"),
        Example("import numpy as np\nnp.save('c.npy', [1, 2])\nx = np.load('c.npy')\n"),
        Example("import numpy as np\nnp.save('d.npy', [1, 2])\nx = np.load('d.npy').tolist()\n"),
        Example("import numpy as np\nnp.save('e.npy', {'a': 3})\n"
                "x = np.load('e.npy', allow_pickle=True).item()\n"),
        Example("import numpy as np\nread = np.load\n"
                "np.load = lambda *a, **k: read(*a, allow_pickle=True, **k)\n"
                "def f(name):\n    return np.load(name).item()\n"),
        Example("import torch\nx = torch.load('e.npy').item()\n"),
    )  # fmt: skip

    def applies(self, runtime: Runtime) -> bool:
        """Objects are refused since NumPy 1.16.3."""
        return is_gone("numpy 1.16.3", runtime)

    def concerns(self, context: Context) -> bool:
        """Whether the function is used here."""
        return bool(context.here and "numpy.load" in context.here.names)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with ``allow_pickle=True`` where it reads objects."""
        import libcst as cst

        if not isinstance(node, cst.Call) or context.qualified(node.func) != "numpy.load":
            return None
        if has_star(node) or argument(node, "allow_pickle", _POSITION) is not None:
            return None
        code = ast.unparse(ast.parse(code_of(node), mode="eval"))
        file = text_of(argument(node, "file", 0))
        if is_put("numpy.load", context) or not (
            code in set(_items(context)) or (file and file in set(_pickled(context)))
        ):
            return None
        shims = default_shims("numpy.load", "allow_pickle", "True")
        return Remedy(with_keyword(node, "allow_pickle", "True"), text=_TEXT, shims=shims)


def _items(context: Context) -> Iterator[str]:
    """The code of the calls from which an object is taken, by ``.item()`` or ``[()]``, or one by its key."""
    bound: dict[str, list[str]] = {}
    for unit in context.units:
        for node in unit.nodes:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
                    bound.setdefault(name, []).append(ast.unparse(call))
                case ast.withitem(context_expr=ast.Call() as call, optional_vars=ast.Name(id=name)):
                    bound.setdefault(name, []).append(ast.unparse(call))
    for unit in context.units:
        for node in unit.nodes:
            match node:
                case ast.Call(func=ast.Attribute(value=value, attr="item"), args=[], keywords=[]):
                    pass
                case ast.Subscript(value=value, slice=ast.Tuple(elts=[])):
                    pass
                case _:
                    continue
            match value:
                case ast.Subscript(value=file, slice=ast.Constant(value=str())):
                    value = file
            yield from (
                bound.get(value.id, ()) if isinstance(value, ast.Name) else [ast.unparse(value)]
            )


def _pickled(context: Context) -> Iterator[str]:
    """The names of the files in which the program saves objects."""
    for unit in context.units:
        for node in unit.nodes:
            match node:
                case ast.Call(func=func, args=[ast.Constant(value=str(file)), what, *_]):
                    if qualified(func, context.names) == "numpy.save" and _holds_objects(
                        what, context
                    ):
                        yield file if file.endswith(".npy") else f"{file}.npy"


def _holds_objects(what: ast.expr, context: Context) -> bool:
    if context.kinds.of(what) in _OBJECTS:
        return True
    match what:
        case ast.Call(func=func, args=[first, *_], keywords=keywords):
            if qualified(func, context.names) not in ("numpy.array", "numpy.asarray"):
                return False
            of_objects = any(
                one.arg == "dtype" and ast.unparse(one.value) in ("object", "'object'", "'O'")
                for one in keywords
            )
            return of_objects or context.kinds.of(first) in _OBJECTS
    return False
