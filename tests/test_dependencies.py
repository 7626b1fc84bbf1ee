"""What the setup cell installs: imports and requirement files in, installs and findings out."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.settings import Settings
from tests.notebooks import codes, plan_for

# imports, requirements.txt, what pip is asked for, codes
INSTALLED = {
    "nothing": ("import os, numpy, torch", "", [], []),
    "missing": ("import emoji", "", ["emoji"], []),
    "another name": ("import stable_baselines3", "", ["stable-baselines3"], []),
    "pinned": ("import emoji", "emoji==1.7.0\n", ["emoji==1.7.0"], []),
    "with extras": ("import emoji", "emoji[test] >= 2 # why\n", ["emoji[test]>=2"], []),
    "other spelling": (
        "import stable_baselines3",
        "Stable.Baselines3~=2.0\n",
        ["stable-baselines3~=2.0"],
        [],
    ),
    "address": (
        "import emoji",
        "emoji @ https://example.org/e.zip\n",
        ["emoji @ https://example.org/e.zip"],
        [],
    ),
    "marker holds": ("import emoji", "emoji==4.0; python_version > '3'\n", ["emoji==4.0"], []),
    "marker does not": ("import emoji", "emoji==3.0; python_version < '3'\n", ["emoji"], []),
    "one of two markers": (
        "import emoji",
        "emoji==4.1; python_version > '3'\nemoji==3.0; python_version < '3'\n",
        ["emoji==4.1"],
        [],
    ),
    "satisfied": ("import numpy", "numpy>=1.10\n", [], []),
    "not satisfied": ("import numpy", "numpy==1.10.4\n", [], ["COL402"]),
    "not satisfied elsewhere": ("import numpy", "numpy==1.10.4; sys_platform == 'win32'\n", [], []),
    "not imported": ("import os", "numpy==1.10.4\nJinja2==2.8\nemoji==0.1\n", [], []),
    "known by the requirements": ("import zzzz_kit", "zzzz-kit==1.0\n", ["zzzz-kit==1.0"], []),
    "a model of spaCy's": ("import es_core_news_md\nnlp = es_core_news_md.load()", "", [], []),
    "a model that the requirements have": (
        "import es_core_news_md",
        "es_core_news_md @ https://example.org/m.whl\n",
        ["es-core-news-md @ https://example.org/m.whl"],
        [],
    ),
    "data that is a distribution of its own": (
        "import bokeh.plotting\nfrom bokeh.sampledata.iris import flowers",
        "",
        ["bokeh-sampledata"],
        [],
    ),
    "not followed": ("import os", "-r other.txt\n", [], ["COL405"]),
    "of 2016": (
        "import numpy, scipy, matplotlib, imageio",
        "Cython==0.23.4\nnumpy==1.10.4\nscipy==0.17.0\nmatplotlib==1.5.0\nsite==0.0.1\n",
        [],
        ["COL402", "COL402", "COL402"],
    ),
}


@pytest.mark.parametrize("name", INSTALLED)
def test_only_what_is_imported_and_missing_is_installed(name: str, tmp_path: Path) -> None:
    imports, requirements, wanted, found = INSTALLED[name]
    files = {"requirements.txt": requirements} if requirements else {}
    plan = plan_for(tmp_path, files, [imports])
    assert [one.requirement for one in plan.setup.installs] == wanted
    assert codes(plan) == found


# files, what pip is asked for
WHERE = {
    "the nearest": (
        {"requirements.txt": "emoji==1", "a/requirements.txt": "emoji==2"},
        ["emoji==2"],
    ),
    "above": ({"requirements.txt": "emoji==1", "b/requirements.txt": "emoji==2"}, ["emoji==1"]),
    "another name": ({"a/requirements-colab.txt": "emoji==3"}, ["emoji==3"]),
    "the plain one first": (
        {"a/requirements-dev.txt": "emoji==3", "a/requirements.txt": "emoji==4"},
        ["emoji==4"],
    ),
    "utf-16": ({"a/requirements.txt": "emoji==5\n".encode("utf-16")}, ["emoji==5"]),
    "none": ({}, ["emoji"]),
}


@pytest.mark.parametrize("name", WHERE)
def test_the_nearest_requirements_count(name: str, tmp_path: Path) -> None:
    files, wanted = WHERE[name]
    plan = plan_for(tmp_path, files, ["import emoji"], at="a/nb.ipynb")
    assert [one.requirement for one in plan.setup.installs] == wanted


# cells, what is installed besides what the notebook installs
BY_HAND = {
    "shell": (["!pip install gensim", "import gensim"], []),
    "quietly": (["!pip -q install -U gensim", "import gensim"], []),
    "magic": (["%pip install gensim==4.4.0", "import gensim"], []),
    "another": (["!pip install catboost", "import gensim"], ["gensim"]),
    "commented out": (["# !pip install gensim", "import gensim"], ["gensim"]),
    "said only": (["print('pip install gensim')", "import gensim"], ["gensim"]),
    "in case it is missing": (
        ["try:\n    import gensim\nexcept ImportError:\n    !pip install gensim"],
        [],
    ),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_what_the_notebook_installs_is_not_installed_again(name: str, tmp_path: Path) -> None:
    cells, wanted = BY_HAND[name]
    plan = plan_for(tmp_path, {}, cells)
    assert [one.requirement for one in plan.setup.installs] == wanted


# import, runtime, accelerator, what pip is asked for
RUNTIMES = {
    "standard library of then": ("import imp", "2025.07", "auto", []),
    "removed since": ("import asyncore", "2025.07", "auto", []),
    "on a GPU": ("import cupy", "latest", "auto", []),
    "on a TPU": ("import cv2", "latest", "TPU", ["opencv-python"]),
    "on a CPU": ("import cv2", "latest", "none", []),
    "left out by OpenCV 5": (
        "import cv2\nx = cv2.CascadeClassifier()",
        "latest",
        "auto",
        ["opencv-python<5"],
    ),
    "of another shape in OpenCV 5": (
        "import cv2\nlines = cv2.HoughLinesP(edges, 1, 0.1, 20)",
        "latest",
        "auto",
        ["opencv-python<5"],
    ),
    "left out since": ("import cv2\nx = cv2.CascadeClassifier()", "2026.04", "auto", []),
}


@pytest.mark.parametrize("name", RUNTIMES)
def test_the_runtime_decides_what_is_missing(name: str, tmp_path: Path) -> None:
    imports, runtime, accelerator, wanted = RUNTIMES[name]
    settings = Settings(runtime=runtime, accelerator=accelerator)
    plan = plan_for(tmp_path, {}, [imports], settings=settings)
    assert [one.requirement for one in plan.setup.installs] == wanted


def test_a_module_of_python_2_is_told_as_such(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {}, ["from cStringIO import StringIO", "import urllib2"])
    assert [one.message for one in plan.findings] == [
        "cStringIO is Python 2's: Python 3, which is all that Colab has, has io",
        "urllib2 is Python 2's: Python 3, which is all that Colab has, has urllib.request",
    ]


# cells, codes
UNKNOWN = {
    "unknown": (["import zzzz_unknown"], ["COL401!"]),
    "once": (["import zzzz_unknown", "from zzzz_unknown.a import b"], ["COL401!"]),
    "optional": (["try:\n    import zzzz_unknown\nexcept ImportError:\n    pass"], []),
    "any error": (["try:\n    import zzzz_unknown\nexcept:\n    pass"], []),
    "said and raised again": (
        ["try:\n    import zzzz_unknown\nexcept ImportError:\n    raise SystemExit('install it')"],
        ["COL401!"],
    ),
    "other error": (["try:\n    import zzzz_unknown\nexcept ValueError:\n    pass"], ["COL401!"]),
    "type checking": (["import typing\nif typing.TYPE_CHECKING:\n    import zzzz_unknown"], []),
    "extension": (["%load_ext zzzz_unknown"], ["COL401!"]),
    "of IPython": (["%load_ext autoreload\n%load_ext storemagic\n%reload_ext autoreload"], []),
    "that was of IPython": (["%load_ext cythonmagic"], []),
    "compiled from what a cell writes": (
        [
            "%%file fast.pyx\ndef f(a):\n    return a",
            "!cythonize -i fast.pyx",
            "import fast",
        ],
        [],
    ),
    "compiled by a command": (
        [
            "!f2py -c -m fib fib.f\n!python -m numpy.f2py -c sig.pyf fib.f\n!gcc -shared -o build/fact.so fact.c",
            "!cythonize -i loop.pyx\n!cp ../lib/kit.cpython-313-x86_64-linux-gnu.so .",
            "import fib, sig, fact, loop, kit",
        ],
        [],
    ),
    "not by that command": (
        ["!f2py -c -m fib fib.f\n!gcc -o fact fact.c", "import fact"],
        ["COL401!"],
    ),
    "written by a cell": (["%%writefile mine.py\nx = 1", "import mine"], []),
    "made from a proto": (["%%writefile a.proto\nx", "import a_pb2"], []),
    "installed by hand": (["!pip install zzzz-unknown", "import zzzz_unknown"], []),
    "by the kernel's own": (
        ["!{sys.executable} -m pip install -q zzzz_unknown", "import zzzz_unknown"],
        [],
    ),
    "by a magic": (["%pip install zzzz_unknown>=1", "import zzzz_unknown"], []),
    "by a bare word": (["pip install zzzz_unknown", "import zzzz_unknown"], []),
    "behind another": (
        ["!apt-get install x && pip3 install zzzz_unknown", "import zzzz_unknown"],
        [],
    ),
    "in a script": (["%%bash\npip install zzzz_unknown", "import zzzz_unknown"], []),
    "from git": (["!pip install git+https://github.com/a/b.git", "import zzzz_unknown"], []),
    "from a list elsewhere": (
        ["!pip install -r https://example.org/more.txt", "import zzzz_unknown"],
        [],
    ),
    "from a list that is not there": (
        ["!pip install -r more.txt", "import zzzz_unknown"],
        ["COL440", "COL401!"],
    ),
    "by a process": (
        [
            (
                "import subprocess, sys\nsubprocess.check_call([sys.executable, '-m', 'pip', 'install', "
                "'zzzz_unknown'])\nimport zzzz_unknown"
            )
        ],
        [],
    ),
    "colab's own": (["from google.colab import files"], []),
    "the future": (["from __future__ import print_function"], []),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_unknown_imports_are_told_and_never_installed(name: str, tmp_path: Path) -> None:
    cells, found = UNKNOWN[name]
    plan = plan_for(tmp_path, {}, cells)
    assert (codes(plan), plan.setup.installs) == (found, ())


def test_why_is_said(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {"requirements.txt": "gensim<5"}, ["x = 1", "import gensim"])
    (install,) = plan.setup.installs
    assert (install.distribution, install.module) == ("gensim", "gensim")
    assert install.why.startswith("cell 2 imports gensim")
    assert "requirements.txt line 1 asks for gensim<5" in install.why


# what requirements.txt has, what the finding proposes for `import gprofile`
PROPOSED = {
    "nothing": ("", 'gprofile = "its-name"'),
    "another": ("emoji", 'gprofile = "its-name"'),
    "one that holds the name": ("gprofile-official", 'gprofile = "gprofile-official"'),
    "one that is nearly it": ("gprofiler", 'gprofile = "gprofiler"'),
}


@pytest.mark.parametrize("name", PROPOSED)
def test_an_unknown_import_comes_with_a_proposal(name: str, tmp_path: Path) -> None:
    requirements, proposal = PROPOSED[name]
    plan = plan_for(tmp_path, {"requirements.txt": requirements}, ["import gprofile"])
    (finding,) = [one for one in plan.findings if one.code == "COL401"]
    assert proposal in finding.message
    assert not plan.setup.installs
