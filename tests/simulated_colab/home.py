"""Run a notebook where it was written: next to its files, without Colab."""

from pathlib import Path

import nbformat
from nbformat import reader

from colabify.verify.forge import NOWHERE_ELSE
from colabify.verify.home import home_session
from colabify.verify.kernel import Run
from colabify.verify.machine import running_base


def run_at_home(
    folder: Path, notebook: Path, *, timeout: int = 120, stop_on_error: bool = True
) -> Run:
    """Run the cells of `notebook` in its own folder, and return what came of them.

    The machine is kept in the new folder `folder`; no git server is reached from it. The notebook's
    file is not changed.
    """
    nb = nbformat.convert(reader.reads(notebook.read_text(encoding="utf-8")), 4)
    base = running_base()
    with home_session(folder, notebook.parent, base, git_settings=NOWHERE_ELSE) as session:
        return session.run_all(nb, timeout=timeout, stop_on_error=stop_on_error)
