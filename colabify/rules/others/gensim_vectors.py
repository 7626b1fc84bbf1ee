"""What gensim 4 has in a model's vectors: similarities, words, and how often they occur."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from colabify.rules.base import Remedy, Rule, Safety
from colabify.rules.others.expressions import placed, uses_of
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

VECTORS = "gensim.KeyedVectors"
MODELS = ("gensim.Word2Vec", "gensim.FastText", "gensim.Doc2Vec")
_MOVED = {
    **{name: name for name in (
        "most_similar", "most_similar_cosmul", "similarity", "doesnt_match", "n_similarity", "wmdistance",
        "similar_by_word", "similar_by_vector", "evaluate_word_pairs", "save_word2vec_format")},
    "index2word": "index_to_key", "syn0": "vectors",
}  # fmt: skip
_NORMED = frozenset({"syn0norm", "vectors_norm"})
_OF_VOCAB = {"count": "{wv}.get_vecattr({word}, 'count')", "index": "{wv}.key_to_index[{word}]"}
_READERS = frozenset({"len", "list", "sorted", "set", "iter", "enumerate", "tuple"})
_TEXT = ".vocab is .key_to_index since gensim 4, which gives indices; .get_vecattr(word, 'count') counts"


class Vectors(Rule):
    """What a model has in its ``wv`` now, and the vocabulary of vectors."""

    nodes = ("Attribute", "Subscript", "Comparison")
    packages = frozenset({"gensim"})
    # model["word"] has no word of its own: these stand in nearly every cell that has it
    needles = frozenset(
        {*_MOVED, "vocab", *_OF_VOCAB, "model", "print", "in", "import", "def", "plt", "np"}
    )

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What stands for a model, or for the vocabulary."""
        import libcst as cst

        if not is_gone("gensim 4.0", context.runtime):
            return None
        if isinstance(node, cst.Attribute):
            return _vocabulary(node, context) or _moved(node, context)
        if isinstance(node, cst.Subscript) and context.kind(node.value) in MODELS[:2]:
            return Remedy(node.with_changes(value=_wv(node.value)))
        if isinstance(node, cst.Comparison) and len(node.comparisons) == 1:
            target = node.comparisons[0]
            asks = isinstance(target.operator, cst.In | cst.NotIn)
            if asks and context.kind(target.comparator) in MODELS[:2]:
                new = target.with_changes(comparator=_wv(target.comparator))
                return Remedy(node.with_changes(comparisons=[new]))
        return None


def _wv(node: cst.BaseExpression) -> cst.BaseExpression:
    import libcst as cst

    return cst.Attribute(node, cst.Name("wv"))


def _moved(node: cst.Attribute, context: Context) -> Remedy | None:
    """``model.most_similar`` is of the model's vectors now, ``wv.syn0norm`` is worked out when asked for."""
    import libcst as cst

    if node.attr.value in _NORMED and context.kind(node.value) == VECTORS:
        return Remedy(placed(f"{code_of(node.value)}.get_normed_vectors()", node))
    new = _MOVED.get(node.attr.value)
    if new is None or context.kind(node.value) not in MODELS:
        return None
    return Remedy(node.with_changes(value=_wv(node.value), attr=cst.Name(new)))


def _vocabulary(node: cst.Attribute, context: Context) -> Remedy | None:
    """``wv.vocab``: words and indices now, if that is all that the program takes of it."""
    import libcst as cst

    if node.attr.value in _OF_VOCAB and isinstance(node.value, cst.Subscript):
        vocab, index = node.value.value, node.value.slice
        wv = _vectors(vocab, context)
        if wv and len(index) == 1 and isinstance(index[0].slice, cst.Index):
            word = code_of(index[0].slice.value)
            return Remedy(placed(_OF_VOCAB[node.attr.value].format(wv=wv, word=word), node))
    wv = _vectors(node, context)
    if not wv:
        return None
    new = cst.parse_expression(f"{wv}.key_to_index")
    new = cst.ensure_type(new, cst.Attribute)
    sure = all(_is_of_words(*use) for use in uses_of(code_of(node), context))
    safety: Safety = "safe" if sure else "report"
    return Remedy(new.with_changes(lpar=node.lpar, rpar=node.rpar), text=_TEXT, safety=safety)


def _vectors(node: cst.BaseExpression, context: Context) -> str:
    """The vectors whose ``vocab`` an expression is; empty if it is none."""
    import libcst as cst

    if not isinstance(node, cst.Attribute) or node.attr.value != "vocab":
        return ""
    kind, code = context.kind(node.value), code_of(node.value)
    if kind in MODELS:
        return f"{code}.wv"
    return code if kind == VECTORS else ""


def _is_of_words(node: ast.expr, parent: ast.AST, above: ast.AST | None) -> bool:
    """Whether a use of the vocabulary needs no more than its words, or is mended by itself."""
    match parent:
        case ast.Compare(comparators=asked):
            return node in asked
        case ast.Call(func=ast.Name(id=name)):
            return name in _READERS
        case ast.For(iter=iterated) | ast.comprehension(iter=iterated):
            return iterated is node
        case ast.Attribute(attr="keys"):
            return True
        case ast.Subscript():
            return isinstance(above, ast.Attribute) and above.attr in _OF_VOCAB
    return False
