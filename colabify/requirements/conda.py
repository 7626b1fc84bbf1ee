"""conda's environment files: docs.conda.io/projects/conda (environment.yml).

YAML is composed into nodes, never constructed: a tag makes nothing, and every node knows its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.requirements.conda_spec import declare_spec
from colabify.requirements.model import Reading, merge, problem, shown
from colabify.requirements.pip_file import read_pip_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

    from colabify.requirements.model import Read

_PLAIN = "tag:yaml.org,2002:"
_WITHOUT_TAG = ("bool", "float", "int", "map", "merge", "null", "seq", "str", "timestamp", "value")
"""What a node can be without any tag being written."""


def read_conda_file(text: str, source: str, read: Read) -> Reading:
    """What an environment file, which goes by the name ``source``, declares; ``pip:`` lists included."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        return problem(source, line, f"{source} is not YAML: {shown(error.problem)}.")
    except (yaml.YAMLError, RecursionError, ValueError):  # a control character; brackets too deep
        return problem(source, None, f"{source} is not YAML.")
    if root is None:
        return Reading()
    if not isinstance(root, yaml.MappingNode):
        return problem(source, 1, f"{source} has no list of dependencies.")
    return merge(_root(root, source, read))


def _root(root: yaml.MappingNode, source: str, read: Read) -> Iterator[Reading]:
    seen: set[str] = set()
    for key, value in root.value:
        name = str(key.value)
        if name in seen:
            yield _problem(key, source, f"{shown(name)} is in {source} twice: both are read")
        seen.add(name)
        if name == "dependencies":
            for item in _items(value):
                yield _dependency(item, source, read)
            if not _is_list(value):
                yield _problem(value, source, f"The dependencies in {source} are not a list")


def _dependency(node: yaml.Node, source: str, read: Read) -> Reading:
    """What one item of ``dependencies`` asks for: a package, or ``pip:`` with a list of lines."""
    import yaml

    if isinstance(node, yaml.MappingNode) and node.tag == _PLAIN + "map":
        found = []
        for key, value in node.value:
            if key.value == "pip" and _is_list(value):
                found.append(_pip(_items(value), source, read))
            else:
                found.append(_problem(key, source, f"{shown(key.value)} is not followed"))
        return merge(found)
    text = _string(node)
    if text is None:
        return _problem(node, source, f"{_description(node)} is not a package's name")
    return declare_spec(text, source, node.start_mark.line + 1)


def _pip(items: list[yaml.Node], source: str, read: Read) -> Reading:
    """What the lines below ``pip:`` ask for; they are read together, as those of one file."""
    lines, problems = [], []
    for node in items:
        text = _string(node)
        if text is None:
            problems.append(_problem(node, source, f"{_description(node)} is not a requirement"))
        elif text.strip():
            lines.append((node.start_mark.line + 1, " ".join(text.split())))
    return merge([*problems, read_pip_lines(lines, source, read)])


def _is_list(node: yaml.Node) -> bool:
    """Whether a value is a list, or empty."""
    return node.tag in (_PLAIN + "seq", _PLAIN + "null")


def _items(node: yaml.Node) -> list[yaml.Node]:
    """The items of a list; nothing of any other value."""
    import yaml

    return list(node.value) if isinstance(node, yaml.SequenceNode) and _is_list(node) else []


def _string(node: yaml.Node) -> str | None:
    """The text of a plain string; None for a number, a list, or what a tag would make something of."""
    return str(node.value) if node.tag == _PLAIN + "str" else None


def _description(node: yaml.Node) -> str:
    import yaml

    if node.tag.removeprefix(_PLAIN) not in _WITHOUT_TAG:
        return f"What has the tag {shown(node.tag.replace(_PLAIN, '!!'))}"
    return shown(node.value) if isinstance(node, yaml.ScalarNode) else "A list or a table"


def _problem(node: yaml.Node, source: str, message: str) -> Reading:
    return problem(source, node.start_mark.line + 1, f"{message}.")
