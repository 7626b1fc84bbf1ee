"""Course: a project with what has been read of it, for all the notebooks of a run."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from colabify.analysis.data import FetcherFinder
from colabify.analysis.modules import ModuleFinder
from colabify.modules.given import GivenModules
from colabify.requirements.sources import RequirementFinder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.index import Index
    from colabify.neighbours import Neighbours
    from colabify.project import Project


class Course:
    """A project with what has been read of it: one for all the notebooks of a run."""

    def __init__(
        self,
        project: Project,
        requirements: Sequence[str] = (),
        index: Index | None = None,
        given: GivenModules | None = None,
    ) -> None:
        """Nothing is read before it is asked for.

        ``requirements`` are the requirement files that count, if not those nearest to a notebook;
        ``index`` is the package index, if it is to be asked; ``given`` are the modules that may be mended.
        """
        self.project = project
        self.index = index
        self.given = given or GivenModules(project)
        self.modules = ModuleFinder(project, self.given.converted)
        self.requirements = RequirementFinder(project, requirements)
        self.fetchers = FetcherFinder(project)

    @cached_property
    def neighbours(self) -> Neighbours:
        """What other notebooks of the course write."""
        from colabify.neighbours import Neighbours

        return Neighbours(self)
