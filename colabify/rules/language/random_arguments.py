"""Python 3.11 and 3.12 take less in functions of ``random``: no sets, no floats, no second argument.

``random.sample`` made a tuple of a set by itself until Python 3.11; ``random.randint(0, 1e3)`` took floats
that are whole numbers until 3.12; ``random.shuffle`` took a function until 3.11. Source: What's New in each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, constant_of, has_star
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_WHOLE = frozenset({"random.randint", "random.randrange", "math.factorial"})
_SETS = frozenset({"set", "dict_keys"})
_SAMPLE = "random.sample takes no set since Python 3.11: give it a list of the set"
_INTEGERS = "it takes no floats since Python 3.12, not even whole ones: write them without a point"
_SHUFFLE = "random.shuffle takes no second argument since Python 3.11: leave it out"


class RandomArguments(Rule):
    """Give ``random.sample`` a list in place of a set, and ``random.randint`` whole numbers.

    ``list(a_set)`` is what ``random.sample`` made of it, so that with a seed the sample stays the same.
    """

    code = "COL123"
    name = "random-arguments"
    needles = frozenset({"sample", "randint", "randrange", "factorial", "shuffle"})
    packages = frozenset({"random", "math"})
    nodes = ("Call",)
    examples = (
        Example("import random\nrandom.seed(1)\nx = random.sample({3, 1, 2}, 2)\n",
                "import random\nrandom.seed(1)\nx = random.sample(list({3, 1, 2}), 2)\n", shows="x"),
        Example("import random\nrandom.seed(1)\nfew = set(range(9))\nx = random.sample(few, k=3)\n",
                "import random\nrandom.seed(1)\nfew = set(range(9))\nx = random.sample(list(few), k=3)\n",
                shows="x"),
        Example("from random import sample, seed\nd = {1: 2, 3: 4}\nseed(1)\nx = sample(d.keys(), 1)\n",
                "from random import sample, seed\nd = {1: 2, 3: 4}\nseed(1)\nx = sample(list(d.keys()), 1)\n",
                shows="x"),
        Example("import random\nrandom.seed(1)\nx = random.randint(0, 1e3)\n",
                "import random\nrandom.seed(1)\nx = random.randint(0, 1000)\n", shows="x"),
        Example("from random import randrange, seed\nseed(1)\nx = randrange(5.0)\n",
                "from random import randrange, seed\nseed(1)\nx = randrange(5)\n", shows="x"),
        Example("import math\nx = math.factorial(5.0)\n", "import math\nx = math.factorial(5)\n", shows="x"),
        Example("import random\nx = [1, 2]\nrandom.shuffle(x, random.random)\n", told="no second argument"),
        Example("import random\nx = random.sample([1, 2, 3], 2)\n"),
        Example("import random\nx = random.sample(range(9), 2)\n"),
        Example("import random\ndef f(numbers):\n    return random.sample(numbers, 2)\n"),
        Example("import random\nx = random.randint(0, 10)\n"),
        Example("import numpy as np\nx = np.random.randint(0, 1e3)\n"),
        Example("import random\nx = random.randint(0, 1.5)\n"),
        Example("import random\nx = random.uniform(0, 1e3)\n"),
        Example("import numpy as np\nnp.random.shuffle(x, 1)\n"),
    )  # fmt: skip

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """The call with arguments of the kinds that it takes now."""
        import libcst as cst

        if not isinstance(node, cst.Call) or has_star(node):
            return None
        function = context.qualified(node.func)
        if function == "random.sample" and is_gone("python 3.11", context.runtime):
            return _with_list(node, context)
        if function in _WHOLE and is_gone("python 3.12", context.runtime):
            return _with_integers(node)
        if function == "random.shuffle" and is_gone("python 3.11", context.runtime):
            return Remedy(text=_SHUFFLE) if len(node.args) > 1 else None
        return None


def _with_list(call: cst.Call, context: Context) -> Remedy | None:
    """``random.sample`` with a list of the set that it is given, if it surely is one."""
    import libcst as cst

    given = argument(call, "population", 0)
    if given is None or context.kind(given) not in _SETS or "list" in context.bound:
        return None
    new = cst.Call(cst.Name("list"), [cst.Arg(given)])
    return Remedy(cst.ensure_type(call.deep_replace(given, new), cst.Call), text=_SAMPLE)


def _with_integers(call: cst.Call) -> Remedy | None:
    """The call with its floats that are whole numbers as integers; None if it has none."""
    import libcst as cst

    new = call
    for one in call.args:
        value = constant_of(one.value)
        if isinstance(value, float) and value.is_integer():
            whole = cst.parse_expression(str(int(value)))
            new = cst.ensure_type(new.deep_replace(one.value, whole), cst.Call)
    return Remedy(new, text=_INTEGERS) if new is not call else None
