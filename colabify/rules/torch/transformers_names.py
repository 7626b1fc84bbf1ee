"""Transformers 5 has PyTorch models only, and dropped what had stood there for other versions' sake.

Sources: the migration guide to transformers 5 and the release notes of 4.0 to 5.0; every old name fails
on Python 3.13 with transformers 5.15. Colab's runtime 2026.01 has transformers 4.57.
``torch.optim.AdamW`` is what transformers' own AdamW had long told its users to take; its default
``weight_decay`` is 0.01, and was 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from colabify.rules.base import Example, Remedy
from colabify.rules.families import Renamed, Row
from colabify.rules.since import is_gone
from colabify.rules.spelling import code_of

if TYPE_CHECKING:
    import libcst as cst

    from colabify.rules.context import Context

_HEADS = (
    "AutoModelWithLMHead is gone: AutoModelForCausalLM for GPT-2 and such, AutoModelForMaskedLM for BERT, "
    "AutoModelForSeq2SeqLM for T5"
)
_OTHERS = "transformers 5 has PyTorch models only: take {name}, or pin the runtime 2026.01 (4.57)"
_WARMUP = (
    "WarmupLinearSchedule is gone: get_linear_schedule_with_warmup(optimizer, steps, all_steps)"
)
_MOVED = (
    "bert",
    "gpt2",
    "roberta",
    "distilbert",
    "t5",
    "bart",
    "albert",
    "xlnet",
    "electra",
    "openai",
)
_FEATURES = (
    "ViT",
    "DeiT",
    "Beit",
    "Detr",
    "CLIP",
    "ConvNext",
    "Segformer",
    "LayoutLMv2",
    "LayoutLMv3",
)
_DATASETS = "it is gone since transformers 5: load_dataset of the package datasets reads text"


class TransformersNames(Renamed):
    """Import from transformers, and from torch, what has another name or place now.

    ``from transformers import AdamW`` becomes ``from torch.optim import AdamW``. Models for TensorFlow and
    Flax are told of.
    """

    code = "COL187"
    name = "transformers-names"
    rows: ClassVar = {
        "transformers.AdamW": Row("torch.optim.AdamW", "transformers 5.0", shim=False),
        "transformers.optimization.AdamW": Row("torch.optim.AdamW", "transformers 5.0", shim=False),
        "transformers.AutoModelWithLMHead": Row(
            "transformers.AutoModelForCausalLM", "transformers 5.0", _HEADS, "unsafe", shim=False),
        "transformers.EvaluationStrategy": Row("transformers.IntervalStrategy", "transformers 5.0"),
        "transformers.trainer_utils.EvaluationStrategy": Row(
            "transformers.trainer_utils.IntervalStrategy", "transformers 5.0"),
        "transformers.WarmupLinearSchedule": Row(since="transformers 3.0", text=_WARMUP),
        "transformers.TextDataset": Row(since="transformers 5.0", text=f"TextDataset: {_DATASETS}"),
        "transformers.LineByLineTextDataset": Row(since="transformers 5.0",
        text=f"LineByLineTextDataset: {_DATASETS}"),
        "transformers.Conversation": Row(
            since="transformers 4.42", text="Conversation is gone: text-generation takes a list of messages"),
        **{f"transformers.{name}FeatureExtractor": Row(
            f"transformers.{name}ImageProcessor", "transformers 5.0",
            f"{name}FeatureExtractor is {name}ImageProcessor since transformers 4.26",
            "unsafe") for name in _FEATURES},
        **{f"transformers.{part}_{name}": Row(
            f"transformers.models.{name}.{part}_{name}", "transformers 4.0", module=True)
           for name in _MOVED for part in ("modeling", "tokenization", "configuration")},
    }  # fmt: skip
    examples = (
        Example("from transformers import AdamW, set_seed\nimport torch\n"
                "o = AdamW([torch.zeros(1, requires_grad=True)], lr=0.1)\nx = o.defaults['lr']\n",
                "from transformers import set_seed\nfrom torch.optim import AdamW\nimport torch\n"
                "o = AdamW([torch.zeros(1, requires_grad=True)], lr=0.1)\nx = o.defaults['lr']\n", shows="x"),
        Example("from transformers import AutoModelWithLMHead\n",
                "from transformers import AutoModelForCausalLM as AutoModelWithLMHead\n", unsafe=True),
        Example("from transformers.modeling_bert import BertModel\n",
                "from transformers.models.bert.modeling_bert import BertModel\n"),
        Example("from transformers import TFBertModel, BertTokenizer\n", told="BertModel"),
        Example("import transformers as t\nm = t.FlaxGPT2Model\n", told="GPT2Model"),
        Example("from torch.optim import AdamW\nfrom transformers import AutoModelForCausalLM\n"),
        Example("from transformers import BertModel, T5Tokenizer, IntervalStrategy\n"),
        Example("from keras.optimizers import AdamW\nfrom mine import TFBertModel\n"),
    )  # fmt: skip

    def concerns(self, context: Context) -> bool:
        """Whether anything of transformers is used here."""
        names = context.here.names if context.here else ()
        return any(one.startswith("transformers.") for one in names)

    def check(self, node: cst.CSTNode, context: Context) -> Remedy | None:
        """What became of a name; models for TensorFlow and Flax have no other."""
        names: tuple[str, ...] = ()
        kind = type(node).__name__
        if (
            kind == "ImportFrom"
            and code_of(getattr(node, "module", None) or node) == "transformers"
        ):
            aliases = getattr(node, "names", ())
            names = (
                tuple(code_of(one.name) for one in aliases)
                if isinstance(aliases, list | tuple)
                else ()
            )
        elif kind == "Attribute":
            module, _, name = context.qualified(node).rpartition(".")
            names = (name,) if module == "transformers" else ()
        others = [bare for bare in map(_without_framework, names) if bare]
        if others and is_gone("transformers 5.0", context.runtime):
            return Remedy(
                text=_OTHERS.format(name=", ".join(others)),
                safety="report",
                since="transformers 5.0",
            )
        return super().check(node, context)


# the words of classes that no row names: needles are whole words, so that these stand for the frequent ones
TransformersNames.needles = TransformersNames.needles | {"transformers"}


def _without_framework(name: str) -> str:
    """``BertModel`` for ``TFBertModel`` and ``FlaxBertModel``; empty for any other name."""
    for framework in ("TF", "Flax"):
        bare = name.removeprefix(framework)
        if bare != name and bare[:1].isupper() and not bare.isupper():
            return bare
    return ""
