"""The arguments of a command that installs: its options apart from what it installs.

Options are those of pip 24.1 (pip.pypa.io/en/stable/cli/pip_install), uv, conda and apt.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from colabify.shell_line import Word

PIP = frozenset(
    {
        "-c", "--constraint", "-r", "--requirement", "-e", "--editable", "-t", "--target", "--platform",
        "--python-version", "--implementation", "--abi", "--root", "--prefix", "--src",
        "--upgrade-strategy", "-C", "--config-settings", "--config-setting", "--global-option",
        "--build-option", "--install-option", "--no-binary", "--only-binary", "--progress-bar",
        "--root-user-action", "--report", "-i", "--index-url", "--pypi-url", "--extra-index-url", "-f",
        "--find-links", "--python", "-p", "--log", "--log-file", "--proxy", "--retries", "--timeout",
        "--default-timeout", "--exists-action", "--trusted-host", "--cert", "--client-cert",
        "--cache-dir", "--use-feature", "--use-deprecated", "--keyring-provider", "-b", "--build",
        "--index", "--default-index", "-P", "--upgrade-package", "--reinstall-package",
        "--no-binary-package", "--link-mode", "--resolution", "--prerelease",
    }
)  # fmt: skip
"""The options of pip and uv that take a value."""
CONDA = frozenset(
    {
        "-n", "--name", "-p", "--prefix", "-c", "--channel", "--file", "-f", "--revision", "--solver",
        "--experimental-solver", "--repodata-fn", "--subdir", "--platform", "--pinned-package",
    }
)  # fmt: skip
"""Those of conda."""
APT = frozenset({"-o", "--option", "-t", "--target-release", "-c", "--config-file", "-a"})
"""Those of apt."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a command: what stands by itself, and its options with their values."""

    words: list[Word] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)

    def has(self, names: frozenset[str]) -> bool:
        """Whether one of the options ``names`` is given."""
        return any(name in names for name, _ in self.options)

    def values(self, names: frozenset[str]) -> tuple[str, ...]:
        """What the options ``names`` are given, in the order of the command."""
        return tuple(value for name, value in self.options if name in names)


def read_arguments(words: Sequence[Word], with_value: frozenset[str]) -> Arguments:
    """Options apart from the rest; ``-qU`` is two, and ``-rfile`` and ``--file=x`` hold their value."""
    found = Arguments()
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        text = word.text
        if not text.startswith("-") or text == "-":
            found.words.append(word)
        elif text.startswith("--"):
            name, equals, value = text.partition("=")
            if not equals and name in with_value and waiting:
                value = waiting.pop(0).text
            found.options.append((name, value))
        else:
            found.options.extend(_short_options(text, with_value, waiting))
    return found


def _short_options(
    text: str, with_value: frozenset[str], waiting: list[Word]
) -> Iterator[tuple[str, str]]:
    """The options of ``-qU``; the value of the last may be the next of the words that are ``waiting``."""
    for index, letter in enumerate(text[1:], 2):
        name, value = f"-{letter}", text[index:]
        if name in with_value:
            yield name, value or (waiting.pop(0).text if waiting else "")
            return
        yield name, ""
