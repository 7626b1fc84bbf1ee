"""The pre-commit hooks: with the real program, and beside others that rewrite notebooks."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.courses import _IDENTITY, git, make_repository
from tests.notebooks import PYTHON, markdown, notebook

ROOT = Path(__file__).parent.parent
HOOKS = {one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
NB_CLEAN = shutil.which("nb-clean", path=sysconfig.get_path("scripts")) or "nb-clean"
TOOLS = {
    "nbstripout": [sys.executable, "-m", "nbstripout"],
    "black": [sys.executable, "-m", "black", "--quiet"],
    "nb-clean": [NB_CLEAN, "clean"],  # a program, not in Python
}
"""Other hooks."""


def needs(*modules: str) -> pytest.MarkDecorator:
    missing = [one for one in modules if not (Path(one).is_absolute() or find_spec(one))]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


CELLS = (
    markdown("# Week 1\n\n![plot](plot.png)\n"),
    "import numpy as np, helper\nx = np.int( 3 )\nfiles = !ls\nmodel.to('cuda')",
    "%load_ext autoreload\nopen('Data/a.csv')\nprint( 'a' )",
    "%%time\ny = np.float(2)\n!ls",
    "import torch\nopen('out.txt', 'w')\nx=1;",
)
FILES = {"plot.png": "x", "helper.py": "import math\n", "data/a.csv": "1\n"}


def run_notebook(minor: int, indent: int | None) -> bytes:
    """A notebook that has been run, as somebody's editor writes it."""
    data = json.loads(notebook(*CELLS, metadata=PYTHON, minor=minor))
    for number, cell in enumerate(data["cells"]):
        if minor == 5:
            cell["id"] = f"{number:08x}"
        if cell["cell_type"] == "code":
            cell["execution_count"] = number
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["a\n"]}]
            cell["metadata"] = {"collapsed": True, "tags": ["mine"]}
    return json.dumps(data, indent=indent, sort_keys=True).encode()


def configure(course: Path, *names: str, **more: Any) -> None:
    """Have pre-commit run the hooks of those names, in that order, as the programs installed here."""
    hooks = []
    for name in names:
        if name in HOOKS:
            program, _, rest = HOOKS[name]["entry"].partition(" ")
            assert program == "colabify"
            hook = {**HOOKS[name], "entry": f"'{sys.executable}' -m colabify {rest}", **more}
        else:
            hook = {
                "id": name,
                "name": name,
                "entry": shlex.join(TOOLS[name]),
                "types": ["jupyter"],
            }
        hooks.append({**hook, "language": "system"})
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (course / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    call(course, sys.executable, "-m", "pre_commit", "install", check=True)


def call(course: Path, *words: str, check: bool = False) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        **_IDENTITY,
        "PYTHONPATH": str(ROOT),
        "PRE_COMMIT_HOME": str(course.parent / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
    }
    return subprocess.run(words, cwd=course, env=env, capture_output=True, text=True, check=check)


def commit(course: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return call(course, "git", "commit", "-q", "-m", "Work", *words)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "course", FILES)


@needs("pre_commit")
def test_the_first_commit_is_changed_and_refused_the_second_passes(course: Path) -> None:
    configure(course, "colabify")
    (course / "a.ipynb").write_bytes(run_notebook(4, 1))
    git(course, "add", "a.ipynb")
    refused = commit(course)
    assert refused.returncode == 1, refused.stderr
    assert "files were modified by this hook" in refused.stderr
    assert "a.ipynb" in refused.stderr
    written = (course / "a.ipynb").read_bytes()
    assert b"Set up Google Colab" in written
    passed = commit(course, "-a")
    assert passed.returncode == 0, passed.stderr
    assert git(course, "show", "HEAD:a.ipynb").encode() == written
    assert git(course, "status", "--porcelain", "a.ipynb") == ""


@needs("pre_commit")
def test_the_check_refuses_and_changes_nothing(course: Path) -> None:
    configure(course, "colabify-check")
    raw = run_notebook(4, 1)
    (course / "a.ipynb").write_bytes(raw)
    git(course, "add", "a.ipynb")
    assert commit(course).returncode == 1
    assert (course / "a.ipynb").read_bytes() == raw


@needs("pre_commit")
def test_several_processes_share_a_module_and_leave_it_alone(course: Path) -> None:
    configure(course, "colabify", verbose=True)
    old = "import scipy.misc\nread = scipy.misc.imread\n"
    (course / "old.py").write_text(old)
    names = [f"n{number}.ipynb" for number in range(9)]  # pre-commit gives a process four at least
    for name in names:
        (course / name).write_bytes(notebook("import old\nold.read('data/a.csv')"))
    git(course, "add", "-A")
    refused = commit(course)
    assert refused.returncode == 1, refused.stderr
    assert (course / "old.py").read_text() == old
    for name in names:
        sources = [cell["source"] for cell in json.loads((course / name).read_bytes())["cells"]]
        assert len(sources) == 3
        assert "imread" in str(sources[1])  # the setup cell provides it


@needs("pre_commit", "nbstripout", "black", NB_CLEAN)
def test_beside_other_hooks(course: Path) -> None:
    configure(course, "black", "colabify", "nbstripout", "nb-clean")
    (course / "a.ipynb").write_bytes(run_notebook(4, 1))
    (course / "b.ipynb").write_bytes(run_notebook(5, 2))
    git(course, "add", "a.ipynb", "b.ipynb")
    codes = [commit(course, "-a").returncode for _ in range(2)]
    assert codes == [1, 0], call(course, "git", "diff").stdout


@needs("nbstripout", "black", NB_CLEAN)
@pytest.mark.parametrize(("minor", "indent"), [(4, 1), (5, 2)])
@pytest.mark.long
def test_in_any_order_it_comes_to_rest(minor: int, indent: int, course: Path) -> None:
    path = course / "a.ipynb"
    path.write_bytes(run_notebook(minor, indent))
    words = ["-W", "ignore", "-m", "tests.tool_orders", str(path), "nbstripout", "black", NB_CLEAN]
    done = call(course, sys.executable, *words)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr
