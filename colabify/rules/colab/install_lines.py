"""Colab has no conda, and its kernel sees packages of ``pip install --user`` only after a restart.

``conda`` is not among Colab's commands, and ``%conda`` raises there ("not a conda environment"). ``%pip``
installs into the environment that the kernel runs in, a conda environment at home included. ``--user``
installs into ``/root/.local``, which is on the path only if it was there when the kernel started; where
pip may not write into the environment, it installs for the user by itself (since pip 20).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.colab.magics import with_sign
from colabify.runtime import BUILT_FOR_THE_MACHINE, LOADED, normalised_name
from colabify.shell_line import split_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packaging.requirements import Requirement

    from colabify.escapes import Escape
    from colabify.rules.context import Context
    from colabify.runtime import Runtime
    from colabify.shell_line import Word

_CONDAS = frozenset({"conda", "mamba", "micromamba"})
_QUIET = frozenset({"-q", "--quiet"})
_DROPPED = frozenset({"-y", "--yes", "--override-channels"})
_OF_CHANNELS = frozenset({"-c", "--channel"})
_OF_PREFIXES = frozenset({"-p", "--prefix"})
_INSTALLS = "it installs something"
_PLAIN = "-_.="
"""What a requirement may hold beside letters and digits without being quoted."""


class CondaInstall(Rule):
    """Install with ``%pip`` what ``conda install`` would, where PyPI is known to have all of it.

    The version is put into pip's terms: ``x=1.2`` becomes ``x==1.2.*``. A line is left alone if it does
    anything else, names a package that is not known to be on PyPI, or wants another version of one that
    Colab has.
    """

    code = "COL211"
    name = "conda-install"
    of_library = False
    examples = (
        Example("!conda install -y networkx\n", "%pip install networkx\n", not_run=_INSTALLS),
        Example("%conda install -c conda-forge -q gensim=4.3 opencv\n",
                '%pip install -q "gensim==4.3.*" opencv-python\n', not_run=_INSTALLS),
        Example("import sys\n!conda install --yes --prefix {sys.prefix} 'scipy>=1.2'\n",
                "import sys\n%pip install 'scipy>=1.2'\n", not_run=_INSTALLS),
        Example("!mamba install -c conda-forge -y networkx\n", "%pip install networkx\n",
                not_run=_INSTALLS),
        Example("!conda install -y networkx && python build.py\n"),
        Example("!conda install -y a_package_that_nobody_knows\n"),
        Example("!conda install -y networkx cudatoolkit\n"),
        Example("!conda install -y numpy=1.19\n"),
        Example("!conda install -n other networkx\n"),
        Example("!conda install --file requirements.txt\n"),
        Example("!conda install -y {package}\n"),
        Example("!conda create -n course networkx\n"),
        Example("!conda list\n"),
        Example("# !conda install networkx\n"),
        Example("!echo conda install networkx\n"),
    )  # fmt: skip

    def check_escape(self, escape: Escape, context: Context) -> Remedy | None:
        """A line that is one ``conda install`` as the ``%pip install`` that does the same."""
        indent, line = _parts(escape)
        if escape.kind == "%" and escape.name not in _CONDAS:
            return None
        command = _only_command(line)
        if len(command) < 3 or command[0].text not in _CONDAS or command[1].text != "install":
            return None
        words = _as_pips(command[2:], line, context.runtime)
        return Remedy(f"{indent}%pip install {' '.join(words)}") if words else None


class PipUser(Rule):
    """Leave ``--user`` out of ``pip install``, so that the kernel sees what is installed.

    Not where it would replace what the kernel has loaded, nor where it is not known what is installed.
    """

    code = "COL212"
    name = "pip-user"
    of_library = False
    examples = (
        Example("!pip install --user networkx\n", "!pip install networkx\n", not_run=_INSTALLS),
        Example("%pip install -q 'a>1'  --user\n", "%pip install -q 'a>1'\n", not_run=_INSTALLS),
        Example("pip install --user networkx\n", "%pip install networkx\n", not_run=_INSTALLS),
        Example("import sys\n!{sys.executable} -m pip install --user a && echo done\n",
                "import sys\n!{sys.executable} -m pip install a && echo done\n", not_run=_INSTALLS),
        Example("!pip install networkx\n"),
        Example("!echo pip install --user networkx\n"),
        Example("!pip install --user --target lib networkx\n"),
        Example("!pip install --user --upgrade numpy\n"),
        Example("!pip install --user -r requirements.txt\n"),
        Example("!pip list --user\n"),
        Example("!python setup.py install --user\n"),
        Example("!git config --user x\n"),
    )  # fmt: skip

    def check_escape(self, escape: Escape, context: Context) -> Remedy | None:
        """The line without the words ``--user`` of its ``pip install`` commands."""
        _, line = _parts(escape)
        if escape.kind == "%" and escape.name != "pip":
            return None
        shorter = line
        for command in reversed(split_line(line) or []):
            if _is_of_user(command, context.runtime):
                for word in reversed(command):
                    if line[word.start : word.end] == "--user":
                        shorter = shorter[: word.start].rstrip(" \t") + shorter[word.end :]
        new = escape.raw.removesuffix(line) + shorter
        return Remedy(with_sign(escape, new)) if shorter != line else None


def _parts(escape: Escape) -> tuple[str, str]:
    """The indent and the command of a line; no command if it is no line of its own."""
    raw = escape.raw
    bare = raw.lstrip()
    if escape.assigned or "\n" in raw or escape.kind not in ("!", "%"):
        return "", ""
    return raw[: len(raw) - len(bare)], bare.removeprefix(escape.kind)


def _only_command(line: str) -> list[Word]:
    """The words of a line that is one command and nothing else, no comment and no redirection either."""
    commands = split_line(line) or []
    if len(commands) != 1:
        return []
    end, between = 0, []
    for word in commands[0]:
        between.append(line[end : word.start])
        end = word.end
    return [] if "".join([*between, line[end:]]).strip() else commands[0]


def _as_pips(words: Sequence[Word], line: str, runtime: Runtime) -> list[str]:
    """The arguments of ``conda install`` as those of ``pip install``; none if one has no equivalent."""
    options: list[str] = []
    named: list[str] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        option, equals, value = word.text.partition("=")
        if word.text in ("-yq", "-qy"):
            options.append("-q")
        elif option in _OF_CHANNELS | _OF_PREFIXES:
            value = value if equals else (waiting.pop(0).text if waiting else "")
            if option in _OF_PREFIXES and value != "{sys.prefix}":
                return []
        elif word.text in _QUIET:
            options.append(word.text)
        elif word.text not in _DROPPED:
            requirement = _of_conda(word)
            if requirement is None or not _is_kept(requirement, runtime):
                return []
            text = str(requirement)
            named.append(line[word.start : word.end] if text == word.text else _quoted(text))
    return [*options, *named] if named else []


def _of_conda(word: Word) -> Requirement | None:
    """The requirement that a package of conda's is to pip; None if that is not known for sure."""
    from colabify.requirements.conda_spec import declare_spec

    if word.text.startswith("-") or not word.known:
        return None
    reading = declare_spec(word.text, "", None)
    if len(reading.declared) != 1 or reading.problems:
        return None
    return reading.declared[0].requirement


def _quoted(text: str) -> str:
    return text if all(char.isalnum() or char in _PLAIN for char in text) else f'"{text}"'


def _is_of_user(command: Sequence[Word], runtime: Runtime) -> bool:
    """Whether it is ``pip install --user`` of names alone, and replaces none that Colab has to keep."""
    from colabify.analysis.installs import read_install

    line = read_install(command, 0)
    if line is None or line.tool != "pip" or not line.user or line.target:
        return False
    if line.files or line.editables or line.others:
        return False
    return all(
        normalised_name(one.name) not in LOADED | BUILT_FOR_THE_MACHINE
        or (not line.upgrade and _is_kept(one, runtime))
        for one in line.requirements
    )


def _is_kept(requirement: Requirement, runtime: Runtime) -> bool:
    """Whether pip leaves a distribution that the runtime has as it is; so too if the runtime lacks it."""
    if not runtime.has(requirement.name):
        return True
    version = runtime.version(requirement.name)
    if version is None or requirement.url:
        return not requirement.specifier and not requirement.url
    return requirement.specifier.contains(version, prereleases=True)
