"""What is run of a cell so that its imports work, and what is left out."""

from __future__ import annotations

import pytest

from colabify.full_names import import_names
from colabify.notebook import Document
from colabify.program import read_program
from colabify.verify.slices import import_slices
from tests.notebooks import notebook

# cells, and what is run of the last of them
SLICES: dict[str, tuple[list[str], str]] = {
    "imports": (["import numpy as np\nx = np.ones(3)\nfrom a import b"], "import numpy as np\nfrom a import b"),
    "nothing": (["x = 1\nprint(x)"], ""),
    "where imports fail": (
        ["try:\n    import a\nexcept ImportError:\n    a = None"],
        "try:\n    import a\nexcept ImportError:\n    a = None",
    ),
    "more than imports": (["if x:\n    import a\n    train()"], ""),
    "the path": (
        ["import sys\nhere = '..'\nsys.path.append(here)"],
        "import sys\nhere = '..'\nsys.path.append(here)",
    ),
    "the path, by a cell above": (
        ["import sys\nhere = '..'", "sys.path.append(here)"],
        "here = '..'\nsys.path.append(here)",
    ),
    "a name that needs another that is needed, too": (
        ["import sys\nroot = '/a'\nkit = root + '/kit'\nsys.path.extend([root, kit])"],
        "import sys\nroot = '/a'\nkit = root + '/kit'\nsys.path.extend([root, kit])",
    ),
    "a path that is computed": (["import sys\nhere = find()\nsys.path.append(here)"], "import sys"),
    "magics": (["%cd ..\n%timeit f()\n!pip install a\n!ls"], "%cd ..\n!pip install a"),
    "files that are written": (["%%writefile kit.py\nx = 1"], "%%writefile kit.py\nx = 1"),
    "another language": (["%%bash\nls"], ""),
}  # fmt: skip


@pytest.mark.parametrize("name", SLICES)
def test_what_imports(name: str) -> None:
    cells, wanted = SLICES[name]
    program = read_program(Document.parse(notebook(*cells)))
    slices = import_slices(program, import_names(program.units))
    assert slices.get(len(cells) - 1, "") == wanted
