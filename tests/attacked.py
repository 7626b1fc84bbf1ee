"""A hostile course: ported, and its cells run on a stub of Colab whose programs only say how they were called.

The payload of all attacks is a program called ``owned``: whoever makes a name, an address or a setting into
code or into words of a shell runs it, and it leaves a mark.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from colabify.cli import main
from colabify.verify.content import without_mount
from tests.courses import ADDRESS, contents, make_repository, notebook

SECRET = "s3cr3t-passw0rd"
PROGRAMS = ("apt-get", "bash", "dpkg-query", "gdown", "kaggle", "make", "nvidia-smi", "pip", "python", "uv", "cat", "ls")  # fmt: skip
STUB = r"""#!/bin/sh
{ printf '%s\0' "$(basename "$0")" "$@"; printf '\001\0'; } >> "$RECORD"
"""
GIT = (
    STUB
    + r"""
if [ "$1" = clone ]; then
  for part; do :; done
  cp -R "$COURSE" "$part"
fi
case "$*" in *sparseCheckout*) exit 1;; esac
"""
)
DRIVER = """\
import json, os, subprocess, sys, time, types, urllib.error, urllib.request

def refuse(*_, **__):
    raise urllib.error.URLError("no network")

urllib.request.urlopen = refuse
time.sleep = lambda _: None
for name in ("google", "google.colab", "google.colab.userdata", "google.colab.drive", "google.colab.files"):
    parent, _, last = name.rpartition(".")
    module = sys.modules[name] = types.ModuleType(name)
    module.get = module.mount = module.download = refuse
    if parent:
        setattr(sys.modules[parent], last, module)
sys.executable = os.environ["STUB_PYTHON"]
for source in json.load(sys.stdin):
    try:
        exec(compile(source, "cell", "exec"), {"__name__": "__main__"})
    except RuntimeError as error:
        print("RuntimeError:", error)
"""
METADATA = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


@dataclass(frozen=True)
class Attack:
    """A course that means harm. ``calls`` are words with which some program has to be called on Colab (so that
    the attack was tried at all), ``says`` is what is said at porting, ``kept`` what no notebook may hold.
    """

    files: Mapping[str, str | bytes] = field(default_factory=dict)
    cells: Sequence[str] = ("import helper",)
    at: Sequence[str] = ("nb.ipynb",)
    remote: str = ADDRESS
    branch: str = "main"
    flags: Sequence[str] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    calls: Sequence[str] = ()
    says: str = ""
    cell: str = ""
    """What the cells of colabify have to hold."""
    no_cell: str = ""
    """What they must not hold."""

    @property
    def settings(self) -> bool:
        """Whether it brings a file of settings."""
        return bool({"colabify.toml", "pyproject.toml"} & {*self.files, *self.links})


@dataclass(frozen=True)
class Aftermath:
    """What came of an attack."""

    said: str
    """All that was printed when it was ported: as JSON, as a table with all reasons, its settings."""
    sources: list[str]
    """The cells of the notebook, and those of colabify alone."""
    ours: list[str]
    calls: list[list[str]]
    printed: str


def prepare(folder: Path, attack: Attack) -> None:
    """Make the course a repository, with files round it that it must not reach."""
    for name in ("victim.py", "victim.csv", "victim.toml", "victim.ipynb", "get_victim.sh"):
        (folder / name).write_text("import numpy as np\nx = np.int(3)\n")
    course = folder / "course"
    course.mkdir()
    for name, target in attack.links.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).symlink_to(target)
    text = notebook(*attack.cells, **{**METADATA, **attack.metadata})
    helpers = {str(Path(one).parent / "helper.py"): "answer = 42\n" for one in attack.at}
    make_repository(
        course, {**helpers, **attack.files, **dict.fromkeys(attack.at, text)}, attack.remote
    )
    if attack.branch != "main":
        for name in (f"refs/heads/{attack.branch}", f"refs/remotes/origin/{attack.branch}"):
            subprocess.run(["git", "update-ref", name, "HEAD"], cwd=course, check=True)
        subprocess.run(
            ["git", "symbolic-ref", "HEAD", f"refs/heads/{attack.branch}"], cwd=course, check=True
        )


def payload(folder: Path) -> Path:
    """A folder that has the payload, whose mark is the file ``owned`` in ``folder``."""
    return _programs(
        folder / "armed", {"owned": f"#!/bin/sh\necho \"$0 $*\" >> '{folder / 'owned'}'\n"}
    )


def _programs(folder: Path, texts: Mapping[str, str]) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return folder


def run_cells(
    folder: Path, sources: Sequence[str], shell: Sequence[str] = ()
) -> tuple[list[list[str]], str]:
    """Run cells of Python, then lines of a shell; the words of each call of a program, and what was printed."""
    content, record = folder / "content", folder / "record"
    content.mkdir(exist_ok=True)
    record.touch()
    stubs = _programs(folder / "bin", {**dict.fromkeys(PROGRAMS, STUB), "git": GIT})
    env = {
        "PATH": f"{stubs}:{folder / 'armed'}:{os.environ['PATH']}", "HOME": str(folder / "home"), "RECORD": str(record),
        "COURSE": str(folder / "course"), "STUB_PYTHON": str(stubs / "python"), "TMPDIR": str(content),
    }  # fmt: skip
    given = json.dumps([without_mount(one, content) for one in sources])
    words = [sys.executable, "-I", "-c", DRIVER]
    done = subprocess.run(
        words, input=given, env=env, cwd=content, capture_output=True, text=True, timeout=60
    )
    for line in shell:
        subprocess.run(
            line, shell=True, env=env, cwd=folder / "course", capture_output=True, timeout=60
        )
    calls = [
        one.split("\0")[:-1]
        for one in record.read_bytes().decode(errors="replace").split("\1\0")[:-1]
    ]
    assert done.returncode == 0, done.stderr
    return calls, done.stdout + done.stderr


def look(course: Path, attack: Attack, capsys: Any) -> str:
    """What is said where the course is looked at in all ways, and ported."""
    said = ""
    ways = [["--check", "--format=json"], ["--inplace", "--verbose"]]
    for words in [*ways, *([["--show-config"]] if attack.settings else [])]:
        main([str(course), *words, *attack.flags])
        captured = capsys.readouterr()
        said += captured.out + captured.err
    return said


def sources_in(written: Mapping[str, bytes]) -> tuple[list[str], list[str]]:
    """The sources of all cells of the notebooks, and of those that colabify added."""
    names = sorted(name for name in written if name.endswith(".ipynb"))
    cells = [one for name in names for one in json.loads(written[name])["cells"]]
    ours = [one for one in cells if str(one["metadata"].get("id")).startswith("colabify")]
    return ["".join(one["source"]) for one in cells], ["".join(one["source"]) for one in ours]


def suffer(attack: Attack, folder: Path, capsys: Any) -> Aftermath:
    """Port the course in all ways of looking at it, run what colabify added, undo it; what came of it."""
    prepare(folder, attack)
    course = folder / "course"
    before = contents(folder)
    said = look(course, attack, capsys)
    sources, ours = sources_in(contents(course))
    lines = (line for one in sources if one not in ours for line in one.splitlines())
    shell = [line[1:] for line in lines if line[:1] == "!"]
    calls, printed = run_cells(folder, ours, shell)
    assert not (folder / "owned").exists(), (folder / "owned").read_text()
    assert SECRET not in said + printed + "".join(sources)
    main([str(course), "--undo", "--quiet", *attack.flags])
    now = contents(folder)
    if "colabify" in attack.metadata:  # a record that was not colabify's goes
        before["course/nb.ipynb"] = now["course/nb.ipynb"]
    assert {name: now.get(name) for name in before} == before
    assert {name.split("/")[0] for name in now.keys() - before.keys()} <= {
        "content",
        "bin",
        "record",
    }
    return Aftermath(said, sources, ours, calls, printed)
