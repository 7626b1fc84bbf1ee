"""Which language a notebook is in, and which of Colab's kernels will run it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from colabify.notebook import Document

_COLAB_KERNELS = {"python": ("python3", "Python 3"), "R": ("ir", "R"), "julia": ("julia", "Julia")}
_SPELLINGS = {"python": "python", "ipython": "python", "r": "R", "julia": "julia"}

_VERSION = "0123456789. "

_OTHERS = ("julia", "bash", "javascript", "octave", "sage", "scala", "sql", "stata", "xcpp")
"""What names of kernels for other languages begin with."""


@dataclass(frozen=True, slots=True)
class Language:
    """A notebook's language: ``python``, ``R``, ``julia``, or another by the kernel's own name.

    ``python``: the Python that the notebook says it is for, 2 or 3; None if it does not say.
    """

    name: str
    python: Literal[2, 3] | None = None

    @property
    def is_python(self) -> bool:
        """Whether its code cells are Python."""
        return self.name == "python"

    @property
    def kernel(self) -> tuple[str, str] | None:
        """Name and display name of Colab's kernel; None if Colab has none."""
        return _COLAB_KERNELS.get(self.name)


def language_of(document: Document) -> Language:
    """The language of a notebook; one that says nothing of it is in Python, as Colab takes it."""
    spec = _table(document.metadata.get("kernelspec"))
    info = _table(document.metadata.get("language_info"))
    said = str(spec.get("language") or info.get("name") or _by_name(str(spec.get("name", ""))))
    known = said.lower().rstrip(_VERSION)  # Spyder's kernel is for "python3"
    name = _SPELLINGS.get(known, said) if said else "python"
    return Language(name, _python(spec, info) if name == "python" else None)


def kernelspec_is_known(document: Document, language: Language) -> bool:
    """Whether Colab knows the kernelspec's name; it warns of others (colabtools#1816)."""
    spec = document.metadata.get("kernelspec")
    if spec is None or language.kernel is None:
        return True
    return _table(spec).get("name") == language.kernel[0]


def _by_name(name: str) -> str:
    """The language of a kernel that says nothing but its name; empty for one that could be Python's."""
    if name == "ir":
        return "R"
    return next((language for language in _OTHERS if name.lower().startswith(language)), "")


def _python(spec: dict[str, object], info: dict[str, object]) -> Literal[2, 3] | None:
    """The Python that the kernel's name or version speaks of."""
    name, version = str(spec.get("name", "")), str(info.get("version", ""))
    language = str(spec.get("language", "")).lower().replace(" ", "")
    if "python2" in (name[:7], language[:7]) or version.startswith("2."):
        return 2
    return 3 if version.startswith("3.") or name.startswith("python3") else None


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}
