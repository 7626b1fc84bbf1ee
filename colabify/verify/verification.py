"""The verification of a run's notebooks, one after the other, each on a machine of its own."""

from __future__ import annotations

import platform
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from colabify import __version__
from colabify.errors import ColabifyError
from colabify.runtime import load_runtime
from colabify.verify.colab import Colab
from colabify.verify.content import in_content
from colabify.verify.engine import has_gpu, verify_subject
from colabify.verify.environments import Environment, Environments, NoEnvironment
from colabify.verify.image import ImageColab, find_engine, image_environment
from colabify.verify.network import reached
from colabify.verify.outcome import STEPS, NotebookVerdict, StepRun, Verification
from colabify.verify.packages import wanted_for
from colabify.verify.published import FORGES, Published, publish
from colabify.verify.remote import find_client, verify_remotely
from colabify.verify.subject import modules_of, port_all, subject_of
from colabify.verify.work import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from colabify.course import Course
    from colabify.courses import Courses
    from colabify.places import Place
    from colabify.plans import Plan
    from colabify.verify.options import Options


@dataclass
class Verifier:
    """Verifies notebooks: their cells are executed. ``after_each`` is told what came of one.

    ``open_machine`` makes the machine that stands for Colab.
    """

    courses: Courses
    options: Options
    environments: Environments
    after_each: Callable[[NotebookVerdict], None] = lambda _: None
    open_machine: Callable[..., Colab] = Colab
    _published: dict[int, Published] = field(default_factory=dict)
    _image: Environment | None = None

    @property
    def _machine(self) -> Callable[..., Colab]:
        return ImageColab if self.options.level == "image" else self.open_machine

    def run(
        self, places: Sequence[Place], problems: Sequence[tuple[str, str]] = ()
    ) -> Verification:
        """Verify the notebooks at ``places``; ``problems`` are what could not be found, and why."""
        if self.options.level == "colab":
            find_client()
        elif self.options.level == "image":
            find_engine()
        started, clock = datetime.now(timezone.utc), time.monotonic()
        verdicts = [_unopened(shown, why) for shown, why in problems]
        plans = port_all(places, self.courses)
        with scratch_folder() as folder, reached(self.options, folder) as way:
            # What a notebook installs must not reach the cache that the person's own pip uses
            env = {"PIP_CACHE_DIR": str(self.environments.folder / "pip"), **way}
            for number, place in enumerate(places):
                verdict = self._verdict(place, plans, folder / str(number), env)
                shutil.rmtree(folder / str(number), ignore_errors=True)
                self.after_each(verdict)
                verdicts.append(verdict)
        return Verification(
            _name_of(places), self.options.level, tuple(verdicts), _settings(self.options),
            _facts(), started.isoformat(timespec="seconds"), time.monotonic() - clock, __version__,
        )  # fmt: skip

    def _verdict(
        self, place: Place, plans: Mapping[Path, Plan | str], folder: Path, env: Mapping[str, str]
    ) -> NotebookVerdict:
        plan = plans[place.path]
        if isinstance(plan, str):
            return _unopened(place.shown, plan)
        folder.mkdir()
        try:
            subject = subject_of(place, self.courses, as_is=self.options.as_is)
            if self.options.level == "colab":
                return verify_remotely(subject, self.options, folder, find_client())
            environment = self._environment(plan.runtime, plans)
            published = self._publish(subject.course, folder.parent)
        except NoEnvironment as error:
            return _skipped(place.shown, str(error))
        except ColabifyError as error:
            return _unopened(place.shown, str(error))
        differs = _differs(environment, published, plan.runtime)
        stage = Stage(folder, environment, published, self.options, env, differs, self._machine)
        return verify_subject(subject, stage)

    def _environment(self, runtime: str, plans: Mapping[Path, Plan | str]) -> Environment:
        """The environment for all the notebooks of a runtime together."""
        if self.options.level == "image":
            self._image = self._image or image_environment(find_engine())
            return self._image
        alike = [
            one for one in plans.values() if not isinstance(one, str) and one.runtime == runtime
        ]
        return self.environments.of(wanted_for(runtime, alike))

    def _publish(self, course: Course, folder: Path) -> Published:
        """The course as it would be once it is pushed; each once."""
        key = id(course)
        if key not in self._published:
            where = folder / FORGES / str(len(self._published))
            try:
                self._published[key] = publish(where, course.project, modules_of(course))
            except subprocess.CalledProcessError as error:
                said = error.stderr.decode(errors="replace").strip().splitlines()
                raise ColabifyError(
                    f"its repository could not be copied: {said[-1] if said else error}"
                ) from None
        return self._published[key]


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new folder, until the context ends; also if notebooks have closed folders in it."""
    folder = Path(tempfile.mkdtemp(prefix="colabify-verify-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unopened(shown: str, why: str) -> NotebookVerdict:
    steps = [StepRun(step, "not reached") for step in STEPS]
    steps[0] = StepRun("opens", "failed", why)
    return NotebookVerdict(shown, "failed", f"opens: {why}", tuple(steps))


def _skipped(shown: str, why: str) -> NotebookVerdict:
    steps = tuple(StepRun(step, "skipped", why) for step in STEPS)
    return NotebookVerdict(shown, "skipped", why, steps)


def _differs(environment: Environment, published: Published, runtime_name: str) -> tuple[str, ...]:
    """In what the machine differs from Colab's, in sentences."""
    runtime, here = load_runtime(runtime_name), environment.base.version
    said = []
    if here.split(".")[:2] != runtime.python.split(".")[:2]:
        said.append(f"Python {here} runs it: this machine has no {runtime.python}")
    elif here != runtime.python:
        said.append(f"Python {here} runs it, on Colab {runtime.python}")
    if environment.replaced:
        said.append(f"other versions had to do for {', '.join(environment.replaced)}")
    if environment.missing:
        said.append(f"not to be had for this Python: {', '.join(environment.missing)}")
    if in_content(Path("content")) is None:
        said.append(
            "/content is another folder, whose name the cells are given: code that computes the path "
            "does not find it"
        )
    if published.changed:
        said.append(
            f"{published.changed} tracked files are taken as they are on the disk, not as committed"
        )
    if not has_gpu():
        said.append("there is no GPU")
    return (
        *said,
        "apt-get installs nothing, and says it has",
        "home has Colab's packages, not the author's",
    )


def _settings(options: Options) -> dict[str, str]:
    cells = "all" if options.cells is None else ", ".join(map(str, sorted(options.cells)))
    return {
        "level": options.level,
        "timeout": f"{options.timeout} s for each cell",
        "cells": cells,
        "network": options.network,
    }


def _facts() -> dict[str, str]:
    mounted = in_content(Path("content")) is not None
    return {
        "system": platform.platform(),
        "colabify": __version__,
        "content": "a private mount" if mounted else "a folder, its name replaced in the cells",
        "gpu": "yes" if has_gpu() else "none",
    }


def _name_of(places: Sequence[Place]) -> str:
    """What to call the notebooks together: the folder that they share."""
    folders = {place.path.resolve().parent for place in places}
    if not folders:
        return ""
    shared = Path(*_shared([folder.parts for folder in folders]))
    return shared.name or str(shared)


def _shared(paths: Sequence[tuple[str, ...]]) -> list[str]:
    found = []
    for parts in zip(*paths, strict=False):
        if len(set(parts)) > 1:
            break
        found.append(parts[0])
    return found
