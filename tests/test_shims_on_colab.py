"""Old code on a simulated Colab: rewritten where it may be, given the names it misses where it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from tests.courses import git, make_repository, notebook, publish
from tests.simulated_colab.colab import Colab, Forge
from tests.simulated_colab.examples import needs_runtime
from tests.simulated_colab.kernel import Run

pytestmark = needs_runtime

KIT = """\
import matplotlib
from matplotlib import style
import numpy as np
from scipy.misc import imread as read, imsave
import scipy.ndimage as nd

style.use(["seaborn-whitegrid", "fast"])


def twice(path):
    image = read(path)
    same = nd.imread(path)
    assert (image == same).all()
    return np.float_(2) * image.astype(np.int)
"""
CELL = """\
import numpy as np
from kit import twice
import imageio.v2
imageio.v2.imwrite("a.png", np.full((2, 3), 7, dtype="uint8"))
print(twice("a.png").sum(), type(twice("a.png")).__name__)
"""


def ported(folder: Path, *words: str) -> tuple[Run, Run, Path]:
    """The course ported with ``words``, and run on a new machine, then again after a restart."""
    root = make_repository(folder / "course", {"lab/a.ipynb": notebook(CELL), "lab/kit.py": KIT})
    given = [str(root / word) if word.startswith("lab") else word for word in words]
    assert main([*given, "--inplace", "--quiet"]) == 0
    git(root, "commit", "-qam", "Port")
    publish(root)
    forge = Forge(folder / "forge")
    forge.publish(root, "teacher/course")
    with Colab(folder / "colab", forge) as colab:
        nb = colab.open(root / "lab" / "a.ipynb")
        return colab.run_all(nb), colab.run_all(nb), root


WAYS = {
    "a folder: the module is rewritten": (["lab"], True),
    "a notebook alone: the names are provided": (["lab/a.ipynb"], False),
    "shim: the names are provided": (["lab", "--compat", "shim"], False),
}


@pytest.mark.parametrize("way", WAYS)
def test_old_modules_run(way: str, tmp_path: Path) -> None:
    words, rewritten = WAYS[way]
    first, second, root = ported(tmp_path, *words)
    assert [first.error, second.error] == [None, None]
    assert "84.0 ndarray" in first.text
    assert ((root / "lab" / "kit.py").read_text() != KIT) is rewritten
    assert main([str(root), "--undo", "--quiet"]) == 0
    assert (root / "lab" / "kit.py").read_text() == KIT
