"""Run a notebook where it was written: next to its files, without Colab."""

from contextlib import ExitStack
from pathlib import Path

import nbformat
from nbformat import reader

from tests.simulated_colab.forge import NOWHERE_ELSE
from tests.simulated_colab.kernel import Launch, Run, Session
from tests.simulated_colab.machine import end_processes, kernel_env, make_home, make_layer

# At home is an IPython whose autoreload works on this Python; the one here (Colab's) imports `imp`.
STARTUP = """\
def _home():
    import importlib, sys, types
    imp = sys.modules["imp"] = types.ModuleType("imp")
    imp.reload = importlib.reload


_home()
del _home
"""


def run_at_home(
    folder: Path, notebook: Path, *, timeout: int = 120, stop_on_error: bool = True
) -> Run:
    """Run the cells of `notebook` in its own folder, and return what came of them.

    The machine is kept in the new folder `folder`: a HOME from which no git server is reached, and
    an environment layer for what the notebook installs. The notebook's file is not changed.
    """
    folder = folder.resolve()
    nb = nbformat.convert(reader.reads(notebook.read_text(encoding="utf-8")), 4)
    with ExitStack() as stack:
        stack.callback(end_processes, folder)
        make_home(folder / "home", NOWHERE_ELSE)
        python = make_layer(folder / "env")
        launch = Launch(
            argv=(str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"),
            env=kernel_env(folder, folder / "env", STARTUP),
            cwd=notebook.parent.resolve(),
            folder=folder,
        )
        session = stack.enter_context(Session(launch))
        return session.run_all(nb, timeout=timeout, stop_on_error=stop_on_error)
