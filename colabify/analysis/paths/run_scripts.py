"""Whether the code runs a script of the repository by itself: that very file, from where the code stands.

``!bash get_data.sh`` in a folder where no such script is fails, and brings nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.analysis.made import path_from
from colabify.analysis.resolve import below_clone, is_absolute, repair

if TYPE_CHECKING:
    from colabify.analysis.made import Maker, Makers, Place
    from colabify.project import Project


def runner_of(script: str, before: Place, makers: Makers, project: Project) -> Maker | None:
    """What surely runs ``script``, a path below the root, by the time that ``before`` is run."""
    found = (one for one in makers.running(before) if _leads(one, project) == script)
    return next(found, None)


def idle_runs(makers: Makers, project: Project) -> list[Maker]:
    """What runs a script that is not there by then, so that nothing comes of it."""
    idle: list[Maker] = []
    for one in sorted(makers.running(), key=lambda maker: maker.place):
        path = _leads(one, project)
        if path is None or path.startswith("..") or project.files.holds(path):
            continue
        if makers.of(path, one.place) is None and not makers.perhaps(path, one.place, idle=idle):
            idle.append(one)
    return idle


def _leads(maker: Maker, project: Project) -> str | None:
    """Where the path of the script that is run leads once it is mended; None if that is not known."""
    name = project.remote.name if project.remote else ""
    said = maker.making.script.replace("\\", "/")
    cloned = below_clone(project.files, said, name) if is_absolute(said) else None
    if cloned is not None or maker.folder is None:
        return cloned
    mended = repair(project.files, maker.folder, said, name=name)
    return path_from(maker.folder, mended.path if mended is not None else said)
