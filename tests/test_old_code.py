"""Old code in the pipeline: what is rewritten, told, provided, or a reason for another runtime."""

from __future__ import annotations

from pathlib import Path

import pytest

from colabify.cli import main
from colabify.settings import Settings
from tests.courses import ADDRESS, make_repository, notebook
from tests.notebooks import Cell, codes, plan_for

UNSAFE = Settings(unsafe_fixes=True)
TRANSFORMERS = "from transformers import TFBertModel\nmodel = TFBertModel.from_pretrained('bert-base-uncased')\n"

# cells, codes of what is rewritten and of what is told (``!``: an error), then both with --unsafe-fixes
JUDGED: dict[str, tuple[list[Cell], list[str], list[str], list[str], list[str]]] = {
    "safe": (["import numpy as np\nx = np.int(3)"], ["COL101"], [], ["COL101"], []),
    "not safe": (
        ["from scipy.signal import cwt\nimport numpy as np\nx = np.NaN\nf = lambda: cwt"],
        ["COL101"],
        ["COL112!"],
        ["COL101"],
        ["COL112!"],
    ),
    "a dictionary as in Python 2": (
        ["d = {'a': 1}\nfor key, value in d.iteritems():\n    print(key)"],
        ["COL129"],
        [],
        ["COL129"],
        [],
    ),
    "in a function that nobody calls": (
        [
            "def f(data):\n    from sklearn.datasets import fetch_mldata\n    return fetch_mldata('x')"
        ],
        [],
        ["COL148"],
        [],
        ["COL148"],
    ),
}


@pytest.mark.parametrize("name", JUDGED)
def test_what_is_rewritten_and_what_is_told(name: str, tmp_path: Path) -> None:
    cells, rewritten, told, bold, left = JUDGED[name]
    for settings, changed, said in ((Settings(), rewritten, told), (UNSAFE, bold, left)):
        plan = plan_for(tmp_path, {}, cells, settings=settings)
        assert sorted({code for one in plan.sources for code in one.codes}) == changed
        assert sorted(set(codes(plan))) == said


def test_what_python_dropped_is_rewritten_where_libraries_are_provided(tmp_path: Path) -> None:
    kit = (
        "def names(lines):\n    d = dict(lines)\n    return [d.has_key(n) for n in d.iterkeys()]\n"
    )
    root = make_repository(tmp_path, {"lab/a.ipynb": notebook("import kit"), "lab/kit.py": kit})
    words = [str(root / "lab"), "--repo", ADDRESS, "--quiet", "--compat", "shim", "--inplace"]
    assert main(words) == 0
    assert (root / "lab" / "kit.py").read_text() == kit.replace("d.has_key(n)", "(n in d)").replace(
        "iterkeys", "keys"
    )


def test_an_older_runtime_is_asked_for_where_all_that_fails_runs_there(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {}, [TRANSFORMERS])
    assert plan.runtime == "2026.01"
    assert "COL423" in codes(plan)
    assert not any(code.startswith("COL18") for code in codes(plan))


def test_no_older_runtime_is_asked_for_where_something_fails_there_too(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {}, [TRANSFORMERS, "import pandas as pd\npd.Panel\n"])
    assert plan.runtime == "latest"
    assert {"COL130!", "COL187!"} <= set(codes(plan))


def test_the_runtime_that_a_person_asks_for_stays(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {}, [TRANSFORMERS], settings=Settings(runtime="latest"))
    assert plan.runtime == "latest"
    assert "COL187!" in codes(plan)


def test_the_older_keras_is_asked_for_before_tensorflow_is_imported(tmp_path: Path) -> None:
    cells: list[Cell] = ["import tensorflow as tf\nx = tf.placeholder(tf.float32, (None, 3))\n"]
    plain = plan_for(tmp_path, {}, cells)
    assert plain.setup.environment == ()
    plan = plan_for(tmp_path, {}, [*cells, "y = tf.layers.dense(x, 2)\n"])
    assert plan.setup.environment == (("TF_USE_LEGACY_KERAS", "1"),)
    assert "COL424" in codes(plan)
    assert plan.sources[0].source.startswith(
        "import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\n"
    )


MODEL = "def model(x):\n    layers = [tf.layers.Flatten(), {}]\n    return tf.keras.Sequential(layers)(x)\n"


def test_layers_that_the_older_keras_refuses_are_its_own(tmp_path: Path) -> None:
    cells: list[Cell] = ["import tensorflow as tf\n", MODEL.format("tf.layers.Dense(10, name='a')")]
    plan = plan_for(tmp_path, {}, cells)
    new = [one.source for one in plan.sources]
    assert new[1] == MODEL.format("tf.keras.layers.Dense(10, name='a')").replace(
        "tf.layers", "tf.keras.layers"
    )
    again = plan_for(tmp_path, {}, new)
    assert again.sources == ()
    assert again.setup.environment == plan.setup.environment == (("TF_USE_LEGACY_KERAS", "1"),)


@pytest.mark.parametrize(
    ("layer", "settings"),
    [
        ("tf.layers.BatchNormalization()", Settings()),
        ("tf.layers.Dense(1, kernel_regularizer=r)", Settings()),
        ("tf.layers.Dense(10)", Settings(compat="shim")),
    ],
)
def test_layers_that_are_not_quite_keras_s_are_let_into_its_models(
    layer: str, settings: Settings, tmp_path: Path
) -> None:
    cells: list[Cell] = ["import tensorflow as tf\n", MODEL.format(layer)]
    plan = plan_for(tmp_path, {}, cells, settings=settings)
    assert all("layers" not in one.source for one in plan.sources)
    assert "tensorflow.compat.v1.layers.Layer" in [one.old for one in plan.setup.shims]
    assert "COL189" not in codes(plan)


def test_windows_and_widgets_are_provided(tmp_path: Path) -> None:
    cells: list[Cell] = [
        "import cv2\nimport bqplot\ncv2.imshow('a', image)\ncv2.waitKey(0)\nbqplot.Figure()\n"
    ]
    plan = plan_for(tmp_path, {}, cells)
    assert plan.sources == ()
    assert sorted(one.kind for one in plan.setup.shims) == ["widgets", "windows"]


def test_what_a_module_has_to_be_told_of_names_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kit = "import os\nfrom scipy.signal import cwt\n"
    root = make_repository(tmp_path, {"lab/a.ipynb": notebook("import kit"), "lab/kit.py": kit})
    assert main([str(root / "lab"), "--repo", ADDRESS]) == 1
    assert "lab/kit.py:2: COL112" in capsys.readouterr().out.replace(f"{root}/", "")
    assert main([str(root / "lab" / "a.ipynb"), "--repo", ADDRESS]) == 1
    assert "lab/kit.py:2: COL112" in capsys.readouterr().out.replace(f"{root}/", "")


def test_it_can_be_rewritten_boldly_and_undone(tmp_path: Path) -> None:
    cell = "from scipy.misc import face\nx = face()\n"
    root = make_repository(tmp_path, {"a.ipynb": notebook(cell)})
    before = (root / "a.ipynb").read_bytes()
    words = [str(root), "--repo", ADDRESS, "--quiet"]
    assert main([*words, "--inplace", "--unsafe-fixes"]) == 0
    assert "from scipy.datasets import face" in (root / "a.ipynb").read_text()
    assert main([*words, "--check", "--unsafe-fixes"]) == 0
    assert main([str(root), "--undo", "--quiet"]) == 0
    assert (root / "a.ipynb").read_bytes() == before
