"""What holds for all tests, whichever are run."""

from __future__ import annotations

import os

import tests.strategies  # noqa: F401 - the profile there says how properties are tried
from colabify.cache import VARIABLE

os.environ[VARIABLE] = (
    ""  # all look at everything anew; the tests of the cache name a folder for it
)
