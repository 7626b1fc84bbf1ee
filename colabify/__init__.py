"""Make a course's Jupyter notebooks run on Google Colab, and still run at home.

:func:`port` and :func:`plan` are the Python interface; all modules are private.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from colabify.errors import ColabifyError
    from colabify.findings import Finding
    from colabify.interface import Result, plan, port
    from colabify.plans import Plan

__all__ = ["ColabifyError", "Finding", "Plan", "Result", "plan", "port"]
__version__ = "0.1.0"
_HOMES = {"ColabifyError": "errors", "Finding": "findings", "Plan": "plans"}


def __getattr__(name: str) -> object:
    """Import what is asked for, not before: the command needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(f"colabify.{_HOMES.get(name, 'interface')}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
