"""Colab's public image in place of the stand-in: its kernel is run by a container engine of this machine."""

from __future__ import annotations

import re
import shutil
import subprocess
import uuid
from typing import TYPE_CHECKING

from colabify.errors import ColabifyError
from colabify.verify.colab import Colab, startup_of
from colabify.verify.content import CONTENT, magic_first
from colabify.verify.environments import Environment
from colabify.verify.kernel import Launch
from colabify.verify.machine import Base, kernel_env, running_base
from colabify.verify.published import FORGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import ExitStack
    from pathlib import Path

    from colabify.verify.limits import Limits

IMAGE = "us-docker.pkg.dev/colab-images/public/runtime"
_ENGINES = ("docker", "podman")
_VERSION = re.compile(r"Python (\d+\.\d+\.\d+)")
_OF_THIS_MACHINE = ("PATH", "SHELL", "LANG", "PYTHONPATH")


def find_engine() -> str:
    """The container engine of this machine.

    Raises:
        ColabifyError: there is none.

    """
    found = next((path for name in _ENGINES if (path := shutil.which(name))), None)
    if found is None:
        raise ColabifyError("--verify=image needs docker or podman, and neither is on the PATH")
    return found


def image_environment(engine: str) -> Environment:
    """What the image has: its Python's version is asked for, which brings the image here.

    Raises:
        ColabifyError: the engine does not run it.

    """
    words = [engine, "run", "--rm", IMAGE, "python3", "--version"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    found = _VERSION.search(done.stdout + done.stderr)
    if done.returncode != 0 or found is None:
        said = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise ColabifyError(f"{engine} does not run Colab's image: {said}")
    ours = running_base()
    return Environment(Base(ours.executable, found[1], ours.packages))


def container_command(
    engine: str, name: str, folder: Path, forge: Path, env: Mapping[str, str], limits: Limits
) -> Sequence[str]:
    """The words that, before a command, run it in the image, where ``folder``/content is /content.

    It is on this machine's network, since the kernel is talked to by ports; it sees no other folder.
    """
    return (
        engine, "run", "--rm", "--init", "--name", name, "--network", "host",
        "--memory", str(limits.memory), "--pids-limit", str(limits.processes),
        "--volume", f"{folder / 'content'}:{CONTENT}", "--volume", f"{folder}:{folder}",
        "--volume", f"{forge}:{forge}:ro", "--workdir", str(CONTENT),
        *(word for item in sorted(env.items()) for word in ("--env", "=".join(item))), IMAGE,
    )  # fmt: skip


class ImageColab(Colab):
    """A machine in the image, whose ``google.colab`` is Colab's; the rest is that of the stand-in."""

    engine = ""

    def _settings(self, stack: ExitStack) -> str:
        self.engine = find_engine()
        self._name = f"colabify-{uuid.uuid4().hex[:12]}"
        stack.callback(self._remove)
        self.content_is_mounted = True
        return super()._settings(stack)

    def _prepare(self) -> Launch:
        layer = self.folder / "env"
        (layer / "bin").mkdir(parents=True)
        own = kernel_env(self.folder, layer, startup_of(light=False)) | self._variables()
        env = {name: value for name, value in own.items() if name not in _OF_THIS_MACHINE}
        forge = self.folder.parent.parent / FORGES
        command = container_command(self.engine, self._name, self.folder, forge, env, self._limits)
        return Launch(
            argv=(*command, "python3", "-m", "ipykernel_launcher", "-f", "{connection_file}"),
            env=own,
            cwd=self.folder,
            folder=self.folder,
            prepared=magic_first,
            output=self._limits.output,
        )

    def _remove(self) -> None:
        """End the container, if it is still there; the engine's own processes are no children of ours."""
        words = [self.engine, "rm", "--force", self._name]
        subprocess.run(words, capture_output=True, check=False, timeout=60)
