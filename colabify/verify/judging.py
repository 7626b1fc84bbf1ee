"""Why a cell failed, in a sentence; which earlier cell it follows from; which findings foresaw it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from colabify.findings import Finding
    from colabify.program import CodeCell
    from colabify.verify.kernel import Failure

ASKS = "StdinNotImplementedError"
_NAME = re.compile(r"name '(\w+)' is not defined")
_MODULE = re.compile(r"No module named '([\w.]+)'")
_FROM = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")
_ATTRIBUTE = re.compile(
    r"(?:module '([\w.]+)'|'(\w+)' object|type object '(\w+)') has no attribute '(\w+)'"
)
_QUOTED = re.compile(r"'([^'\n]+)'|\"([^\"\n]+)\"")
_NETWORK = frozenset(
    {
        "ConnectionError", "ConnectTimeout", "ConnectionRefusedError", "ConnectionResetError",
        "MaxRetryError", "NewConnectionError", "ProxyError", "RemoteDisconnected", "SSLError",
        "ServerDisconnectedError", "TimeoutException", "URLError", "gaierror",
    }
)  # fmt: skip
_NETWORK_TEXT = (
    "urlopen error", "Name or service not known", "Temporary failure in name resolution",
    "Max retries exceeded", "Connection refused", "URL fetch failure", "Network is unreachable",
    "Could not resolve host", "colabify --network",
)  # fmt: skip

_UNREAD = frozenset({"IndentationError", "SyntaxError", "TabError"})
_LEFT_UNREAD = ("COL221", "COL432", "COL901")


def reason(failure: Failure, timeout: int) -> str:
    """Why a cell failed, in a sentence that a person can act on."""
    name, value = failure.ename, _line(failure.evalue)
    module = _MODULE.search(failure.evalue)
    if name == "CellTimeoutError":
        return f"it takes longer than {timeout} s (--timeout)"
    if name == "DeadKernelError":
        return "it ends its kernel"
    if name == "TooMuchOutput":
        return f"{value}: it was ended"
    if name == ASKS:
        return "it asks for input, which nobody gives here"
    if name == "SystemExit":
        return f"it exits ({value})"
    if needs_network(failure):
        return f"it needs what the network did not give: {name}: {value}"
    if module is not None:
        return f"there is no module {module[1]} on this machine"
    if name == "MemoryError":
        return "it needs more memory than Colab's machine has"
    if name == "FileNotFoundError":
        return f"a file is not there: {value}"
    return f"{name}: {value}" if value else name


def needs_network(failure: Failure) -> bool:
    """Whether the failure is the network's."""
    if failure.ename in _NETWORK:
        return True
    return any(text in failure.evalue for text in _NETWORK_TEXT)


def bound_by(cell: CodeCell) -> frozenset[str]:
    """The names that a cell makes at its outermost level, as far as it parses."""
    found: set[str] = set()
    left: list[ast.AST] = list(cell.unit.tree.body) if cell.unit is not None else []
    while left:
        node = left.pop()
        match node:
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
            ):
                found.add(name)
                continue
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                found |= {one.asname or one.name.partition(".")[0] for one in names}
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
            case ast.Lambda():
                continue
        left += ast.iter_child_nodes(node)
    return frozenset(found)


def missing_name(failure: Failure) -> str:
    """The name that a ``NameError`` is about; empty for another error."""
    found = _NAME.search(failure.evalue) if failure.ename == "NameError" else None
    return found[1] if found else ""


def foreseen_by(failure: Failure, cell: int | None, findings: Iterable[Finding]) -> tuple[str, ...]:
    """The codes of the findings that foresaw an error in ``cell``, as the findings count cells.

    An error-finding for that cell did, and any finding that names what the error names: the module, the
    file, the attribute; of one that Python does not read, that it was left alone, or is Python 2.
    """
    words, codes = _words(failure), []
    for finding in findings:
        here = finding.cell is not None and finding.cell == cell
        names_it = any(_names(finding.message, word) for word in words)
        about = names_it and (finding.cell is None or here or finding.code[:4] in ("COL3", "COL4"))
        unread = here and failure.ename in _UNREAD and finding.code.startswith(_LEFT_UNREAD)
        if (here and finding.severity == "error") or about or unread:
            codes.append(finding.code)
    return tuple(dict.fromkeys(codes))


def _words(failure: Failure) -> Sequence[str]:
    """What the error names: modules, files, attributes."""
    text, found = failure.evalue, []
    module, taken, attribute = _MODULE.search(text), _FROM.search(text), _ATTRIBUTE.search(text)
    if module:
        found += [module[1], module[1].partition(".")[0]]
    if taken:
        found += [taken[1], f"{taken[2]}.{taken[1]}"]
    if attribute:
        found += [attribute[4]]
    if failure.ename in (
        "FileNotFoundError",
        "OSError",
        "NotADirectoryError",
        "CalledProcessError",
    ):
        quoted = [one or other for one, other in _QUOTED.findall(text)]
        found += [one.rstrip("/").rpartition("/")[2] for one in quoted]
    return [one for one in dict.fromkeys(found) if len(one) > 1]


def _names(message: str, word: str) -> bool:
    return re.search(rf"(?<![\w]){re.escape(word)}(?![\w])", message) is not None


def _line(text: str) -> str:
    line = next((one.strip() for one in text.splitlines() if one.strip()), "")
    return line if len(line) <= 200 else line[:199] + "…"
