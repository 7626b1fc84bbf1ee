"""A simulated Colab for tests: the product's machines on the Python that runs the tests, with secrets.

A forge stands for github.com: nothing else is reached by git.
"""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from colabify.verify.colab import SITE
from colabify.verify.colab import Colab as Machine
from colabify.verify.kernel import CellResult, Failure, Run, Session
from colabify.verify.machine import running_base
from tests.simulated_colab.forge import Forge
from tests.simulated_colab.machine import missing_runtime

__all__ = ["SITE", "CellResult", "Colab", "Failure", "Forge", "Run", "Session", "missing_runtime"]


class Colab(Machine):
    """One machine of Colab: it reaches the repositories of `forge`, and knows the `secrets`.

    A secret that is None exists but is not open to the notebook. The rest is the product's.
    """

    def __init__(
        self,
        folder: Path,
        forge: Forge,
        *,
        gpu: bool = False,
        light: bool = False,
        secrets: Mapping[str, str | None] | None = None,
        env: Mapping[str, str] | None = None,
        programs: Mapping[str, str] | None = None,
    ) -> None:
        self.forge = forge
        known = {"COLABIFY_SECRETS": json.dumps(dict(secrets or {})), **(env or {})}
        super().__init__(folder, running_base(), gpu=gpu, light=light, env=known, programs=programs)

    def _settings(self, stack: ExitStack) -> str:
        return stack.enter_context(self.forge.reachable(self.folder))
