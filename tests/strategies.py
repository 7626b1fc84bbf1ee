"""Notebooks as hypothesis makes them: valid nbformat 4, written as any program might write JSON."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

TIMES = int(os.environ.get("COLABIFY_EXAMPLES", "1"))
"""How many times as many examples are tried as in CI: see CONTRIBUTING.md."""


def examples(count: int) -> settings:
    """The settings of a property that CI tries on ``count`` examples."""
    return settings(max_examples=count * TIMES)


settings.register_profile(
    "colabify",
    deadline=None,
    print_blob=True,
    max_examples=50 * TIMES,
    suppress_health_check=list(HealthCheck) if TIMES > 1 else [HealthCheck.too_slow],
)
settings.load_profile("colabify")

LINES = [
    "import numpy as np\n",
    "%load_ext autoreload\n",
    "!ls *.png\n",
    "x = np.int(3)\r\n",
    "é 😀 \\ \"quoted\" 'too' {} [] /\n",
    "\u2028 \x0c \x0b odd line breaks",
    "\n",
    "last line",
]
SURROGATES = re.compile("[\ud800-\udfff]")
EMPTY = re.compile(r'(?<!\\)("\s*:\s*)\{\}')
KEYS = ["a", "b", "colab", "kernelspec", "z", "é"]

OUTPUTS = [
    [],
    [{"name": "stdout", "output_type": "stream", "text": ["a\n", "é"]}],
    [
        {
            "data": {"image/png": "iVBORw0K\nAA==", "text/plain": ["<Figure>"]},
            "metadata": {},
            "output_type": "display_data",
        }
    ],
]

texts = st.text(st.characters(), max_size=12)
sources = st.one_of(st.lists(st.sampled_from(LINES), max_size=5).map("".join), texts)
ANY_CELL = st.tuples(st.sampled_from(["code", "markdown"]), sources)
leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)
    ),
    max_leaves=5,
)
objects = st.dictionaries(st.sampled_from(KEYS), values, max_size=4)


@dataclass(frozen=True)
class Writing:
    """One way to write JSON."""

    indent: int | str | None = 1
    separators: tuple[str, str] | None = None
    ascii: bool = False
    sort_keys: bool = False
    end: str = "\n"
    newline: str = "\n"
    bom: bool = False
    as_lists: bool = True
    blank: str = ""

    def dump(self, notebook: dict[str, Any]) -> bytes:
        """The bytes of ``notebook``; its sources, which are texts, become lists where this says so."""
        shaped = {**notebook, "cells": [self._cell(cell) for cell in notebook["cells"]]}
        text = json.dumps(
            shaped,
            indent=self.indent,
            separators=self.separators,
            ensure_ascii=self.ascii,
            sort_keys=self.sort_keys,
        )
        text = SURROGATES.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
        text = EMPTY.sub(rf"\1{{{self.blank}}}", text).replace("\n", self.newline)
        return ("\ufeff" * self.bom + text + self.end).encode()

    def _cell(self, cell: dict[str, Any]) -> dict[str, Any]:
        lines = cell["source"].splitlines(keepends=True)
        return {**cell, "source": lines if self.as_lists else cell["source"]}


writings = st.builds(
    Writing,
    indent=st.sampled_from([None, 0, 1, 2, 4, "\t"]),
    separators=st.sampled_from([None, (",", ":"), (", ", ": "), (" ,", " : ")]),
    ascii=st.booleans(),
    sort_keys=st.booleans(),
    end=st.sampled_from(["", "\n", " \r\n"]),
    newline=st.sampled_from(["\n", "\r\n"]),
    bom=st.booleans(),
    as_lists=st.booleans(),
    blank=st.sampled_from(["", " ", "\n "]),
)


def code_cell(source: str, **more: Any) -> dict[str, Any]:
    """A code cell without outputs."""
    empty = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    return {**empty, **more, "source": source}


def markdown_cell(source: str, **more: Any) -> dict[str, Any]:
    """A Markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, **more, "source": source}


def notebook_of(
    *cells: dict[str, Any], minor: int = 4, metadata: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A notebook; its cells get ids where the format has them."""
    ids = ({"id": f"cell-{number}"} if minor >= 5 else {} for number in range(len(cells)))
    return {
        "cells": [{**cell, **more} for cell, more in zip(cells, ids, strict=True)],
        "metadata": metadata or {},
        "nbformat": 4,
        "nbformat_minor": minor,
    }


@st.composite
def notebooks(
    draw: st.DrawFn,
    cell_sources: st.SearchStrategy[tuple[str, str]] = ANY_CELL,
    metadata: st.SearchStrategy[dict[str, Any]] = objects,
    min_cells: int = 0,
) -> dict[str, Any]:
    """A valid notebook; ``cell_sources`` draws the kind and the source of each cell."""
    cells = []
    for kind, source in draw(st.lists(cell_sources, min_size=min_cells, max_size=6)):
        of_cell = draw(st.sampled_from([{}, {}, {"tags": ["a"]}, {"scrolled": True}]))
        more = {"outputs": draw(st.sampled_from(OUTPUTS))} if kind == "code" else {}
        cell = markdown_cell(source) if kind == "markdown" else code_cell(source, **more)
        items = [*cell.items()]
        ordered = dict(reversed(items) if draw(st.booleans()) else items)
        cells.append({**ordered, "metadata": of_cell})
    minor = draw(st.sampled_from([0, 2, 4, 5]))
    return notebook_of(*cells, minor=minor, metadata=draw(metadata))
