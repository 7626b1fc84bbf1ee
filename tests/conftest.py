"""What holds for all tests, whichever are run."""

from __future__ import annotations

import os

import pytest

import tests.strategies  # noqa: F401 - the profile there says how properties are tried
from colabify.cache import VARIABLE

os.environ[VARIABLE] = (
    ""  # all look at everything anew; the tests of the cache name a folder for it
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The long tests are asked for."""
    parser.addoption("--long", action="store_true", help="run the long tests, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A long test that is not asked for says how to run it."""
    if not config.getoption("--long"):
        skip = pytest.mark.skip(reason="takes long: run by --long (tox -e long)")
        for item in items:
            if item.get_closest_marker("long") is not None:
                item.add_marker(skip)
