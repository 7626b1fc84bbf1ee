"""Many processes: what they write and say is what one does, whatever ends early."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from colabify.courses import Courses
from colabify.jobs import Jobs, jobs_for
from colabify.outcomes import Mode
from colabify.places import Place
from colabify.rules import RULES
from colabify.run_one import port_one
from colabify.runtime import load_runtime
from colabify.settings import Settings
from tests.courses import contents, make_repository
from tests.notebooks import notebook


def course(folder: Path, count: int) -> Path:
    """Notebooks in two folders that use two modules, of which one is mended, and see a path differently."""
    files: dict[str, str | bytes] = {"broken.ipynb": "{"}
    for n in range(count):
        cells = [
            "import numpy as np\nfrom helpers import load\nx = load()\n",
            f"y = np.int({n})\n" if n % 3 else "import other\n",
            "open('DATA/points.csv')\n" if n % 2 else "z = 1\n",
        ]
        files[f"{'a/' if n % 4 else ''}n{n}.ipynb"] = notebook(*cells)
    for at in ("", "a/"):
        files[f"{at}data/points.csv"] = "1,2\n"
        files[f"{at}other.py"] = "import scipy.misc\n"
        files[f"{at}helpers.py"] = (
            "import numpy as np\ndef load():\n    return np.float(open('DATA/points.csv').read())\n"
        )
    return make_repository(folder, files)


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "colabify", *words, "."], cwd=folder, capture_output=True, text=True
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return tuple(course(tmp_path_factory.mktemp(name) / "course", 34) for name in ("one", "two"))  # type: ignore[return-value]


def test_two_processes_do_what_one_does(both: tuple[Path, Path]) -> None:
    one, two = both
    assert run(one, "--inplace", "--jobs", "1") == run(two, "--inplace", "--jobs", "2")
    assert contents(one) == contents(two)
    assert b"np.float" not in contents(one)["helpers.py"]


def places_in(folder: Path) -> list[Place]:
    return [Place(one, one.name, Path(one.name)) for one in sorted(folder.rglob("*.ipynb"))]


def test_a_process_that_ends_takes_one_notebook_with_it(
    both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if there had not been memory enough for that notebook."""
    monkeypatch.setattr("colabify.jobs._port", ended_by_the_third)
    root = str(Path(__file__).parents[1])  # where the processes find this module
    monkeypatch.setattr(sys, "path", [*sys.path, root])
    places = places_in(both[0])[:5]
    found = list(Jobs(Courses(Settings()), Mode.CHECK, 2).port(places))
    assert [one.place for one in found] == places
    assert [one.outcome.error for one in found if one.outcome.error] == [
        "the process that ported it was ended"
    ]


def ended_by_the_third(places):
    if any(place.shown == "n11.ipynb" for place in places):
        os.kill(os.getpid(), signal.SIGKILL)
    return [port_one(place, Courses(Settings()), Mode.CHECK) for place in places]


def test_interrupted(both: tuple[Path, Path]) -> None:
    """Ctrl-C reaches all processes of the terminal: one line is said, and none of them is left."""
    process = subprocess.Popen(
        [sys.executable, "-m", "colabify", "--check", "-q", "--jobs", "2", "."],
        cwd=both[0], stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    time.sleep(1.5)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    if process.returncode == 130:  # else it was done already
        assert [line for line in said.splitlines() if "Traceback" in line] == []
        assert "interrupted" in said
    for _ in range(100):  # what watches over the processes ends a moment after the last of them
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a process is left")


def test_how_many() -> None:
    assert [jobs_for(count, 2) for count in (0, 1, 15, 31, 32, 400)] == [1, 1, 1, 1, 2, 2]
    assert jobs_for(10_000, 1) == 1
    assert jobs_for(400) >= 1


def test_what_is_handed_over_is_small() -> None:
    assert pickle.loads(pickle.dumps(RULES)) == RULES
    runtime = load_runtime("latest", "gpu")
    assert pickle.loads(pickle.dumps(runtime)) is runtime
    assert len(pickle.dumps(runtime)) < 200
