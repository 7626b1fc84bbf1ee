"""What the names of a setup script stand for, as far as that is written out."""

from __future__ import annotations

import ast
import posixpath

_FILES = (".txt", ".in", ".pip")
_CHANGES = ("append", "clear", "extend", "insert", "pop", "remove", "update")
_DEEPEST = 20


class Names:
    """The names that a module binds, at whatever depth, and the functions it defines."""

    def __init__(self, tree: ast.Module) -> None:
        self._values: dict[str, list[ast.expr]] = {}
        self._makers: dict[str, list[ast.AST]] = {}
        """All that a name's value comes from: its values, what changes them, functions' bodies."""
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                self._makers.setdefault(node.name, []).append(node)
            for target, value, maker in _bindings(node):
                if isinstance(target, ast.Name):
                    self._makers.setdefault(target.id, []).append(maker)
                    if value is not None:
                        self._values.setdefault(target.id, []).append(value)

    def known(self, node: ast.expr) -> ast.expr | None:
        """What a name stands for, if it is bound once and never changed; another node is itself."""
        for _ in range(_DEEPEST):
            if not isinstance(node, ast.Name):
                return node
            if len(self._makers.get(node.id, [])) != 1 or node.id not in self._values:
                return None
            node = self._values[node.id][0]
        return None

    def before_changes(self, node: ast.expr) -> ast.expr | None:
        """What a name is bound to, if it is bound once, though it is changed later."""
        values = self._values.get(node.id, []) if isinstance(node, ast.Name) else []
        return values[0] if len(values) == 1 else None

    def only_file(self, node: ast.expr) -> str:
        """The one requirement file that the making of a value names; empty if none is, or several."""
        found: set[str] = set()
        seen: set[str] = set()
        joined: set[ast.AST] = set()
        left: list[ast.AST] = [node]
        while left:
            for one in ast.walk(left.pop()):
                if parts := _joined(one):
                    joined.update(parts)
                    found.add(posixpath.join(*(str(part.value) for part in parts)))
                elif isinstance(one, ast.Constant) and one not in joined:
                    found.add(str(one.value))
                elif isinstance(one, ast.Name) and one.id not in seen:
                    seen.add(one.id)
                    left += self._makers.get(one.id, [])
        files = {name for name in found if name.endswith(_FILES) and "\n" not in name}
        files = {n for n in files if "req" in posixpath.basename(n)} if len(files) > 1 else files
        return files.pop() if len(files) == 1 else ""


def _bindings(node: ast.AST) -> list[tuple[ast.expr, ast.expr | None, ast.AST]]:
    """The targets that a node gives a value, or changes; the value if it is all there is; the maker."""
    match node:
        case ast.Assign(targets, value):
            return [(target, value, value) for target in targets]
        case ast.AnnAssign(target, _, value) if value is not None:
            return [(target, value, value)]
        case ast.AugAssign(target, _, value) | ast.For(target, value):
            return [(target, None, value)]
        case ast.withitem(value, target) if target is not None:
            return [(target, None, value)]
        case ast.Call(ast.Attribute(target, name)) if name in _CHANGES:
            return [(target, None, node)]
        case ast.Subscript(target, _, ast.Store() | ast.Del()):
            return [(target, None, node)]
        case _:
            return []


def _joined(node: ast.AST) -> list[ast.Constant]:
    """The strings that ``os.path.join(folder, "a", "b.txt")`` joins."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        texts = [one for one in node.args if isinstance(one, ast.Constant)]
        return texts if node.func.attr == "join" and len(texts) > 1 else []
    return []
