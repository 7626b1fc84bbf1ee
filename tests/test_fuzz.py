"""No input makes a reader fail, but by an error of ours: seeds that are cut, doubled and put together.

With ``COLABIFY_SEEDS=FOLDER`` the files of a folder are seeds as well: see CONTRIBUTING.md.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colabify.analysis.dvc import find_remote
from colabify.analysis.makefile import read_targets
from colabify.config.file import read_config
from colabify.course import Course
from colabify.errors import ColabifyError
from colabify.escapes import mask, unmask
from colabify.markdown.finding import find_targets
from colabify.markdown.writing import replace_targets
from colabify.notebook import Document, NotebookError
from colabify.porting import port
from colabify.project import Project
from colabify.requirements.sources import read_file
from colabify.settings import Settings
from colabify.shell_line import read_text
from colabify.silence.reading import read_comments
from colabify.undo import undo
from tests.courses import FIXTURES
from tests.courses import notebook as written
from tests.strategies import examples

KINDS = {
    "notebook": (".ipynb",),
    "code": (".py", ".ipynb"),
    "markdown": (".md", ".ipynb"),
    "requirements": ("requirements.txt", ".yml", ".yaml", "pyproject.toml", "setup.cfg", "setup.py", "Pipfile"),
    "config": (".toml",),
    "makefile": ("Makefile", ".mk"),
    "dvc": (".dvc",),
}  # fmt: skip
SEEDS: dict[str, list[str]] = {
    "notebook": [
        written("%matplotlib inline\nimport numpy as np\nx = np.int(3)", "# Title\n![](a.png)", "!ls"),
        ('{"cells": [{"cell_type": "code", "source": ["a\\ud800", 1e5], "metadata": null}], "metadata": '
        '{"colabify": {"version": 1, "cells": {"x": ["[]"]}, "metadata": {"a.b": ["1", "2"]}}, "a": 1E5}, '
        '"nbformat": 4, "nbformat_minor": 5, "nbformat_minor": 2, "x": 123456789012345678901234567890}'),
        '\ufeff{"worksheets": [{"cells": []}], "nbformat": 3}',
    ],
    "code": [
        "%%time\nimport numpy as np  # colabify: ignore[COL101]\nx = !ls {a}\nprint 'a'\n%cd ../b\n",
        'def f():\n    """\n    # colabify: ignore\n    """\n    !pip install "a>=1" -q; ls\nf?\n',
        "%%bash\nfor i in $(ls); do\n  cat <<EOF\n  # colabify: ignore\nEOF\ndone\n",
        "x = open(f'{d}/a.csv'.format(1), *a, **b)\nimport os, sys; os.chdir('..')\nmatch x:\n  case [a]: pass\n",
    ],
    "markdown": [
        "# A\n\n[a](<b c.md> 'x') ![i][r]\n\n[r]: img/a.png\n\n| a | ![](b.png) |\n|-|-|\n",
        "<div>\n<img src='a.png' srcset='a.png 1x, b.png 2x'>\n</div>\n\n$$ [a](b) $$ `[c](d)` <http://e.f>\n> - [g](h)",
    ],
    "requirements": [
        "numpy>=1.2,<2 ; python_version<'3.9'  # why\n-r other.txt\n-e git+https://github.com/a/b@v1#egg=c[d]\n",
        "name: a\nchannels: [x]\ndependencies:\n  - python=3.8\n  - &a numpy=1.*\n  - pip:\n    - *a\n    - torch==2\n",
        "[project]\ndependencies = ['a>1', 'b[c]']\n[tool.poetry.dependencies]\nx = {version='^1', git='https://x.org/a'}\n",
        "[options]\ninstall_requires =\n    a\n    b; extra == 'c'\npackages = find:\n",
        "from setuptools import setup\nsetup(name='a', install_requires=open('requirements.txt').read().split())\n",
        "[packages]\na = '*'\nb = {version = '==1', markers = \"x\"}\n",
    ],
    "config": [
        ("[tool.colabify]\nrepo = 'a/b'\nref = 'main'\nselect = ['COL1']\npins = 'strict'\nrequirements = ['a.txt']\n"
        "[tool.colabify.data]\n'data/x' = { url = 'https://a.org/x.zip', unpack = true, sha256 = '' }\n"
        "[[tool.colabify.overrides]]\nfiles = ['labs/**/*.ipynb']\npersist = 'drive'\n"
        "[tool.colabify.per-file-ignores]\n'a/[b-c]?.ipynb' = ['COL402']\n"),
    ],
    "makefile": [
        "DATA := data/x.csv\n.PHONY: all\nall: $(DATA) ; @curl -O x\ndata/x.csv: a \\\n  b\n\t@wget -O $@ https://x.org\n",
    ],
    "dvc": ["[core]\n    remote = a\n['remote \"a\"']\n    url = https://u:p@x.org/d\n    auth = basic\n"],
}  # fmt: skip
ODD = [
    *"\0\t\n\r\f'\"\\{}[]()<>#%!?$*&|;:,=@~^`-_ ", "\r\n", "\u2028", "\ufeff", "\ud800", "é", "😀", "\u202e",
    "'''", '"""', "{{", "}}", "\\u", "\\ud83d", "\\N{", "0" * 40, "9" * 5000, "1e999", "-0", "0x", "1_0", "NaN",
    "null", "true", "[" * 300, "(" * 300, "{" * 200, "- " * 200, "> " * 100, "!" * 50, "*" * 99, "../" * 9, "//",
    "${A}", "$(x)", "%%bash\n", "\\\n", "# colabify: ignore[", "://", "http://[", "https://a:b@", "\\x", "&a ", "*a",
    "!!python/object/apply:os.system ['true']", "<<: *a", "[[", "]]", "\n    ", "@", ">=", "1.0.dev", "lambda: ",
]  # fmt: skip


@cache
def seeds(kind: str) -> list[str]:
    """The texts to begin from."""
    found = list(SEEDS[kind])
    places = [FIXTURES, *(Path(one) for one in [os.environ.get("COLABIFY_SEEDS", "")] if one)]
    files = [
        path
        for place in places
        for path in sorted(place.rglob("*"))
        if path.name.endswith(KINDS[kind])
    ]
    random.Random(1).shuffle(files)
    for path in files[:300]:
        if path.is_file() and path.stat().st_size < 200_000:
            text = path.read_bytes().decode("utf-8", "replace")
            found += (
                _cells(text, kind) if path.suffix == ".ipynb" and kind != "notebook" else [text]
            )
    return [text for text in found if len(text) < 60_000]


def _cells(text: str, kind: str) -> list[str]:
    try:
        cells = json.loads(text).get("cells", [])
    except ValueError:
        return []
    wanted = [one for one in cells if one.get("cell_type") == kind and one.get("source")]
    return ["".join(one["source"]) for one in wanted[:40]]


@st.composite
def mutants(draw: st.DrawFn, kind: str) -> str:
    """A seed after a few changes at random places."""
    chance = random.Random(draw(st.integers(0, 2**64)))
    text = chance.choice(seeds(kind))
    if len(text) > 3000 and kind != "notebook":
        at = chance.randrange(len(text) - 1500)
        text = text[at : at + chance.randrange(1500)]
    for _ in range(chance.randrange(1, 9)):
        start, length = chance.randrange(len(text) + 1), int(chance.expovariate(1 / 12))
        piece = text[start : start + length]
        match chance.randrange(6):
            case 0:
                text = text[:start] + text[start + length :]
            case 1:
                text = text[:start] + piece * chance.choice([2, 3, 60]) + text[start + length :]
            case 2 | 3:
                text = (
                    text[:start]
                    + chance.choice(ODD)
                    + text[start + chance.choice([0, 1, length]) :]
                )
            case 4:
                other = chance.choice(seeds(kind))
                at = chance.randrange(len(other) + 1)
                text = text[:start] + other[at : at + 4 * length] + text[start:]
            case _:
                at = chance.randrange(len(text) + 1)
                text = text[:at] + piece + text[at:]
    return text


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def read_notebook(text: str, folder: Path) -> None:  # noqa: ARG001
    raw = _bytes(text)
    try:
        document = Document.parse(raw)
    except NotebookError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    assert document.to_bytes() == raw
    try:
        undone = undo(document).document.to_bytes()
        done = port(raw, Course(Project()), "nb.ipynb", Settings())
    except NotebookError:
        return
    assert port(done.raw, Course(Project()), "nb.ipynb", Settings()).raw == done.raw
    if "COL900" not in {one.code for one in done.plan.findings}:
        assert undo(Document.parse(done.raw)).document.to_bytes() == undone


def read_code(text: str, folder: Path) -> None:  # noqa: ARG001
    for automagic in (False, True):
        masked = mask(text, automagic=automagic)
        assert unmask(masked) == text
        read_comments(masked)
    read_text(text)


def read_cell(text: str, folder: Path) -> None:
    """A cell of that code through the whole pipeline."""
    read_notebook(written(text, "import numpy as np\nx = np.int(3)", text[::2]), folder)


def read_markdown(text: str, folder: Path) -> None:  # noqa: ARG001
    targets = find_targets(text)
    assert replace_targets(text, [(one, one.url) for one in targets]) == text
    for one in targets:
        if one.syntax != "autolink":
            replace_targets(text, [(one, "https://x.org/a b'\"<>()")])


def read_requirements(text: str, folder: Path) -> None:  # noqa: ARG001
    for name in ("requirements.txt", "environment.yml", "pyproject.toml", "setup.cfg", "setup.py", "Pipfile", "apt.txt"):  # fmt: skip
        reading = read_file(text, name, lambda _: _bytes(text))
        assert all("\n" not in one.message for one in reading.problems)


def read_settings(text: str, folder: Path) -> None:
    for name in ("pyproject.toml", "colabify.toml"):
        (folder / name).write_bytes(_bytes(text))
        try:
            read_config(folder / name)
        except ColabifyError as error:
            assert str(error)  # noqa: PT017


def read_makefile(text: str, folder: Path) -> None:  # noqa: ARG001
    for name, target in read_targets(text).items():
        assert name
        read_text(target.recipe)


def read_dvc(text: str, folder: Path) -> None:  # noqa: ARG001
    find_remote(text)


READERS: list[tuple[str, Callable[[str, Path], None], int]] = [
    ("notebook", read_notebook, 25),
    ("code", read_code, 60),
    ("code", read_cell, 15),
    ("markdown", read_markdown, 50),
    ("requirements", read_requirements, 60),
    ("config", read_settings, 40),
    ("makefile", read_makefile, 40),
    ("dvc", read_dvc, 40),
]


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("kind", "read", "count"), READERS, ids=[one.__name__ for _, one, _ in READERS]
)
def test_no_input_makes_a_reader_fail(
    kind: str,
    read: Callable[[str, Path], None],
    count: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("read")

    @examples(count)
    @given(mutants(kind))
    def check(text: str) -> None:
        read(text, folder)

    check()
