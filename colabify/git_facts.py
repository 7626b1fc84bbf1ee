"""Git facts: what git says of a repository, as values that the cache compares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from colabify.analysis.clone_plan import may_be_large
from colabify.asked import is_notebook
from colabify.slots import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from colabify.project import Project
    from colabify.tree import Tree


def facts_of_git(project: Project) -> bytes:
    """What git says of a repository, but of its notebooks no more than their names.

    Their sizes count if they may decide what is cloned; else they are told as they are now.
    """
    large = may_be_large(project)
    said = [
        repr(project.remote), project.remote_text, project.ref, project.at, project.detached,
        project.unpushed_branch, project.why, project.to_be_pushed, sorted(project.lfs.items()),
        sorted(name for name in project.visible if not is_notebook(name)),
        *(_tree(one, large=large) for one in (project.tree, project.tracked)),
    ]  # fmt: skip
    return digest(json.dumps(said).encode())


def _tree(tree: Tree, *, large: bool) -> list[object]:
    def others(values: Mapping[str, object]) -> list[tuple[str, object]]:
        return sorted((name, one) for name, one in values.items() if not is_notebook(name))

    sizes = sorted(tree.sizes.items()) if large else others(tree.sizes)
    links, submodules = sorted(tree.links.items()), sorted(tree.submodules.items())
    return [sorted(tree.files), links, submodules, sizes, others(tree.objects)]
