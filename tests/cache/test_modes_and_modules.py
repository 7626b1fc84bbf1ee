"""What is kept where notebooks are written, and of the modules that several of them share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from colabify.cli import main
from tests.cache.course import ALL, FILES, HELPERS, OTHER, WHOLE
from tests.courses import publish
from tests.notebooks import notebook


def needing_nothing(course: Path) -> None:
    for name in ("a.ipynb", "b.ipynb", "d.ipynb", "e.ipynb"):
        (course / name).write_bytes(FILES["c.ipynb"])
    publish(course)
    main(["--inplace", "-q", "--no-cache", str(course)])
    publish(course)


@pytest.mark.parametrize("given", [["."], ALL])
def test_of_notebooks_that_are_written_only_those_that_need_nothing_are_kept(
    course: Path, ported: list[str], monkeypatch: pytest.MonkeyPatch, given: list[str]
) -> None:
    monkeypatch.chdir(course)
    needing_nothing(course)
    (course / "c.ipynb").write_bytes(FILES["c.ipynb"])
    for expected in (ALL, ["c.ipynb"], []):
        ported.clear()
        before = {name: (course / name).read_bytes() for name in ALL}
        assert main(["--inplace", "-q", *given]) == 0
        if expected != ALL:
            assert [one for one in ported if one not in expected] == []
        after = {name: (course / name).read_bytes() for name in ALL}
        assert (before == after) is (expected != ALL)
    ported.clear()
    (course / "d.ipynb").write_bytes(OTHER)
    assert main(["--inplace", "-q", *given]) == 0
    assert ported == ["d.ipynb"]
    assert (course / "d.ipynb").read_bytes() != OTHER
    ported.clear()
    assert main(["--diff", "-q", "d.ipynb"]) == 0
    assert main(["--inplace", "-q", "d.ipynb"]) == 0
    assert ported == ["d.ipynb", "d.ipynb"]


def test_what_records_say_of_modules_is_seen(course: Path, told: Callable[..., list[str]]) -> None:
    """Notebooks that are kept still say how to give a module back that was mended with them."""
    uses = notebook("import helpers\nhelpers.y\n")
    for name in ("c.ipynb", "f.ipynb"):
        (course / name).write_bytes(uses)
    publish(course)
    main(["--inplace", "-q", "--no-cache", str(course)])
    assert "np.float" not in (course / "helpers.py").read_text()
    (course / "d.ipynb").write_bytes(uses)
    told()
    assert told() == [WHOLE]
    written = {
        name: (course / name).read_bytes() for name in ("a.ipynb", "b.ipynb", "c.ipynb", "f.ipynb")
    }
    for name in written:
        (course / name).write_bytes(uses)
    assert sorted(told()) == [*ALL, "f.ipynb"]
    for name, raw in written.items():
        (course / name).write_bytes(raw)
    told()
    main(["--undo", "-q", str(course)])
    assert (course / "helpers.py").read_text() == HELPERS


def test_modules_are_decided_about_as_if_all_notebooks_had_been_ported(
    course: Path, told: Callable[..., list[str]]
) -> None:
    """Two folders see a module's path differently: what one wants is known, though only the other is ported."""
    (course / "helpers.py").write_text("import numpy as np\nz = np.load('Points.npy')\n")
    for folder in ("one", "two"):
        (course / folder).mkdir()
        cells = "import sys\nsys.path.append('..')\nimport helpers\n"
        (course / folder / "a.ipynb").write_bytes(notebook(cells))
        (course / folder / "points.npy").write_text("1")
    publish(course)
    told()
    (course / "two" / "a.ipynb").write_bytes(notebook(cells + "x = 1\n"))
    assert "a.ipynb" in told()
    (course / "two" / "a.ipynb").write_bytes(notebook("x = 1\n"))
    assert "a.ipynb" in told()
