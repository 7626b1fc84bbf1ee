"""What shell commands make, as far as their words say it: a table of programs, each with its reader."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from colabify.analysis.command_words import OF_IPYTHON, read_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from colabify.shell_line import Command, Word

_HARMLESS = frozenset(
    {"[", "[[", "alias", "apt", "apt-get", "awk", "basename", "case", "cat", "cd", "chmod", "chown",
     "clear", "conda", "cut", "date", "deactivate", "df", "diff", "dirname", "done", "dpkg", "du",
     "echo", "env", "esac", "exit", "export", "false", "fi", "file", "for", "free", "function", "grep",
     "head", "hostname", "id", "in", "java", "kill", "less", "ls", "lscpu", "lsb_release", "mamba",
     "md5sum", "more", "nproc", "nvcc", "nvidia-smi", "pip", "pip2", "pip3", "pkill", "printf", "ps",
     "pwd", "read", "return", "rm", "rmdir", "sed", "seq", "set", "sha256sum", "shift", "sleep", "sort",
     "stat", "tail", "test", "top", "tr", "tree", "true", "type", "ulimit", "uname", "uniq", "unset",
     "uptime", "uv", "wc", "which", "whoami", "zcat"}
)  # fmt: skip
"""Commands that bring no files, unless their output is redirected."""
_HARMLESS_MODULES = frozenset(
    {"http.server", "nltk", "nltk.downloader", "pip", "spacy", "timeit", "venv"}
)
_GIT_BRINGS = frozenset({"am", "apply", "checkout", "lfs", "merge", "pull", "rebase", "reset", "restore",
                         "stash", "submodule", "switch", "worktree"})  # fmt: skip
_DEVICES = frozenset({"/dev/null", "/dev/stdout", "/dev/stderr", "/dev/tty"})
_PACKED = (".gz", ".bz2", ".xz", ".lzma", ".Z", ".zst")


@dataclass(frozen=True, slots=True)
class Making:
    """Something that is made: ``text`` is its path as the code says it, None if that is not known.

    ``done`` says in words what happens to it. ``pattern`` is what an unknown path is like. ``script`` is
    the path, as the code says it, of a file that is run and makes something; empty if there is none.
    """

    done: str
    text: str | None = None
    pattern: str = "*"
    script: str = ""


def made_by_command(command: Command) -> list[Making]:
    """What ``command`` makes, and what it writes by redirection."""
    made = [
        Making("writes", one.target.text if one.target.known else None)
        for one in command.redirections
        if one.writes and not (one.target.text.isdigit() or one.target.text in _DEVICES)
    ]
    if any(">" in word.text and not word.known for word in command.words):
        made.append(Making("may write"))
    texts = command.texts
    program = posixpath.basename(texts[0])
    if program in _READERS:
        return made + _READERS[program](command.words[1:])
    quiet = program in _HARMLESS or (program == "find" and "-exec" not in texts)
    script = texts[0] if "/" in texts[0] else ""
    return made if quiet else [*made, Making(f"runs {program}", script=script)]


def _known(word: Word) -> str | None:
    return word.text if word.known else None


def _in(folder: str | None, name: str | None) -> str | None:
    """``name`` in ``folder``; where only the folder is known, that: something is made in it."""
    if folder is None:
        return None
    return posixpath.join(folder, name) if name is not None else folder or None


def _name_in_url(word: Word) -> str | None:
    if not word.known:
        return None
    parts = urlsplit(word.text)
    query = f"?{parts.query}" if parts.query else ""
    return (posixpath.basename(parts.path) or "index.html") + query


def _wget(words: Iterable[Word]) -> list[Making]:
    found = read_options(words, "OPaoiUTtQwelDAR", pairs="n")
    if found.has("O", "output-document"):
        text = found.value("O", "output-document")
        return [] if text == "-" else [Making("downloads", text)]
    if found.has("i", "input-file", "r", "recursive", "m", "mirror") or not found.operands:
        return [Making("downloads")] if found.operands or found.has("i", "input-file") else []
    folder = found.value("P", "directory-prefix", default="")
    return [Making("downloads", _in(folder, _name_in_url(one))) for one in found.operands]


def _curl(words: Iterable[Word]) -> list[Making]:
    found = read_options(words, "oXHduAbceFKmTwxyYzECrtQPU")
    folder = found.value("output-dir", default="")
    made = [Making("downloads", _in(folder, _known(one))) for one in found.all("o", "output")]
    if found.has("O", "remote-name", "remote-name-all", "J", "remote-header-name"):
        made += [Making("downloads", _in(folder, _name_in_url(one))) for one in found.operands]
    return [one for one in made if one.text != "-"]


def _gdown(words: Iterable[Word]) -> list[Making]:
    found = read_options(words, "O", long=("id",))
    return [Making("downloads", found.value("O", "output"))]


def _kaggle(words: Iterable[Word]) -> list[Making]:
    found = read_options(words, "pdcfow")
    loads = "download" in [one.text for one in found.operands]
    return [Making("downloads", found.value("p", "path", default="."))] if loads else []


def _unzip(words: Iterable[Word]) -> list[Making]:
    found = read_options(words, "dP")
    shows = found.has("l", "t", "p", "v", "Z")
    return [] if shows else [Making("unpacks", found.value("d", default="."))]


def _tar(words: Iterable[Word]) -> list[Making]:
    every = list(words)
    if every and not every[0].text.startswith("-"):  # tar xfz a.tgz: what f takes stands behind
        letters = every[0].text
        every[0] = type(every[0])("-" + letters.replace("f", "") + "f" * ("f" in letters))
    found = read_options(
        every, "fCTXbHLgN", long=("directory", "file", "strip-components", "exclude")
    )
    if found.has("x", "extract", "get"):
        return [Making("unpacks", found.value("C", "directory", default="."))]
    return [Making("packs", found.value("f", "file"))] if found.has("c", "create") else []


def _gunzip(words: Iterable[Word]) -> list[Making]:
    found = read_options(words, "S")
    if found.has("c", "stdout", "t", "l"):
        return []
    texts = [_known(one) for one in found.operands]
    return [Making("unpacks", _unpacked(text) if text else None) for text in texts]


def _unpacked(text: str) -> str:
    stem, ending = posixpath.splitext(text)
    return stem if ending in _PACKED else text


def _gzip(words: Iterable[Word]) -> list[Making]:
    every = list(words)
    found = read_options(every, "S")
    if found.has("d", "decompress"):
        return _gunzip(every)
    texts = [_known(one) for one in found.operands]
    return [] if found.has("c") else [Making("packs", text and f"{text}.gz") for text in texts]


def _seven_zip(words: Iterable[Word]) -> list[Making]:
    found = read_options(words, "o")
    first = found.operands[0].text if found.operands else ""
    if first in ("x", "e"):
        return [Making("unpacks", found.value("o", default="."))]
    return [Making("packs", _known(one)) for one in found.operands[1:2]] if first == "a" else []


def _unrar(words: Iterable[Word]) -> list[Making]:
    found = read_options(words, "")
    if not found.operands or found.operands[0].text not in ("x", "e"):
        return []
    last = found.operands[-1]
    return [Making("unpacks", _known(last) if last.text.endswith("/") else ".")]


def _zip(words: Iterable[Word]) -> list[Making]:
    return [Making("packs", _known(one)) for one in read_options(words, "x").operands[:1]]


def _git(words: Iterable[Word]) -> list[Making]:
    found = read_options(words, "bcojuC", long=("branch", "depth", "origin", "config"))
    first = found.operands[0].text if found.operands else ""
    if first != "clone":
        return [Making(f"runs git {first}")] if first in _GIT_BRINGS else []
    cloned = found.operands[1:3]
    text = _known(cloned[-1]) if cloned and not found.has("C") else None
    if text is not None and len(cloned) == 1:
        text = posixpath.basename(text.rstrip("/")).removesuffix(".git")
    return [Making("clones", text or None)]


def _copy(words: Iterable[Word]) -> list[Making]:
    found = read_options(words, "tSeg", long=("target-directory",))
    every = [*found.operands, *found.all("t", "target-directory")]
    if len(every) < 2:
        return []
    *sources, target = every
    folder = _known(target)
    if folder is None:
        return [Making("copies")]
    inside = [Making("copies", _in(folder, _copied(one))) for one in sources]
    return [Making("copies", folder), *inside] if folder.strip("./") else inside


def _copied(source: Word) -> str | None:
    """The name of a copy in its folder; None where it is not known, or there are many."""
    known = source.known and not set(source.text) & set("*?[")
    return posixpath.basename(source.text.rstrip("/")) if known else None


def _named(done: str, valued: str = "") -> Callable[[Iterable[Word]], list[Making]]:
    """A reader for a program whose operands are what it makes."""
    return lambda words: [Making(done, _known(one)) for one in read_options(words, valued).operands]


def _ffmpeg(words: Iterable[Word]) -> list[Making]:
    return [Making("writes", _known(one)) for one in list(words)[-1:]]


def _python(words: Iterable[Word]) -> list[Making]:
    every = [one.text for one in words]
    if every[:1] == ["-m"] and every[1:2] and every[1] in _HARMLESS_MODULES:
        return []
    if not every or every[0] in ("-V", "--version", "-h", "--help"):
        return []
    script = next((one for one in every if not one.startswith("-")), "")
    module = f"{script.replace('.', '/')}.py" if every[0] == "-m" else script
    return [Making(f"runs {script or 'Python'}", script=module)]


def _ipython(words: Iterable[Word]) -> list[Making]:
    every = list(words)
    return [] if every and every[0].text in OF_IPYTHON - {"nbconvert"} else _python(every)


def _shell(words: Iterable[Word]) -> list[Making]:
    script = [one.text for one in read_options(words, "").operands[:1]]
    return [Making(f"runs {one}", script=one) for one in script] or [Making("runs a shell")]


_READERS: dict[str, Callable[[Iterable[Word]], list[Making]]] = {
    "wget": _wget, "curl": _curl, "gdown": _gdown, "kaggle": _kaggle, "unzip": _unzip, "tar": _tar,
    "gunzip": _gunzip, "bunzip2": _gunzip, "unxz": _gunzip, "uncompress": _gunzip, "gzip": _gzip,
    "7z": _seven_zip, "7za": _seven_zip, "7zr": _seven_zip, "unrar": _unrar, "zip": _zip, "git": _git,
    **dict.fromkeys(("cp", "mv", "ln", "rsync", "install"), _copy),
    "mkdir": _named("makes the folder", "m"), "touch": _named("writes", "drt"),
    "tee": _named("writes"), "ffmpeg": _ffmpeg,
    **dict.fromkeys(("python", "python2", "python3"), _python), "ipython": _ipython,
    **dict.fromkeys(("bash", "sh", "zsh", "source", "."), _shell),
}  # fmt: skip
