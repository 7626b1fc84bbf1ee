"""One small course and its ports, for the tests of undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from colabify.course import Course
from colabify.notebook import Document
from colabify.porting import Ported, port
from colabify.project import Project
from colabify.remote import Remote
from colabify.settings import Settings
from colabify.tree import Tree
from colabify.undo import undo
from tests.strategies import code_cell, markdown_cell, notebook_of

FILES = frozenset(
    {"week1/lab.ipynb", "week1/plot.png", "week1/helper.py", "week1/data/a.csv", "requirements.txt"}
)
NOTEBOOK = "week1/lab.ipynb"
BADGE = "https://colab.research.google.com/github"
IMAGE = "https://colab.research.google.com/assets/colab-badge.svg"
POOL = [
    ("code", "%load_ext autoreload\n%autoreload 2\n"),
    ("code", "import numpy as np\nimport helper\n"),
    ("code", "x = np.int(3)"),
    ("code", "x = int(3)"),
    ("code", "# é\nx = np.int(3)  # np.float\n"),
    ("code", "files = !ls"),
    ("code", "import os\nos.makedirs('figures', exist_ok=True)\nopen('figures/a.txt', 'w')"),
    ("code", "import h5py_nowhere"),
    ("code", "model = model.to('cuda')\nimport torch\ntorch.cuda.is_available()"),
    ("code", "%%bash\nls -l"),
    ("code", "if x:\n    oops("),
    ("code", "open('data/A.csv')\nopen('C:\\\\x\\\\week1\\\\data\\\\a.csv')"),
    ("code", ""),
    ("markdown", "![](plot.png)"),
    ("markdown", "[h](helper.py) and <img src='plot.png'>\r\n\n![](absent.png)"),
    ("markdown", f'<a href="{BADGE}/o/n/blob/main/{NOTEBOOK}"><img src="{IMAGE}"/></a>'),
    ("markdown", f"[![Open In Colab]({IMAGE})]({BADGE}/else/where/blob/old/lab.ipynb)"),
    ("markdown", "# Title"),
]
"""Cells that porting changes, or leaves alone."""
METADATA: list[dict[str, Any]] = [
    {},
    {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    {"kernelspec": {"name": "conda-env-x", "display_name": "x"}, "anaconda": {}},
    {"language_info": {"name": "python", "version": "3.7"}, "kernelspec": {"name": "py", "display_name": ""}},
    {"accelerator": "TPU", "colab": {"gpuType": "V28", "provenance": []}},
    {"colab": {}, "accelerator": "GPU", "kernelspec": {"name": "python3", "display_name": "Python 3"}},
    {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}},
    {"toc": {}, "accelerator": "GPU", "colab": {"runtime_attributes": {"runtime_version": "x"}}},
    {"colab": 3, "title": "é\ud800"},
]  # fmt: skip
"""Metadata that notebooks in the wild have."""
LAB = notebook_of(
    markdown_cell("# Lab\n![](plot.png)"),
    code_cell("import numpy as np\nimport helper\nimport torch\nx = np.int(torch.cuda.device_count())"),
    code_cell("model.to('cuda')"),
    markdown_cell("bye"),
    minor=5,
    metadata={"kernelspec": {"name": "conda", "display_name": "x"}},
)  # fmt: skip


def course_in(root: Path) -> Course:
    """The course, its files in the folder ``root``."""
    for name in FILES:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("import math\n" if name.endswith(".py") else "")
    return Course(project_at(root, "main"))


def project_at(root: Path, ref: str) -> Project:
    """The course as it is published at ``ref``."""
    tree = Tree(FILES)
    return Project(
        root=root,
        remote=Remote("github.com", "o/n"),
        ref=ref,
        tree=tree,
        tracked=tree,
        visible=FILES,
        at=f"refs/remotes/origin/{ref}",
    )


def ported(raw: bytes, course: Course, settings: Settings = Settings()) -> Ported:  # noqa: B008
    """The notebook ``raw``, ported as the course's only one."""
    return port(raw, course, NOTEBOOK, settings)


def undone(raw: bytes) -> bytes:
    """The notebook ``raw`` without what colabify did."""
    return undo(Document.parse(raw)).document.to_bytes()


def codes(done: Ported) -> list[str]:
    """The codes of its findings."""
    return [finding.code for finding in done.plan.findings]


def texts(raw: bytes) -> list[str]:
    """The sources of its cells."""
    return [cell.source for cell in Document.parse(raw).cells]
