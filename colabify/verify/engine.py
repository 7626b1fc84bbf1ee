"""The verification of one notebook: it is opened, set up, imported, looked for its data, run, run at home."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

from colabify.full_names import import_names
from colabify.program import read_program
from colabify.steps import Drive, Upload
from colabify.verify.colab import PRETENDED_APT
from colabify.verify.forge import git
from colabify.verify.judging import reason
from colabify.verify.probe import STAND, lost_paths, question, rows_to_look_for
from colabify.verify.ran import Results, judge_cells
from colabify.verify.slices import import_slices
from colabify.verify.work import Work, runs_step, verdict_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from colabify.verify.colab import Colab
    from colabify.verify.kernel import CellResult, Failure, Session
    from colabify.verify.options import Options
    from colabify.verify.outcome import NotebookVerdict
    from colabify.verify.subject import Subject
    from colabify.verify.work import Stage

_AGAIN = "run again after a restart, it fails: "


def verify_subject(subject: Subject, stage: Stage) -> NotebookVerdict:
    """What comes of one notebook; its cells are executed."""
    started = time.monotonic()
    work = Work(subject, stage)
    work.note("opens", "passed")
    skipped = _skipped(subject, stage.options)
    home: dict[int, bool] = {}
    if not subject.is_python:
        return verdict_of(work, (), started, why="only notebooks in Python are run")
    with stage.open_machine(
        stage.folder / "colab",
        stage.environment.base,
        git_settings=stage.published.settings,
        env=stage.env,
        limits=stage.options.limits,
        programs=PRETENDED_APT,
    ) as colab:
        _supply(subject, stage, colab)
        if stage.options.probes or not stage.options.runs:
            _set_up(work, colab, skipped)
        if stage.options.runs and _can_run(work):
            _run_all(work, colab, skipped)
        work.ended = colab.ended
    if work.ran and stage.options.home:
        from colabify.verify.at_home import compare_at_home

        step, home = compare_at_home(subject, stage, work.results, skipped)
        work.steps["home"] = step
    results = Results(work.results, skipped, home, work.ended)
    cells = judge_cells(subject, results, stage.options)
    if work.ran:
        work.steps["runs"] = runs_step(cells)
    return verdict_of(work, cells, started)


def _skipped(subject: Subject, options: Options) -> dict[int, str]:
    """Which cells are left out, and why."""
    reasons = {cell.index: subject.is_skipped(cell, options.cells) for cell in subject.code}
    return {index: why for index, why in reasons.items() if why}


def _supply(subject: Subject, stage: Stage, colab: Colab) -> None:
    """Put the course into the user's Drive, or a zip of it where the user chooses from, if it comes so."""
    source, bare = subject.plan.setup.source, stage.published.bare
    if bare is None or subject.as_is:
        return
    if isinstance(source, Drive):
        target = colab.drive / source.folder
        target.parent.mkdir(parents=True, exist_ok=True)
        git("clone", "--quiet", str(bare), str(target))
    elif isinstance(source, Upload):
        zipped = colab.uploads / f"{source.name}.zip"
        git("-C", str(bare), "archive", "--format=zip", f"--output={zipped}", "HEAD")


def _set_up(work: Work, colab: Colab, skipped: Mapping[int, str]) -> None:
    """The setup cell in a new kernel, then the imports and the paths; the setup again after a restart."""
    timeout, setup = work.stage.options.setup_timeout, work.subject.setup
    with colab.session() as session:
        if setup is not None:
            first = session.run_cell(setup.source, timeout=timeout)
            work.results[setup.index] = first
            if not _noted_setup(work, first, "it fails: "):
                return
        session.run_cell(STAND, timeout=timeout)
        _import(work, session, skipped)
        _look_for_data(work, session)
    if setup is None:
        work.note("sets up", "skipped", _why_no_setup(work.subject))
    elif not work.stage.options.runs or not _can_run(work):
        with colab.session() as session:
            _noted_setup(work, session.run_cell(setup.source, timeout=timeout), _AGAIN)


def _noted_setup(work: Work, result: CellResult, how: str) -> bool:
    if result.error is None:
        return work.note("sets up", "passed", seconds=result.seconds)
    why = how + reason(result.error, work.stage.options.setup_timeout)
    return work.note("sets up", "failed", why, result.seconds)


def _why_no_setup(subject: Subject) -> str:
    return "it is run as it is, without a port" if subject.as_is else "there is nothing to set up"


def _import(work: Work, session: Session, skipped: Mapping[int, str]) -> None:
    """Run what imports in each cell, in order."""
    program = read_program(work.subject.after)
    slices = import_slices(program, import_names(program.units))
    setup = work.subject.setup
    failed, seconds = [], 0.0
    cells = {cell.index: cell for cell in work.subject.code}
    for index, source in slices.items():
        if index in skipped or (setup is not None and index == setup.index):
            continue
        result = session.run_cell(source, timeout=work.stage.options.setup_timeout)
        seconds += result.seconds
        if result.error is not None and not _is_of_slicing(result.error):
            place = work.subject.place(cells[index])
            failed.append(f"{place}: {reason(result.error, work.stage.options.setup_timeout)}")
            if not work.stage.options.runs:
                work.results[index] = result
        if session.gone:
            break
    if failed:
        work.note("imports", "failed", "; ".join(failed), seconds)
    else:
        work.note("imports", "passed", "" if slices else "it imports nothing", seconds)


def _is_of_slicing(failure: Failure) -> bool:
    """Whether the error only says that what is not run here made a name."""
    return failure.ename == "NameError"


def _look_for_data(work: Work, session: Session) -> None:
    rows = rows_to_look_for(work.subject)
    if not rows:
        work.note("data", "passed", "it reads no file whose path is known")
        return
    if session.gone:
        work.note("data", "not reached")
        return
    answer = session.run_cell(question(work.subject, rows), timeout=60)
    lost = lost_paths(work.subject, rows, answer)
    if answer.error is not None:
        work.note("data", "failed", f"{answer.error.ename}: {answer.error.evalue}")
    elif lost:
        told = [
            f"{one.text} ({one.place}{', ' + ', '.join(one.foreseen) if one.foreseen else ''})"
            for one in lost
        ]
        work.note("data", "failed", "not there: " + "; ".join(told), answer.seconds)
    else:
        work.note("data", "passed", seconds=answer.seconds)


def _can_run(work: Work) -> bool:
    """Whether its cells are to be run; if not, it is noted why."""
    setup, wants = work.steps.get("sets up"), work.subject.plan.accelerator
    if setup is not None and setup.state == "failed":
        return False
    if wants is not None and not has_gpu():
        kind = f"{wants.type} {wants.kind}".strip()
        why = f"it asks for a {kind}, and this machine has none ({wants.why})"
        work.note("runs", "skipped", why)
        work.note("home", "skipped", why)
        return False
    return True


def has_gpu() -> bool:
    """Whether this machine has a GPU that a notebook could use."""
    try:
        done = subprocess.run(["nvidia-smi", "-L"], capture_output=True, check=False, timeout=20)  # noqa: S607
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _run_all(work: Work, colab: Colab, skipped: Mapping[int, str]) -> None:
    """All cells in a new kernel, the setup again among them."""
    setup, work.ran = work.subject.setup, True
    with colab.session() as session:
        for cell in work.subject.code:
            if cell.index in skipped or session.gone:
                continue
            is_setup = setup is not None and cell.index == setup.index
            timeout = work.stage.options.setup_timeout if is_setup else work.stage.options.timeout
            result = session.run_cell(cell.source, timeout=timeout)
            work.results[cell.index] = result
            if is_setup and not _noted_setup(work, result, _AGAIN):
                return
