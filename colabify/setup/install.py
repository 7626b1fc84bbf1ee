"""The steps of the setup cell that install and build, and that bring what libraries load by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.runtime import LOADED
from colabify.setup import install_texts as texts
from colabify.setup.literals import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.steps import Install, Setup


def uses_pip(setup: Setup) -> bool:
    """Whether some step runs pip, or keeps the notebook's own from replacing what is loaded."""
    models = any(one.kind == "spacy" for one in setup.data)
    return bool(setup.installs or setup.packages or setup.keeps_loaded or models)


def package_blocks(setup: Setup) -> list[str]:
    """What installs the packages of others: apt's, then pip's."""
    blocks = []
    if setup.system:
        needs = [(one.package, one.what, one.command) for one in setup.system]
        blocks.append(filled(texts.SYSTEM, needs=needs))
    if uses_pip(setup):
        insisted = {one.distribution for one in setup.installs if one.strict}
        blocks.append(filled(texts.LOADED, loaded=sorted(LOADED - insisted)))
    if setup.keeps_loaded:
        blocks.append(texts.KEEP)
    if setup.installs or setup.packages:
        blocks.append(texts.PIP)
    return blocks + _install_blocks(setup.installs)


def own_package_blocks(setup: Setup) -> list[str]:
    """What installs the course's own packages; it needs ``root`` and ``marks``."""
    marks = [(one, f"colabify-package-{n}") for n, one in enumerate(setup.packages, start=1)]
    return [filled(texts.PACKAGE, packages=marks)] if marks else []


def build_blocks(setup: Setup) -> list[str]:
    """What builds the course's extension modules, each folder once; it needs ``root``."""
    products: dict[str, list[str]] = {}
    needed = {one.folder for one in setup.builds if not one.optional}
    for one in setup.builds:
        products.setdefault(one.folder, []).append(one.product)
    builds = [(folder, made, folder not in needed) for folder, made in products.items()]
    return [filled(texts.BUILD, builds=builds)] if builds else []


def language_data_blocks(setup: Setup) -> list[str]:
    """NLTK's data and spaCy's models, which the code loads by name."""
    corpora = [(one.name, one.resource) for one in setup.data if one.kind == "nltk"]
    models = [one.name for one in setup.data if one.kind == "spacy"]
    blocks = [filled(texts.NLTK, corpora=corpora)] if corpora else []
    return blocks + ([filled(texts.SPACY, models=models)] if models else [])


def _install_blocks(installs: Sequence[Install]) -> list[str]:
    missing = {
        one.distribution: one.requirement for one in installs if not (one.replaces or one.extras)
    }
    extras = [one.requirement for one in installs if one.extras]
    replaced = [one for one in installs if one.replaces and not one.strict]
    insisted = [one for one in installs if one.strict]
    blocks = [filled(texts.INSTALL, wanted=missing)] if missing else []
    if extras:
        blocks.append(filled(texts.EXTRAS, extras=extras))
    if replaced:
        blocks.append(filled(texts.REPLACE, replaced=_versions(replaced)))
    return blocks + ([filled(texts.STRICT, insisted=_versions(insisted))] if insisted else [])


def _versions(installs: Sequence[Install]) -> list[tuple[str, str, str]]:
    """``(distribution, requirement, the module that is loaded if it is)`` of each."""
    return [(one.distribution, one.requirement, one.module.partition(".")[0]) for one in installs]
