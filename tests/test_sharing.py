"""What is the same in the plans of many notebooks is held once, and says what it said."""

from __future__ import annotations

from pathlib import Path

from colabify.courses import Courses
from colabify.outcomes import Mode
from colabify.places import Place
from colabify.run import run
from colabify.run_one import port_one
from colabify.settings import Settings
from tests.courses import make_repository
from tests.notebooks import notebook


def test_plans_of_a_run_share_what_is_equal(tmp_path: Path) -> None:
    cells = [
        "import numpy as np\nimport helpers, nothing_like_it\n",
        "x = np.int(3)\nopen('a.csv')\n",
    ]
    other = [*cells, "import pandas\n"]
    files = {"a.ipynb": notebook(*cells), "b.ipynb": notebook(*other), "c.ipynb": notebook(*cells)}
    root = make_repository(
        tmp_path, {**files, "helpers.py": "import numpy as np\nx = np.float(1)\n"}
    )
    places = [Place(root / name, name, Path(name)) for name in files]
    a, b, c = (one.plan for one in run(places, Courses(Settings(), [str(root)]), Mode.PLAN))
    alone = [port_one(one, Courses(Settings(), [str(root)]), Mode.PLAN).outcome for one in places]
    assert [a, b, c] == [one.plan for one in alone]
    assert a is not None and b is not None and c is not None  # noqa: PT018
    assert a.dependencies and a.findings and a.modules  # noqa: PT018
    assert a.dependencies is c.dependencies
    assert a.findings is c.findings
    assert a.setup is c.setup
    assert a.modules[0] is c.modules[0]
    assert set(map(id, a.dependencies)) < set(map(id, b.dependencies))
    assert a.sources != ()
