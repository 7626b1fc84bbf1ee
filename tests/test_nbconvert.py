"""nbconvert: the preprocessors and the exporter give the notebook that the command gives."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert.exporters import NotebookExporter, get_exporter
from traitlets.config import Config

from colabify import preprocessors
from colabify.arguments import make_parser
from colabify.cli import main
from colabify.errors import ColabifyError
from colabify.exporter import ColabExporter
from colabify.keywords import Keywords
from colabify.notebook import Document
from colabify.preprocessors import ColabifyPreprocessor
from colabify.settings import CHOICES, HELP
from colabify.undo import undo
from tests.courses import FIXTURES, make_repository
from tests.notebooks import code, markdown, notebook

pytestmark = pytest.mark.xdist_group("nbconvert")  # one course, ported once by the command
ALL = [f"colabify.preprocessors.{name}" for name in preprocessors.__all__]
SINGLE = [name for name in ALL if not name.endswith("ColabifyPreprocessor")]
NOTEBOOKS = sorted(one.relative_to(FIXTURES).as_posix() for one in FIXTURES.rglob("*.ipynb"))
RECORD = "colabify"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All fixtures in one repository, as they were before anybody ported them."""
    root = tmp_path_factory.mktemp("nbconvert") / "course"
    leftovers = shutil.ignore_patterns("results", "__pycache__", "shapes-batches")
    shutil.copytree(FIXTURES, root, ignore=leftovers)
    assert main([str(root), "--undo", "--quiet"]) == 0
    return make_repository(root, {"README.md": "# The course\n"})


@pytest.fixture(scope="module")
def commanded(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command makes of each notebook."""
    output = tmp_path_factory.mktemp("commanded")
    places = [str(course / name) for name in NOTEBOOKS]
    assert main([*places, "--output-dir", str(output), "--quiet"]) in (0, 1)
    return output


def exported(path: Path, *names: str, **traits: Any) -> str:
    """The notebook at ``path`` after nbconvert has run the preprocessors of those names."""
    config = Config({"NotebookExporter": {"preprocessors": list(names)}})
    config.ColabifyPreprocessor.update(traits)
    text, _ = NotebookExporter(config=config).from_filename(str(path))
    return str(text)


def said(text: str) -> Any:
    """What a notebook says, for nbformat; what undoing goes by differs with how the JSON is written."""
    read = nbformat.reads(text, as_version=4)
    record = read.metadata.pop(RECORD, None)
    return json.loads(json.dumps(read)), sorted(record or ())


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_exporter_gives_what_the_command_gives(
    name: str, course: Path, commanded: Path
) -> None:
    text, resources = ColabExporter().from_filename(str(course / name))
    assert said(text) == said((commanded / name).read_text(encoding="utf-8"))
    assert resources["output_suffix"] + resources["output_extension"] == ".colab.ipynb"
    before = nbformat.read(course / name, as_version=4)
    assert undo(Document.parse(text.encode())).document.text == nbformat.writes(before) + "\n"


OLD_BADGE = "[![Open In Colab](https://colab.research.google.com/assets/colab-badge.svg)](https://colab.research.google.com/github/old/course/blob/main/lab/nb.ipynb)"
CELLS = [
    markdown(f"# Title\n{OLD_BADGE} ![a picture](a.png)"),
    "import numpy as np\nimport torch\nimport helper\nx = np.int(3)\ny = torch.ones(1).cuda()",
]
PYTHON_2 = {"kernelspec": {"display_name": "Mine", "language": "python", "name": "my-env"}}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook for which each part has something to do."""
    root = tmp_path_factory.mktemp("parts") / "course"
    raw = notebook(*CELLS, metadata=PYTHON_2)
    files = {"lab/nb.ipynb": raw, "lab/a.png": b"png", "lab/helper.py": "x = 1\n"}
    return make_repository(root, files) / "lab" / "nb.ipynb"


def differences(before: Any, after: Any) -> set[str]:
    """What of a notebook differs, in words."""
    found = set()
    cells = [cell["source"] for cell in after["cells"]]
    if any("@title Set up Google Colab" in cell for cell in cells):
        found.add("setup cell")
    text = "\n".join(cells)
    found |= {"badge"} if "github/teacher/course/blob/main/lab/nb.ipynb" in text else set()
    found |= {"image"} if "![a picture](https://raw" in text else set()
    found |= {"code"} if "np.int(3)" not in text else set()
    table = after["metadata"]
    found |= {key for key in ("accelerator",) if key in table}
    found |= set(table.get("colab", {}))
    found |= {"kernel"} if table["kernelspec"] != before["metadata"]["kernelspec"] else set()
    return found


PARTS = {
    "BadgePreprocessor": {"badge"},
    "SetupPreprocessor": {"setup cell", "cell_execution_strategy", "provenance"},
    "CodePreprocessor": {"code"},
    "MarkdownPreprocessor": {"image"},
    "AcceleratorPreprocessor": {"accelerator", "gpuType", "provenance"},
    "MetadataPreprocessor": {"kernel"},
}


@pytest.mark.parametrize("name", PARTS)
def test_a_single_one_does_its_part_and_no_other(name: str, small: Path) -> None:
    before = json.loads(small.read_bytes())
    text = exported(small, f"colabify.preprocessors.{name}")
    after, _ = said(text)
    assert differences(before, after) == PARTS[name]
    assert undo(Document.parse(text.encode())).document.text == exported(small)


def test_the_parts_are_all_there_is(small: Path) -> None:
    after, record = said(ColabExporter().from_filename(str(small))[0])
    assert differences(json.loads(small.read_bytes()), after) == set().union(*PARTS.values())
    assert "parts" not in record


@pytest.mark.parametrize("name", ["", "assignment3/rivers.ipynb"])
def test_all_single_ones_give_what_all_in_one_gives(name: str, small: Path, course: Path) -> None:
    path = course / name if name else small
    text, _ = ColabExporter().from_filename(str(path))
    assert exported(path, *SINGLE) == text
    if not name:
        assert exported(path, *reversed(SINGLE)) == text
        assert exported(path, "colabify.preprocessors.ColabifyPreprocessor") == text


def test_parts_join_those_that_were_written_before(small: Path, tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(small.parent.parent, root)
    path = root / "lab" / "nb.ipynb"
    whole, _ = ColabExporter().from_filename(str(path))
    path.write_text(exported(path, "colabify.preprocessors.BadgePreprocessor"), encoding="utf-8")
    assert exported(path, "colabify.preprocessors.BadgePreprocessor") == path.read_text()
    both = exported(path, "colabify.preprocessors.CodePreprocessor")
    assert {"badge", "code"} == differences(json.loads(small.read_bytes()), said(both)[0])
    assert exported(path, *SINGLE) == whole
    assert main([str(path), "--inplace", "--quiet"]) == 0
    assert said(path.read_text()) == said(whole)
    again = exported(path, "colabify.preprocessors.BadgePreprocessor")
    assert said(again) == said(whole)
    assert main([str(path), "--undo", "--quiet"]) == 0
    assert path.read_text() == exported(small)


def test_traits_stand_above_the_configuration(small: Path, tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(small.parent.parent, root)
    path = root / "lab" / "nb.ipynb"
    table = '[tool.colabify]\naccelerator = "L4"\nrun-setup-first = false\nmarkdown = "keep"\n'
    (root / "pyproject.toml").write_text(table)
    text = exported(path, ALL[0], *ALL, accelerator="A100", run_setup_first=True)
    assert json.loads(text)["metadata"]["colab"]["gpuType"] == "A100"
    assert "cell_execution_strategy" in text
    assert "![a picture](a.png)" in text
    exporter = ColabExporter(select=["COL9"])
    exporter.accelerator = "T4"
    text, _ = exporter.from_filename(str(path))
    assert json.loads(text)["metadata"]["colab"]["gpuType"] == "T4"
    assert "cell_execution_strategy" not in text
    assert "np.int(3)" in text


def test_a_trait_that_cannot_be_used(small: Path) -> None:
    with pytest.raises(ColabifyError, match="ColabifyPreprocessor: ref: 'a b' is no name"):
        exported(small, "colabify.preprocessors.ColabifyPreprocessor", ref="a b")
    with pytest.raises(ColabifyError, match="no code begins with 'XYZ'"):
        ColabExporter(ignore=["XYZ"]).from_filename(str(small))


@pytest.mark.parametrize("resources", [None, {}, {"metadata": {}}])
def test_without_a_place(resources: dict[str, Any] | None) -> None:
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("%load_ext autoreload")])
    ported, _ = ColabifyPreprocessor(enabled=True)(nb, resources)
    assert "Set up Google Colab" in ported.cells[0].source
    assert len(nb.cells) == 1


def test_in_a_folder_that_is_no_repository(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_bytes(notebook("%load_ext autoreload", "open('b.txt')"))
    text, _ = ColabExporter().from_filename(str(tmp_path / "a.ipynb"))
    assert "Set up Google Colab" in text
    assert "colab-badge" not in text


def test_off_by_default_in_python() -> None:
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("%load_ext autoreload")])
    assert ColabifyPreprocessor()(nb, {})[0] is nb


def test_half_a_character_stays() -> None:
    nb = nbformat.from_dict(json.loads(notebook("%load_ext autoreload", code("x = '\ud83d'"))))
    ported, _ = ColabifyPreprocessor().preprocess(nb, {})
    assert [len(ported.cells), ported.cells[-1].source] == [3, "x = '\ud83d'"]


def test_a_finding_is_logged_once_in_a_chain(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = make_repository(tmp_path / "course", {"nb.ipynb": notebook("open('gone.csv')")})
    logging.getLogger("traitlets").propagate = True
    exported(root / "nb.ipynb", *SINGLE)
    lines = [one for one in caplog.records if "COL311" in one.getMessage()]
    assert [one.levelname for one in lines] == ["ERROR"]
    assert lines[0].getMessage().startswith("nb.ipynb, cell 1, line 1: COL311 ")


def test_what_a_person_has_chosen_runs_before_the_port(small: Path) -> None:
    def rename(nb: Any, resources: Any) -> Any:
        nb.cells[1].source = nb.cells[1].source.replace("np.int(3)", "np.float(3)")
        return nb, resources

    text, _ = ColabExporter(preprocessors=[rename]).from_filename(str(small))
    assert "x = float(3)" in text


def test_the_exporter_is_found_by_its_name() -> None:
    assert get_exporter("colab") is ColabExporter


def test_flags_keys_traits_and_keywords_are_the_same() -> None:
    flags = {action.dest: action for action in make_parser()._actions}
    for owner in (ColabifyPreprocessor(), ColabExporter()):
        traits = owner.traits(config=True)
        assert set(HELP) <= set(traits)
        assert {name: traits[name].help for name in HELP} == HELP
        assert {name: traits[name].values for name in CHOICES} == CHOICES
        assert all(getattr(owner, name) is None for name in HELP)
    assert set(Keywords.__annotations__) == set(HELP)
    assert set(HELP) - {"run_setup_first", "distributions", "data"} <= set(flags)
    told = {name: flags[name].help for name in HELP if name in flags and name != "modules"}
    assert told.items() <= HELP.items()
    assert {name: tuple(flags[name].choices) for name in CHOICES} == CHOICES  # type: ignore[arg-type]
    clash = set(HELP) & set(NotebookExporter.class_trait_names())
    assert not clash, "a setting would hide what nbconvert calls so"


def test_choices_of_keywords() -> None:
    from typing import get_args, get_type_hints

    hints = get_type_hints(Keywords, localns={"Sequence": list, "Mapping": dict})
    assert {name: get_args(hints[name]) for name in CHOICES} == CHOICES
