"""The digits and the grids that scikit-learn had: as they were, rewritten or provided."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from colabify.applied import Policy
from colabify.setup.cell import setup_source
from colabify.steps import Setup, Shim
from tests.learning import ported

# cells that use the digits in a way that is not followed
PROVIDED = {
    "shown": "mnist = fetch_mldata('MNIST original')\nprint(mnist)\n",
    "with all its parts": "mnist = fetch_mldata('MNIST original')\nmnist.COL_NAMES\n",
    "handed on": "mnist = fetch_mldata('MNIST original')\nstudy(mnist)\n",
    "without a name": "X = fetch_mldata('MNIST original').data\n",
    "in another spelling": "def digits():\n    return fetch_mldata('MNIST Original')\n",
}


@pytest.mark.parametrize("name", PROVIDED)
def test_digits_that_are_used_otherwise_are_provided_as_they_were(name: str) -> None:
    source = f"from sklearn.datasets import fetch_mldata\n{PROVIDED[name]}"
    (new,), told, shims = ported(source)
    assert (new, told) == (source, [])
    old, now = "sklearn.datasets.fetch_mldata", "sklearn.datasets.fetch_openml"
    assert set(shims) == {Shim(old, now, "function")}


def test_digits_that_are_asked_for_by_a_name_that_is_not_known_are_told() -> None:
    source = "from sklearn.datasets import fetch_mldata\nfetch_mldata(name)\n"
    (new,), told, shims = ported(source, policy=Policy(keep=True))
    assert (new, shims) == (source, [])
    assert "fetch_mldata is gone" in told[0]


@pytest.fixture
def sklearn(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A scikit-learn made for the test, of empty modules: what its ``sklearn.datasets`` has."""
    modules = {name: ModuleType(name) for name in ("sklearn", "sklearn.datasets", "sklearn.utils")}
    for name, module in modules.items():
        module.__path__ = []
        monkeypatch.setitem(sys.modules, name, module)
        setattr(modules["sklearn"], name.rpartition(".")[2], module)
    old = "sklearn.datasets.species_distributions"
    monkeypatch.setitem(sys.modules, old, modules["sklearn"])
    del sys.modules[old]  # so that it is gone again after the test
    monkeypatch.setitem(sys.modules, "google.colab", ModuleType("google.colab"))
    vars(modules["sklearn.utils"])["Bunch"] = _Bunch
    return vars(modules["sklearn.datasets"])


def executed(source: str, *, keep: bool = False, **space: Any) -> dict[str, Any]:
    """What the cell has made after it was ported, and the setup cell was run."""
    (new,), _, shims = ported(source, policy=Policy(keep=keep))
    setup = setup_source(Setup(shims=tuple(shims)))
    exec(compile(setup, "setup", "exec"), {})
    exec(compile(new, "cell", "exec"), space)
    return space


@pytest.mark.parametrize("keep", [False, True])
def test_digits_come_in_their_old_order(*, keep: bool, sklearn: dict[str, Any]) -> None:
    """Those to learn from and the others are each sorted by labels, and else as OpenML has them."""
    numpy = pytest.importorskip("numpy")
    labels = numpy.array([str(n * 7 % 10) for n in range(70000)], dtype=object)

    def fetch_openml(name: str, *, version: int, as_frame: bool) -> _Bunch:
        assert (name, version, as_frame) == ("mnist_784", 1, False)
        return _Bunch(data=numpy.arange(70000)[:, None] % 256, target=labels)

    sklearn["fetch_openml"] = fetch_openml
    source = (
        "from sklearn.datasets import fetch_mldata\nmnist = fetch_mldata('MNIST original')\n"
        "X, y = mnist.data, mnist['target']\n"
    )
    made = executed(source, keep=keep)
    order = sorted(range(60000), key=lambda n: labels[n])
    order += sorted(range(60000, 70000), key=lambda n: labels[n])
    assert made["X"][:, 0].tolist() == [n % 256 for n in order]
    assert made["y"].tolist() == [float(labels[n]) for n in order]
    assert (made["X"].dtype, made["y"].dtype) == ("uint8", "float64")


def test_the_grids_of_species_are_provided(sklearn: dict[str, Any]) -> None:
    pytest.importorskip("numpy")
    assert "construct_grids" not in sklearn
    batch = SimpleNamespace(
        grid_size=0.5, x_left_lower_corner=-2.0, Nx=3, y_left_lower_corner=1.0, Ny=2
    )
    made = executed(
        "from sklearn.datasets.species_distributions import construct_grids\n"
        "x, y = construct_grids(batch)\n",
        batch=batch,
    )
    assert (made["x"].tolist(), made["y"].tolist()) == ([-1.5, -1.0, -0.5], [1.5, 2.0])


class _Bunch(dict[str, Any]):
    """A dictionary whose items are attributes, too."""

    def __getattr__(self, name: str) -> Any:
        return self[name]

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value
