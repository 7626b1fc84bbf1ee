"""Gensim 4.0 renamed keywords and attributes, and took from models what their vectors have.

Source: gensim's page "Migrating from Gensim 3.x to 4" and its release notes; every old form was run on Python
3.13 with gensim 4.4, and on gensim 3.8. Colab has no gensim, so that the newest is installed.
"""

from __future__ import annotations

from typing import ClassVar

from colabify.rules.base import Example
from colabify.rules.families import Keyword, Keywords, Methods, Renamed, Row
from colabify.rules.others.gensim_vectors import MODELS, VECTORS, Vectors
from colabify.rules.others.several import Several

_SINCE = "gensim 4.0"
_SUMMARY = "gensim.summarization is gone since gensim 4: sumy and summa summarise texts"
_WRAPPERS = "gensim.models.wrappers is gone since gensim 4: take the tool's own package, or gensim's LdaModel"
_NORMED = ".syn0norm and .vectors_norm are .get_normed_vectors() since gensim 4"
_CLASSES = {"Word2Vec": "word2vec", "FastText": "fasttext", "Doc2Vec": "doc2vec"}
_CALLED = [full for name, module in _CLASSES.items()
           for full in (f"gensim.models.{name}", f"gensim.models.{module}.{name}")]  # fmt: skip


class _Names(Renamed):
    rows: ClassVar = {
        "gensim.summarization": Row(since=_SINCE, text=_SUMMARY, module=True),
        "gensim.models.wrappers": Row(since=_SINCE, text=_WRAPPERS, module=True),
        "gensim.models.deprecated": Row(since=_SINCE, text="gensim.models.deprecated is gone", module=True),
        "gensim.sklearn_api": Row(since=_SINCE, text="gensim.sklearn_api is gone since gensim 4",
        module=True),
        "gensim.models.doc2vec.LabeledSentence": Row("gensim.models.doc2vec.TaggedDocument", _SINCE),
        "gensim.similarities.index": Row("gensim.similarities.annoy", _SINCE, module=True),
        "gensim.models.keyedvectors.WordEmbeddingSimilarityIndex": Row(
            "gensim.similarities.WordEmbeddingSimilarityIndex", _SINCE),
        "gensim.models.WordEmbeddingSimilarityIndex": Row(
            "gensim.similarities.WordEmbeddingSimilarityIndex", _SINCE),
        "gensim.utils.lemmatize": Row(since=_SINCE,
        text="gensim.utils.lemmatize is gone: NLTK and spaCy lemmatize"),
        "gensim.matutils.softcossim": Row(
            since=_SINCE, text="softcossim is gone: SparseTermSimilarityMatrix has inner_product"),
        **{f"{full}.load_word2vec_format": Row("gensim.models.KeyedVectors.load_word2vec_format", _SINCE)
           for full in _CALLED if full.endswith("Word2Vec")},
    }  # fmt: skip


class _Keywords(Keywords):
    rows: ClassVar = {
        **{f"{full}(size)": Keyword("vector_size", _SINCE) for full in _CALLED},
        **{f"{full}(iter)": Keyword("epochs", _SINCE) for full in _CALLED},
        **{f"{kind}.train(iter)": Keyword("epochs", _SINCE) for kind in MODELS},
    }


class _Methods(Methods):
    rows: ClassVar = {
        f"{VECTORS}.index2word": Row("index_to_key", _SINCE),
        f"{VECTORS}.index2entity": Row("index_to_key", _SINCE),
        f"{VECTORS}.syn0": Row("vectors", _SINCE),
        f"{VECTORS}.syn0norm": Row(since=_SINCE, text=_NORMED),
        f"{VECTORS}.vectors_norm": Row(since=_SINCE, text=_NORMED),
        f"{VECTORS}.accuracy": Row(since=_SINCE, text=".accuracy is .evaluate_word_analogies since gensim 4"),
        f"{VECTORS}.get_keras_embedding": Row(
            since=_SINCE, text=".get_keras_embedding is gone: give .vectors to keras.layers.Embedding"),
        **{f"{kind}.iter": Row("epochs", _SINCE) for kind in MODELS},
        **{f"{kind}.delete_temporary_training_data": Row(
            since=_SINCE, text=".delete_temporary_training_data is gone: there is nothing to delete any more")
           for kind in MODELS},
    }  # fmt: skip
    rare = frozenset({"index2word", "index2entity", "syn0norm"})


_MODEL = "from gensim.models import Word2Vec\nm = Word2Vec([['a', 'b']] * 9, min_count=1, seed=1)\n"


class Gensim(Several):
    """Use models and vectors as gensim 4 has them.

    ``Word2Vec(s, size=9)`` takes ``vector_size=9``, ``model.most_similar`` is ``model.wv.most_similar``, and
    ``wv.vocab`` is ``wv.key_to_index``, which gives indices.
    """

    code = "COL173"
    name = "gensim-4"
    parts: ClassVar = (_Keywords(), Vectors(), _Methods(), _Names())
    examples = (
        Example("from gensim.models import Word2Vec\n"
                "m = Word2Vec([['a', 'b']], size=9, iter=2, min_count=1)\nx = m.vector_size\n",
                "from gensim.models import Word2Vec\n"
                "m = Word2Vec([['a', 'b']], vector_size=9, epochs=2, min_count=1)\n"
                "x = m.vector_size\n", shows="x"),
        Example(_MODEL + "x = len(m.most_similar('a'))\ny = m['a']\n",
                _MODEL + "x = len(m.wv.most_similar('a'))\ny = m.wv['a']\n", shows="x"),
        Example(_MODEL + "x = sorted(m.wv.vocab), 'a' in m.wv.vocab\ny = m.wv.vocab['a'].count\n",
                _MODEL + "x = sorted(m.wv.key_to_index), 'a' in m.wv.key_to_index\n"
                "y = m.wv.get_vecattr('a', 'count')\n",
                shows="x, y"),
        Example(_MODEL + "wv = m.wv\nx = sorted(wv.index2word), 'a' in m\n",
                _MODEL + "wv = m.wv\nx = sorted(wv.index_to_key), 'a' in m.wv\n", shows="x"),
        Example("from gensim.models.doc2vec import Doc2Vec, TaggedDocument\n"
                "m = Doc2Vec([TaggedDocument(['a'], [0])], size=3, min_count=1)\nx = len(m.docvecs)\n",
                "from gensim.models.doc2vec import Doc2Vec, TaggedDocument\n"
                "m = Doc2Vec([TaggedDocument(['a'], [0])], vector_size=3, min_count=1)\n"
                "x = len(m.docvecs)\n", shows="x"),
        Example("from gensim.models.doc2vec import Doc2Vec, LabeledSentence\n",
                "from gensim.models.doc2vec import Doc2Vec, TaggedDocument as LabeledSentence\n"),
        Example("from gensim.summarization import summarize\n", told="sumy"),
        Example(_MODEL + "for word, v in m.wv.vocab.items():\n    print(v.count)\n", told="key_to_index"),
        Example("import gensim\nx = vectors.index2word\n", told="index_to_key"),
        Example(_MODEL + "x = m.wv.most_similar('a')\ny = m.wv['a']\nz = m.wv.key_to_index['a']\n"),
        Example("from gensim.models import Word2Vec\nm = Word2Vec(s, vector_size=9, epochs=2)\n"),
        Example("import gensim\nx = finder.most_similar('a')\ny = vectorizer.vocab\n"),
        Example("from gensim.models import LdaModel\nm = LdaModel(c, iterations=3)\nx = m['a']\n"),
    )  # fmt: skip
