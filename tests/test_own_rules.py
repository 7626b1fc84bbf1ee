"""Rules of one's own: those of packages that are installed beside colabify."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from colabify.cli import main
from colabify.config.lines import tomllib
from colabify.own_rules import every_rule
from tests.courses import make_repository
from tests.notebooks import notebook

PAGE = (Path(__file__).parent.parent / "docs" / "own-rules.md").read_text(encoding="utf-8")
RULES, TEST = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
(PROJECT,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def install(site: Path, project: str, modules: dict[str, str]) -> Path:
    """What pip leaves of a package: its modules, and the dist-info with its entry points."""
    about = tomllib.loads(project)["project"]
    info = site / f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {about['name']}\nVersion: {about['version']}\n"
    )
    lines = [
        line
        for group, points in about["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {value}" for name, value in points.items()))
    ]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
    for name, text in modules.items():
        (site / f"{name}.py").write_text(text)
    return site


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on sys.path for packages; what is loaded from it is forgotten again."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    loaded = set(sys.modules)
    every_rule.cache_clear()
    yield folder
    every_rule.cache_clear()
    for name in set(sys.modules) - loaded:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(folder)):
            del sys.modules[name]


def course(folder: Path, *cells: str) -> Path:
    return make_repository(folder / "course", {"labs/a.ipynb": notebook(*cells)}) / "labs"


def sources(labs: Path) -> list[str]:
    return ["".join(one["source"]) for one in json.loads((labs / "a.ipynb").read_bytes())["cells"]]


def test_the_package_shown_works(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install(site, PROJECT, {"labtools_rules": RULES})
    space: dict[str, object] = {}
    exec(compile(TEST, "own-rules.md", "exec"), space)
    space["test_rules"]()  # type: ignore[operator]
    labs = course(
        tmp_path,
        "import labtools\nlabtools.show(x)",
        "labtools.show(y)  # colabify: ignore[LAB102]",
        "labtools.grade(3)",
    )
    (labs / "b.ipynb").write_bytes((labs / "a.ipynb").read_bytes())
    code = main([str(labs), "--inplace", "--jobs", "2"])  # rules go from one process to another
    assert b"size=64" in (labs / "b.ipynb").read_bytes()
    said = capsys.readouterr().out
    assert "labtools.show(x, size=64)" in "\n".join(sources(labs))
    assert "labtools.show(y)  #" in "\n".join(sources(labs))
    assert code == 1
    assert "LAB101 labtools.grade is gone" in said
    assert "labtools-show" in said
    main([str(labs), "--undo", "--quiet"])
    main([str(labs), "--inplace", "--quiet", "--ignore", "LAB"])
    assert "size=64" not in "\n".join(sources(labs))


def test_they_are_listed_explained_and_in_the_report(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install(site, PROJECT, {"labtools_rules": RULES})
    assert main(["--list-rules"]) == 0
    assert "LAB101  labtools-names\nLAB102  labtools-show\n" in capsys.readouterr().out
    assert main(["--explain", "lab102"]) == 0
    said = capsys.readouterr().out
    assert "Tell ``labtools.show`` the size" in said
    assert "labtools 3 renamed its helpers" in said
    main([str(course(tmp_path, "import labtools", "labtools.grade(3)")), "--format", "json"])
    (one,) = json.loads(capsys.readouterr().out)["notebooks"]
    assert "LAB101" in [finding["code"] for finding in one["findings"]]


BROKEN = '''
from colabify.rules import Example, Rule

class One(Rule):
    """Do nothing."""
    code = "%s"
    name = "one"
    examples = (Example("x"),)

RULES = (One(),)
'''
# a package's module, what is said of it
REFUSED = {
    "a code of colabify's": (BROKEN % "COL101", "COL101: codes that begin with COL are colabify's own"),
    "a later code of colabify's": (BROKEN % "COL987", "codes that begin with COL are colabify's own"),
    "no code": (BROKEN % "lab1", "'lab1' is no code"),
    "the code of another package": (BROKEN % "LAB101", "LAB101 is a code of labtools-rules already"),
    "not to be imported": ("import no_such_module_here\n", "No module named 'no_such_module_here'"),
    "no Python": ("RULES = (\n", "SyntaxError"),
    "nothing there": ("", "AttributeError"),
    "not a tuple": ("RULES = 3\n", "is no tuple of rules"),
    "classes": (BROKEN.replace("One(),)", "One,)") % "LAB101", "is no tuple of rules"),
    "no docstring": (BROKEN.replace('"""Do nothing."""', "") % "LAB201", "One has no docstring"),
    "no examples": (
        BROKEN.replace('examples = (Example("x"),)', "") % "LAB201", "One has no examples",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("module", "said"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_used_is_said_in_one_line(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], module: str, said: str
) -> None:
    install(site, PROJECT, {"labtools_rules": RULES})
    other = PROJECT.replace("labtools", "othertools")
    install(site, other, {"othertools_rules": module})
    (tmp_path / "a.ipynb").write_bytes(before := notebook("x = 1"))
    assert main([str(tmp_path / "a.ipynb"), "--inplace"]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.startswith("colabify: the rules of othertools-rules: ")
    assert error.count("\n") == 1
    assert (tmp_path / "a.ipynb").read_bytes() == before


def test_they_are_loaded_only_when_rules_are_asked_for(site: Path) -> None:
    install(site, PROJECT, {"labtools_rules": "raise SystemExit('loaded')\n"})
    program = "import sys, colabify.cli; sys.exit(colabify.cli.main(sys.argv[1:]))"
    for words, loaded in (("--version", False), ("--list-rules", True)):
        done = subprocess.run(
            [sys.executable, "-c", program, words],
            env={"PYTHONPATH": f"{site}:{Path.cwd()}", "PATH": ""},
            capture_output=True,
            text=True,
        )
        assert ("loaded" in done.stderr) is loaded, done.stderr
