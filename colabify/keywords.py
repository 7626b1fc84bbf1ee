"""Settings as Python programs give them: by keyword, above those of the configuration file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

from colabify.settings import ConfigError, Settings, from_table, load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


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
) -> Settings:
    """The settings ``given`` by name, above those of ``config`` or of the file nearest to the notebook.

    ``said_in`` is who gives them, for errors. A notebook that stands nowhere (``path`` is None) has no
    nearest file.

    Raises:
        ConfigError: a name is unknown, or a value cannot be used; here or in the file.
        UnknownRuntime: there is no list of the runtime.

    """
    from colabify.files import folder_of

    table = {name.replace("_", "-"): _as_toml(value) for name, value in given.items()}
    parsed = from_table(table, said_in)
    flags = {name: getattr(parsed, name) for name in given}
    start, settings = path or config, parsed
    if start is not None:
        settings = load_settings(folder_of(start), config=config, flags=flags)
    check_settings(settings)
    return settings


def check_settings(settings: Settings) -> None:
    """Refuse what no notebook could be ported with, before any is read.

    Raises:
        ConfigError: no code begins as ``select`` or ``ignore`` say.
        UnknownRuntime: there is no list of the runtime.

    """
    from colabify.metadata import check_runtime

    check_runtime(settings)
    if settings.select or settings.ignore:
        from colabify.explain import unknown_codes

        for code in unknown_codes((*settings.select, *settings.ignore)):
            raise ConfigError(f"no code begins with {code!r}; colabify --list-rules lists them")


def _as_toml(value: Any) -> Any:
    return list(value) if isinstance(value, tuple | set | frozenset) else value
