"""All tests look at everything anew; those of the cache name a folder for it."""

from __future__ import annotations

import os

from colabify.cache import VARIABLE

os.environ[VARIABLE] = ""
