"""Functions that go on to open what they are given: the paths are said where they are called."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from colabify.analysis.paths.scopes import outline, parameters
from colabify.analysis.paths.value import UNKNOWN, Value, Values, filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from colabify.analysis.constants import Constants
    from colabify.analysis.paths.scopes import Scope
    from colabify.analysis.paths.sinks import Use
    from colabify.unit import Unit

_ROUNDS = 2
"""How many functions a path is followed through."""


class Found(NamedTuple):
    """A path that is used; ``value`` is None where it is not known. ``node`` is what says it."""

    value: Value | None
    use: Use
    unit: Unit
    node: ast.AST
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A path that a function uses, with holes for its parameters: ``holes`` are their names.

    ``defaults`` is what a parameter is if a call says nothing.
    """

    found: Found
    scope: Scope
    holes: Mapping[str, str]
    defaults: Mapping[str, Values]

    @property
    def name(self) -> str:
        """The name that it is called by: a constructor, by that of its class."""
        function, outer = self.scope.function, self.owner
        name = function.name if function is not None else ""
        return outer if outer and name == "__init__" else name

    @property
    def owner(self) -> str:
        """The class that it is a method of; empty for a function."""
        outer = self.scope.outer
        return outer.node.name if outer is not None and isinstance(outer.node, ast.ClassDef) else ""


def followed(
    found: Iterable[Found], units: Sequence[Unit], constants: Constants
) -> tuple[list[Found], list[Template]]:
    """``found`` without holes, filled in by the calls; and what each function uses of its arguments."""
    done: list[Found] = []
    waiting: list[Template] = []
    for one in found:
        _sort(one, constants, done, waiting)
    if not waiting:
        return done, []
    calls = _calls(units)
    every: list[Template] = []
    for _ in range(_ROUNDS):
        every += waiting
        now, waiting = waiting, []
        for template in now:
            called = [
                call for call in calls.get(template.name, ()) if _means(call, template, constants)
            ]
            for unit, call in called:
                for one in at_call(template, call, unit, constants):
                    _sort(one, constants, done, waiting)
            if not called:
                done += _by_defaults(template)
    return done, every


def _sort(one: Found, constants: Constants, done: list[Found], waiting: list[Template]) -> None:
    holes = one.value.holes if one.value is not None else []
    if not holes:
        done.append(one)
        return
    owners = {constants.parameter(sign)[0] for sign in holes}
    if len(owners) > 1:
        done.append(one._replace(value=None))
        return
    scope = owners.pop()
    names = {sign: constants.parameter(sign)[1] for sign in holes}
    function = scope.function
    given = dict(parameters(function)) if function is not None else {}
    defaults = {
        sign: constants.values(default)
        for sign, name in names.items()
        if (default := given.get(name)) is not None
    }
    waiting.append(Template(one, scope, names, defaults))


def _calls(units: Sequence[Unit]) -> dict[str, list[tuple[Unit, ast.Call]]]:
    found: dict[str, list[tuple[Unit, ast.Call]]] = {}
    for unit in units:
        for node in unit.of(ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            found.setdefault(name, []).append((unit, node))
    return found


def _means(place: tuple[Unit, ast.Call], template: Template, constants: Constants) -> bool:
    """Whether a call of that name is one of the function, and not of another's method."""
    func = place[1].func
    is_method = bool(template.owner) and template.name != template.owner
    if isinstance(func, ast.Name):
        bindings = constants.names.reaching(func.id, func)
        node = template.scope.node
        outer = template.scope.outer
        meant = outer.node if outer is not None and template.owner else node
        return not is_method and any(one.node is meant for one in bindings)
    if not is_method or not isinstance(func, ast.Attribute) or not isinstance(func.value, ast.Name):
        return False
    if func.value.id in ("self", "cls", template.owner):
        return True
    made = [one.node for one in constants.names.reaching(func.value.id, func.value)]
    classes = (getattr(getattr(one, "func", None), "id", "") for one in made)
    return template.owner in classes


def at_call(
    template: Template, call: ast.Call, unit: Unit, constants: Constants
) -> Iterator[Found]:
    """What a call makes of ``template``; ``constants`` are those of the caller."""
    function = template.scope.function
    if function is None:
        return
    names = [name for name, _ in parameters(function)]
    static = any(getattr(one, "id", "") == "staticmethod" for one in function.decorator_list)
    given = _arguments(call, names[1:] if template.owner and not static else names)
    fillings: dict[str, Values] = {}
    node: ast.AST = call
    for sign, name in template.holes.items():
        argument = given.get(name)
        if argument is None:
            fillings[sign] = template.defaults.get(sign, UNKNOWN)
        else:
            fillings[sign] = constants.values(argument)
            node = argument if node is call else node
    found = template.found
    if found.value is None:
        return
    for value in filled(found.value, fillings):
        if value is not None and value.of_module:
            yield found._replace(value=value)
        else:
            yield Found(value, found.use, unit, node, found.sign)


def _arguments(call: ast.Call, names: Sequence[str]) -> dict[str, ast.expr]:
    given: dict[str, ast.expr] = {}
    for name, argument in zip(names, call.args, strict=False):
        if isinstance(argument, ast.Starred):
            break
        given[name] = argument
    given.update({word.arg: word.value for word in call.keywords if word.arg is not None})
    return given


def _by_defaults(template: Template) -> Iterator[Found]:
    """What a function that nobody is seen to call uses by itself."""
    found = template.found
    if found.value is None:
        return
    fillings = {sign: template.defaults.get(sign, UNKNOWN) for sign in template.holes}
    for value in filled(found.value, fillings):
        yield found._replace(value=value and replace(value, choices=()))


def exported(unit: Unit, templates: Iterable[Template]) -> dict[str, list[Template]]:
    """What the functions and classes at the top of a module use of their arguments, by their names."""
    top = outline(unit).module
    found: dict[str, list[Template]] = {}
    for one in templates:
        outer = one.scope.outer
        is_constructor = one.owner == one.name and outer is not None and outer.outer is top
        if outer is top or is_constructor:
            found.setdefault(one.name, []).append(one)
    return found
