"""SpaCy 3 loads models by their full names, and takes components by their names.

Source: spaCy's migration guide from 2 to 3 (spacy.io/usage/v3); every old form fails on Python 3.13 with
spaCy 3.8. Which shortcut was which model is in ``spacy/errors.py`` of 3.8, and here in
``language_data.json``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.analysis.nltk_uses import language_table
from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, named, text_of
from colabify.rules.families import Keyword, Keywords, Methods, Renamed, Row
from colabify.rules.others.expressions import bindings_of, method_of
from colabify.rules.others.several import Several
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_SINCE = "spacy 3.0"
_LANGUAGE = "spacy.Language"
_TRAINING = "spacy.gold is spacy.training since spaCy 3, where Example stands for GoldParse"


class _Names(Renamed):
    rows: ClassVar = {
        "spacy.gold.biluo_tags_from_offsets": Row("spacy.training.offsets_to_biluo_tags", _SINCE),
        "spacy.gold.offsets_from_biluo_tags": Row("spacy.training.biluo_tags_to_offsets", _SINCE),
        "spacy.gold.docs_to_json": Row("spacy.training.docs_to_json", _SINCE),
        "spacy.gold": Row(since=_SINCE, text=_TRAINING, module=True),
        "spacy.en": Row("spacy.lang.en", "spacy 2.0", module=True),
        "spacy.de": Row("spacy.lang.de", "spacy 2.0", module=True),
        "spacy.lemmatizer": Row(since=_SINCE, text="the lemmatizer is a component since spaCy 3",
        module=True),
        "spacy.pipeline.SentenceSegmenter": Row(
            since=_SINCE, text='SentenceSegmenter is gone since spaCy 3: nlp.add_pipe("sentencizer")'),
        "spacy.lang.en.LEMMA_INDEX": Row(since=_SINCE,
        text="the lemmatizer has its tables itself since spaCy 3"),
    }  # fmt: skip


class _Keywords(Keywords):
    rows: ClassVar = {
        f"{_LANGUAGE}.pipe(n_threads)": Keyword(drop=True, since=_SINCE),
    }


class _Methods(Methods):
    rows: ClassVar = {
        "spacy.Doc.print_tree": Row(
            "to_json", _SINCE, "doc.print_tree is doc.to_json now", "unsafe"
        ),
        f"{_LANGUAGE}.entity": Row(
            since=_SINCE, text='nlp.entity is nlp.get_pipe("ner") since spaCy 3'
        ),
        f"{_LANGUAGE}.parser": Row(
            since=_SINCE, text='nlp.parser is nlp.get_pipe("parser") since spaCy 3'
        ),
        f"{_LANGUAGE}.tagger": Row(
            since=_SINCE, text='nlp.tagger is nlp.get_pipe("tagger") since spaCy 3'
        ),
    }


class _Calls(Rule):
    nodes = ("Call",)
    packages = frozenset({"spacy"})
    needles = frozenset({"load", "add_pipe", "add"})

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What a call that loads a model, or adds a component or a pattern, should be."""
        import libcst as cst

        node = cst.ensure_type(node, cst.Call)
        if not is_gone(_SINCE, context.runtime):
            return None
        if context.qualified(node.func) == "spacy.load":
            return _loaded(node)
        method = method_of(node)
        if method is None or not node.args:
            return None
        kind = context.kind(method[0])
        if method[1] == "add_pipe" and kind == _LANGUAGE:
            return _piped(node, code_of(method[0]), context)
        if method[1] == "add" and kind == "spacy.Matcher":
            return _matched(node)
        return None


def _loaded(call: cst.Call) -> Remedy | None:
    """``spacy.load("en")``: the shortcut's model."""
    import libcst as cst

    name = argument(call, "name", 0)
    full = language_table()["spacy"]["shortcuts"].get(text_of(name))
    if not full or not isinstance(name, cst.SimpleString):
        return None
    spelled = name.with_changes(value=f"{name.prefix}{name.quote}{full}{name.quote}")
    first, *rest = call.args
    if first.value is not name:
        return None
    return Remedy(call.with_changes(args=[first.with_changes(value=spelled), *rest]))


def _piped(call: cst.Call, nlp: str, context: Context) -> Remedy | None:
    """``nlp.add_pipe(component)``: the component's name, if ``nlp.create_pipe`` is all that made it."""
    component = call.args[0].value
    if call.args[0].keyword is not None or context.kind(component) == "str":
        return None
    text = 'nlp.add_pipe takes a component\'s name since spaCy 3: nlp.add_pipe("ner") gives the component'
    made = _created(component, nlp)
    if made is None:
        bound = (
            bindings_of(code_of(component), context) if code_of(component).isidentifier() else None
        )
        sure = bound is not None or "(" in code_of(component) or context.kind(component)
        return Remedy(text=text, safety="report", fails=bool(sure))
    new = call.with_changes(args=[call.args[0].with_changes(value=made), *call.args[1:]])
    return Remedy(new, text=text)


def _created(node: cst.BaseExpression, nlp: str) -> cst.BaseExpression | None:
    """The name in ``nlp.create_pipe("ner")``."""
    import libcst as cst

    method = method_of(node)
    if method is None or method[1] != "create_pipe" or code_of(method[0]) != nlp:
        return None
    node = cst.ensure_type(node, cst.Call)
    one = node.args[0] if len(node.args) == 1 else None
    return one.value if one is not None and text_of(one.value) is not None else None


def _matched(call: cst.Call) -> Remedy | None:
    """``matcher.add(key, None, a, b)``: since spaCy 3 the patterns are a list."""
    import libcst as cst

    if len(call.args) < 3 or any(one.keyword or one.star == "**" for one in call.args):
        return None
    callback = code_of(call.args[1].value)
    patterns = [code_of(one.with_changes(comma=cst.MaybeSentinel.DEFAULT)) for one in call.args[2:]]
    listed = cst.Arg(cst.parse_expression(f"[{', '.join(patterns)}]"))
    args = [call.args[0], listed]
    if callback != "None":
        args.append(named(cst.Arg(call.args[1].value), "on_match"))
    return Remedy(call.with_changes(args=args))


_NLP = "import spacy\nnlp = spacy.blank('en')\n"
_MATCHER = "from spacy.matcher import Matcher\nm = Matcher(nlp.vocab)\n"


class Spacy(Several):
    """Load models, and add components and patterns, as spaCy 3 does.

    ``spacy.load("en")`` is ``spacy.load("en_core_web_sm")``, ``nlp.add_pipe(nlp.create_pipe("x"))`` is
    ``nlp.add_pipe("x")``.
    """

    code = "COL174"
    name = "spacy-3"
    parts: ClassVar = (_Calls(), _Keywords(), _Methods(), _Names())
    examples = (
        Example("import spacy\nnlp = spacy.load('en', disable=['ner'])\n",
                "import spacy\nnlp = spacy.load('en_core_web_sm', disable=['ner'])\n",
                not_run="needs the model"),
        Example(_NLP + "nlp.add_pipe(nlp.create_pipe('sentencizer'), first=True)\n"
                "x = [s.text for s in nlp('A b. C d.').sents]\n",
                _NLP + "nlp.add_pipe('sentencizer', first=True)\n"
                "x = [s.text for s in nlp('A b. C d.').sents]\n",
                shows="x"),
        Example(_NLP + _MATCHER + "m.add('A', None, [{'LOWER': 'a'}])\nx = len(m(nlp('b a')))\n",
                _NLP + _MATCHER + "m.add('A', [[{'LOWER': 'a'}]])\nx = len(m(nlp('b a')))\n", shows="x"),
        Example(_NLP + "x = [len(d) for d in nlp.pipe(['a b'], n_threads=2)]\n",
                _NLP + "x = [len(d) for d in nlp.pipe(['a b'])]\n", shows="x"),
        Example("from spacy.gold import biluo_tags_from_offsets\n",
                "from spacy.training import offsets_to_biluo_tags as biluo_tags_from_offsets\n"),
        Example("from spacy.gold import GoldParse\n", told="Example"),
        Example(_NLP + "ner = nlp.create_pipe('ner')\nnlp.add_pipe(ner, last=True)\n", told="name"),
        Example("import spacy\nnlp = spacy.load('en_core_web_sm')\nnlp.add_pipe('sentencizer')\n"),
        Example(_NLP + _MATCHER + "m.add('A', [[{'LOWER': 'a'}]])\nm.add('B', p, on_match=f)\n"),
        Example("nlp = spacy.load('en')\nnlp.add_pipe(x)\n"),
        Example("import spacy\npool.pipe(x, n_threads=3)\nentity.add('a', None, 'b')\n"),
    )  # fmt: skip
