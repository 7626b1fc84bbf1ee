"""Paths in magics, shell lines and shell cells: a cell in, the paths that it uses out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import facts_for

FILES = {"data/a.csv": "", "run.py": "", "lab/x.txt": ""}

# cell, its uses: what is done, the path, and the folder that it starts from behind an @
ESCAPES = {
    "run": ("%run run.py", ["read run.py"]),
    "run without an ending": ("%run run", ["read run.py"]),
    "load": ("%load run.py", ["read run.py"]),
    "cd": ("%cd data", ["list data"]),
    "cd with a space": ("%cd my data", ["list my data"]),
    "cat": ("!cat data/a.csv", ["read data/a.csv"]),
    "alias": ("%cat data/a.csv", ["read data/a.csv"]),
    "head": ("!head -n 3 data/a.csv", ["read data/a.csv"]),
    "unzip": ("!unzip -q data/a.zip -d out", ["read data/a.zip"]),
    "tar": ("!tar xzf data/a.tgz", ["read data/a.tgz"]),
    "tar with a dash": ("!tar -xvf data/a.tar -C out", ["read data/a.tar"]),
    "pack": ("!tar czf out.tgz data", ["write out.tgz"]),
    "python": ("!python run.py --data data/a.csv", ["read run.py", "mention data/a.csv"]),
    "python with an equals sign": ("!python run.py --d=data/a.csv", ["read run.py", "mention data/a.csv"]),
    "bash": ("!bash get.sh", ["read get.sh"]),
    "copy": ("!cp data/a.csv b.csv", ["read data/a.csv", "write b.csv"]),
    "mkdir": ("!mkdir -p out/fig", ["folder out/fig"]),
    "redirected": ("!ls data > list.txt", ["list data", "write list.txt"]),
    "read from": ("!python run.py < data/a.csv", ["read run.py", "read data/a.csv"]),
    "pattern": ("!cat data/*.csv", ["list data/*.csv"]),
    "filled in by braces": ("d = 'data'\n!cat {d}/a.csv", ["read data/a.csv"]),
    "filled in by a dollar": ("d = 'data'\n!cat $d/a.csv", ["read data/a.csv"]),
    "moves in the line": ("!cd data && cat a.csv", ["list data", "read a.csv@data"]),
    "only in that line": ("!cd data\n!cat lab/x.txt", ["list data", "read lab/x.txt"]),
    "shell cell": ("%%bash\ncd data\ncat a.csv", ["list data", "read a.csv@data"]),
    "written cell": ("%%writefile lab/y.py\nx = 1", ["write lab/y.py"]),
    "appended cell": ("%%writefile -a lab/y.py\nx = 1", ["write lab/y.py"]),
    # what looks alike
    "variable of the shell": ("!cat $HOME/a.csv", []),
    "not known": ("!cat {where}/a.csv", []),
    "address": ("!cat https://e.org/a.csv", []),
    "downloaded": ("!wget https://e.org/data/a.csv", []),
    "echo": ("!echo data/a.csv", []),
    "module": ("!python -m kit data/a.csv", []),
    "code": ("!python -c 'open(\"data/a.csv\")'", []),
    "errors": ("!python run.py 2>&1", ["read run.py"]),
    "comment": ("!cat run.py # data/a.csv", ["read run.py"]),
    "here-document": ("!cat << data/a.csv", []),
    "another language": ("%%html\n<img src='data/a.csv'>", []),
    "version": ("!pip install six>=1.10", []),
    "package": ("%pip install x/y", []),
    "extension": ("%load_ext data/a", []),
}  # fmt: skip


@pytest.mark.parametrize("name", ESCAPES)
def test_paths_in_escapes_are_found(name: str, tmp_path: Path) -> None:
    cell, said = ESCAPES[name]
    uses = [
        use for use in facts_for(tmp_path, FILES, [cell]).paths if use.node is None or use.escape
    ]
    found = [f"{use.use} {use.text}" + (f"@{use.folder}" if use.folder else "") for use in uses]
    assert found == said


def test_the_place_is_told(tmp_path: Path) -> None:
    uses = facts_for(tmp_path, FILES, ["x = 1\n!cat run.py", "# run\n%%bash\n\ncat run.py"]).paths
    assert [(use.unit.cell, use.line) for use in uses] == [(0, 2), (1, 4)]
