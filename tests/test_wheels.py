"""Whether a requirement can be installed on a Python, as `colabify.wheels` answers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import colabify.wheels
from colabify.runtime import load_runtime, normalised_name, runtime_names
from colabify.wheels import Offers, Verdict, can_install, packed_offers

TABLE = json.loads((Path(colabify.wheels.__file__).parent / "data/wheels.json").read_text())
MINORS = {load_runtime(name).python_minor for name in runtime_names()}

YES, UNKNOWN = Verdict(can=True), Verdict(can=None)


def no(why):
    return Verdict(can=False, why=why)


def ask(requirement, python="3.13", offers=None):
    major, minor = python.split(".")
    return can_install(Requirement(requirement), (int(major), int(minor)), offers)


@pytest.mark.parametrize(
    ("requirement", "python", "verdict"),
    [
        ("gensim", "3.13", YES),
        ("gensim==4.4.0", "3.13", YES),
        ("Gensim>=4", "3.13", YES),
        ("gensim==4.3.3", "3.12", YES),
        (
            "gensim==3.8.3",
            "3.13",
            no("no release of gensim 3.8.3 installs on Python 3.13; 4.4.0 and later do"),
        ),
        (
            "gensim==3.8.3",
            "3.11",
            no("no release of gensim 3.8.3 installs on Python 3.11; 4.3.0 and later do"),
        ),
        (
            "gensim>=3.8,<4",
            "3.13",
            no("no release of gensim<4,>=3.8 installs on Python 3.13; 4.4.0 and later do"),
        ),
        ("numpy==2.1.3", "3.13", YES),
        (
            "numpy==1.10.4",
            "3.13",
            no("no release of numpy 1.10.4 installs on Python 3.13; 2.1.0 and later do"),
        ),
        (
            "numpy==2.5.5",
            "3.11",
            no("no release of numpy 2.5.5 installs on Python 3.11; 2.4.6 and earlier do"),
        ),
        (
            "scipy==0.16.1",
            "3.13",
            no("no release of scipy 0.16.1 installs on Python 3.13; 1.14.1 and later do"),
        ),
        (
            "tensorflow==1.15.*",
            "3.12",
            no("no release of tensorflow 1.15.* installs on Python 3.12; 2.16.1 and later do"),
        ),
        (
            "torch==2.0.1",
            "3.13",
            no("no release of torch 2.0.1 installs on Python 3.13; 2.5.0 and later do"),
        ),
        ("torch>=1.0", "3.13", YES),
        ("torch>=1.0,!=2.5.0", "3.13", YES),
        ("opencv-python==4.5.5.64", "3.13", YES),
        ("gensim==99.0", "3.13", UNKNOWN),
        ("gensim>=99", "3.13", UNKNOWN),
        ("gensim", "3.9", UNKNOWN),
        ("not-in-the-table==1.0", "3.13", UNKNOWN),
        ("gensim @ https://example.org/gensim-3.8.3.tar.gz", "3.13", UNKNOWN),
    ],
)
def test_the_table_decides(requirement, python, verdict):
    assert ask(requirement, python) == verdict


SOME = Offers(("3.0rc1", "2.2", "2.1", "2.0"), newest="3.0rc1")
GAP = Offers(("4.0", "1.0"), newest="4.1")
NONE_HERE = Offers((), newest="0.18.0")
LIVE = Offers(("2.1", "2.0"), newest="2.1", live=True)
SOURCE = Offers((), newest="1.2", source_only=("1.2", "1.1"), live=True)
YANKED = Offers(("2.0",), newest="2.1", yanked=("2.1",), live=True)


@pytest.mark.parametrize(
    ("requirement", "offers", "verdict"),
    [
        pytest.param("x>=2.1", SOME, YES, id="one of several"),
        pytest.param("x>=3.0rc1", SOME, YES, id="pre-release, asked for"),
        pytest.param("x>2.2", SOME, YES, id="pre-release, as there is nothing else"),
        pytest.param("x==3.0", SOME, UNKNOWN, id="released since"),
        pytest.param("x~=3.0", SOME, UNKNOWN, id="compatible with one released since"),
        pytest.param("x==3.0.*", SOME, YES, id="its pre-release"),
        pytest.param("x==3.1.*", SOME, UNKNOWN, id="series released since"),
        pytest.param("x>3.0", SOME, UNKNOWN, id="newer than the newest"),
        pytest.param("x===banana", SOME, no("no release of x===banana installs on Python 3.13"), id="arbitrary equality"),
        pytest.param(
            "x<2", SOME, no("no release of x<2 installs on Python 3.13; 2.0 and later do"), id="older"
        ),
        pytest.param(
            "x==2.0+cu118",
            SOME,
            no("no release of x 2.0+cu118 installs on Python 3.13; 2.1 and later do"),
            id="local version",
        ),
        pytest.param(
            "x==2.0", GAP, no("no release of x 2.0 installs on Python 3.13; 4.0 and later do"), id="gap"
        ),
        pytest.param(
            "x==4.1", GAP, no("no release of x 4.1 installs on Python 3.13; 4.0 and earlier do"), id="newest is for others"
        ),
        pytest.param(
            "x!=1.0,!=4.0,<4.1",
            GAP,
            no("no release of x!=1.0,!=4.0,<4.1 installs on Python 3.13; those from 1.0 to 4.0 do"),
            id="all that there are refused",
        ),
        pytest.param("x", NONE_HERE, no("no release of x installs on Python 3.13"), id="nothing here"),
        pytest.param(
            "x>=0.17", NONE_HERE, no("no release of x>=0.17 installs on Python 3.13"), id="still nothing"
        ),
        pytest.param("x>=0.19", NONE_HERE, UNKNOWN, id="nothing here, newer asked for"),
        pytest.param("x!=0.18.0", NONE_HERE, UNKNOWN, id="the newest refused"),
        pytest.param(
            "x>=3", LIVE, no("the package index has no release of x>=3; the newest is 2.1"), id="live: newer does not exist"
        ),
        pytest.param(
            "x", Offers((), None, live=True), no("the package index has no release of x"), id="live: no release"
        ),
        pytest.param("x", SOURCE, UNKNOWN, id="source only"),
        pytest.param("x==1.1", SOURCE, UNKNOWN, id="source only, pinned"),
        pytest.param(
            "x==0.9", SOURCE, no("no release of x 0.9 installs on Python 3.13"), id="no such source"
        ),
        pytest.param("x==2.1", YANKED, YES, id="yanked, pinned"),
        pytest.param(
            "x>2.0",
            YANKED,
            no("no release of x>2.0 installs on Python 3.13; 2.0 and earlier do"),
            id="yanked, not pinned",
        ),
        pytest.param(
            "x==2.1.*",
            YANKED,
            no("no release of x 2.1.* installs on Python 3.13; 2.0 and earlier do"),
            id="yanked, a series",
        ),
        pytest.param("x @ https://example.org/x.whl", LIVE, UNKNOWN, id="address"),
    ],
)  # fmt: skip
def test_offers_decide(requirement, offers, verdict):
    assert ask(requirement, offers=offers) == verdict


def test_offers_win_over_the_table():
    assert ask("gensim==3.8.3", offers=Offers(("3.8.3",), "3.8.3")) == YES


def test_table_has_each_python_of_each_distribution():
    assert TABLE["source"]
    for name, entry in TABLE["distributions"].items():
        assert name == normalised_name(name)
        assert date.fromisoformat(entry["as_of"]) >= date(2026, 11, 23)
        for minor in MINORS:
            offers = packed_offers(name, minor)
            versions = [Version(text) for text in offers.versions]
            assert versions == sorted(versions, reverse=True)
            assert max(versions, default=Version("0")) <= Version(offers.newest)


def test_what_a_runtime_has_installs_there():
    """Google installed these from wheels, on the same Python."""
    checked = 0
    for runtime in map(load_runtime, runtime_names()):
        for name in TABLE["distributions"]:
            if version := runtime.version(name):
                pin = f"{name}=={Version(version).public}"
                assert can_install(Requirement(pin), runtime.python_minor) == YES, (
                    pin,
                    runtime.name,
                )
                checked += 1
    assert checked > 40


@pytest.mark.parametrize(
    ("requirement", "python", "can"),
    [
        ("gensim<4.3.4", (3, 13), False),
        ("gensim<4.3.4", (3, 12), True),
        ("gensim<1", (3, 13), True),
        ("gensim>=4", (3, 13), True),
    ],
)
def test_an_ancient_version_is_no_answer(requirement, python, can):
    verdict = can_install(Requirement(requirement), python)
    assert verdict.can is can
    assert ("would be 4.3.3" in verdict.why) is not can


def test_what_no_runtime_can_use_is_never_installed():
    verdict = can_install(Requirement("torchtext"), (3, 12))
    assert verdict == Verdict(can=False, why="whose last release is built for torch 2.3")
