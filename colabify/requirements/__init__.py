"""What a repository says that it needs: requirement files in all their formats.

Each format has a reader, a pure function from text to a :class:`Reading`; :class:`RequirementFinder` finds
the files that count for a notebook.
"""

from colabify.requirements.model import CondaOnly, Declared, Problem, Reading, applicable
from colabify.requirements.pip_file import read_pip_file
from colabify.requirements.script import read_script
from colabify.requirements.sources import RequirementFinder
from colabify.requirements.text import decode_requirements
from colabify.requirements.wanted import Requirements, Wanted

__all__ = [
    "CondaOnly",
    "Declared",
    "Problem",
    "Reading",
    "RequirementFinder",
    "Requirements",
    "Wanted",
    "applicable",
    "decode_requirements",
    "read_pip_file",
    "read_script",
]
