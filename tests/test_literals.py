"""String literals with another text, in every form in which Python spells one."""

from __future__ import annotations

import ast
import warnings

import pytest

from colabify.rewrite.source import Source, applied

# source, what its literals have, what takes its place, and the source for each literal (None: it stays)
LITERALS: dict[str, tuple[str, str, str, list[str | None]]] = {
    "single quotes": ("open('Data/a.csv')", "Data", "data", ["open('data/a.csv')"]),
    "double quotes": ('open("Data/a.csv")', "Data", "data", ['open("data/a.csv")']),
    "backslash": ("open('Data\\\\a.csv')", 'Data\\a', "data/a", ["open('data/a.csv')"]),
    "raw": ("open(r'Data\\a.csv')", 'Data\\a', "data/a", ["open(r'data/a.csv')"]),
    "hexadecimal": ("open('\\x44ata/a')", "Data", "data", ["open('data/a')"]),
    "octal": ("open('\\104ata/a')", "Data", "data", ["open('data/a')"]),
    "by name": ("open('\\N{LATIN CAPITAL LETTER D}ata/a')", "Data", "data", ["open('data/a')"]),
    "by code point": ("open('\\u0044ata/a')", "Data", "data", ["open('data/a')"]),
    "over a line's end": ("open('Da\\\nta/a')", "Data", "data", ["open('da\\\nta/a')"]),
    "three quotes": ("open('''Data/\na''')", "Data", "data", ["open('''data/\na''')"]),
    "adjacent, with a comment": ("open('Da'  # why\n     'ta/a')", "Data", "data", ["open('da'  # why\n     'ta/a')"]),
    "adjacent, one raw": ("x = ('Da'\n     r'ta\\a')", 'Data\\a', "data/a", ["x = ('da'\n     r'ta/a')"]),
    "f-string": ("open(f'Data/{n}.csv')", "Data", "data", ["open(f'data/{n}.csv')"]),
    "braces of an f-string": ("open(f'{{Data}}/{n}.csv')", "Data", "data", ["open(f'{{data}}/{n}.csv')"]),
    "fields with quotes and widths": ('open(f\'Data/{d["a"]}/{n:>{w}}/b.csv\')', "Data", "data", ['open(f\'data/{d["a"]}/{n:>{w}}/b.csv\')']),
    "field with a conversion": ("open(f'Data/{n!r:}.csv')", "Data", "data", ["open(f'data/{n!r:}.csv')"]),
    "raw f-string": ("open(rf'Data\\{n}.csv')", 'Data\\', "data/", ["open(rf'data/{n}.csv')"]),
    "f-string and plain": ("open(F'Data/{n}' 'Data/x')", "Data", "data", ["open(F'data/{n}' 'Data/x')", "open(F'Data/{n}' 'data/x')"]),
    "signs beyond ASCII": ("open('Data/é.csv')", "Data", "Daten é", ["open('Daten é/é.csv')"]),
    "a quote": ("open('Data/a')", "Data", "da'ta", ["open('da\\'ta/a')"]),
    "a quote that a raw one cannot say": ("open(r'Data/a')", "Data", "da'ta", [None]),
    "unknown escape": ("open('Data\\q/a')", "Data", "data", ["open('data\\q/a')"]),
    "prefix u": ("x = b'a'; open(u'Data/a')", "Data", "data", ["x = b'a'; open(u'data/a')"]),
    "escape before": ("open('\\tData/a')", "Data", "data", ["open('\\tdata/a')"]),
    "sign of four bytes": ("open('😀Data/a')", "Data", "data", ["open('😀data/a')"]),
    "a line's end": ("open('Data/a')", "Data", 'da\nta', ["open('da\\nta/a')"]),
    "field that says itself": ("open(f'Data/{n=}')", "Data", "data", [None]),
    "in a field": ('open(f"{\'Data/a\'}")', "Data", "data", ['open(f"{\'data/a\'}")']),
    "field over lines": ("open(f'''Data/{\n n}''')", "Data", "data", ["open(f'''data/{\n n}''')"]),
}  # fmt: skip


@pytest.mark.parametrize("name", LITERALS)
def test_literals(name: str) -> None:
    text, was, new, wanted = LITERALS[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes that Python does not know
        tree = ast.parse(text)
        source = Source(text, tree)
        nodes = (one for one in ast.walk(tree) if isinstance(one, ast.Constant))
        literals = [one for one in nodes if isinstance(one.value, str) and was in one.value]
        edits = [source.edits(one, one.value.replace(was, new)) for one in literals]
    assert [None if one is None else applied(text, one) for one in edits] == wanted
