"""How the family of renamed names rewrites imports and uses: text in, text out, over all cells."""

from __future__ import annotations

import pytest

from colabify.applied import Policy
from colabify.engine import apply_rules
from colabify.notebook import Document
from colabify.program import read_program
from colabify.rules import Context
from colabify.rules.base import Example
from colabify.rules.families import Renamed, Row
from colabify.runtime import load_runtime
from tests.notebooks import notebook


class Moves(Renamed):
    """Stands for any family of names that moved."""

    code = "COL999"
    name = "moves"
    examples: tuple[Example, ...] = ()
    rows = {  # noqa: RUF012
        "old.misc.read": Row("fresh.v2.read"),
        "old.misc.write": Row("fresh.v2.save"),
        "old.misc.peek": Row("old.misc.look"),
        "old.misc.plot": Row("old.views.Plot.draw"),
        "old.int": Row("int"),
        "old.lost": Row(text="there is none"),
        "old.part": Row("old.piece", module=True),
        "old.part.Odd": Row(text="its arguments differ"),
        "imp": Row("importlib", module=True),
        "Lone": Row("pack.Lone", module=True),
        "gone": Row("still.gone_too", module=True),
        "old.grid.f": Row("numpy.f", binding="np"),
    }


def moved(*sources: str) -> list[str]:
    """The cells with the family applied."""
    program = read_program(Document.parse(notebook(*sources)))
    found = []
    for cell in program.cells:
        context = Context(program.units, load_runtime(), cell.unit)
        done = apply_rules(cell.masked, [Moves()], context, Policy())
        found.append(done.source)
    return found


# what is moved, the cells before, and after
ROWS = {
    "from, all names, in brackets": (
        ["from old.misc import (\n    read,  # a\n)\nread()\n"],
        ["from fresh.v2 import (\n    read,  # a\n)\nread()\n"],
    ),
    "from, under another name": (
        ["from old.misc import read as r\n"],
        ["from fresh.v2 import read as r\n"],
    ),
    "from, called otherwise now": (
        ["from old.misc import write\nwrite()\n"],
        ["from fresh.v2 import save as write\nwrite()\n"],
    ),
    "from, called so by the program already": (
        ["from old.misc import write as save\n"],
        ["from fresh.v2 import save\n"],
    ),
    "from, split": (
        ["from old.misc import a, read, b  # why\nread()\n"],
        ["from old.misc import a, b\nfrom fresh.v2 import read  # why\nread()\n"],
    ),
    "from, split in a function": (
        ["def f():\n    from old.misc import read, a\n    return read()\n"],
        [
            "def f():\n    from old.misc import a\n    from fresh.v2 import read\n    return read()\n"
        ],
    ),
    "from, split among others on its line": (
        ["import sys; from old.misc import read, a; sys\n"],
        ["import sys; from old.misc import a; from fresh.v2 import read; sys\n"],
    ),
    "from, within its module": (
        ["from old.misc import a, peek, b\npeek()\n"],
        ["from old.misc import a, look as peek, b\npeek()\n"],
    ),
    "from, two modules": (
        ["from old.misc import read, plot\n"],
        ["from fresh.v2 import read\nfrom old.views import Plot\n"],
    ),
    "a method of a class cannot be imported: its uses are rewritten, in other cells too": (
        ["from old.misc import plot\n", "plot(3)\n"],
        ["from old.views import Plot\n", "Plot.draw(3)\n"],
    ),
    "a builtin needs no import": (["from old import int, b\n"], ["from old import b\n"]),
    "a builtin, and nothing else": (["from old import int\nint\n"], ["int\n"]),
    "what is told stays": (["from old import lost\n"], None),
    "dots: the module is imported behind the imports": (
        ["import sys\nimport old.misc\n\nold.misc.read(1)\n"],
        ["import sys\nimport old.misc\nimport fresh.v2\n\nfresh.v2.read(1)\n"],
    ),
    "dots, the import in another cell": (
        ["import old.misc as m", "# why\nx = m.read(1)"],
        ["import old.misc as m", "# why\nimport fresh.v2\nx = fresh.v2.read(1)"],
    ),
    "a module that the program has under a name": (
        ["from old import misc\nimport fresh.v2 as f\n", "misc.read()\n"],
        ["from old import misc\nimport fresh.v2 as f\n", "f.read()\n"],
    ),
    "a name that only a later cell imports is no help": (
        ["from old import misc\nmisc.read()\n", "import fresh.v2 as f\n"],
        [
            "from old import misc\nimport fresh.v2 as f\nf.read()\n",
            "import fresh.v2 as f\n",
        ],
    ),
    "a name that stands for something else": (
        ["import old.misc\nfresh = 3\nold.misc.read()\n"],
        ["import old.misc\nimport fresh.v2 as fresh_v2\nfresh = 3\nfresh_v2.read()\n"],
    ),
    "under its usual name": (
        ["from old import grid\ngrid.f()\n"],
        ["from old import grid\nimport numpy as np\nnp.f()\n"],
    ),
    "everything": (
        ["from old.misc import *\nread()\n"],
        ["from old.misc import *\nimport fresh.v2\nfresh.v2.read()\n"],
    ),
    "everything, but the name is the program's own": (
        ["from old.misc import *\ndef read(): pass\nread()\n"],
        None,
    ),
    "everything of a module that moved": (
        ["from old.part import *\nx, y.z = w(3)\n", "x\n"],
        ["from old.piece import *\nx, y.z = w(3)\n", "x\n"],
    ),
    "everything of what holds a module that moved": (
        ["from old import *\npart.x\n"],
        ["from old import *\nimport old.piece\nold.piece.x\n"],
    ),
    "a module": (["import old.part as p\np.x\n"], ["import old.piece as p\np.x\n"]),
    "a module that is called otherwise": (
        ["import imp\n", "imp.reload(x)\n"],
        ["import importlib\n", "import importlib\nimportlib.reload(x)\n"],
    ),
    "a module with its members": (
        ["import old.part\nold.part.x\n"],
        ["import old.piece\nold.piece.x\n"],
    ),
    "a module from its package": (
        ["from old import part\npart.x\n"],
        ["from old import piece as part\npart.x\n"],
    ),
    "a member of a module": (["from old.part import x\n"], ["from old.piece import x\n"]),
    "a member of a module that is told stays behind": (
        ["from old.part import x, Odd\n"],
        ["from old.part import Odd\nfrom old.piece import x\n"],
    ),
    "a module of which something told is used stays": (
        ["import old.part as p\np.Odd\n"],
        None,
    ),
    "a module of its own that is in a package now": (
        ["import Lone\nLone.x\n"],
        ["from pack import Lone\nLone.x\n"],
    ),
    "one of several modules": (
        ["import sys, Lone, os\n"],
        ["import sys, os\nfrom pack import Lone\n"],
    ),
    "future imports and the docstring stay first": (
        ['"""Doc."""\nfrom __future__ import division\nfrom old import misc\nx = misc.read()\n'],
        [
            '"""Doc."""\nfrom __future__ import division\nfrom old import misc\nimport fresh.v2\nx = fresh.v2.read()\n'
        ],
    ),
    "tried": (
        ["try:\n    from old.misc import read\nexcept ImportError:\n    read = None\n"],
        None,
    ),
    "tried, whatever happens": (
        ["try:\n    from old.misc import read\nexcept:\n    read = None\n"],
        None,
    ),
    "tried for another reason": (
        ["try:\n    from old.misc import read\nexcept ValueError:\n    pass\n"],
        ["try:\n    from fresh.v2 import read\nexcept ValueError:\n    pass\n"],
    ),
    "by version": (
        ["import sys\nif sys.version_info < (3,):\n    from old.misc import read\n"],
        None,
    ),
    "relative": (["from .old.misc import read\n"], None),
    "another's": (["from new.old.misc import read\nimport bold.misc\nbold.misc.read\n"], None),
    "a keyword, an attribute, a string": (
        ["import old.misc\nf(read=1).read\n'old.misc.read'\n"],
        None,
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_moved(name: str) -> None:
    before, after = ROWS[name]
    assert moved(*before) == (before if after is None else after)
    assert moved(*moved(*before)) == moved(*before)
