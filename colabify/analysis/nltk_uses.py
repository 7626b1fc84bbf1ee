"""Which places of code load data of NLTK's, and which packages of data those are.

The table is ``data/language_data.json``. Code that was written for an older NLTK downloads ``punkt``; since
3.8.2 its functions load ``punkt_tab``, so that is what they need.
"""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from colabify.full_names import qualified
from colabify.runtime import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from colabify.unit import Unit

_LOOKED_AT = (ast.Name, ast.Attribute, ast.Import, ast.ImportFrom, ast.Call)
_OF_WORDNET = frozenset({"synsets", "lemmas", "lemma_names", "words", "all_lemma_names", "synset"})
_LOADERS = frozenset({"nltk.data.load", "nltk.load", "nltk.load_parser", "nltk.parse.load_parser",
                      "nltk.parse.util.load_parser"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Use:
    """A place, ``node`` of ``unit``, that loads the packages ``names``; ``what`` is how a person calls it."""

    names: Sequence[str]
    what: str
    node: ast.AST
    unit: Unit


def nltk_uses(units: Sequence[Unit], names: Mapping[str, str]) -> Iterator[Use]:
    """Every place that loads data of NLTK's, in the order of ``units``."""
    table = _needs_of_names()
    all_names = {**_starred(units), **_rebound(units, names), **names}
    textblob = any(target.partition(".")[0] == "textblob" for target in names.values())
    for unit in units:
        for node in unit.of(*_LOOKED_AT):
            if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
                name = qualified(node, all_names)
                if name in table and not _is_bare(node, name, unit):
                    yield Use(table[name], name, node, unit)
                elif textblob and isinstance(node, ast.Attribute):
                    loaded = language_table()["textblob"].get(node.attr, ())
                    yield Use(loaded, f"TextBlob.{node.attr}", node, unit)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                yield from _by_import(node, unit)
            elif isinstance(node, ast.Call):
                yield from _by_arguments(node, unit, names)


def _is_bare(node: ast.AST, name: str, unit: Unit) -> bool:
    """Whether it is a tagger that is made without its data, ``PerceptronTagger(load=False)``."""
    if not name.endswith("PerceptronTagger"):
        return False
    calls = (one for one in unit.of(ast.Call) if one.func is node)
    return any(
        isinstance(value, ast.Constant) and value.value is False
        for call in calls
        for value in (*call.args, *(keyword.value for keyword in call.keywords))
    )


def _by_import(node: ast.Import | ast.ImportFrom, unit: Unit) -> Iterator[Use]:
    """Modules that load data as they are imported, such as ``nltk.book``."""
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    else:
        base = node.module or ""
        modules = [base, *(f"{base}.{alias.name}" for alias in node.names)]
    for module in modules:
        yield Use(language_table()["nltk"]["modules"].get(module, ()), module, node, unit)


def _by_arguments(node: ast.Call, unit: Unit, names: Mapping[str, str]) -> Iterator[Use]:
    """Calls whose arguments say what they load."""
    name = qualified(node.func, names)
    given = {one.arg: one.value for one in node.keywords}
    values = {key: value.value for key, value in given.items() if isinstance(value, ast.Constant)}
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if name in _LOADERS and node.args:
        match node.args[0]:
            case ast.Constant(value=str(path)):
                yield Use(_of_path(path), name, node, unit)
    of_nltk = any(target.startswith("nltk") for target in names.values())
    if not of_nltk:
        return
    if name.endswith("pos_tag") and values.get("lang") == "rus":
        yield Use(["averaged_perceptron_tagger_rus"], name, node, unit)
    if values.get("tagset") == "universal":
        yield Use(["universal_tagset"], f"{name or method}(tagset='universal')", node, unit)
    if values.get("ignore_stopwords") is True:
        yield Use(["stopwords"], f"{name}(ignore_stopwords=True)", node, unit)
    if "lang" in given and method in _OF_WORDNET and values.get("lang") != "eng":
        yield Use(["omw-1.4"], f"{method}(lang=...)", node, unit)
    if method in ("collocations", "collocation_list"):
        yield Use(["stopwords"], f"Text.{method}", node, unit)


def _of_path(path: str) -> list[str]:
    """The package of a resource that is loaded by its path; NLTK 3.9 takes another for a pickled one."""
    path = path.removeprefix("nltk:").lstrip("/")
    for beginning, name in language_table()["nltk"]["loaded"].items():
        if path.startswith(beginning) and path.endswith(".pickle"):
            return ["averaged_perceptron_tagger_rus" if path.endswith("_ru.pickle") else name]
    name = path.split("/")[1].removesuffix(".zip") if "/" in path else ""
    return [name] if folder_of(name) else []


def _starred(units: Sequence[Unit]) -> dict[str, str]:
    """The names of the table that a ``from nltk import *`` binds."""
    found = {}
    for unit in units:
        for node in unit.of(ast.ImportFrom):
            if [one.name for one in node.names] == ["*"]:
                for name in _needs_of_names():
                    module, _, last = name.rpartition(".")
                    if module == node.module:
                        found[last] = name
    return found


def _rebound(units: Sequence[Unit], names: Mapping[str, str]) -> dict[str, str]:
    """Names that are imported and then assigned to, as in ``stopwords = stopwords.words("english")``."""
    found = {}
    for unit in units:
        for node in unit.of(ast.ImportFrom):
            if node.module == "nltk.corpus":
                for alias in node.names:
                    name = alias.asname or alias.name
                    if name not in names:
                        found[name] = f"nltk.corpus.{alias.name}"
    return found


@cache
def _needs_of_names() -> dict[str, list[str]]:
    """The packages of data that each function, class and corpus loads, by its full name."""
    table = language_table()["nltk"]
    corpora = {name: name for name in table["corpora"]["same"]} | table["corpora"]["differ"]
    found = {f"nltk.corpus.{name}": [package] for name, package in corpora.items()}
    for name in table["plain"]:
        found |= {f"nltk.corpus.{name}.{method}": ["punkt_tab"] for method in ("sents", "paras")}
    found.update(table["functions"])
    return found


@cache
def _folders() -> dict[str, str]:
    folders: dict[str, list[str]] = language_table()["nltk"]["folders"]
    return {name: folder for folder, names in folders.items() for name in names}


def folder_of(name: str) -> str:
    """The folder of NLTK's data that a package lies in; empty for one that is not known."""
    return _folders().get(name, "")


@cache
def language_table() -> dict[str, Any]:
    """``data/language_data.json``."""
    data: dict[str, Any] = json.loads((DATA / "language_data.json").read_text("utf-8"))
    return data
