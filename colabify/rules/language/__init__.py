"""Rules for the language and its standard library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.rules.language.dictionaries import DictionaryMethods
from colabify.rules.language.dropped_keywords import DroppedKeywords
from colabify.rules.language.getargspec import GetArgSpec
from colabify.rules.language.moved_names import MovedNames
from colabify.rules.language.open_mode import OpenMode
from colabify.rules.language.random_arguments import RandomArguments
from colabify.rules.language.removed_methods import RemovedMethods
from colabify.rules.language.removed_modules import RemovedModules
from colabify.rules.language.running_loop import RunningLoop
from colabify.rules.language.unittest_aliases import UnittestAliases

if TYPE_CHECKING:
    from colabify.rules.base import Rule

RULES: tuple[Rule, ...] = (
    MovedNames(),
    RemovedModules(),
    GetArgSpec(),
    RandomArguments(),
    UnittestAliases(),
    RemovedMethods(),
    OpenMode(),
    DroppedKeywords(),
    RunningLoop(),
    DictionaryMethods(),
)
