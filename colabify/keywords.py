"""Settings as Python programs give them: by keyword, above those of the configuration file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

from colabify.settings import Settings, from_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from colabify.config.configuration import Configuration


class Keywords(TypedDict, total=False):
    """The settings, for type checkers: names and values as in ``[tool.colabify]``, with ``_`` for ``-``."""

    repo: str
    ref: str
    accelerator: Literal[
        "auto", "none", "GPU", "T4", "L4", "A100", "H100", "TPU", "V5E1", "V6E1"
    ]  # fmt: skip
    runtime: str
    select: Sequence[str]
    ignore: Sequence[str]
    unsafe_fixes: bool
    compat: Literal["rewrite", "shim"]
    run_setup_first: bool
    requirements: Sequence[str]
    pins: Literal["keep", "strict"]
    online: bool
    paths: Literal["keep", "absolute"]
    modules: bool
    markdown: Literal["rewrite", "keep"]
    private: bool
    source: Literal["clone", "drive", "upload"]
    drive_folder: str
    clone: Literal["auto", "full", "shallow", "sparse"]
    persist: Literal["none", "drive", "download", "git"]
    data: Mapping[str, Mapping[str, Any]]
    distributions: Mapping[str, str]


def settings_of(
    given: Mapping[str, Any], said_in: str, path: Path | None, config: Path | None = None
) -> Settings | Configuration:
    """The settings ``given`` by name, above those of ``config`` or of the file nearest to the notebook.

    What comes out is for :class:`~colabify.courses.Courses`, which asks for the notebook's modules, too.

    ``said_in`` is who gives them, for errors. A notebook that stands nowhere (``path`` is None) has no
    nearest file.

    Raises:
        ConfigError: a name is unknown, or a value cannot be used; here or in the file.

    """
    from colabify.config.configuration import Configuration

    table = {name.replace("_", "-"): _as_toml(value) for name, value in given.items()}
    parsed = from_table(table, said_in)
    flags = {name: getattr(parsed, name) for name in given}
    if path is None and config is None:
        return parsed
    configuration = Configuration(flags, config)
    configuration.of(path)  # what is wrong is said now
    return configuration


def _as_toml(value: Any) -> Any:
    return list(value) if isinstance(value, tuple | set | frozenset) else value
