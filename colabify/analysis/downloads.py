"""Which models and data packages the code downloads by name: spaCy's and NLTK's (TextBlob's are NLTK's)."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from colabify.analysis.given import given_by_cell, given_by_module
from colabify.full_names import qualified
from colabify.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.program import Program
    from colabify.shell_line import Word
    from colabify.unit import Unit

_NLTK = frozenset({"nltk.download", "nltk.downloader.download"})
_PROMPTS = frozenset({"nltk.download_gui", "nltk.download_shell", "nltk.downloader.download_gui",
                      "nltk.downloader.download_shell"})  # fmt: skip
_SPACY = frozenset({"spacy.cli.download", "spacy.cli.download.download"})
_LITE = ("averaged_perceptron_tagger_eng", "brown", "punkt_tab", "wordnet")
_TEXTBLOB = {"download_lite": _LITE, **dict.fromkeys(("download_all", "main"), (
    *_LITE, "conll2000", "movie_reviews"))}  # fmt: skip
"""What textblob 0.19's ``download_corpora`` fetches (its source)."""


@dataclass(frozen=True, slots=True)
class Download:
    """One command or call that downloads ``names``; ``others`` are expressions whose value is not known.

    ``prompts``: it asks the person what to load, and waits. ``cell`` is 0 for a module.
    """

    kind: Literal["nltk", "spacy"]
    names: tuple[str, ...]
    others: tuple[str, ...] = ()
    prompts: bool = False
    cell: int = 0
    line: int | None = None
    path: str | None = None


def find_downloads(
    program: Program, imports: Mapping[str, str], modules: Sequence[Unit] = ()
) -> tuple[Download, ...]:
    """The downloads of a notebook's cells, in their order, and of ``modules``.

    ``imports`` is the table of imported names of the cells; modules go by their own.
    """
    found: list[Download] = []
    for cell in program.cells:
        if "download" not in cell.source:
            continue
        commands = (_commanded(given.words, cell.index) for given in given_by_cell(cell, imports))
        found += [one for one in commands if one is not None]
        if cell.unit is not None:
            found += _called(cell.unit, imports)
    for module in modules:
        found += _by_module(module)
    return tuple(found)


@once
def _by_module(module: Unit) -> tuple[Download, ...]:
    commands = (_commanded(given.words, 0) for given in given_by_module(module))
    found = [one for one in commands if one is not None]
    return (*_called(module, module.names), *found)


def _commanded(words: Sequence[Word], cell: int) -> Download | None:
    texts = [word.text for word in words]
    for at, text in enumerate(texts[:-1]):
        if text == "spacy" and texts[at + 1] == "download":
            return _of_words("spacy", words[at + 2 :], cell)
        if text == "-m" and texts[at + 1] in ("nltk.downloader", "nltk"):
            return _of_words("nltk", words[at + 2 :], cell)
        if text == "-m" and texts[at + 1] == "textblob.download_corpora":
            lite = "lite" in texts[at + 2 :]
            return Download("nltk", _TEXTBLOB["download_lite" if lite else "main"], cell=cell)
    return None


def _of_words(kind: Literal["nltk", "spacy"], words: Sequence[Word], cell: int) -> Download:
    """What stands behind the command; an option of NLTK's downloader may have a value."""
    before = ["", *(word.text for word in words)]
    pairs = zip(before, words, strict=False)
    named = [w for b, w in pairs if not w.text.startswith("-") and b not in ("-d", "--dir", "-u")]
    names = tuple(word.text for word in named if word.known)
    others = tuple(word.text for word in named if not word.known)
    return Download(kind, names, others, cell=cell)


def _called(unit: Unit, imports: Mapping[str, str]) -> Iterator[Download]:
    where = {"cell": unit.cell or 0, "path": unit.path}
    for node in unit.of(ast.Call):
        name = qualified(node.func, imports)
        kind: Literal["nltk", "spacy"] = "spacy" if name in _SPACY else "nltk"
        if name in _PROMPTS:
            yield Download(kind, (), prompts=True, line=node.lineno, **where)  # type: ignore[arg-type]
        elif name.startswith("textblob.download_corpora."):
            names = _TEXTBLOB.get(name.rpartition(".")[2], ())
            yield Download(kind, names, line=node.lineno, **where)  # type: ignore[arg-type]
        elif name in _NLTK or name in _SPACY:
            given = node.args[:1] or [
                keyword.value for keyword in node.keywords if keyword.arg in ("info_or_id", "model")
            ]
            texts = _texts(given[0], unit) if given else []
            others = (ast.unparse(given[0]),) if given and texts is None else ()
            yield Download(
                kind, tuple(texts or ()), others, not given, line=node.lineno, **where  # type: ignore[arg-type]
            )  # fmt: skip


def _texts(node: ast.expr, unit: Unit) -> list[str] | None:
    """The texts that an expression may be: a literal, a list of them, or a name that runs over one."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
            found = [text for item in items for text in (_texts(item, unit) or [""])]
            return found if all(found) else None
        case ast.Name(id=name):
            values = [value for one in unit.nodes if (value := _bound(one, name)) is not None]
            return _texts(values[0], unit) if len(values) == 1 and values[0] is not node else None
    return None


def _bound(node: ast.AST, name: str) -> ast.expr | None:
    """The expression that ``node`` binds ``name`` to, or runs it over."""
    match node:
        case ast.For(target=ast.Name(id=target), iter=value) if target == name:
            return value
        case ast.comprehension(target=ast.Name(id=target), iter=value) if target == name:
            return value
        case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
            return value
    return None
