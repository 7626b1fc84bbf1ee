"""conda's environment files and specifications."""

import json

import pytest
from packaging.requirements import Requirement

from colabify.requirements import CondaOnly, Problem
from colabify.requirements.conda import read_conda_file
from colabify.requirements.conda_spec import declare_spec
from colabify.requirements.known import conda_names, is_known
from colabify.runtime import DATA

HEAD = "name: course\nchannels: [conda-forge]\ndependencies:\n"


def read(text, files=None):
    files = {name: data.encode() for name, data in (files or {}).items()}
    return read_conda_file(text, "environment.yml", files.get)


def declared(reading):
    return [(str(d.requirement), d.source, d.line) for d in reading.declared]


@pytest.mark.parametrize(
    ("spec", "requirement"),
    [
        ("numpy", "numpy"),
        ("NumPy", "numpy"),
        ("numpy=1.19", "numpy==1.19.*"),
        ("numpy=1.19.*", "numpy==1.19.*"),
        ("numpy=1.19.2=py38_0", "numpy==1.19.2"),
        ("numpy==1.19", "numpy==1.19"),
        ("numpy==1.19.2=py38_0", "numpy==1.19.2"),
        ("numpy>=1.2,<2", "numpy>=1.2,<2"),
        ("numpy >= 1.2, < 2", "numpy>=1.2,<2"),
        ("numpy = 1.19", "numpy==1.19.*"),
        ("numpy 1.19.*", "numpy==1.19.*"),
        ("numpy 1.19*", "numpy==1.19.*"),
        ("numpy 1.19.2 py38_0", "numpy==1.19.2"),
        ("numpy >=1.19.*", "numpy>=1.19"),
        ("numpy!=1.19", "numpy!=1.19"),
        ("numpy~=1.19", "numpy~=1.19"),
        ("numpy=*", "numpy"),
        ("numpy=*=py38*", "numpy"),
        ("numpy=2.0rc1", "numpy==2.0rc1"),
        ("conda-forge::gensim", "gensim"),
        ("conda-forge/linux-64::gensim=4", "gensim==4.*"),
        ("pytorch[version='>=1.9,<2',channel=pytorch]", "torch<2,>=1.9"),
        ("pytorch=1.9[build=py3*]", "torch==1.9"),
        ("pytorch_geometric", "torch-geometric"),
        ("opencv=4.5.2=py38_0", "opencv-python==4.5.2.*"),
        ("python-graphviz", "graphviz"),
        ("iris=3", "scitools-iris==3.*"),
    ],
)
def test_a_specification_is_pips_requirement(spec, requirement):
    reading = declare_spec(spec, "environment.yml", 4)
    assert [d.requirement for d in reading.declared] == [Requirement(requirement)]
    assert [d.line for d in reading.declared] == [4]
    assert reading.problems == ()


@pytest.mark.parametrize(
    "spec",
    ["python=3.8", "python", "pip", "cudatoolkit=10.2", "mkl", "_libgcc_mutex=0.1=main", "r-base",
     "gcc_linux-64", "libgcc-ng", "nodejs>=12", "nb_conda_kernels", "openssl=1.1.1k=h27cfd23_0"],
)  # fmt: skip
def test_the_interpreter_and_the_machine_are_passed_over(spec):
    reading = declare_spec(spec, "environment.yml", 1)
    assert (reading.declared, reading.problems, reading.system, reading.conda_only) == ((),) * 4


@pytest.mark.parametrize(
    ("spec", "system"),
    [("ffmpeg", "ffmpeg"), ("graphviz=2.4", "graphviz"), ("tesseract", "tesseract-ocr")],
)
def test_tools_are_ubuntus(spec, system):
    reading = declare_spec(spec, "environment.yml", 1)
    assert (reading.system, reading.declared) == ((system,), ())


def test_what_only_conda_has_is_named():
    reading = declare_spec("conda-forge::graph-tool=2.45", "environment.yml", 7)
    assert reading.conda_only == (CondaOnly("graph-tool", "environment.yml", 7),)
    assert (reading.declared, reading.problems) == ((), ())


@pytest.mark.parametrize(
    ("spec", "message", "name"),
    [
        (
            "my-own-tools=1",
            "It is not known what conda's package my-own-tools is called on PyPI.",
            None,
        ),
        (
            "numpy=1.19|1.20",
            "The version in numpy=1.19|1.20 is not one that pip can ask for: any is taken.",
            "numpy",
        ),
        (
            "numpy=2019x_y",
            "The version in numpy=2019x_y is not one that pip can ask for: any is taken.",
            "numpy",
        ),
        ("numpy=", "The version in numpy= is not one that pip can ask for: any is taken.", "numpy"),
        ("=1.0", "=1.0 is not a package that conda would read.", None),
        ("a b c d", "a b c d is not a package that conda would read.", None),
        ("numpy[version='1", "numpy[version='1 is not a package that conda would read.", None),
        (
            "https://x.org/linux-64/a-1.tar.bz2",
            "https://x.org/linux-64/a-1.tar.bz2 is not a package that conda would read.",
            None,
        ),
    ],
)
def test_a_specification_that_cannot_be_followed_is_one_problem(spec, message, name):
    reading = declare_spec(spec, "environment.yml", 3)
    known = "is not known" not in message
    assert reading.problems == (Problem("environment.yml", 3, message, of_a_name=not known),)
    assert [str(d.requirement) for d in reading.declared] == ([name] if name else [])


def test_pip_lists_are_pips():
    text = HEAD + "  - numpy=1.19\n  - pip:\n    - mine==1\n    - -r r.txt\n    - -e .\n    - x=1\n"
    reading = read(text, {"r.txt": "scipy", "setup.py": "#"})
    assert declared(reading) == [
        ("numpy==1.19.*", "environment.yml", 4),
        ("mine==1", "environment.yml", 6),
        ("scipy", "r.txt", 1),
    ]
    assert reading.itself
    assert [(one.line, one.source) for one in reading.problems] == [(9, "environment.yml")]


def test_an_index_in_a_pip_list_counts_for_its_other_lines():
    reading = read(HEAD + "- pip:\n  - course-secret\n  - --extra-index-url https://x.org/s\n")
    assert reading.declared == ()
    assert [one.line for one in reading.problems] == [6, 5]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param(
            HEAD + "  - numpy\n  - !include other.yml\n  - scipy\n",
            5,
            "What has the tag !include is not a package's name.",
            id="tag",
        ),
        pytest.param(
            HEAD + "  - numpy\n  - !!python/object/apply:os.system ['x']\n  - scipy\n",
            5,
            "What has the tag !!python/object/apply:os.system is not a package's name.",
            id="tag that would make an object",
        ),
        pytest.param(
            HEAD + "- numpy\n- 3.8\n- scipy", 5, "3.8 is not a package's name.", id="number"
        ),
        pytest.param(
            HEAD + "- numpy\n- [a]\n- scipy",
            5,
            "A list or a table is not a package's name.",
            id="list",
        ),
        pytest.param(
            HEAD + "- numpy\n- sel(win): a\n- scipy", 5, "sel(win) is not followed.", id="key"
        ),
        pytest.param(
            HEAD + "- numpy\n- pip: scipy\n- scipy", 5, "pip is not followed.", id="pip: text"
        ),
        pytest.param(
            HEAD + "- numpy\n- scipy\n- pip:\n  - [a]\n",
            7,
            "A list or a table is not a requirement.",
            id="list below pip",
        ),
        pytest.param(
            HEAD + "- numpy\ndependencies:\n- scipy\n",
            5,
            "dependencies is in environment.yml twice: both are read.",
            id="key twice",
        ),
    ],
)
def test_one_bad_item_is_one_problem_and_the_rest_is_read(text, line, message):
    reading = read(text)
    assert [d.name for d in reading.declared] == ["numpy", "scipy"]
    assert reading.problems == (Problem("environment.yml", line, message),)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param(
            HEAD + "  - numpy\n bad", 5, "environment.yml is not YAML: expected <block end>, but found '<scalar>'.",
            id="syntax",
        ),
        pytest.param("{% set a = 1 %}\n", 1, "environment.yml is not YAML: found character '%' that cannot start any token.", id="Jinja"),
        pytest.param("a: *b\n", 1, "environment.yml is not YAML: found undefined alias 'b'.", id="alias"),
        pytest.param("a: \x01", None, "environment.yml is not YAML.", id="control character"),
        pytest.param("[" * 2000, None, "environment.yml is not YAML.", id="nested too deep"),
        pytest.param("- numpy", 1, "environment.yml has no list of dependencies.", id="a list"),
        pytest.param("404: Not Found", None, None, id="no dependencies"),
        pytest.param("", None, None, id="empty"),
        pytest.param("dependencies:\n", None, None, id="no items"),
        pytest.param(
            "dependencies: numpy", 1, "The dependencies in environment.yml are not a list.", id="text"
        ),
        pytest.param(
            "dependencies: !env x", 1, "The dependencies in environment.yml are not a list.", id="tagged"
        ),
    ],
)  # fmt: skip
def test_a_bad_file_is_one_problem(text, line, message):
    reading = read(text)
    expected = () if message is None else (Problem("environment.yml", line, message),)
    assert (reading.declared, reading.problems) == ((), expected)


def test_anchors_are_followed():
    reading = read("x: &a numpy=1.19\ndependencies: [*a]\n")
    assert declared(reading) == [("numpy==1.19.*", "environment.yml", 1)]


BY_NAME_ALONE = {
    *(
        "annoy",
        "blosc",
        "boruta",
        "cdo",
        "datadotworld",
        "esprima",
        "evalml",
        "extract-msg",
        "hdfs",
    ),
    *("hjson", "htcondor", "installer", "kubernetes", "lmdb", "mss", "mxnet", "neo", "node-semver"),
    *(
        "prince",
        "pvlib",
        "pyct",
        "python-datamatrix",
        "python-pygaze",
        "pytorch-ignite",
        "qtconsole",
    ),
    *(
        "sagemaker-inference",
        "snakemake",
        "spams",
        "symengine",
        "torch-spline-conv",
    ),
    *("trino",),
}
"""Distributions of the table that neither a runtime nor the import table has: in grayskull's table, or seen
on PyPI one by one (blosc, lmdb, mxnet, pytorch-ignite, qtconsole, snakemake, spams,
torch-spline-conv)."""


def test_the_table_leads_to_distributions_that_are_known():
    imports = json.loads((DATA / "imports.json").read_text("utf-8"))
    values = [one for v in imports["differ"].values() for one in ([v] if isinstance(v, str) else v)]
    known = {one.lower().replace("_", "-") for one in [*values, *imports["same"]]}
    unknown = {
        name
        for name in conda_names().differ.values()
        if name not in known and not _preinstalled(name)
    }
    assert unknown == BY_NAME_ALONE
    assert len(conda_names().differ) > 120


def _preinstalled(name):
    from colabify.runtime import preinstalled_somewhere

    return name in preinstalled_somewhere()


def test_each_conda_name_is_in_one_table():
    names = conda_names()
    tables = [set(names.differ), names.machine, set(names.system), names.conda_only]
    assert sum(map(len, tables)) == len(set().union(*tables))
    assert all(is_known(name) for name in names.differ.values())
