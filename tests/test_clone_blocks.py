"""The clone step of the setup cell as text: what a repository's names say stays data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from colabify.setup.cell import setup_source
from colabify.setup.clone import LARGE
from colabify.steps import Clone, Setup
from tests.test_setup_cell import HOSTILE, shape_of, strings_of

PLAIN = Clone("https://github.com/teacher/course.git", "main", "course")


def source(text: str) -> str:
    """The cell for a clone that has ``text`` wherever the repository can have a say."""
    clone = Clone(
        f"https://github.com/{text}", text, text, "sparse", folders=(text,), lfs=(text,),
        submodules=(text,),
    )  # fmt: skip
    return setup_source(Setup(source=clone, folder=text))


@pytest.mark.parametrize("text", HOSTILE)
def test_names_stay_data(text: str) -> None:
    assert shape_of(source(text)) == shape_of(source("plain"))
    assert text in strings_of(source(text))


@pytest.mark.parametrize(
    ("clone", "has", "has_not"),
    [
        (PLAIN, ["--depth=1"], ["sparse-checkout", "submodule", '"lfs"', "blob:none"]),
        (replace(PLAIN, way="full"), [], ["--depth=1", "sparse-checkout"]),
        (replace(PLAIN, way="sparse"), ["blob:none"], ["sparse-checkout"]),
        (replace(PLAIN, way="sparse", folders=("a",)), ["blob:none", '"add"'], ['"disable"']),
        (replace(PLAIN, size=LARGE), [], ["sparse-checkout"]),
        (replace(PLAIN, size=LARGE + 1), ['"disable"'], ['"add"']),
        (replace(PLAIN, lfs=("a",)), ['"lfs"'], ["submodule"]),
        (replace(PLAIN, submodules=("a",)), ["submodule"], ['"lfs"']),
    ],
)
def test_the_cell_has_what_the_way_needs_and_no_more(
    clone: Clone, has: list[str], has_not: list[str]
) -> None:
    code = setup_source(Setup(source=clone)).partition("def clone")[2]
    clone_call = code.partition("clone(*")[2]
    assert all(text in clone_call for text in has)
    assert not any(text in clone_call for text in has_not)
