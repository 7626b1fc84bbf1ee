"""Tests of the simulated machines."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from colabify.verify.content import PREFIX, magic_first
from colabify.verify.machine import processes
from tests.simulated_colab.colab import Colab, Forge
from tests.simulated_colab.examples import (
    make_course,
    make_wheel,
    needs_runtime,
    notebook,
    write_notebook,
)
from tests.simulated_colab.home import run_at_home


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A machine for tests that do not change it."""
    folder = tmp_path_factory.mktemp("colab")
    secrets = {"TOKEN": "open sesame", "CLOSED": None}
    with Colab(folder / "machine", Forge(folder / "forge"), gpu=True, secrets=secrets) as colab:
        yield colab


@pytest.fixture(scope="module")
def kernel(machine):
    """One kernel for tests that need no fresh one."""
    with machine.session() as session:
        yield session


def test_title_moves_below_the_magic():
    assert magic_first("#@title A\n\n# @markdown b\n%%capture\nx") == (
        "%%capture\n#@title A\n\n# @markdown b\nx"
    )
    for source in ("# a\n%%capture", "#@title A\nx", "#@title A", "", "%%capture\n#@title A"):
        assert magic_first(source) == source


def test_prefix_is_content_only():
    found = PREFIX.findall("/content '/content/x' /contents a/content ./content x.org/content")
    assert len(found) == 2


@needs_runtime
def test_only_the_notebook_arrives(tmp_path):
    path = make_course(tmp_path / "course") / "week 1" / "a.ipynb"
    with Colab(tmp_path / "m", Forge(tmp_path / "forge")) as colab:
        run = colab.run_all(colab.open(path))
    assert run.error is None
    assert run.outputs[1][0].data["text/plain"] == "['sample_data']"


@needs_runtime
def test_kernel_is_colabs(machine, kernel):
    names = "'google.colab' in sys.modules, 'numpy' in sys.modules, os.getcwd(), os.environ['PWD']"
    run = kernel.run_cell(f"import os, sys\nprint({names})")
    here = "/content" if machine.content_is_mounted else str(machine.content)
    assert run.text == f"True True {here} {here}\n"
    assert kernel.run_cell("google").error.ename == "NameError"
    assert kernel.run_cell("!nvidia-smi").text.startswith("GPU 0: Tesla T4")


@needs_runtime
def test_caller_is_not_seen(machine, monkeypatch):
    monkeypatch.setenv("MY_PASSWORD", "x")
    with machine.session() as session:
        run = session.run_cell("import os\nprint('MY_PASSWORD' in os.environ, os.environ['HOME'])")
    assert run.text == f"False {machine.folder / 'home'}\n"


@needs_runtime
@pytest.mark.long
def test_install_into_the_layer(tmp_path):
    wheel = make_wheel(tmp_path)
    nb = notebook(
        f"!pip install -q --no-index {wheel}\nimport tiny; tiny.__file__",
        "%pip uninstall -q -y tiny\n!python -m pip --version",
        f"%pip install -q --no-index {wheel}",
    )
    with Colab(tmp_path / "m", Forge(tmp_path / "forge")) as colab:
        run = colab.run_all(nb)
        assert run.error is None
        assert str(colab.folder / "env") in run.outputs[0][-1].data["text/plain"]
        assert run.texts[1].startswith("pip 24.1.2 ")
        assert colab.run_all(notebook("import tiny")).error is None
    with Colab(tmp_path / "other", Forge(tmp_path / "forge")) as colab:
        assert colab.run_all(notebook("import tiny")).error.ename == "ModuleNotFoundError"
    base = subprocess.run([sys.executable, "-c", "import tiny"], capture_output=True, check=False)
    assert b"ModuleNotFoundError" in base.stderr


@needs_runtime
@pytest.mark.long
def test_restart_keeps_the_disk(tmp_path):
    with Colab(tmp_path / "m", Forge(tmp_path / "forge")) as colab:
        write = notebook("x = 1", "open('/content/kept', 'w').write('x');")
        assert colab.run_all(write).error is None
        run = colab.run_all(notebook("print(open('kept').read())", "x"))
    assert run.text == "x\n"
    assert (run.error.cell, run.error.ename) == (1, "NameError")
    with Colab(tmp_path / "other", Forge(tmp_path / "forge")) as colab:
        assert colab.run_all(notebook("open('kept')")).error.ename == "FileNotFoundError"
    assert not Path("/content/kept").exists()


@needs_runtime
def test_twice_in_one_kernel(machine):
    nb = notebook("count = globals().get('count', 0) + 1", "print(count)")
    with machine.session() as session:
        assert [session.run_all(nb).text for _ in range(2)] == ["1\n", "2\n"]


@needs_runtime
def test_errors_have_their_cell(machine):
    nb = notebook("print('a')", "1 / 0", "print('b')", "undefined")
    nb.cells.insert(0, nbformat.v4.new_markdown_cell("# Title"))
    run = machine.run_all(nb)
    assert (run.error.cell, run.error.ename) == (2, "ZeroDivisionError")
    assert "1 / 0" in run.error.traceback
    assert run.texts == ("", "a\n", "", "", "")
    run = machine.run_all(nb, stop_on_error=False)
    assert [error.cell for error in run.errors] == [2, 4]
    assert run.texts[3] == "b\n"


@needs_runtime
@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import time; time.sleep(60)", "CellTimeoutError"),
        ("import os; os.kill(os.getpid(), 9)", "DeadKernelError"),
    ],
)
def test_kernels_that_do_not_answer(machine, source, name):
    with machine.session() as session:
        assert session.run_cell(source, timeout=2).error.ename == name
        assert session.run_cell("1").error.ename == name
    assert machine.run_all(notebook("1")).error is None


@needs_runtime
def test_processes_end_with_the_machine(tmp_path):
    with Colab(tmp_path / "m", Forge(tmp_path / "forge")) as colab:
        start = (
            "import subprocess\nprint(subprocess.Popen(['sleep', '600'], start_new_session=True))"
        )
        with colab.session() as session:
            assert session.run_cell(start).error is None
            assert len(processes(colab.folder)) >= 2
    assert processes(colab.folder) == []


@needs_runtime
def test_secrets(machine, kernel):
    kernel.run_cell("from google.colab import userdata")
    assert kernel.run_cell("print(userdata.get('TOKEN'))").text == "open sesame\n"
    for name, error in (
        ("'NONE'", "SecretNotFoundError"),
        ("'CLOSED'", "NotebookAccessError"),
        ("'a b'", "ValueError"),
    ):
        assert kernel.run_cell(f"userdata.get({name})").error.ename == error
    unanswered = "import os; del os.environ['COLABIFY_SECRETS']\n"
    get = "from google.colab import userdata\nuserdata.get('TOKEN')"
    assert machine.run_all(notebook(unanswered + get)).error.ename == "TimeoutException"


@needs_runtime
def test_drive_and_files(machine, kernel):
    (machine.drive / "mine").write_text("of the drive\n")
    (machine.uploads / "a.csv").write_text("1\n")
    mount = "from google.colab import drive, files\ndrive.mount('/content/drive')"
    assert kernel.run_cell(mount).error is None
    assert kernel.run_cell("!cat drive/MyDrive/mine").text == "of the drive\n"
    assert "already mounted" in kernel.run_cell(mount).text
    assert kernel.run_cell("drive.flush_and_unmount()\n!ls drive").text == ""
    assert kernel.run_cell("print(*files.upload(), *files.upload())").text.endswith(
        "a.csv a (1).csv\n"
    )
    assert kernel.run_cell("files.download('none')").error.ename == "FileNotFoundError"


@needs_runtime
def test_magics_and_patches(kernel):
    assert kernel.run_cell("#@title A\n%%capture\nprint(1)").error is None
    assert kernel.run_cell("%%shell\necho a\nfalse").error.ename == "CalledProcessError"
    image = "from google.colab.patches import cv2_imshow\nimport numpy as np\n"
    shown = kernel.run_cell(image + "cv2_imshow(np.zeros((2, 3, 3)))")
    assert "image/png" in shown.outputs[0].data
    plot = kernel.run_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    assert "image/png" in plot.outputs[0].data


@needs_runtime
def test_without_mounts(tmp_path, monkeypatch):
    monkeypatch.setattr("colabify.verify.colab.in_content", lambda _: None)
    with Colab(tmp_path / "m", Forge(tmp_path / "forge")) as colab:
        assert not colab.content_is_mounted
        nb = notebook("!ls", "%cd /content/sample_data\nimport os\nprint(os.getcwd())")
        run = colab.run_all(nb)
    assert run.texts[0] == "sample_data\n"
    assert str(colab.content / "sample_data") in run.texts[1]


@needs_runtime
def test_at_home(tmp_path):
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "helper.py").write_text("value = 1\n")
    path = write_notebook(
        folder / "a.ipynb",
        "%load_ext autoreload\n%autoreload 2",
        "import sys, helper\nprint('google.colab' in sys.modules, helper.value)",
        "import google.colab",
    )
    run = run_at_home(tmp_path / "home", path)
    assert run.texts[1] == "False 1\n"
    assert (run.error.cell, run.error.ename) == (2, "ModuleNotFoundError")
