"""The options that a line of pip's requirement file may have, and which of them say what is needed.

They are those of pip.pypa.io/en/stable/reference/requirements-file-format, read with the parser that
pip itself uses.
"""

from __future__ import annotations

import optparse
import shlex
from dataclasses import dataclass
from functools import cache
from typing import NoReturn

from colabify.requirements.indexes import is_mirror

_WITHOUT_VALUE = (
    *("--pre", "--prefer-binary", "--require-hashes", "--no-index"),
    *("--use-pep517", "--no-use-pep517", "--process-dependency-links"),
)
_WITH_VALUE = (
    *("--no-binary", "--only-binary", "--use-feature", "--trusted-host", "--hash"),
    *("--global-option", "--install-option", "--config-settings"),
)


@dataclass(frozen=True, slots=True)
class Options:
    """What the options of one line ask for; ``indexes`` are addresses of places other than PyPI."""

    requirements: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    editables: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()


class BadOption(ValueError):
    """A line of options that pip would not read; the message says why."""


def parse_options(line: str) -> Options:
    """The options of a line that begins with ``-``.

    Raises:
        BadOption: pip would not read it.

    """
    try:
        found, words = _parser().parse_args(shlex.split(line))
    except ValueError as error:  # no closing quotation mark, or BadOption
        raise BadOption(str(error)) from None
    if words:
        raise BadOption(f"{words[0]} belongs to no option")
    indexes = [*(found.index or ()), *(found.extra or ()), *(found.links or ())]
    return Options(
        tuple(found.requirements or ()),
        tuple(found.constraints or ()),
        tuple(found.editables or ()),
        tuple(one for one in indexes if not is_mirror(one)),
    )


class _Parser(optparse.OptionParser):
    def error(self, msg: str) -> NoReturn:
        raise BadOption(msg)


@cache
def _parser() -> _Parser:
    parser = _Parser(add_help_option=False, usage=optparse.SUPPRESS_USAGE)
    for name, options in (
        ("requirements", ("-r", "--requirement")),
        ("constraints", ("-c", "--constraint")),
        ("editables", ("-e", "--editable")),
        ("index", ("-i", "--index-url", "--pypi-url")),
        ("extra", ("--extra-index-url",)),
        ("links", ("-f", "--find-links")),
        ("ignored", _WITH_VALUE),
    ):
        parser.add_option(*options, dest=name, action="append")
    parser.add_option(*_WITHOUT_VALUE, dest="flags", action="append_const", const=True)
    return parser
