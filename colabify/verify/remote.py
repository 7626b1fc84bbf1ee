"""Colab itself in place of the stand-in, by Google's own command-line client (``colab``).

The course has to be pushed: Colab clones it from where students do.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import uuid
from typing import TYPE_CHECKING

from nbformat import NotebookNode, from_dict

from colabify.errors import ColabifyError
from colabify.report.plan_json import plan_json
from colabify.verify.kernel import COLOUR, CellResult, Failure
from colabify.verify.outcome import STEPS, NotebookVerdict, StepRun
from colabify.verify.ran import Results, judge_cells
from colabify.verify.subject import diff_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from colabify.plans import Accelerator
    from colabify.verify.options import Options
    from colabify.verify.outcome import Step, StepState
    from colabify.verify.subject import Subject

_CLIENT = "colab"
_START = 600


def find_client() -> str:
    """Google's command-line client.

    Raises:
        ColabifyError: it is not there.

    """
    found = shutil.which(_CLIENT)
    if found is None:
        raise ColabifyError(
            "--verify=colab needs Google's command-line client: pip install google-colab-cli"
        )
    return found


def start_command(client: str, session: str, accelerator: Accelerator | None) -> Sequence[str]:
    """The words that start a machine of the kind that the notebook asks for."""
    words = [client, "new", "-s", session]
    if accelerator is not None and accelerator.kind == "TPU":
        return [*words, "--tpu", (accelerator.type or "V5E1").lower()]
    return words if accelerator is None else [*words, "--gpu", accelerator.type or "T4"]


def verify_remotely(
    subject: Subject, options: Options, folder: Path, client: str
) -> NotebookVerdict:
    """Run the notebook on a machine of Colab's, which is given back whatever happens."""
    started, session = time.monotonic(), f"colabify-{uuid.uuid4().hex[:8]}"
    steps: dict[Step, StepRun] = {"opens": StepRun("opens", "passed")}
    file = folder / "notebook.ipynb"
    file.write_bytes(subject.after.to_bytes())
    results: dict[int, CellResult] = {}
    try:
        said = _told(start_command(client, session, subject.plan.accelerator), _START)
        if not said:
            most = options.timeout * max(1, len(list(subject.code)))
            said = _told([client, "exec", "-s", session, "-f", str(file)], most)
        results = _results(subject, folder / "notebook_output.ipynb")
        said = said or ("" if results else "the client left no notebook with outputs")
    finally:
        _told([client, "stop", "-s", session], 60)
    cells = judge_cells(subject, Results(results, {}, {}), options)
    setup = subject.setup
    if setup is not None and setup.index in results:
        error = results[setup.index].error
        state: StepState = "passed" if error is None else "failed"
        steps["sets up"] = StepRun("sets up", state, error.evalue if error else "")
    failed = [cell for cell in cells if cell.state == "failed"]
    why = said or (f"{failed[0].place}: {failed[0].why}" if failed else "")
    steps["runs"] = StepRun("runs", "failed" if why else "passed", why)
    every = tuple(steps.get(one) or StepRun(one, "skipped", "it was run on Colab") for one in STEPS)
    return NotebookVerdict(
        subject.shown, "failed" if why else "passed", f"runs: {why}" if why else "", every, cells,
        plan_json(subject.plan), diff_rows(subject.before, subject.after),
        runtime=subject.plan.runtime, differs=("what is cloned is what was pushed",),
        seconds=time.monotonic() - started,
    )  # fmt: skip


def _told(words: Sequence[str], seconds: int) -> str:
    """Run the client; why it failed comes out, or nothing."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        return f"colab {words[1]} took longer than {seconds} s"
    if done.returncode == 0:
        return ""
    said = (done.stderr.strip() or done.stdout.strip() or "it says nothing").splitlines()[-1]
    return f"colab {words[1]}: {said}"


def _results(subject: Subject, output: Path) -> dict[int, CellResult]:
    """What came of each code cell, by its index, from the notebook that the client has saved."""
    try:
        cells = json.loads(output.read_text("utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    code = [one for one in cells if one.get("cell_type") == "code"]
    pairs = zip(subject.code, code, strict=False)
    return {cell.index: _result(cell.index, one.get("outputs", [])) for cell, one in pairs}


def _result(index: int, outputs: Sequence[dict[str, object]]) -> CellResult:
    found: tuple[NotebookNode, ...] = tuple(from_dict(one) for one in outputs)
    for one in found:
        if one.get("output_type") == "error":
            trace = COLOUR.sub("", "\n".join(one.get("traceback", [])))
            return CellResult(found, "", Failure(index, one.ename, one.evalue, trace))
    return CellResult(found)
