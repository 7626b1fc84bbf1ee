"""Notebooks that hang, fork, fill the disk or the memory, print without end, or end their kernel."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from colabify.verify.colab import Colab
from colabify.verify.kernel import Session
from colabify.verify.limits import Limits
from colabify.verify.machine import MARK, processes, running_base
from tests.simulated_colab.examples import needs_runtime

pytestmark = needs_runtime

MB = 1024**2


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Colab]:
    """A machine that may use little."""
    limits = Limits(memory=2048 * MB, disk=40 * MB, output=10_000, processes=30)
    with Colab(tmp_path / "machine", running_base(), light=True, limits=limits) as colab:
        yield colab


@pytest.fixture
def kernel(machine: Colab) -> Iterator[Session]:
    with machine.session() as session:
        yield session


def test_one_that_prints_and_takes_much_goes_on(kernel: Session) -> None:
    printed = kernel.run_cell("print('x' * 100_000)")
    assert printed.error is None
    assert 10_000 < len(printed.text) < 10_100
    assert printed.text.endswith("[the rest is left out]\n")
    assert kernel.run_cell("bytearray(3 * 2**30)").error.ename == "MemoryError"
    assert kernel.run_cell("input()").error.ename == "StdinNotImplementedError"
    file = kernel.run_cell("open('big', 'wb').write(b'x' * 41 * 2**20)")
    assert file.error.ename in ("OSError", "DeadKernelError")


def test_one_that_prints_without_end_is_ended(kernel: Session) -> None:
    printed = kernel.run_cell("while True: print('x' * 1000)", timeout=60)
    assert printed.error.ename == "TooMuchOutput"
    assert kernel.gone


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("for n in range(100): open(f'f{n}', 'wb').write(b'x' * 2**20)\nimport time; time.sleep(60)", "disk"),
        ("import subprocess\nfor _ in range(60): subprocess.Popen(['sleep', '60'])\ninput", "processes"),
    ],
)  # fmt: skip
def test_one_that_uses_too_much_is_ended(
    machine: Colab, kernel: Session, source: str, said: str
) -> None:
    kernel.run_cell(source, timeout=60)
    while not kernel.gone:
        kernel.run_cell("import time; time.sleep(0.1)", timeout=20)
    assert kernel.run_cell("1").error.ename == "DeadKernelError"
    assert said in machine.ended


INTERRUPTED = """\
import sys
from pathlib import Path
from colabify.verify.colab import Colab
from colabify.verify.command import ends_when_told
from colabify.verify.machine import running_base

with ends_when_told(), Colab(Path(sys.argv[1]), running_base(), light=True) as colab:
    with colab.session() as session:
        session.run_cell("import os\\nos.setsid() if not os.fork() else 0\\nimport time")
        print("ready", flush=True)
        session.run_cell("import time; time.sleep(600)")
"""


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left_behind(tmp_path: Path, sign: signal.Signals) -> None:
    folder = tmp_path / "machine"
    root = str(Path(__file__).parent.parent)
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": root},
    ) as command:  # fmt: skip
        assert command.stdout is not None
        assert command.stdout.readline() == b"ready\n"
        assert processes(folder), MARK
        command.send_signal(sign)
        command.wait(timeout=60)
    for _ in range(100):
        if not processes(folder):
            break
        time.sleep(0.1)
    assert processes(folder) == []
