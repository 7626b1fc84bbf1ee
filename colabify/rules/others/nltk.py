"""NLTK 3 gave functions and methods new names; what goes by its data is seen to in the setup cell.

Source: NLTK's notes on porting code to 3.0 and its change log; every old name fails on Python 3.13 with NLTK
3.9. Lines such as ``nltk.download("punkt")`` stay: they still work, and ``punkt_tab``, which 3.9 reads, is
fetched by the setup cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.families import Methods, Renamed, Row
from colabify.rules.others.expressions import method_of, positional
from colabify.rules.others.several import Several
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_SINCE = "nltk 3.0"
_DIST = "nltk.FreqDist"
_HTML = "nltk.clean_html is gone: BeautifulSoup(html, 'html.parser').get_text() gives the text"
_TAGGERS = {"POSTagger": "StanfordPOSTagger", "NERTagger": "StanfordNERTagger"}


class _Names(Renamed):
    rows: ClassVar = {
        "nltk.batch_pos_tag": Row("nltk.pos_tag_sents", _SINCE),
        "nltk.batch_ne_chunk": Row("nltk.ne_chunk_sents", _SINCE),
        "nltk.tag.batch_pos_tag": Row("nltk.tag.pos_tag_sents", _SINCE),
        "nltk.chunk.batch_ne_chunk": Row("nltk.chunk.ne_chunk_sents", _SINCE),
        "nltk.parse_cfg": Row("nltk.CFG.fromstring", _SINCE),
        "nltk.parse_pcfg": Row("nltk.PCFG.fromstring", _SINCE),
        "nltk.Tree.parse": Row("nltk.Tree.fromstring", _SINCE),
        "nltk.util.ingrams": Row("nltk.util.ngrams", _SINCE),
        "nltk.ingrams": Row("nltk.ngrams", _SINCE),
        "nltk.clean_html": Row(since=_SINCE, text=_HTML),
        "nltk.clean_url": Row(since=_SINCE, text=_HTML),
        "nltk.model": Row(since=_SINCE, text="nltk.model is gone: nltk.lm has language models", module=True),
        "nltk.align": Row(since=_SINCE, text="nltk.align is gone: see nltk.translate", module=True),
        **{f"nltk.tag.stanford.{old}": Row(f"nltk.tag.stanford.{new}", "nltk 3.1") for old,
        new in _TAGGERS.items()},
        **{f"nltk.tag.{old}": Row(f"nltk.tag.{new}", "nltk 3.1") for old, new in _TAGGERS.items()},
    }  # fmt: skip


class _Methods(Methods):
    rows: ClassVar = {f"{_DIST}.samples": Row("keys", _SINCE)}


class _Counts(Rule):
    nodes = ("Expr",)
    packages = frozenset({"nltk"})
    needles = frozenset({"inc"})

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """``counts.inc(word)``: counting is adding."""
        import libcst as cst

        node = cst.ensure_type(node, cst.Expr)
        method = method_of(node.value)
        if method is None or method[1] != "inc" or context.kind(method[0]) != _DIST:
            return None
        args = positional(cst.ensure_type(node.value, cst.Call))
        if not args or len(args) > 2 or not is_gone(_SINCE, context.runtime):
            return None
        line = cst.parse_statement(f"{code_of(method[0])}[{args[0]}] += {(*args, '1')[1]}")
        return Remedy(tuple(cst.ensure_type(line, cst.SimpleStatementLine).body))


class Nltk(Several):
    """Use the names that NLTK has since its version 3.

    ``nltk.parse_cfg`` is ``nltk.CFG.fromstring``, ``counts.inc(word)`` is ``counts[word] += 1``.
    """

    code = "COL175"
    name = "nltk-3"
    parts: ClassVar = (_Counts(), _Methods(), _Names())
    examples = (
        Example("import nltk\nx = str(nltk.parse_cfg('S -> \"a\"'))\n",
                "import nltk\nx = str(nltk.CFG.fromstring('S -> \"a\"'))\n"),
        Example("import nltk\nd = nltk.FreqDist()\nfor w in 'aab':\n    d.inc(w)\nx = d['a']\n",
                "import nltk\nd = nltk.FreqDist()\nfor w in 'aab':\n    d[w] += 1\nx = d['a']\n"),
        Example("from nltk.tag.stanford import POSTagger\n",
                "from nltk.tag.stanford import StanfordPOSTagger as POSTagger\n"),
        Example("import nltk\ntext = nltk.clean_html(page)\n", told="BeautifulSoup"),
        Example("from nltk.model import NgramModel\n", told="nltk.lm"),
        Example("import nltk\nnltk.download('punkt')\nx = nltk.word_tokenize('a b')\n"),
        Example("import nltk\nx = nltk.Tree.fromstring('(S a)')\ncounter.inc(3)\n"),
        Example("nltk.parse_cfg('S')\n"),
    )  # fmt: skip
