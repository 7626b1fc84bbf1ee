"""Run a notebook where it was written: next to its files, without Colab."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from colabify.verify.colab import kernel_command
from colabify.verify.kernel import Launch, Session
from colabify.verify.limits import Limits, Watch
from colabify.verify.machine import Base, end_processes, kernel_env, make_home, make_layer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# At home is an IPython whose autoreload works on this Python; the one here (Colab's) imports `imp`.
_STARTUP = """\
def _home():
    import importlib, sys, types
    imp = sys.modules["imp"] = types.ModuleType("imp")
    imp.reload = importlib.reload


_home()
del _home
"""


@contextmanager
def home_session(
    folder: Path,
    beside: Path,
    base: Base,
    *,
    git_settings: str = "",
    env: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Iterator[Session]:
    """A kernel in the folder ``beside``, with the packages of ``base``, for as long as the context lasts.

    Its machine is kept in the new folder ``folder``: a HOME with ``git_settings``, and an environment
    layer for what the notebook installs.
    """
    folder, limits = folder.resolve(), limits or Limits()
    with ExitStack() as stack:
        stack.callback(end_processes, folder)
        make_home(folder / "home", git_settings)
        python = make_layer(folder / "env", base)
        launch = Launch(
            argv=(*limits.command(), *kernel_command(python)),
            env={**kernel_env(folder, folder / "env", _STARTUP), **(env or {})},
            cwd=beside.resolve(),
            folder=folder,
            output=limits.output,
        )
        stack.enter_context(Watch(folder, limits))
        yield stack.enter_context(Session(launch))
