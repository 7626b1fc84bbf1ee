"""Settings: one frozen value, from ``[tool.colabify]`` and the command line."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from colabify.errors import ColabifyError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from colabify.supply import Supply

ACCELERATORS = ("auto", "none", "GPU", "T4", "L4", "A100", "H100", "TPU", "V5E1", "V6E1")
T = TypeVar("T")


class ConfigError(ColabifyError):
    """A configuration that cannot be used; the message names the file and the key.

    ``place`` is the file, with the line if that is known; ``text`` says what is wrong.
    """

    def __init__(self, text: str, place: str = "") -> None:
        super().__init__(f"{place}: {text}" if place else text)
        self.place, self.text = place, text


def _setting(default: T, said: str, choices: tuple[str, ...] = ()) -> T:
    """A field with what it means and, if there are but a few, the values that it may have."""
    return field(default=default, metadata={"help": said, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person can decide. A key of ``[tool.colabify]`` is a field's name with ``-`` for ``_``.

    What each means is said once, here: flags and traits show the same text.
    """

    repo: str = _setting("", "address of what Colab clones (default: git's remote)")
    ref: str = _setting(
        "", "branch or tag that Colab clones (default: the current branch, or the remote's default)"
    )
    accelerator: str = _setting("auto", "default: auto, what the code says", ACCELERATORS)
    runtime: str = _setting(
        "auto", "latest, one such as 2025.07, or auto (default): what the notebook asks for"
    )
    select: tuple[str, ...] = _setting((), "only these codes, or beginnings of codes")
    ignore: tuple[str, ...] = _setting((), "not these codes, or beginnings of codes")
    unsafe_fixes: bool = _setting(
        False, "rewrite also what only a person can judge; look at the diff"
    )
    compat: str = _setting(
        "rewrite",
        "rewrite what libraries have dropped (default), or provide it on Colab: shim",
        ("rewrite", "shim"),
    )
    run_setup_first: bool = _setting(
        True, "let Colab run the setup cell by itself before whatever a student runs first"
    )
    requirements: tuple[str, ...] = _setting(
        (), "requirement files that count, below the repository's root (default: the nearest)"
    )
    pins: str = _setting(
        "keep",
        "keep what Colab has loaded or was built for (default), or replace it: strict",
        ("keep", "strict"),
    )
    online: bool = _setting(
        False, "ask the package index which versions install, not only the packed table"
    )
    paths: str = _setting(
        "keep",
        "keep what works on Colab (default), or make all absolute, for copies meant for Colab alone",
        ("keep", "absolute"),
    )
    modules: bool = _setting(True, "mend local modules in the folders that were given, too")
    markdown: str = _setting(
        "rewrite",
        "rewrite relative images and links (default), or keep them",
        ("rewrite", "keep"),
    )
    private: bool = _setting(
        False, "the repository is private: put images into the notebook instead of linking them"
    )
    source: str = _setting(
        "clone",
        "where Colab has the course's files from: clone (default), drive, or upload",
        ("clone", "drive", "upload"),
    )
    drive_folder: str = _setting(
        "",
        "the course's folder below MyDrive, for source drive (default: the repository's name)",
    )
    clone: str = _setting(
        "auto",
        "how to clone (default: auto, sparse if it is large)",
        ("auto", "full", "shallow", "sparse"),
    )
    persist: str = _setting(
        "none",
        "how what the notebook writes is kept: none (default), drive, download, or git",
        ("none", "drive", "download", "git"),
    )
    data: Mapping[str, Supply] = field(
        default_factory=dict,
        metadata={"help": "what brings data that git does not hold, by its path below the root"},
    )
    distributions: Mapping[str, str] = field(
        default_factory=dict,
        metadata={"help": "import name to what pip is asked for, where colabify cannot know it"},
    )

    def allows(self, code: str) -> bool:
        """Whether findings and rewrites of ``code`` are wanted."""
        if self.ignore and code.startswith(self.ignore):
            return False
        return not self.select or code.startswith(self.select)


HELP: Mapping[str, str] = {one.name: one.metadata["help"] for one in fields(Settings)}
"""What each setting means."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    one.name: one.metadata["choices"] for one in fields(Settings) if one.metadata.get("choices")
}
"""The values of those settings that have but a few."""


def accelerator_named(text: str) -> str:
    """The accelerator of that name, whatever its case; the text itself if there is none."""
    return next((one for one in ACCELERATORS if one.lower() == text.lower()), text)


def from_table(table: Mapping[str, Any], source: str) -> Settings:
    """The settings of a table by keys; ``source`` names it in errors.

    Raises:
        ConfigError: an unknown key (with what was probably meant) or a value that cannot be used.

    """
    from colabify.config.values import WrongSetting, read_values

    try:
        return Settings(**read_values(table))
    except WrongSetting as error:
        raise ConfigError(f"{source}: {error}") from None
