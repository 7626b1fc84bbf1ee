"""Data and models that code loads by name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from colabify.analysis.installs import find_installs
from colabify.analysis.language_data import find_language_data
from colabify.analysis.nltk_uses import folder_of, language_table
from colabify.findings import Finding
from colabify.full_names import import_names
from colabify.runtime import load_runtime
from colabify.steps import DataNeed
from tests.notebooks import read_cells


def found_in(
    *cells: str, modules: Sequence[str] = ()
) -> tuple[tuple[DataNeed, ...], tuple[Finding, ...]]:
    program, units = read_cells(cells, modules)
    names, lines = import_names(program.units), find_installs(program)
    return find_language_data(units, program, names, load_runtime(), lines)


N = "import nltk\n"
# cells, names
NEEDS = {
    "words": ([f"{N}nltk.word_tokenize(t)"], ["punkt_tab"]),
    "words, imported": (["from nltk.tokenize import word_tokenize as w", "w(t)"], ["punkt_tab"]),
    "words, from the package": (["from nltk import word_tokenize\nword_tokenize(t)"], ["punkt_tab"]),
    "given, not called": (["from nltk import sent_tokenize as s\nmap(s, texts)"], ["punkt_tab"]),
    "imported, never used": (["from nltk import word_tokenize"], []),
    "everything imported": (["from nltk import *\nword_tokenize(t)"], ["punkt_tab"]),
    "everything of tokenize": (["from nltk.tokenize import *\nword_tokenize(t)"], ["punkt_tab"]),
    "everything of another": (["from nltk.stem import *\nword_tokenize(t)"], []),
    "tags": ([f"{N}nltk.pos_tag(w)"], ["averaged_perceptron_tagger_eng"]),
    "Russian tags": (
        [f"{N}nltk.pos_tag(w, lang='rus')"],
        ["averaged_perceptron_tagger_eng", "averaged_perceptron_tagger_rus"],
    ),
    "universal tags": (
        [f"{N}nltk.pos_tag(w, tagset='universal')"],
        ["averaged_perceptron_tagger_eng", "universal_tagset"],
    ),
    "a tagger": (["from nltk.tag import PerceptronTagger\nPerceptronTagger()"],
                 ["averaged_perceptron_tagger_eng"]),
    "a tagger without its data": (["from nltk.tag import PerceptronTagger\nPerceptronTagger(load=False)"],
                                  []),
    "names": ([f"{N}nltk.ne_chunk(x)"], ["maxent_ne_chunker_tab", "words"]),
    "lemmas": (["from nltk.stem import WordNetLemmatizer\nWordNetLemmatizer()"], ["wordnet"]),
    "WordNet": (["from nltk.corpus import wordnet as wn\nwn.synsets('a')"], ["wordnet"]),
    "WordNet in French": (
        ["from nltk.corpus import wordnet as wn\nwn.synsets('a', lang='fra')"],
        ["wordnet", "omw-1.4"],
    ),
    "sentiment": (
        ["from nltk.sentiment.vader import SentimentIntensityAnalyzer\nSentimentIntensityAnalyzer()"],
        ["vader_lexicon"],
    ),
    "the other vader": (
        ["from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer as S\nS()"],
        [],
    ),
    "stop words": (["from nltk.corpus import stopwords\nstopwords.words('english')"], ["stopwords"]),
    "stop words, the name taken": (
        ["from nltk.corpus import stopwords\nstopwords = stopwords.words('english')"],
        ["stopwords"],
    ),
    "stop words, not NLTK's": (["from gensim.parsing import stopwords\nstopwords.words()\nimport nltk"], []),
    "a corpus by its path": ([f"{N}nltk.corpus.brown.words()"], ["brown"]),
    "a corpus of another name": (["from nltk.corpus import treebank_chunk as t\nt.sents()"], ["treebank"]),
    "sentences of a plain corpus": (["from nltk.corpus import gutenberg\ngutenberg.sents('a')"],
                                    ["punkt_tab", "gutenberg"]),
    "the book": (["from nltk.book import *"],
                 ["genesis", "gutenberg", "inaugural", "nps_chat", "treebank", "webtext"]),
    "collocations": ([f"{N}nltk.Text(words).collocations()"], ["stopwords"]),
    "a stemmer": (["from nltk.stem import PorterStemmer, SnowballStemmer\nSnowballStemmer('english')"], []),
    "a stemmer with stop words": (
        ["from nltk.stem import SnowballStemmer\nSnowballStemmer('english', ignore_stopwords=True)"],
        ["stopwords"],
    ),
    "tokenizers without data": (
        ["from nltk.tokenize import TweetTokenizer, wordpunct_tokenize\nTweetTokenizer(), wordpunct_tokenize"],
        [],
    ),
    "the pickle of old": ([f"{N}nltk.data.load('tokenizers/punkt/english.pickle')"], ["punkt_tab"]),
    "a grammar": ([f"{N}nltk.load_parser('grammars/book_grammars/feat0.fcfg')"], ["book_grammars"]),
    "a grammar of one's own": ([f"{N}nltk.data.load('file:my.cfg')"], []),
    "a method of that name": (["x.word_tokenize(t)\nimport nltk"], []),
    "once each": ([f"{N}nltk.word_tokenize(t)\nnltk.sent_tokenize(t)", "nltk.word_tokenize(u)"],
                  ["punkt_tab"]),
    "TextBlob": (["from textblob import TextBlob\nTextBlob(t).noun_phrases"], ["brown", "punkt_tab"]),
    "TextBlob's sentiment": (["from textblob import TextBlob\nTextBlob(t).sentiment.polarity"], []),
    "no TextBlob": (["blob.noun_phrases\nimport nltk"], []),
    "a spaCy model": (["import spacy\nnlp = spacy.load('en_core_web_md')"], ["en_core_web_md"]),
    "a spaCy model by name": (["import spacy\nM = 'de_core_news_sm'", "spacy.load(M)"],
                              ["de_core_news_sm"]),
    "a spaCy model imported": (["import fr_core_news_sm\nfr_core_news_sm.load()"], ["fr_core_news_sm"]),
    "a spaCy model that is there": (["import spacy, en_core_web_sm\nspacy.load('en_core_web_sm')"], []),
    "a spaCy model of one's own": (["import spacy\nspacy.load('models/mine')\nspacy.load('mine')"], []),
    "a blank model": (["import spacy\nspacy.blank('en')"], []),
}  # fmt: skip


@pytest.mark.parametrize("name", NEEDS)
def test_what_is_loaded(name: str) -> None:
    cells, expected = NEEDS[name]
    needs, findings = found_in(*cells)
    assert sorted(one.name for one in needs) == sorted(expected)
    assert findings == ()


W = "nltk.word_tokenize(t)"
FETCHED = {
    "before": ([f"{N}nltk.download('punkt_tab')", W], []),
    "in the same cell": ([f"{N}nltk.download('punkt_tab')\n{W}"], []),
    "too late": ([f"{N}{W}", "nltk.download('punkt_tab')"], ["punkt_tab"]),
    "the data of an older NLTK": ([f"{N}nltk.download('punkt')", W], ["punkt_tab"]),
    "in a comment": ([f"{N}# nltk.download('punkt_tab')", W], ["punkt_tab"]),
    "in a list": ([f"{N}nltk.download(['stopwords', 'punkt_tab'])", W], []),
    "in a loop": ([f"{N}for p in ('stopwords', 'punkt_tab'):\n    nltk.download(p)", W], []),
    "everything": ([f"{N}nltk.download('all')", W], []),
    "a collection": ([f"{N}nltk.download('popular')", "nltk.corpus.stopwords.words()"], []),
    "a collection without it": ([f"{N}nltk.download('popular')", W], ["punkt_tab"]),
    "a name not known": ([f"{N}nltk.download(name)", W], ["punkt_tab"]),
    "by a command": (["!python -m nltk.downloader punkt_tab", f"{N}{W}"], []),
    "by a shell cell": (["%%bash\npython -m nltk.downloader punkt_tab", f"{N}{W}"], []),
    "TextBlob's": (["!python -m textblob.download_corpora", f"{N}{W}"], []),
    "a model": (["!python -m spacy download en_core_web_md", "import spacy\nspacy.load('en_core_web_md')"],
                []),
    "a model, if it is not there": (
        ["import spacy\ntry: spacy.load('en_core_web_md')\nexcept OSError: spacy.cli.download('en_core_web_md')"],
        [],
    ),
    "a model, by pip": (
        ["!pip install https://x.org/en_core_web_md-3.8.0-py3-none-any.whl",
         "import spacy\nspacy.load('en_core_web_md')"],
        [],
    ),
    "another model": (["!python -m spacy download en_core_web_lg", "import spacy\nspacy.load('en_core_web_md')"],
                      ["en_core_web_md"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FETCHED)
def test_what_the_notebook_fetches_itself(name: str) -> None:
    cells, expected = FETCHED[name]
    needs, _ = found_in(*cells)
    assert [one.name for one in needs] == expected


def test_a_need_says_where_it_is_and_how_it_is_found() -> None:
    needs, _ = found_in("x = 1", f"{N}\n{W}", "import spacy\nspacy.load('en_core_web_md')")
    assert needs == (
        DataNeed("nltk", "punkt_tab", "tokenizers/punkt_tab.zip", "nltk.word_tokenize", 1, None, 3),
        DataNeed("spacy", "en_core_web_md", "en_core_web_md", "spacy.load", 2, None, 2),
    )


def test_modules_count_too() -> None:
    module = "from nltk.corpus import stopwords\n\n\ndef clean(t):\n    return stopwords.words(t)\n"
    needs, _ = found_in("import m0", modules=[module])
    assert [(one.name, one.cell, one.path, one.line) for one in needs] == [
        ("stopwords", None, "m0.py", 5)
    ]
    fetching = f"{N}nltk.download('stopwords')\n{module}"
    assert found_in("import m0", modules=[fetching]) == ((), ())
    fetched = [f"{N}nltk.download('stopwords')", "import m0"]
    assert found_in(*fetched, modules=[module]) == ((), ())


FINDINGS = {
    "a menu": ([f"{N}nltk.download()", W], "nltk.download(['punkt_tab'])", 0),
    "a menu in a shell": ([f"{N}nltk.download_shell()"], "asks what to load", 0),
    "a model of spaCy 2": (
        ["import spacy\nspacy.load('en_vectors_web_lg')"],
        "en_vectors_web_lg",
        0,
    ),
}


@pytest.mark.parametrize("name", FINDINGS)
def test_what_a_person_has_to_mend(name: str) -> None:
    cells, said, cell = FINDINGS[name]
    _, (finding,) = found_in(*cells)
    assert said in finding.message
    assert (finding.severity, finding.cell) == ("error", cell)


def test_every_package_of_the_table_has_a_folder() -> None:
    table = language_table()
    named = [*table["nltk"]["functions"].values(), *table["nltk"]["modules"].values()]
    named += [table["nltk"]["corpora"]["same"], table["nltk"]["corpora"]["differ"].values()]
    named += [*table["textblob"].values(), table["nltk"]["loaded"].values()]
    assert {name for names in named for name in names if not folder_of(name)} == set()
    assert set(table["spacy"]["shortcuts"].values()) <= set(table["spacy"]["models"])
