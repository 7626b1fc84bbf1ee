"""What asks for an accelerator: cells, modules and settings in, metadata out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from colabify.plans import Plan
from colabify.settings import Settings
from tests.notebooks import PYTHON, codes, markdown, plan_for

# a cell that asks for a GPU
GPU = {
    "cuda": "model.cuda()",
    "cuda of a call": "net().cuda(0)",
    "to": "model.to('cuda')",
    "to the first": 'x = x.to("cuda:0")',
    "device": "import torch\ndevice = torch.device('cuda')",
    "device of a name": "from torch import device\nd = device('cuda:1')",
    "whichever there is": "import torch\nd = torch.device('cuda' if torch.cuda.is_available() else 'cpu')",
    "string": "device = 'cuda'",
    "string, whichever": "device = 'gpu' if ok else 'cpu'",
    "guarded": "import torch\nif torch.cuda.is_available():\n    model.half()",
    "counted": "import torch\nn = torch.cuda.device_count()",
    "keyword": "import torch\nx = torch.zeros(3, device='cuda')",
    "tensor type": "import torch\ndtype = torch.cuda.FloatTensor",
    "tensorflow": "import tensorflow as tf\nwith tf.device('/GPU:0'):\n    pass",
    "tensorflow's long form": "import tensorflow as tf\nwith tf.device('/device:GPU:0'):\n    pass",
    "listed": "import tensorflow as tf\ntf.config.list_physical_devices('GPU')",
    "named": "import tensorflow as tf\ntf.test.gpu_device_name()",
    "string for tensorflow": "device = '/device:GPU:0'",
    "switch": "USE_GPU = True",
    "switch with a type": "USE_GPU: bool = True",
    "switch, asked": "import torch\nuse_cuda = torch.cuda.is_available()",
    "lightning": "t = Trainer(accelerator='gpu', devices=1)",
    "old lightning": "t = Trainer(gpus=1)",
    "jax": "import jax",
    "jax.numpy": "import jax.numpy as jnp",
    "numba": "from numba import cuda\n@cuda.jit\ndef f(): pass",
    "numba's module": "import numba.cuda",
    "cupy": "import cupy as cp",
    "rapids": "from cuml.cluster import KMeans",
    "mxnet": "import mxnet as mx\nctx = mx.gpu()",
    "in a function": "def f(model):\n    return model.cuda()",
    "behind a magic": "%%time\nmodel.cuda()",
}

NONE = {
    "numpy": "import numpy as np\nx = np.zeros(3)",
    "torch alone": "import torch\nx = torch.zeros(3)",
    "tensorflow alone": "import tensorflow as tf",
    "switched off": "USE_GPU = False",
    "off by number": "use_cuda = 0",
    "commented out": "# model.cuda()\n# USE_GPU = True",
    "docstring": "def f():\n    '''Call .cuda() or .to(\"cuda\").'''",
    "printed": "print('run this on cuda, or on a gpu')",
    "cpu": "device = 'cpu'\nmodel.to('cpu')",
    "to the cpu": "import torch\nd = torch.load('x', map_location={'cuda:0': 'cpu'})",
    "loaded on the cpu": "import torch\nd = torch.load('x', map_location='cpu')",
    "seed": "import torch\ntorch.cuda.manual_seed_all(0)",
    "other to": "df.to('x')\nseries.to_csv('cuda.csv')",
    "column": "prices = df['gpu']",
    "columns": "names = ['cpu', 'gpu']",
    "table": "power = {'gpu': 250}",
    "compared": "fast = kind == 'cuda'",
    "no gpus": "t = Trainer(gpus=0)",
    "numba alone": "from numba import njit",
    "shell": "!nvidia-smi",
    "in a foreign cell": "%%bash\necho model.cuda()",
    "not parsed": "model.cuda(",
}

TPU = {
    "strategy": "import tensorflow as tf\ns = tf.distribute.TPUStrategy(r)",
    "resolver": "import tensorflow as tf\nr = tf.distribute.cluster_resolver.TPUClusterResolver()",
    "torch": "import torch_xla.core.xla_model as xm",
    "beside a GPU": "import torch_xla\nmodel.to('cuda')",
}


def chosen(plan: Plan) -> dict[tuple[str, ...], Any]:
    keys = (("accelerator",), ("colab", "gpuType"))
    return {one.keys: one.value for one in plan.metadata if one.keys in keys}


def set_to(kind: str, type_: str) -> dict[tuple[str, ...], str]:
    return {("accelerator",): kind, ("colab", "gpuType"): type_}


@pytest.mark.parametrize("name", GPU)
def test_a_gpu_is_asked_for(name: str, tmp_path: Path) -> None:
    assert chosen(plan_for(tmp_path, {}, [GPU[name]])) == set_to("GPU", "T4")


@pytest.mark.parametrize("name", TPU)
def test_a_tpu_is_asked_for(name: str, tmp_path: Path) -> None:
    assert chosen(plan_for(tmp_path, {}, [TPU[name]])) == set_to("TPU", "V5E1")


@pytest.mark.parametrize("name", NONE)
def test_none_is_asked_for(name: str, tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {}, [NONE[name]])
    assert chosen(plan) == {}
    assert plan.accelerator is None


def test_markdown_asks_for_nothing(tmp_path: Path) -> None:
    assert chosen(plan_for(tmp_path, {}, [markdown("Call `model.cuda()`."), "x = 1"])) == {}


# files: a module that the notebook imports, or does not
MODULES = {
    "imported": ({"util.py": "def f(m):\n    return m.cuda()"}, set_to("GPU", "T4")),
    "through another": ({"util.py": "import deep", "deep.py": "import cupy"}, set_to("GPU", "T4")),
    "not imported": ({"util.py": "", "other.py": "import cupy"}, {}),
}


@pytest.mark.parametrize("name", MODULES)
def test_modules_ask_too(name: str, tmp_path: Path) -> None:
    files, wanted = MODULES[name]
    assert chosen(plan_for(tmp_path, files, ["import util"])) == wanted


# setting, cell, metadata, what is set
SETTINGS = {
    "none for none": ("none", "x = 1", {}, {}),
    "none, asked for": ("none", "m.cuda()", {}, {}),
    "none removes": (
        "none",
        "m.cuda()",
        {"accelerator": "GPU", "colab": {"gpuType": "T4"}},
        {("accelerator",): None, ("colab", "gpuType"): None},
    ),
    "GPU": ("GPU", "x = 1", {}, set_to("GPU", "T4")),
    "TPU": ("TPU", "x = 1", {}, set_to("TPU", "V5E1")),
    "A100": ("A100", "x = 1", {}, set_to("GPU", "A100")),
    "L4 over the author's": (
        "L4",
        "x = 1",
        {"accelerator": "GPU", "colab": {"gpuType": "T4"}},
        {("colab", "gpuType"): "L4"},
    ),
    "V6E1": ("V6E1", "m.cuda()", {}, set_to("TPU", "V6E1")),
    "author's stays": (
        "auto",
        "m.cuda()",
        {"accelerator": "GPU", "colab": {"gpuType": "A100"}},
        {},
    ),
    "author's without need": ("auto", "x = 1", {"accelerator": "GPU"}, {}),
    "author's new type": ("auto", "x = 1", {"accelerator": "GPU", "colab": {"gpuType": "G4"}}, {}),
    "author's CPU": ("auto", "m.cuda()", {"accelerator": "CPU"}, {}),
    "author's TPU": ("auto", "x = 1", {"accelerator": "TPU"}, {("colab", "gpuType"): "V5E1"}),
    "type without accelerator": ("auto", "x = 1", {"colab": {"gpuType": "T4"}}, {}),
    "no text": ("auto", "x = 1", {"accelerator": None, "colab": {"gpuType": ["T4"]}}, {}),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_and_the_authors_choice(name: str, tmp_path: Path) -> None:
    setting, cell, metadata, wanted = SETTINGS[name]
    plan = plan_for(
        tmp_path,
        {},
        [cell],
        settings=Settings(accelerator=setting),
        metadata={**PYTHON, **metadata},
    )
    assert chosen(plan) == wanted


RETIRED = {
    "V100": ("GPU", "V100", "T4"),
    "P100": ("GPU", "P100", "T4"),
    "V28": ("TPU", "V28", "V5E1"),
}


@pytest.mark.parametrize("name", RETIRED)
def test_what_colab_no_longer_has_is_replaced(name: str, tmp_path: Path) -> None:
    kind, old, new = RETIRED[name]
    metadata = {**PYTHON, "accelerator": kind, "colab": {"gpuType": old}}
    plan = plan_for(tmp_path, {}, ["x = 1"], metadata=metadata)
    assert chosen(plan) == {("colab", "gpuType"): new}
    assert codes(plan) == ["COL421"]


@pytest.mark.parametrize(
    ("cells", "expects"),
    [
        (["import util", "m.cuda()"], "GPU"),
        (["import util", "import torch_xla"], "TPU"),
        (["import util"], ""),
    ],
)
def test_the_setup_points_out_that_none_is_there(
    cells: list[str], expects: str, tmp_path: Path
) -> None:
    assert plan_for(tmp_path, {"util.py": ""}, cells).setup.expects == expects
