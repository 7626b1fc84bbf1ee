"""What find_targets finds, what it leaves out, and what replace_targets leaves alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colabify.markdown import Target, find_targets, replace_targets

# In a row, guillemets stand around every destination that must be found. The letters: i(mage),
# m(edia), f(rame) or l(ink), then the syntax: i(nline), a(ngle), r(eference), u (autolink), h(tml).
ROWS = [
    ("inline-link", "[a](«b.md») [a] (x) \\[a](x) `[a](x)`", "li"),
    ("inline-image", "![a](«b.png») \\`! [a]` x](y)", "ii"),
    ("title", "![a](«b.png» \"[c](d)\") [e](«f» '(g)') [h](«i» (j))", "ii li li"),
    ("title-needs-space", '[a](b"c" "d" e) [a](b c)', ""),
    ("angle", "[a](<«b c.png»>) [a](<b\nc>) \\<b c>", "la"),
    ("spaces-around", "[a](  «b»  ) [a](\n«c»\n)", "li li"),
    ("parentheses", "[a](«b(c)d») [a](«b\\)c») [a](b(c", "li li"),
    ("empty", "[a](«») [b](<«»>) []", "li la"),
    ("nested", "[![i](«a.png»)](«b.ipynb») [[c](«d»)](e)", "ii li li"),
    ("in-alt", "![x [y](z) ![v](w)](«a.png»)", "ii"),
    ("emphasis", "**[a](«b_c_d»)** *![e](«f*g»)*", "li ii"),
    ("atex-heading", "## [a](«b») ##\n####### [c](«d») #x\n#[e](«f»)\n", "li li li"),
    ("heading-of-marks", "# # # [a](«b») # #\n", "li"),
    ("setext-heading", "[a](«b»)\n===\n[c](«d»)\n---\n", "li li"),
    ("list", "- [a](«b»)\n  1. [c](«d»)\n     ![e](«f»)\n", "li li ii"),
    ("list-tabs", "-\t[a](«b»)\n\n\t[c](«d»)\n\n\t\t\t[e](f)\n", "li li"),
    ("quote", "> [a](«b»)\n> > [c](«d»)\nlazy [e](«f»)\n>\n>     [g](h)\n", "li li li"),
    ("quote-in-list", "* > # [a](«b»)\n  > - ![c\n  >   d](«e»)\n", "li ii"),
    ("task", "- [x] [a](«b»)\n- [ ] (c)\n", "li"),
    ("table", "|a|[h](«i»)|\n|--|:-:|\n| [b](«c») | `[d](e)` |\n[f](«g») | x\n", "li li li"),
    ("table-bar", "a|b\n-|-\n`\\|` [\\|](«c\\|d»)|![e](«f»)|x [g](h)\n", "li ii"),
    ("table-in-quote", "> |a|b|\n> |-|-|\n> ||[c](«d»)|\n", "li"),
    ("not-a-table", "|a|[h](«i»)|\n|--|\n", "li"),
    ("reference", "[a]: «b.md» 'c'\n\n[a] [x][a] [a][]\n[y]: z\n", "lr"),
    ("reference-image", "[A  b]: <«c d.png»>\n![a B]\n", "ir"),
    ("reference-multiline", "[a]:\n   «b»\n   'c\n   d'\n[e]: «f»\n![x][e]\n", "lr ir"),
    ("reference-unused", "[a]: «b»\n\n\\[c]: d\n\n[e]: f g\n", "lr"),
    ("reference-twice", "[a]: «b»\n[a]: «c»\n\n![a]", "ir ir"),
    ("reference-quoted", "> [a]: «b»\n\n- [c\\]]: «d»\n\n[a]![c\\]]", "lr ir"),
    ("autolink", "<«http://a.b/?c&d»> <a:b c> <nothing> http://bare.org", "lu"),
    ("autolink-mail", "<«a@b.org»> a@b.org <@>", "lu"),
    ("schemes", "![](«attachment:x.png») [](«#a») [](«data:a,b») [](«mailto:a@b»)", "ii li li li"),
    ("entities", "[a](«b&amp;c&#32;d») [a](«e\\_f\\g»)", "li li"),
    ("html-image", '<img alt="src=x" src="«a.png»" data-src="y">', "ih"),
    ("html-single-unquoted", "<img src='«a b.png»'>\n<a href=«c.md»>x</a>", "ih lh"),
    ("html-upper-lines", "<IMG\n  WIDTH=1\n  SRC = «a.png»\n  ALT>\n\n<img src=a\n>\n", "ih"),
    ("html-inline", 'b <a title=">" href="«c»">[d](«e»)</a> `<img src=x>` \\<img src=y>', "lh li"),
    ("html-in-link", "[<img src='«a»'/>](«b»)", "ih li"),
    ("html-spaces", '<img src=" «a» "><img src=""><img src>'.replace('""', '"«»"'), "ih ih"),
    ("html-duplicate", '<img src="«a»" src="b">', "ih"),
    ("html-srcset", '<source srcset="«a» 1x,\n «b,c» 2x, «d»,">', "ih ih ih"),
    ("html-srcset-img", '<img src="«a»" srcset="«b» (x, y), «c»">', "ih ih ih"),
    ("html-media", "<video src='«a»' poster=«b»></video><iframe\nsrc=«c»></iframe>", "mh ih fh"),
    (
        "html-sound",
        "<audio src=«a»></audio><source src='«b»'><object data=«c»></object>",
        "mh mh fh",
    ),
    ("html-block-quoted", "> <div>\n> <img\n>  src='«a»'>[x](y)\n> </div>\n", "ih"),
    ("html-block-list", "- <p>\n  <img src='«a»'>\n\n  [b](«c»)\n", "ih li"),
    ("html-table", '|a|\n|-|\n|<img src="«b»">|\n', "ih"),
    ("html-comment", "<!-- <img src=a> [b](c) -->\n\nd <!-- <img src=a> --> [e](«f»)", "li"),
    ("html-comment-open", "[e](«f»)\n\n<!-- <img src=a>\n\n[b](c)", "li"),
    ("html-script", "<script>\n'<img src=a>'\n\n[b](c)</script>\n\n[d](«e»)", "li"),
    ("html-style", "a <style>[b](c)</style> <img src=«d»>", "ih"),
    ("html-pre", "<pre><code>\n<a href=b>\n\n[b](c)</code></pre>\n<a href=«d»></a>", "lh"),
    ("html-code-inline", "<code><a href=«b»>c</a></code>", "lh"),
    ("html-declarations", "<![if x]>\n\n<!DOCTYPE a>\n\n<div><![ <a href=b><a href=«c»>", "lh"),
    ("html-unclosed", "<div>\n<img src=a\n\n[b](«c»)", "li"),
    ("code-span", "`` ` [a](b) `` ```[c](d)``` `[e](«f»)", "li"),
    ("fence", "```\n[a](b)\n<img src=c>\n```\n~~~ [d](e)\n[f](g)\n", ""),
    ("indented", "    [a](b)\n\n- c\n\n      [d](e)\n\n    [f](«g»)\n", "li"),
    ("math", "$a_{[1](x)}$ [b](«c») $$[1](y)$$ $ [1](z) $", "li"),
    ("math-lone", "$ [a](«b»)", "li"),
    ("math-prices", "$5 [a](«b») and $6, $7 [c](«d»)-$8", "li li"),
    ("math-escaped", "\\$5 [a](«b») 6$", "li"),
    ("math-in-code", "`$` [a](«b») `$`", "li"),
    ("math-before-code", "$5 [a](«b») `$PATH`", "li"),
    ("math-in-target", "[a](«b$c») [d](«e$f»)", "li li"),
    ("math-blank-line", "$a [b](«c»)\n\n$d [e](«f»)", "li li"),
    ("math-block", "a\n$$\n- [1](x)\n=\n# [2](y)\n$$\n[b](«c»)\n", "li"),
    ("math-environment", "\\begin{align}\n[1](x)\n\\end{align}\n\\\\([1](x)\\\\) [b](«c»)", "li"),
    ("crlf", "- a\r\n  [b\r\n  c](«d»)\r\n\r\n<img\r\n src='«e»'>\r\n[f]: g\r\n", "li ih"),
    ("cr", "a\r[b](«c»)\r\r[d]: «e»\r", "li lr"),
    ("not-ascii", "é😀 ![ü](«å b.png») ![ü](«ß.png»)".replace("å b", "å\u00a0b"), "ii ii"),
]
KINDS = {"i": "image", "l": "link", "m": "media", "f": "frame"}
SYNTAXES = {"i": "inline", "a": "angle", "r": "reference", "u": "autolink", "h": "html"}
WORDS = """[a](b%20c) ![a](b.png) ![a] <aa:b> <pre> <code> </pre> <script> <!-- --> <![ $ $$ ` | \\|
    [ ] ]( ( ) < > ! " ' \\ &amp; = , \0 \ufeff é x { } <img\u00a0src=a> \\begin{a} \\end{a}"""
BLOCKS = """[a](b c)~[a](<b c>)~[a]: b\n~<img src='a'>~<a href=b>~<img srcset='a 1x, b'>~> ~- ~\t
~\n\n~\r\n~\r~```\n~==\n~|-|-|\n~1. ~    ~ ~# """
PIECES = [*WORDS.split(" "), *BLOCKS.split("~")]
TEXTS = st.one_of(
    st.text(), st.text(st.characters()), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
)
URLS = st.one_of(st.text(), st.text("a .()<>\"'&;\\|`$,%#é=\n", max_size=8))


@pytest.mark.parametrize(("marked", "kinds"), [pytest.param(*r[1:], id=r[0]) for r in ROWS])
def test_finds(marked: str, kinds: str):
    parts = re.split("[«»]", marked)
    source, spans, at = "".join(parts), [], 0
    for number, part in enumerate(parts):
        if number % 2:
            spans.append((at, at + len(part)))
        at += len(part)
    found = find_targets(source)
    assert [source[t.start : t.end] for t in found] == parts[1::2]
    if kinds:  # the row says more than that nothing is found
        assert [(t.start, t.end) for t in found] == spans
    assert [(t.kind, t.syntax) for t in found] == [
        (KINDS[k], SYNTAXES[s]) for k, s in kinds.split()
    ]


def test_images_written_into_the_text_are_found_whole():
    one, two = (f"data:image/png;base64,{letter * 3000}=" for letter in "Ax")
    source = f"[a](b) ![c]({one} 't')\n\n<img src='{two}' alt='d'> [e](f)\n\n`{one}`"
    found = find_targets(source)
    assert [t.url for t in found] == ["b", one, two, "f"]
    assert (
        [source[t.start : t.end] for t in found]
        == [t.text for t in found]
        == [t.url for t in found]
    )


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("[a](b&amp;c&#32;d)", "b&c d"),
        ("[a](e\\_f\\g)", "e_f\\g"),
        ("[a](b%20c)", "b%20c"),
        ("<a@b.org>", "mailto:a@b.org"),
        ("<a href='?a&amp;b&copy=1&copy;'>", "?a&b&copy=1©"),
        ("a|b\n-|-\n[c](d\\|e)|", "d|e"),
    ],
)
def test_url_is_decoded(source: str, url: str):
    assert [t.url for t in find_targets(source)] == [url]


@pytest.mark.parametrize(
    ("source", "url", "expected"),
    [
        ("[a](b 'c')", "d e(f).png", "[a](d%20e(f).png 'c')"),
        ("[a](b)", "c)d(", "[a](c\\)d\\()"),
        ("[a](b 'c')", "", "[a](<> 'c')"),
        ("[a](<b>)", "c d>", "[a](<c d&#62;>)"),
        ("[a](b)", "c\\_d&amp;", "[a](c\\\\_d&amp;amp;)"),
        ("[a]: b", "c d", "[a]: c%20d"),
        ("<img src='b'>", "c&d'e\"", "<img src='c&amp;d&#39;e\"'>"),
        ("<img src=b>", "c d", "<img src=c%20d>"),
        ("<img src=b>", "c=d", '<img src="c=d">'),
        ("<img srcset='b, c 2x'>", "d,", "<img srcset='d%2C, d%2C 2x'>"),
        ("<aa:b>", "http://c d", "<http://c%20d>"),
        ("[a](b\\&c)", "b&c", "[a](b\\&c)"),
    ],
)
def test_writes_what_the_syntax_needs(source: str, url: str, expected: str):
    assert replace_targets(source, [(t, url) for t in find_targets(source)]) == expected


def test_refuses_what_it_cannot_write():
    (link,) = find_targets("<aa:b>")
    with pytest.raises(ValueError, match="absolute"):
        replace_targets("<aa:b>", [(link, "c.md")])
    with pytest.raises(ValueError, match="needs a URL"):
        replace_targets("<a href=b>", [(*find_targets("<a href=b>"), "")])
    with pytest.raises(ValueError, match="not a target"):
        replace_targets("other", [(link, "http://c")])
    with pytest.raises(ValueError, match="not a target"):
        replace_targets("<aa:b>", [(link, "http://c"), (link, "http://d")])


def rest(source: str, targets: list[Target]) -> list[str]:
    edges = [0, *(edge for t in targets for edge in (t.start, t.end)), len(source)]
    return [source[edges[n] : edges[n + 1]] for n in range(0, len(edges), 2)]


@given(TEXTS)
def test_positions_are_sorted_and_true(source: str):
    targets = find_targets(source)
    edges = [edge for t in targets for edge in (t.start, t.end)]
    assert edges == sorted(edges)
    assert all(t.text == source[t.start : t.end] for t in targets)
    assert replace_targets(source, []) == source
    assert replace_targets(source, [(t, t.url) for t in targets]) == source


@given(TEXTS, URLS)
def test_a_new_url_is_read_back_and_nothing_else_changes(source: str, url: str):
    refused = ["autolink"] if url else ["autolink", "html"]
    for target in [t for t in find_targets(source) if t.syntax not in refused]:
        new = replace_targets(source, [(target, url)])
        assert new.startswith(source[: target.start])
        assert new.endswith(source[target.end :])
        written = new[target.start : len(new) - len(source) + target.end]
        assert not re.search(r"[\n\r`$|]", written) or written == target.text
        again = [t for t in find_targets(new) if t.start - target.start in (0, 1)]
        assert [t.kind for t in again] == [target.kind]
        assert again[0].url == url or re.search(r"[\s\x00-\x1f\x7f\ud800-\udfff]|^,|,$", url)
