"""Pins against the runtime: what is asked for, what Colab has, and what can be installed there."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.settings import Settings
from tests.notebooks import codes, plan_for

LATEST = Settings(runtime="latest")
STRICT = Settings(runtime="latest", pins="strict")

# imports, requirements.txt, what is done about it, what pip is asked for, codes
KEPT = {
    "satisfied": ("import numpy", "numpy>=1.10", "preinstalled", [], []),
    "no version": ("import numpy", "numpy", "preinstalled", [], []),
    "another spelling": ("import yaml", "PyYAML>=5", "preinstalled", [], []),
    "extras of what is there": (
        "import gymnasium",
        "gymnasium[mujoco]",
        "extras",
        ["gymnasium[mujoco]"],
        [],
    ),
    "extras of what is loaded": ("import pandas", "pandas[excel]", "preinstalled", [], []),
    "for another system": ("import numpy", "numpy==1.10; os_name=='nt'", "preinstalled", [], []),
    "installs on no such Python": ("import sklearn", "scikit-learn==0.17", "kept", [], ["COL402"]),
    "loaded by the kernel": ("import numpy", "numpy==2.2.0", "kept", [], ["COL402"]),
    "what the kernel is": ("import IPython", "ipython>=8", "kept", [], ["COL402"]),
    "built for the machine": ("import torch", "torch==2.9.1", "kept", [], ["COL402"]),
    "other bug fixes": ("import networkx", "networkx==3.6", "kept", [], ["COL402"]),
    "what its author had": ("import networkx", "networkx==2.8.8", "kept", [], ["COL402"]),
    "what its author had, and breaks": ("import six", "six==1.10.0", "kept", [], ["COL402"]),
    "another interface": ("import networkx", "networkx==2.*", "replace", ["networkx==2.*"], []),
    "an upper limit": ("import transformers", "transformers<5", "replace", ["transformers<5"], []),
    "an upper limit below what works": ("import seaborn", "seaborn<0.12", "kept", [], ["COL402"]),
    "a range below what works": ("import seaborn", "seaborn~=0.11.1", "kept", [], ["COL402"]),
    "a range with what works": ("import seaborn", "seaborn<0.13", "replace", ["seaborn<0.13"], []),
    "a release that cannot be built": ("import gym", "gym<0.22", "kept", [], ["COL402"]),
    "an address of what is there": (
        "import networkx",
        "networkx @ git+https://github.com/a/networkx@fix",
        "kept",
        [],
        ["COL402"],
    ),
    "an address": (
        "import gensim",
        "gensim @ https://example.org/g.zip",
        "install",
        ["gensim @ https://example.org/g.zip"],
        [],
    ),
    "missing, with a pin": ("import gensim", "gensim==4.4.0", "install", ["gensim==4.4.0"], []),
    "missing, with a pin that does not install": (
        "import gensim",
        "gensim==3.8.3",
        "install",
        ["gensim"],
        ["COL406"],
    ),
    "missing, and no version is of use": (
        "import tensorflow_addons",
        "tensorflow-addons",
        "impossible",
        [],
        ["COL407!"],
    ),
    "missing, and retired": ("import mxnet as mx", "mxnet>=1.5", "impossible", [], ["COL407!"]),
    "missing, and of another TensorFlow": (
        "import tflearn",
        "tflearn==0.3",
        "impossible",
        [],
        ["COL407!"],
    ),
    "missing, and of another Python": ("import retro", "", "impossible", [], ["COL407!"]),
    "lines that exclude each other": (
        "import gensim",
        "gensim>=4.3\ngensim<4",
        "install",
        ["gensim>=4.3"],
        ["COL408"],
    ),
    "limited by a constraint": (
        "import gensim",
        "-c limits.txt\ngensim",
        "install",
        ["gensim<5"],
        [],
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_the_least_is_done(name: str, tmp_path: Path) -> None:
    imports, requirements, action, installs, found = KEPT[name]
    files = {"requirements.txt": requirements, "limits.txt": "gensim<5\n"}
    plan = plan_for(tmp_path, files, [imports], settings=LATEST)
    (row,) = plan.dependencies
    assert row.action == action
    assert [one.requirement for one in plan.setup.installs] == installs
    assert codes(plan) == found


# imports, requirements.txt, what is done about it, what pip is asked for
INSISTED = {
    "loaded by the kernel": ("import numpy", "numpy==2.2.0", "replace", ["numpy==2.2.0"]),
    "other bug fixes": ("import networkx", "networkx==3.6", "replace", ["networkx==3.6"]),
    "built for the machine": ("import torch", "torch==2.9.1", "replace", ["torch==2.9.1"]),
    "what the kernel is": ("import IPython", "ipython>=8", "kept", []),
    "installs on no such Python": ("import sklearn", "scikit-learn==0.17", "kept", []),
    "satisfied": ("import numpy", "numpy>=1.10", "preinstalled", []),
}


@pytest.mark.parametrize("name", INSISTED)
def test_strict_pins_are_installed_where_that_can_be(name: str, tmp_path: Path) -> None:
    imports, requirements, action, installs = INSISTED[name]
    plan = plan_for(tmp_path, {"requirements.txt": requirements}, [imports], settings=STRICT)
    (row,) = plan.dependencies
    assert row.action == action
    assert [one.requirement for one in plan.setup.installs] == installs
    assert all(one.strict for one in plan.setup.installs)


# imports, requirements.txt, runtime of the plan
CHOSEN = {
    "nothing special": ("import numpy", "", "latest"),
    "a module that Python 3.13 removed": ("import gensim, lib2to3", "", "2026.07"),
    "a module that Python 3.12 removed": ("import imp\nimp.load_source('a', 'b')", "", "2025.07"),
    "one that PyPI has": ("import asynchat", "", "latest"),
    "optional": ("try:\n    import lib2to3\nexcept ImportError:\n    pass", "", "latest"),
    "imp, for reload alone": ("import imp\nimp.reload(os)", "", "latest"),
    "a version that an older one has": ("import numpy", "numpy<2.1", "2026.07"),
    "but for bug fixes": ("import pandas", "pandas==2.2.2", "latest"),
    "conda's way to name a version": ("import sklearn", "scikit-learn==1.2.2.*", "latest"),
    "a version for the NumPy of then": ("import sklearn", "scikit-learn<1.3", "latest"),
    "a series that an older one has": ("import numpy", "numpy==2.0.*", "2026.07"),
    "a version that none has": ("import numpy", "numpy==1.10.4", "latest"),
    "one that an older one has and one that none has": (
        "import numpy, matplotlib",
        "numpy<2.1\nmatplotlib==1.5",
        "latest",
    ),
    "installs on an older Python alone": ("import gensim", "gensim<4.3.4", "2026.07"),
    "of no use anywhere": ("import tensorflow_addons", "", "latest"),
    "can be installed on the latest": ("import networkx", "networkx<3", "latest"),
    "what its author had": ("import networkx", "networkx==2.8.8", "latest"),
    "an exact one that an older one has": ("import numpy", "numpy==2.0.2", "2026.07"),
    "an exact one that an older one could install": (
        "import sklearn",
        "scikit-learn==1.5.0",
        "latest",
    ),
    "an exact one of what is built for the machine": (
        "import tensorflow",
        "tensorflow==2.18.0",
        "2025.07",
    ),
    "not imported": ("import numpy", "tensorflow_addons", "latest"),
}


@pytest.mark.parametrize("name", CHOSEN)
def test_the_runtime_is_the_latest_that_has_all(name: str, tmp_path: Path) -> None:
    imports, requirements, runtime = CHOSEN[name]
    plan = plan_for(tmp_path, {"requirements.txt": requirements}, [imports])
    pins = [one.value for one in plan.metadata if one.keys[-1] == "runtime_version"]
    assert plan.runtime == runtime
    assert pins == ([] if runtime == "latest" else [runtime])
    assert ("COL423" in codes(plan)) is (runtime != "latest")


def test_the_settings_decide_about_the_runtime(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {}, ["import lib2to3"], settings=LATEST)
    assert plan.runtime == "latest"
    assert codes(plan) == ["COL443!"]


def test_the_reason_for_a_runtime_is_said(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {}, ["x = 1", "import lib2to3"])
    (finding,) = [one for one in plan.findings if one.code == "COL423"]
    assert "2026.07" in finding.message
    assert "cell 2 imports lib2to3, which Python 3.13 has no more" in finding.message


@pytest.mark.parametrize("asked", ["2025.07", "2020.01"])
def test_a_pin_of_the_author_stays_if_it_is_offered(asked: str, tmp_path: Path) -> None:
    metadata = {"colab": {"runtime_attributes": {"runtime_version": asked}}}
    plan = plan_for(tmp_path, {}, ["import numpy"], metadata=metadata)
    offered = asked == "2025.07"
    assert plan.runtime == ("2025.07" if offered else "latest")
    assert codes(plan) == ([] if offered else ["COL422"])


# what is settled for the import, what is done about it, what pip is asked for, codes
SETTLED = {
    "exactly": ("networkx", "networkx==2.8.8", "replace", ["networkx==2.8.8"], []),
    "what the kernel has loaded": ("numpy", "numpy==2.2.0", "kept", [], ["COL402"]),
    "what does not install": ("kit", "gensim==3.8.3", "install", ["gensim"], ["COL406"]),
    "what nobody knows": ("kit", "zzzz-kit>=1", "install", ["zzzz-kit>=1"], []),
}


@pytest.mark.parametrize("name", SETTLED)
def test_what_a_person_settles_is_followed(name: str, tmp_path: Path) -> None:
    module, text, action, installs, found = SETTLED[name]
    settings = Settings(runtime="latest", distributions={module: text})
    plan = plan_for(tmp_path, {}, [f"import {module}"], settings=settings)
    (row,) = plan.dependencies
    assert row.action == action
    assert [one.requirement for one in plan.setup.installs] == installs
    assert codes(plan) == found


def test_local_modules_say_where_they_are(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {"src/kit/__init__.py": ""}, ["import kit"])
    (row,) = plan.dependencies
    assert (row.action, row.why) == ("local", "src/kit/__init__.py")
