"""Cells that colabify adds: forms of one function each, marked, and with a checksum of themselves.

A form field is an assignment that Colab rewrites when a person fills it in. What it says is that
person's datum and no edit of the cell: the checksum is that of the cell with the fields as they were written.
"""

from __future__ import annotations

import ast
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TAG = "colabify"
_PARAM = '  # @param {type:"string"}'
_OFF = "# fmt: off"
"""A formatter in somebody's commit hook is told to leave the cell as it is."""


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of cell: its name in its mark, its function, its titles, and why it does nothing at home."""

    name: str
    function: str
    titles: tuple[str, ...]
    at_home: str

    @property
    def id(self) -> str:
        """The id that its cell gets."""
        return f"colabify-{self.name}"

    @property
    def mark(self) -> str:
        """How the line begins by which it is recognised."""
        return f"# Added by colabify ({self.name} 1, "


SETUP = Form(
    "setup", "_set_up_colab", ("Set up Google Colab",), "at home there is nothing to set up"
)
RESULTS = Form(
    "results",
    "_save_results",
    ("Download your results", "Save your results to GitHub"),
    "at home the results stay where they are",
)


def form_cell(form: Form, source: str) -> dict[str, Any]:
    """The cell as nbformat has it; Colab shows it folded."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": form.id,
        "metadata": {
            "cellView": "form",
            "id": form.id,
            "jupyter": {"source_hidden": True},
            "tags": [TAG],
        },
        "outputs": [],
        "source": source,
    }


def form_source(
    form: Form,
    title: str,
    blocks: Sequence[str],
    fields: Mapping[str, str] | None = None,
    chosen: Mapping[str, str] | None = None,
) -> str:
    """The source of a cell whose function has ``blocks`` for its body.

    ``fields`` are its form fields and what they say by default, ``chosen`` what a person has put there. The
    function is given each field by its name, and the default for one that is empty.
    """
    fields, chosen = fields or {}, chosen or {}
    body = _framed(form, blocks, fields)
    signed = _signed(form, title, body)
    lines = signed.split("\n")
    for number, (name, default) in enumerate(fields.items(), start=3):
        lines[number] = _field_line(name, chosen.get(name, default))
    return "\n".join(lines)


def is_form(form: Form, source: str) -> bool:
    """Whether a cell's source is one of that kind, of whatever version, edited or not."""
    return _mark_line(form, source) is not None


def chosen_values(form: Form, source: str) -> dict[str, str] | None:
    """What a person has put into the fields of a cell; None if anything else of it was edited."""
    mark = _mark_line(form, source)
    if mark is None:
        return None
    above, _, body = source.replace(mark + "\n", "", 1).partition("\n")
    title = above.removeprefix("# @title ")
    if title not in form.titles:
        return None
    lines = body.split("\n")
    chosen = {}
    for number, (name, default) in enumerate(_defaults(form, lines).items(), start=1):
        value = _field_value(name, lines[number])
        if value is None:
            return None
        lines[number] = _field_line(name, default)
        if value != default:
            chosen[name] = value
    written = "\n".join(lines)
    return chosen if _signed(form, title, written) == f"{above}\n{mark}\n{written}" else None


def _framed(form: Form, blocks: Sequence[str], fields: Mapping[str, str]) -> str:
    """The function and its call; what it may rely on: google.colab is loaded before the first cell."""
    given = [
        f"{name} or {_literal(default)}" if default else name for name, default in fields.items()
    ]
    head = [_OFF, *(_field_line(*one) for one in fields.items()), *([""] if fields else [])]
    head += [
        f"def {form.function}({', '.join(fields)}):",
        "    import sys",
        "",
        '    if "google.colab" not in sys.modules:',
        f"        return  # {form.at_home}",
        "",
    ]
    tail = [
        "",
        f"{form.function}({', '.join(given)})",
        f"del {', '.join([form.function, *fields])}",
    ]
    return "\n".join([*head, *blocks, *tail])


def _signed(form: Form, title: str, body: str) -> str:
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    mark = f'{form.mark}{digest}): does nothing elsewhere; "colabify --undo" removes it.'
    return f"# @title {title}\n{mark}\n{body}"


def _mark_line(form: Form, source: str) -> str | None:
    lines = source.split("\n", 3)[:3]
    return next((line for line in lines if line.startswith(form.mark)), None)


def _defaults(form: Form, lines: Sequence[str]) -> dict[str, str]:
    """What the fields say by default: the function's call has it."""
    calls = [line for line in lines if line.startswith(f"{form.function}(")]
    found = {}
    for given in getattr(_expression(calls[-1] if calls else ""), "args", []):
        match given:
            case ast.Name(id=name):
                found[name] = ""
            case ast.BoolOp(values=[ast.Name(id=name), ast.Constant(value=str(default))]):
                found[name] = default
    return found if len(lines) > len(found) else {}


def _field_line(name: str, value: str) -> str:
    return f"{name} = {_literal(value)}{_PARAM}"


def _field_value(name: str, line: str) -> str | None:
    """What the field says; None if the line is no field of that name."""
    before, found, _ = line.rpartition("@param")
    match _statement(before) if found else None:
        case ast.Assign(targets=[ast.Name(id=assigned)], value=ast.Constant(value=str(value))):
            return value if assigned == name else None
    return None


def _statement(text: str) -> ast.stmt | None:
    try:
        return ast.parse(text).body[0]
    except (SyntaxError, ValueError, IndexError):
        return None


def _expression(text: str) -> ast.expr | None:
    statement = _statement(text)
    return statement.value if isinstance(statement, ast.Expr) else None


def _literal(value: str) -> str:
    """As a person reads it in the form: printable characters as they are."""
    text = repr(value)
    return f'"{text[1:-1]}"' if text.startswith("'") and '"' not in text else text
