"""Which tests run with the Python at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.at_hand import OTHERS, PART, chosen


@pytest.mark.parametrize(("there", "whole"), [((), True), (OTHERS[:1], True), (OTHERS, False)])
def test_all_tests_unless_both_others_are_there(
    there: tuple[str, ...], whole: bool, tmp_path: Path
) -> None:
    for name in there:
        (tmp_path / name).write_text("")
        (tmp_path / name).chmod(0o755)
    found = chosen([], str(tmp_path))
    assert (found == ["tests"]) is whole
    assert all((Path(__file__).parent.parent / name).exists() for name in found)
    assert whole or len(found) == len(PART)


def test_a_person_may_choose() -> None:
    assert chosen(["tests/test_cli.py", "-x"]) == ["tests/test_cli.py", "-x"]
