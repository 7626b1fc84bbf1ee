"""``tox -e oldest`` installs what pyproject.toml calls the lowest versions."""

from __future__ import annotations

import sys
from pathlib import Path

from packaging.requirements import Requirement

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parent.parent


def test_the_lowest_versions_are_those_of_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        Requirement(one)
        for one in project["project"]["dependencies"] + project["dependency-groups"]["test"]
    ]
    lines = (ROOT / "tests" / "oldest.txt").read_text(encoding="utf-8").splitlines()
    lowest = [Requirement(one) for one in lines if one and not one.startswith("#")]
    assert [one.name for one in lowest] == [one.name for one in wanted]
    for one, pinned in zip(wanted, lowest, strict=True):
        assert {(part.operator, part.version) for part in pinned.specifier} == {
            ("==", next(part.version for part in one.specifier if part.operator == ">="))
        }
