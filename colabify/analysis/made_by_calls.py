"""What calls of Python make or bring, beside the paths that they write themselves: a table of names."""

from __future__ import annotations

import ast
import fnmatch
import posixpath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from colabify.analysis.given import said
from colabify.analysis.made_by_commands import Making
from colabify.full_names import qualified
from colabify.once import once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from colabify.unit import Unit

    Said = Callable[[ast.expr], str | None]
    """What an expression says, None if that is not known."""

_INTO: dict[str, tuple[str, int, tuple[str, ...], str | None]] = {
    "extractall": ("unpacks", 0, ("path",), "."),
    "unpack_archive": ("unpacks", 1, ("extract_dir",), "."),
    "download_and_extract_archive": ("downloads", 1, ("extract_root", "download_root"), None),
    "extract_archive": ("unpacks", 1, ("to_path",), None),
    "dataset_download_files": ("downloads", 1, ("path",), "."),
    "competition_download_files": ("downloads", 1, ("path",), "."),
    "download_folder": ("downloads", 9, ("output",), None),
    "cached_download": ("downloads", 1, ("path",), None),
    "clone_from": ("clones", 1, ("to_path",), None),
    "copytree": ("copies", 1, ("dst",), None),
    "copyfile": ("copies", 1, ("dst",), None),
    "copy2": ("copies", 1, ("dst",), None),
    "make_archive": ("packs", 0, ("base_name",), None),
}
"""By the last name of a function: what it does, into which argument, and where without that one."""

_BY_FULL_NAME: dict[str, tuple[str, int, tuple[str, ...], str | None]] = {
    "shutil.copy": ("copies", 1, ("dst",), None),
    "shutil.move": ("moves", 1, ("dst",), None),
    "os.rename": ("moves", 1, ("dst",), None),
    "os.replace": ("moves", 1, ("dst",), None),
    "os.symlink": ("links", 1, ("dst",), None),
    "os.link": ("links", 1, ("dst",), None),
    "gdown.download": ("downloads", 1, ("output",), None),
    "urllib.request.urlretrieve": ("downloads", 1, ("filename",), ""),
    "urllib.urlretrieve": ("downloads", 1, ("filename",), ""),
    "google.colab.files.upload": ("asks for", 9, (), None),
}
"""The same by full names, for those whose last name others have too; ``""``: it goes somewhere else."""

_ELSEWHERE = (
    "nltk.",
    "spacy.",
    "textblob.",
    "tensorflow_datasets.",
    "kagglehub.",
    "huggingface_hub.",
)
"""Packages whose downloads go into a folder of their own, unless they are told otherwise."""
_TOLD = ("local_dir", "download_dir")
_ROOTS = ("root", "data_dir", "data_home", "save_dir", "cache_dir")
_FOLDERS = {
    **{name: name for name in ("MNIST", "FashionMNIST", "KMNIST", "EMNIST", "QMNIST")},
    "CIFAR10": "cifar-10-batches-py",
    "CIFAR100": "cifar-100-python",
    "STL10": "stl10_binary",
}
"""The folders that data sets of torchvision make below the root that they are given (its source)."""
_PICTURES = frozenset({"savefig", "imsave", "imwrite", "save_image", "write_image", "mimsave"})
_PICTURE = "*.png"
_PICTURE_ENDINGS = (
    ".png",
    ".jpg",
    ".jpeg",
    ".pdf",
    ".svg",
    ".eps",
    ".gif",
    ".tif",
    ".tiff",
    ".bmp",
)


def made_by_call(
    node: ast.Call, names: Mapping[str, str], known: Said, own: frozenset[str]
) -> list[Making]:
    """What ``node`` makes, other than what it is known to write.

    ``names`` is the table of imported names, ``known`` reads an argument; ``own`` are the names of the
    program's own functions, of which is known what they do.
    """
    name = qualified(node.func, names)
    last = name.rpartition(".")[2] or getattr(node.func, "attr", "")
    if last in own or _is_pandas(node.func):
        return []
    rule = _BY_FULL_NAME.get(name) or _INTO.get(last)
    if rule is not None:
        done, position, words, default = rule
        given = _argument(node, position, words)
        text = default if given is None else known(given)
        return [] if text == "" else [Making(done, text)]
    if last == "get_file":
        return _get_file(node, known)
    if name == "wget.download":
        return _named_by_url(node, known, _argument(node, 1, ("out",)))
    if last == "download" and name.startswith("opendatasets."):
        return _named_by_url(node, known, None)
    return _downloads(node, name, last, known)


def _downloads(node: ast.Call, name: str, last: str, known: Said) -> list[Making]:
    """What a function brings that downloads, going by its name or by ``download=True``."""
    told = [word.value for word in node.keywords if word.arg in _TOLD]
    if name.startswith(_ELSEWHERE):
        return [Making("downloads", known(one)) for one in told[:1]]
    asked = [word.value for word in node.keywords if word.arg == "download"]
    if any(isinstance(one, ast.Constant) and one.value for one in asked):
        root = _argument(node, 0, _ROOTS)
        text = None if root is None else known(root)
        if text is not None and posixpath.normpath(text) == "." and name.startswith("torchvision."):
            text = _FOLDERS.get(last, text)  # not all that there is beside the notebook
        return [Making("downloads", text)]
    return [Making("downloads")] if last.startswith(("download", "maybe_download")) else []


def _get_file(node: ast.Call, known: Said) -> list[Making]:
    """Keras' ``get_file`` goes to a folder of its own in the home, unless it is told another."""
    words = {word.arg: word.value for word in node.keywords}
    parts = []
    for key, default in (("cache_dir", None), ("cache_subdir", "datasets")):
        text = known(words[key]) if key in words else default
        if key in words and text is None:
            return [Making("downloads")]
        parts.append(text)
    return [] if parts[0] is None else [Making("downloads", posixpath.join(*map(str, parts)))]


def _named_by_url(node: ast.Call, known: Said, into: ast.expr | None) -> list[Making]:
    if into is not None:
        return [Making("downloads", known(into))]
    url = known(node.args[0]) if node.args else None
    base = posixpath.basename(urlsplit(url).path.rstrip("/")) if url else ""
    return [Making("downloads", base or None)]


def unknown_write(node: ast.AST, call: ast.Call | None) -> Making:
    """What may be written to a path, said by ``node``, that is not known; ``call`` is what writes."""
    func = call.func if call is not None else None
    last = getattr(func, "attr", getattr(func, "id", ""))
    pattern = said(node).replace("{}", "*") if isinstance(node, ast.expr) else "*"
    if last in _PICTURES and pattern == "*":
        return Making("may write", None, _PICTURE)
    return Making("may write", None, pattern)


def may_be(making: Making, path: str) -> bool:
    """Whether something of unknown path may be the file ``path``."""
    name = posixpath.basename(path)
    if making.done == "may make a folder":
        return False
    if making.pattern == _PICTURE:
        return name.lower().endswith(_PICTURE_ENDINGS)
    pattern = posixpath.basename(making.pattern) or "*"
    return fnmatch.fnmatchcase(name, pattern) or fnmatch.fnmatchcase(name, f"{pattern}.*")


def _argument(node: ast.Call, position: int, words: Iterable[str]) -> ast.expr | None:
    if len(node.args) > position:
        return node.args[position]
    named = {word.arg: word.value for word in node.keywords}
    return next((named[word] for word in words if word in named), None)


def _is_pandas(func: ast.expr) -> bool:
    """Whether it is one of pandas' methods of texts, such as ``column.str.extractall``."""
    return isinstance(func, ast.Attribute) and getattr(func.value, "attr", "") == "str"


@once
def defined_names(unit: Unit) -> frozenset[str]:
    """The names of the functions that a unit defines."""
    return frozenset(node.name for node in unit.of(ast.FunctionDef, ast.AsyncFunctionDef))
