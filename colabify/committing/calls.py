"""Calls of git that may fail: what it said comes out, for us to judge.

Reading runs no program that the repository's configuration names; committing and pushing run its hooks.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from colabify.repository import NO_GIT, GitUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import git

_NO_PROGRAMS = ["core.fsmonitor=false", "core.hooksPath=/dev/null"]
_SAYS_LITTLE = "failed to write commit object"
_WORDS = {"LC_ALL": "C.UTF-8"}
"""Git speaks English, and hooks may still print what is not ASCII."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a call of git ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def ok(self) -> bool:
        """Whether git did what it was asked."""
        return self.code == 0

    @property
    def both(self) -> str:
        """All that was written: hooks use either stream."""
        return "\n".join(part for part in (self.out.strip(), self.err.strip()) if part)

    @property
    def line(self) -> str:
        """The line that tells most: git's own error, what failed among several hooks, or the last one."""
        lines = [one.strip() for one in self.both.splitlines() if one.strip()]
        own = [one for kind in ("fatal: ", "error: ") for one in lines if one.startswith(kind)]
        own = [one for one in own if not one.endswith(_SAYS_LITTLE)]
        own += [one for one in lines if one.endswith("Failed")]  # as pre-commit has it
        line = own[0] if own else next(reversed(lines), "it said nothing")
        return line.removeprefix("fatal: ").removeprefix("error: ")


def call(
    repository: git.Repo,
    command: str,
    *words: str,
    hooks: bool = False,
    given: bytes | None = None,
    env: dict[str, str] | None = None,
) -> Said:
    """What came of ``git command words``; ``given`` is what it reads. ``hooks`` says that they may run.

    Raises:
        GitUnavailable: there is no git program.

    """
    import git

    options = {"c": ["core.fsmonitor=false"] if hooks else _NO_PROGRAMS}
    run = getattr(repository.git(**options, no_optional_locks=True), command)
    with tempfile.TemporaryFile() as file:
        if given is not None:
            file.write(given)
            file.seek(0)
        try:
            code, out, err = run(
                *words, with_extended_output=True, with_exceptions=False,
                strip_newline_in_stdout=False, env={**_WORDS, **(env or {})},
                **({} if given is None else {"istream": file}),
            )  # fmt: skip
        except git.GitCommandNotFound:
            raise GitUnavailable(NO_GIT) from None
    return Said(code, str(out), str(err))


def tell(repository: git.Repo, command: str, *words: str, given: bytes | None = None) -> str:
    """What git says to a call that has to succeed, less the end of its last line.

    Raises:
        GitUnavailable: it failed; the message has git's own line.

    """
    said = call(repository, command, *words, given=given)
    if not said.ok:
        raise GitUnavailable(f"git {command.replace('_', '-')} failed: {said.line}")
    return said.out.removesuffix("\n")


@contextmanager
def listed(names: Iterable[str]) -> Iterator[list[str]]:
    """The words that hand git the files of these names, below the root, however odd and many they are."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "names")
        text = "\0".join(f":(top,literal){name}" for name in names)
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        yield [f"--pathspec-from-file={file}", "--pathspec-file-nul"]
