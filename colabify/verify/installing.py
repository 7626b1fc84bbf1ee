"""Installing a runtime's packages into an environment, by pip, one that cannot be had after the other."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

from colabify.runtime import BUILT_FOR_THE_MACHINE, normalised_name
from colabify.verify.machine import MISLEADING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from colabify.verify.packages import Wanted

_NO_RELEASE = re.compile(r"No matching distribution found for ([\w.-]+)==")
_PIP = ("-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet")


class Installer:
    """Installs what is wanted into a new environment: the runtime's versions, else any, else none."""

    def __init__(self, folder: Path, wanted: Wanted, say: Callable[[str], None]) -> None:
        self._python, self._wanted, self._say = folder / "bin" / "python", wanted, say
        self._constraints = folder / "constraints.txt"
        lines = [f"{name}=={version}\n" for name, version in wanted.constraints]
        self._constraints.write_text("".join(lines), encoding="utf-8")

    def install(self) -> tuple[list[str], list[str]]:
        """What another version was taken of, and what there is none of."""
        exact = dict(self._wanted.pins)
        failed: dict[str, str] = {}
        while exact:
            said = self._exact(exact)
            if said is None:
                break
            named = [one for one in _unavailable(said) if one in exact]
            if not named:  # one cannot be built, or they do not go together
                failed |= self._halved(exact)
                break
            failed |= {name: exact.pop(name) for name in named}
        return self._others(failed)

    def _exact(self, pins: Mapping[str, str]) -> str | None:
        """Install these versions; None comes out, or what pip says of why it cannot."""
        return self._pip(
            [f"{name}=={version}" for name, version in pins.items()], self._constraints
        )

    def _halved(self, pins: Mapping[str, str]) -> dict[str, str]:
        """Install what is not to be had together in two parts, and so on; what cannot be had comes out."""
        if len(pins) == 1:
            return dict(pins)
        every, half = list(pins.items()), len(pins) // 2
        failed: dict[str, str] = {}
        for part in (dict(every[:half]), dict(every[half:])):
            failed |= self._halved(part) if self._exact(part) is not None else {}
        return failed

    def _others(self, failed: Mapping[str, str]) -> tuple[list[str], list[str]]:
        """Take another version of what could not be had, unless it is of those that take gigabytes."""
        replaced: list[str] = []
        missing: list[str] = []
        for name, version in failed.items():
            self._say(f"{name} {version} cannot be installed here")
            heavy = name in BUILT_FOR_THE_MACHINE
            another = not heavy and self._pip([name, "--only-binary", ":all:"]) is None
            (replaced if another else missing).append(f"{name} {version}")
        return replaced, missing

    def _pip(self, words: Sequence[str], constraints: Path | None = None) -> str | None:
        """Install; None comes out, or what pip says of why it cannot."""
        limits = [] if constraints is None else ["--constraint", str(constraints)]
        command = [str(self._python), *_PIP, "--prefer-binary", *limits, *words]
        done = subprocess.run(command, capture_output=True, check=False, env=_env())
        return None if done.returncode == 0 else done.stderr.decode(errors="replace")


def _unavailable(said: str) -> list[str]:
    """The distributions that pip says there is no such release of."""
    return [normalised_name(one) for one in _NO_RELEASE.findall(said)]


def run_program(words: list[str]) -> None:
    """Run a program that has to succeed.

    Raises:
        subprocess.SubprocessError: it did not.

    """
    subprocess.run(words, check=True, capture_output=True, env=_env())


def _env() -> dict[str, str]:
    """The environment for pip: ours, without what would lead it to another Python."""
    misleading = (*MISLEADING, "PYTHONHOME", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if name not in misleading}


def why_not(error: OSError | subprocess.SubprocessError) -> str:
    """The last line of what a program said that failed."""
    said = getattr(error, "stderr", b"") or b""
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else str(error)
