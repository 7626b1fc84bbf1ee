"""What the setup cell provides for old code, run on a library made for it: nothing else is imported."""

from __future__ import annotations

import inspect
import pickle
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from colabify.setup.cell import setup_source
from colabify.steps import Setup, Shim

LIBRARY = '''\
def hist(x, density=False, **more):
    """Count."""
    return x, density, more

def grown(x, *, size=1, old=0):
    return x, size, old

def between(x, inclusive="both"):
    return inclusive

def load(file, mode=None, pickled=False):
    return file, mode, pickled

class Base:
    def __init__(self, n, *, metric="a", jobs=None):
        self.n, self.metric = n, metric

    def total(self, axis=0, *, skip=True, deep=False):
        return axis, skip, deep

    @property
    def names(self):
        return ["n"]

class Model(Base):
    """A model."""

class Index:
    def __new__(cls, codes=None):
        made = object.__new__(cls)
        made.codes = codes
        return made

__all__ = ["hist"]
'''
Kind = Any


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[types.ModuleType]:
    (tmp_path / "oldlib.py").write_text(LIBRARY)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(sys.modules, "google.colab", types.ModuleType("google.colab"))
    import oldlib  # type: ignore[import-not-found]

    yield oldlib
    for name in [one for one in sys.modules if one.partition(".")[0] == "oldlib"]:
        del sys.modules[name]


def provide(*shims: tuple[str, str, Kind] | Shim) -> None:
    """Run the setup cell, and again, as people do."""
    made = tuple(one if isinstance(one, Shim) else Shim(*one) for one in shims)
    for _ in range(2):
        exec(compile(setup_source(Setup(shims=made)), "setup", "exec"), {})


def test_a_function_takes_old_arguments(library: Any) -> None:
    before = inspect.signature(library.hist)
    provide(
        ("oldlib.hist(normed)", "density", "keyword"),
        ("oldlib.hist(hold)", "", "keyword"),
        Shim("oldlib.grown(old)", "", "keyword", (("'auto'", "None"),)),
        Shim("oldlib.between(inclusive)", "inclusive", "keyword", (("True", "'both'"), ("False", "'neither'"))),
    )  # fmt: skip
    assert library.hist([1], normed=True, hold=1, bins=3) == ([1], True, {"bins": 3})
    assert library.hist([1], normed=True, density=False)[2] == {"normed": True}, "both: as it was"
    assert [library.between(1, inclusive=one) for one in (True, False, "left")] == [
        "both",
        "neither",
        "left",
    ]
    assert [library.grown(1, old=one)[2] for one in ("auto", "none")] == [0, "none"], (
        "a default then"
    )
    assert library.between(1, inclusive=[1]) == [1], "what has no hash stays"
    assert inspect.signature(library.hist) == before
    assert (library.hist.__doc__, library.hist.__name__) == ("Count.", "hist")
    assert pickle.loads(pickle.dumps(library.hist)) is library.hist
    assert library.hist.__wrapped__.__wrapped__.__code__.co_filename.endswith("oldlib.py"), (
        "once each"
    )


def test_what_the_library_accepts_is_left_alone(library: Any) -> None:
    before = library.grown
    provide(("oldlib.grown(old)", "size", "keyword"))
    assert library.grown is before


def test_a_class_stays_the_class_that_it_is(library: Any) -> None:
    model = library.Model
    provide(
        ("oldlib.Model(affinity)", "metric", "keyword"),
        ("oldlib.Model", "1 metric jobs", "order"),
        ("oldlib.Model(n_jobs)", "jobs", "keyword"),
        ("oldlib.Index(labels)", "codes", "keyword"),
    )
    assert library.Model is model
    made = model(3, "b")
    assert isinstance(made, library.Base)
    assert (made.n, made.metric, model(3, affinity="c", n_jobs=2).metric) == (3, "b", "c")
    assert list(inspect.signature(model).parameters) == ["n", "metric", "jobs"]
    assert pickle.loads(pickle.dumps(made)).metric == "b"
    with pytest.raises(TypeError, match="affinity"):
        library.Base(3, affinity="c")
    assert library.Index(labels=[1]).codes == [1]
    assert isinstance(library.Index([2]), library.Index)


def test_a_module_that_is_only_an_attribute_can_be_imported_from(library: Any) -> None:
    library.config = types.ModuleType("newlib.config")
    library.config.Config = 3
    provide(("oldlib.config.Config", "builtins.dict", "name"))
    from oldlib.config import Config  # type: ignore[import-not-found]

    assert Config == 3, "it has one"


def test_methods_have_their_old_names_and_positions(library: Any) -> None:
    provide(
        ("oldlib.Base.get_names", "names", "method"),
        ("oldlib.Base.sum", "total", "method"),
        ("oldlib.Base.names", "total", "method"),
        ("oldlib.Base.total", "1 skip deep", "order"),
    )
    made = library.Model(1)
    assert made.get_names == made.names == ["n"], "what there is stays"
    assert made.total(1, False) == (1, False, False)
    assert made.sum(axis=2) == (2, True, False)
    with pytest.raises(TypeError):
        made.total(1, nonsense=2)


def test_names_calls_and_defaults(library: Any) -> None:
    provide(
        ("oldlib.gone.module.count", "oldlib.hist", "name"),
        ("oldlib.counts", "oldlib.hist", "name"),
        Shim("oldlib.shares", "oldlib.hist", "call", (("density", "True"),)),
        ("oldlib.load(pickled)", "True", "default"),
        ("oldlib.nothing", "oldlib.unknown", "name"),
    )
    from oldlib.gone.module import count  # type: ignore[import-not-found]

    assert count is library.counts is library.hist
    assert library.__all__ == ["hist", "counts", "shares"]
    assert library.shares([1]) == ([1], True, {})
    assert library.load("a") == ("a", None, True)
    assert (
        library.load("a", "r", False)
        == library.load("a", mode="r", pickled=False)
        == ("a", "r", False)
    )


def test_what_is_not_there_is_said_and_stops_nothing(
    library: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    provide(
        ("absentlib.hist(normed)", "density", "keyword"),
        ("absentlib.A.b", "c", "method"),
        ("oldlib.hist(normed)", "density", "keyword"),
    )
    assert "nothing that could stand for absentlib.hist (No module named" in capsys.readouterr().out
    assert library.hist([1], normed=True)[1]


def test_at_home_nothing_is_provided(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "google.colab")
    before = library.hist
    provide(("oldlib.hist(normed)", "density", "keyword"))
    assert library.hist is before


@pytest.mark.usefixtures("library")
def test_derivatives_of_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    numpy = pytest.importorskip("numpy")
    for name in ("scipy", "scipy.misc", "scipy.stats"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    provide(
        ("scipy.misc.derivative", "", "function"),
        ("scipy.misc.central_diff_weights", "", "function"),
        ("scipy.stats.nanstd", "", "function"),
    )
    misc: Any = sys.modules["scipy.misc"]
    assert misc.central_diff_weights(5).tolist() == [1 / 12, -8 / 12, 0, 8 / 12, -1 / 12]
    assert misc.central_diff_weights(5, 2).tolist() == [
        -1 / 12,
        16 / 12,
        -30 / 12,
        16 / 12,
        -1 / 12,
    ]
    cube = misc.derivative(lambda x, power: x**power, numpy.array([1.0, 2.0]), dx=0.5, args=(3,))
    assert cube.tolist() == [3.25, 12.25]
    assert misc.derivative(lambda x: x**4, 2.0, n=3, order=5) == 48
    with pytest.raises(ValueError, match="odd"):
        misc.derivative(abs, 0.0, n=3)
    assert sys.modules["scipy.stats"].nanstd([1, float("nan"), 3]) == 2**0.5  # type: ignore[attr-defined]
