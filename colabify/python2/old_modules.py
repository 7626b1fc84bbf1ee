"""Local modules in Python 2: which they are, and what they are in Python 3.

A module says by itself that it is in Python 2; or the modules beside it say so, and it says nothing else.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from colabify.modules.text import read_module
from colabify.program import parse
from colabify.python2.convert import to_python_3
from colabify.python2.detect import only_python_3, sign_of_python_2

if TYPE_CHECKING:
    from colabify.project import Project
    from colabify.python2.convert import Converted
    from colabify.python2.detect import Sign


@dataclass
class OldModules:
    """The modules of ``project``, each looked at once."""

    project: Project
    _signs: dict[str, Sign | None] = field(default_factory=dict)
    _converted: dict[str, Converted | None] = field(default_factory=dict)

    def sign(self, path: str) -> Sign | None:
        """What says that the module at ``path`` is in Python 2."""
        if path not in self._signs:
            found = read_module(self.project.read(path) or b"")
            self._signs[path] = None if isinstance(found, str) else sign_of_python_2(found.text)
        return self._signs[path]

    def converted(self, path: str, text: str) -> Converted | None:
        """The module at ``path`` in Python 3, whose text is ``text``; None if that is what it is."""
        if path not in self._converted:
            found = self._in_python_3(path, text) if self._is_old(path, text) else None
            self._converted[path] = None if found is None or found.text == text else found
        return self._converted[path]

    def _is_old(self, path: str, text: str) -> bool:
        if self.sign(path) is not None:
            return True
        tree, _ = parse(text)
        if tree is None or only_python_3(tree):
            return False
        return any(self.sign(one) is not None for one in self._beside(path))

    def _in_python_3(self, path: str, text: str) -> Converted:
        folder = posixpath.dirname(path)
        beside = self._beside(path)
        packaged = posixpath.join(folder, "__init__.py") in (*beside, path)
        names = {posixpath.basename(one).removesuffix(".py") for one in beside} - {"__init__"}
        return to_python_3([text], frozenset(names) if packaged else frozenset())[0]

    def _beside(self, path: str) -> tuple[str, ...]:
        """The other modules of the folder."""
        folder = posixpath.dirname(path)
        return tuple(
            name
            for name in sorted(self.project.visible)
            if name.endswith(".py") and name != path and posixpath.dirname(name) == folder
        )
