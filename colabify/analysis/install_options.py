"""The options of the programs that install which take a value: the next word, if they have no ``=``.

Those of pip 24.1 (pip.pypa.io/en/stable/cli/pip_install), uv, conda and apt.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Valued:
    """The options of a program that take a value: their ``letters``, and their ``long`` names."""

    letters: str
    long: frozenset[str]


PIP = Valued(
    "CPbcefiprt",
    frozenset(
        {
            "abi", "build", "build-option", "cache-dir", "cert", "client-cert", "config-setting",
            "config-settings", "constraint", "default-index", "default-timeout", "editable",
            "exists-action", "extra-index-url", "find-links", "global-option", "implementation",
            "index", "index-url", "install-option", "keyring-provider", "link-mode", "log", "log-file",
            "no-binary", "no-binary-package", "only-binary", "platform", "prefix", "prerelease",
            "progress-bar", "proxy", "pypi-url", "python", "python-version", "reinstall-package",
            "report", "requirement", "resolution", "retries", "root", "root-user-action", "src",
            "target", "timeout", "trusted-host", "upgrade-package", "upgrade-strategy",
            "use-deprecated", "use-feature",
        }
    ),
)  # fmt: skip
"""Of pip and of ``uv pip``."""
CONDA = Valued(
    "cfnp",
    frozenset(
        {
            "channel", "experimental-solver", "file", "name", "pinned-package", "platform", "prefix",
            "repodata-fn", "revision", "solver", "subdir",
        }
    ),
)  # fmt: skip
APT = Valued("acot", frozenset({"config-file", "option", "target-release"}))
