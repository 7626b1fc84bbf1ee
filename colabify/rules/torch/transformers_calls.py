"""Transformers 5 dropped methods of tokenizers, keywords, and tasks of ``pipeline``.

Sources: the migration guide to transformers 5, and runs on Python 3.13 with transformers 5.15, which name the
tasks that there are. ``tokenizer(...)`` takes the arguments of ``encode_plus`` since transformers 3;
``eval_strategy`` is there since 4.41 of 2024, ``processing_class`` since 4.46.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy, Rule
from colabify.rules.calls import argument, text_of
from colabify.rules.families import Keyword, Keywords
from colabify.rules.others.expressions import method_of
from colabify.rules.others.several import Several
from colabify.rules.since import is_gone

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_SINCE = "transformers 5.0"
_TOKENIZER = "transformers.Tokenizer"
_ENCODING = frozenset({"encode_plus", "batch_encode_plus"})
_TASKS = {
    "summarization": "AutoModelForSeq2SeqLM and its generate() summarise",
    "text2text-generation": "AutoModelForSeq2SeqLM has generate()",
    "translation": "AutoModelForSeq2SeqLM and its generate() translate",
    "question-answering": "AutoModelForQuestionAnswering gives where an answer starts and ends",
    "conversational": "text-generation takes a list of messages",
    "image-to-text": "image-text-to-text is the task that there is",
}
_ARGUMENTS = ("transformers.TrainingArguments", "transformers.Seq2SeqTrainingArguments")
_TRAINERS = ("transformers.Trainer", "transformers.Seq2SeqTrainer")
_NEWER = "evaluation_strategy= is eval_strategy= since transformers 4.41"
_KEYWORDS = {
    "evaluation_strategy": Keyword("eval_strategy", "transformers 4.46", _NEWER, "unsafe"),
    "per_gpu_train_batch_size": Keyword("per_device_train_batch_size", _SINCE),
    "per_gpu_eval_batch_size": Keyword("per_device_eval_batch_size", _SINCE),
    "overwrite_output_dir": Keyword(drop=True, since=_SINCE),
    "no_cuda": Keyword("use_cpu", _SINCE, "no_cuda= is use_cpu= since transformers 4.34", "unsafe"),
    "logging_dir": Keyword(
        since=_SINCE, text="logging_dir= is gone: set os.environ['TENSORBOARD_LOGGING_DIR']"
    ),
}


class _Keywords(Keywords):
    rows: ClassVar = {
        **{f"{name}({old})": row for name in _ARGUMENTS for old, row in _KEYWORDS.items()},
        **{f"{name}(tokenizer)": Keyword(
            "processing_class", _SINCE, "tokenizer= is processing_class= since transformers 4.46", "unsafe")
           for name in _TRAINERS},
        **{f"{name}(correct_bias)": Keyword(drop=True, since=_SINCE)
           for name in ("transformers.AdamW", "transformers.optimization.AdamW")},
    }  # fmt: skip


class _Calls(Rule):
    nodes = ("Call",)
    packages = frozenset({"transformers"})
    needles = frozenset({*_ENCODING, "pipeline"})

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """A tokenizer that is called; a task of ``pipeline`` that is gone."""
        import libcst as cst

        node = cst.ensure_type(node, cst.Call)
        if not is_gone(_SINCE, context.runtime):
            return None
        if context.qualified(node.func) in (
            "transformers.pipeline",
            "transformers.pipelines.pipeline",
        ):
            task = text_of(argument(node, "task", 0)) or ""
            found = _TASKS.get("translation" if task.startswith("translation_") else task)
            text = f"transformers 5 has no pipeline for {task}: {found}, or pin the runtime 2026.01 (4.57)"
            return Remedy(text=text, safety="report", since="transformers 5.0") if found else None
        method = method_of(node)
        if method is None or method[1] not in _ENCODING:
            return None
        known = context.kind(method[0]) == _TOKENIZER
        split = (
            bool(node.args)
            and context.kind(node.args[0].value) == "list"
            and method[1] == "encode_plus"
        )
        text = f".{method[1]} is gone since transformers 5: call the tokenizer itself"
        if split:
            return Remedy(
                text=f"{text}, with is_split_into_words=True for a list of words",
                safety="report",
                fails=known,
            )
        new = node.with_changes(func=method[0])
        return Remedy(new, text=text, safety="safe" if known else "unsafe", fails=known)


_BERT = (
    "from transformers import BertTokenizer\n"
    "open('v.txt', 'w').write('[PAD]\\n[UNK]\\n[CLS]\\n[SEP]\\n[MASK]\\na\\nb')\n"
    "t = BertTokenizer('v.txt')\n"
)


class TransformersCalls(Several):
    """Call tokenizers and training arguments as transformers 5 does.

    ``tokenizer.encode_plus(text)`` is ``tokenizer(text)``; tasks of ``pipeline`` that are gone are told of.
    """

    code = "COL188"
    name = "transformers-calls"
    parts: ClassVar = (_Keywords(), _Calls())
    examples = (
        Example(_BERT + "x = t.encode_plus('a b')['input_ids']\n", _BERT + "x = t('a b')['input_ids']\n",
                shows="x"),
        Example("from transformers import TrainingArguments as A\na = A('o', evaluation_strategy='no')\n",
                "from transformers import TrainingArguments as A\na = A('o', eval_strategy='no')\n",
                unsafe=True,
                not_run="needs accelerate"),
        Example("import transformers\ndef f(tok, s):\n    return tok.batch_encode_plus([s])\n",
                "import transformers\ndef f(tok, s):\n    return tok([s])\n", unsafe=True,
                not_run="defines a function"),
        Example("from transformers import pipeline\np = pipeline('summarization')\n",
                told="AutoModelForSeq2SeqLM"),
        Example("from transformers import TrainingArguments as A\na = A('o', logging_dir='l')\n",
                told="environ"),
        Example("from transformers import pipeline\np = pipeline('sentiment-analysis')\n"
                "q = pipeline(task='fill-mask')\n"),
        Example("from sklearn.pipeline import make_pipeline as pipeline\np = pipeline('summarization')\n"),
        Example(_BERT + "x = t.encode('a b')\n"),
    )  # fmt: skip
