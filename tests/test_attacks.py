"""What comes from a repository is data: no attack of the table becomes code, a shell's word, or gets out.

Each course is ported in earnest, and the cells that colabify has added are executed (:mod:`tests.attacked`).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from colabify.modules.text import digest_of
from tests.attacked import SECRET, Attack, payload, suffer

LOGIN = f"teacher:{SECRET}@"
CODE = 'x");__import__("os").system("owned");("'
QUOTES = "x');__import__('os').system('owned');('"
NAMES = ["a;owned", "$(owned)", "`owned`", "a&owned", "a|owned", CODE, QUOTES, "-oowned", "a b'c\"d", "{owned}", "$x ${y}", "a\nowned", "%s\\", "\"\"\"';owned"]  # fmt: skip
READS = "import helper\nopen('data/x.csv').read()"


def toml(text: str) -> dict[str, str]:
    return {"pyproject.toml": f"[tool.colabify]\n{text}\n"}


def data(entry: str, path: str = "data/x.csv") -> dict[str, str]:
    return {"colabify.toml": f"[data]\n{json.dumps(path)} = {entry}\n"}


def entry(now: bytes, was: bytes) -> dict[str, object]:
    """What a record says of a module to have it made ``was`` when it is undone."""
    lines = was.decode().split("\n")
    old = [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    return {"now": digest_of(now), "was": digest_of(was), "lines": [[0, 99, old]]}


VICTIM = b"import numpy as np\nx = np.int(3)\n"
EVIL = b"import os\nos.system('owned')\n"

ATTACKS: dict[str, Attack] = {
    # --- branches and addresses
    **{
        f"branch {name}": Attack(branch=name, calls=["--branch", name])
        for name in ("a;owned", "$(owned)", "`owned`", "a|owned", 'x"+__import__("os").system("owned")+"', "'''", "{owned}", "$ref")
    },
    "branch in the settings, an option": Attack(toml("ref = '--upload-pack=owned'"), says="no name of a branch"),
    "branch in the settings, two lines": Attack(toml('ref = "a\\nowned"'), says="no name of a branch"),
    "address in the settings, an option": Attack(toml("repo = '--upload-pack=owned'"), says="no address"),
    "address in the settings, ext": Attack(toml("repo = 'ext::sh -c owned'"), says="no address"),
    "address in the settings, a login": Attack(toml(f"repo = 'https://{LOGIN}github.com/a/b'"), calls=["https://github.com/a/b.git"]),
    "address in the settings, a login, wrong": Attack(toml(f"repo = 'https://{LOGIN}github.com/a$(owned)/b'"), says="no address"),
    "address that runs a program": Attack(remote="ext::sh -c owned% >&2", says="COL4"),
    "address of ssh with an option": Attack(remote="ssh://-oProxyCommand=owned/a/b", says="COL4"),
    "address that is an option": Attack(remote="--upload-pack=owned", says="COL4"),
    "address with a command": Attack(remote="https://github.com/teacher/$(owned).git", says="COL4"),
    "address with a password": Attack(remote=f"https://{LOGIN}github.com/teacher/course.git", calls=["https://github.com/teacher/course.git"]),
    "address with a password, another forge": Attack(remote=f"https://{LOGIN}git.example.org/teacher/course.git", calls=["https://git.example.org/teacher/course.git"]),
    "address with a token for a name": Attack(remote=f"https://{SECRET}@github.com/teacher/course", calls=["https://github.com/teacher/course.git"]),
    "address with a password, no repository": Attack(remote=f"https://{LOGIN}github.com/"),
    "address that leads up": Attack(remote="https://github.com/teacher/..", says="COL4"),
    # --- names of folders, notebooks and modules
    "folders": Attack(at=[f"{name}/nb.ipynb" for name in NAMES], cell="_set_up_colab"),
    "notebooks": Attack(at=[f"{name}.ipynb" for name in NAMES], cell="_set_up_colab"),
    "module's folder": Attack({f"{CODE}/kit.py": "x = 1\n"}, [f"import sys\nsys.path.append({CODE!r})\nimport kit"], cell="_set_up_colab"),
    "file of another case, in a shell": Attack({"data/A;owned.csv": ""}, ["import helper", "!cat 'DATA/a;owned.csv'", '!cat "DATA/a;owned.csv"']),
    "file of another case, with a command": Attack({"data/$(owned).csv": ""}, ["import helper", "!cat 'DATA/$(owned).csv'", "!cat DATA/\\$\\(owned\\).csv"]),
    "file of another case, in Python": Attack({"data/$(owned)'.csv": ""}, ["import helper", "open(\"DATA/$(owned)'.csv\")"]),
    # --- requirements
    "requirement with a marker of code": Attack({"requirements.txt": "gensim ; owned\n"}, ["import helper, gensim"], calls=["gensim"]),
    "requirement with a command": Attack({"requirements.txt": "gensim==4.3$(owned)\n"}, ["import helper, gensim"], calls=["gensim"]),
    "requirement at an address with a command": Attack({"requirements.txt": "gensim @ git+https://x.org/$(owned)\n"}, ["import helper, gensim"], calls=["gensim"]),
    "requirement at an address with quotes": Attack({"requirements.txt": 'gensim @ https://x.org/");owned;("\n'}, ["import helper, gensim"], calls=["clone"]),
    "requirement at ext": Attack({"requirements.txt": "gensim @ git+ext::sh%20-c%20owned\n"}, ["import helper, gensim"], calls=["gensim"]),
    "requirement with an option": Attack({"requirements.txt": "gensim --global-option=owned --config-settings=owned\n"}, ["import helper, gensim"], calls=["gensim"]),
    "requirement that is an option": Attack({"requirements.txt": "--no-index\n-e gensim;owned\n--find-links=/\n"}, ["import helper, gensim"], calls=["gensim"]),
    "requirement with a password": Attack({"requirements.txt": f"gensim @ https://{LOGIN}x.org/gensim-1-py3-none-any.whl\n"}, ["import helper, gensim"], calls=["gensim"]),
    "requirement with a token": Attack({"requirements.txt": f"gensim @ git+https://{SECRET}@github.com/a/gensim\n"}, ["import helper, gensim"], calls=["gensim"]),
    "index with a password": Attack({"requirements.txt": f"--extra-index-url https://{LOGIN}x.org/simple\ngensim\n"}, ["import helper, gensim"], calls=["gensim"]),
    "index with a password, wrong": Attack({"requirements.txt": f"--index-urls=https://{LOGIN}x.org/simple 'gensim\n"}, ["import helper, gensim"]),
    "requirements outside": Attack({"requirements.txt": "-r ../victim.csv\n-c /etc/passwd\n"}, says="not in the repository"),
    "requirements outside, by a link": Attack({}, links={"requirements.txt": "../victim.csv"}),
    "requirements outside, by the settings": Attack(toml("requirements = ['../victim.csv', '/etc/passwd']"), says="not in the repository"),
    "requirements with a login in the settings": Attack(toml(f"[tool.colabify.distributions]\ngensim = 'gensim @ git+https://{LOGIN}x.org/g'"), ["import helper, gensim"], says="password"),
    "requirements of ext in the settings": Attack(toml("[tool.colabify.distributions]\ngensim = 'gensim @ git+ssh://-oProxyCommand=owned/g'"), ["import helper, gensim"], says="gensim"),
    "requirements of Poetry with a login": Attack({"pyproject.toml": f"[tool.poetry.dependencies]\ngensim = {{ git = 'https://{LOGIN}x.org/g.git' }}\n"}, ["import helper, gensim"]),
    "sources of Pipfile with a login": Attack({"Pipfile": f"[[source]]\nurl = 'https://{LOGIN}x.org/simple'\nname = 'x'\n[packages]\ngensim = {{ version='*', index='x' }}\n"}, ["import helper, gensim"]),
    "channels of conda with a login": Attack({"environment.yml": f"channels: ['https://{LOGIN}x.org/c']\ndependencies: ['https://{LOGIN}x.org/c::gensim', pip, {{pip: ['--index-url https://{LOGIN}x.org', gensim]}}]\n"}, ["import helper, gensim"]),
    "YAML that makes objects": Attack({"environment.yml": "name: !!python/object/apply:os.system ['owned']\ndependencies: [gensim, !!python/object/apply:os.system ['owned']]\n"}, ["import helper, gensim"], calls=["gensim"]),
    "YAML that grows": Attack({"environment.yml": "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)) + "dependencies: *i\n"}),
    "setup.py that acts": Attack({"setup.py": "import os\nos.system('owned')\nfrom setuptools import setup\nsetup(name='x;owned', version=os.popen('owned').read(), install_requires=['gensim;owned'], py_modules=['helper'])\n"}, ["import helper, gensim"]),
    "setup.py with a name of code": Attack({"setup.py": f"from setuptools import setup\nsetup(name={CODE!r}, packages=['kit'])\n", "kit/__init__.py": "import importlib.metadata\nv = importlib.metadata.version('kit')\n"}, ["import kit"]),
    "setup.py of an extension": Attack({f"{CODE}/setup.py": "from setuptools import setup, Extension\nsetup(ext_modules=[Extension('fast$(owned)', ['fast.c'])])\n", f"{CODE}/fast.c": ""}, [f"import sys\nsys.path.append({CODE!r})\nimport fast"]),
    "pickle among the data": Attack({"data/x.pkl": b"cos\nsystem\n(S'owned'\ntR."}, ["import helper, pickle\npickle.load(open('data/x.pkl', 'rb'))"]),
    # --- data
    "data at an address with a command": Attack(data('{ url = "https://x.org/$(owned);owned.csv" }'), [READS], cell="$(owned)"),
    "data at an address with code": Attack(data(json.dumps(f"https://x.org/{CODE}").join(("{ url = ", " }"))), [READS], cell="_set_up_colab"),
    "data with a password": Attack(data(f'{{ url = "https://{LOGIN}x.org/x.csv" }}'), [READS], says="password"),
    "data with a password, wrong": Attack(data(f'{{ url = "https://{LOGIN}x.org/a b.csv" }}'), [READS], says="address"),
    "data from a file": Attack(data('{ url = "file:///etc/passwd" }'), [READS], says="no http(s) address"),
    "data to the outside": Attack(data('{ url = "https://x.org/x" }', "../victim.csv"), ["import helper\nopen('../victim.csv')"], says="stays below"),
    "data to the outside, absolute": Attack(data('{ url = "https://x.org/x" }', "/etc/cron.d/x"), [READS], says="stays below"),
    "data to the outside, by a link": Attack(data('{ url = "https://x.org/x" }'), [READS], links={"data": ".."}, says="symbolic link", no_cell="x.org"),
    "data to the outside, by an absolute link": Attack(data('{ url = "https://x.org/x" }'), [READS], links={"data": "/etc"}, says="symbolic link", no_cell="x.org"),
    "script outside": Attack(data('{ run = "../get_victim.sh" }'), [READS], says="stays below"),
    "script outside, by a link": Attack(data('{ run = "tools/get_victim.sh" }'), [READS], links={"tools": ".."}, says="no such file", no_cell="get_victim"),
    "script outside, itself a link": Attack(data('{ run = "get.sh" }'), [READS], links={"get.sh": "../get_victim.sh"}, says="no such file", no_cell="get.sh"),
    "script that is an option": Attack({**data('{ run = "-c owned.sh" }'), "-c owned.sh": "wget x\n"}, [READS], calls=["./-c owned.sh"]),
    "script with a command for a name": Attack({"get_$(owned);owned.sh": "wget https://x.org/x.csv\n"}, [READS], calls=["./get_$(owned);owned.sh"]),
    "script in a folder of code": Attack({f"{CODE}/get_x.sh": "wget https://x.org/data/numbers.csv\n"}, [f"import helper\nopen({CODE + '/numbers.csv'!r})"], calls=["./get_x.sh"]),
    "Drive outside": Attack(data('{ drive = "../../etc/x.csv" }'), [READS], says="below MyDrive"),
    "Kaggle with a command": Attack(data('{ kaggle = "a/b;owned" }'), [READS], says="owner/name"),
    "gdown with an option": Attack(data('{ gdown = "--config owned" }'), [READS], says="the id of one file"),
    "DVC with a password": Attack({"data/x.csv.dvc": "outs:\n- path: x.csv\n", ".dvc/config": f"[core]\n remote = r\n['remote \"r\"']\n url = https://{LOGIN}x.org/d\n"}, [READS]),
    "DVC with a password, closed": Attack({"data/x.csv.dvc": "outs:\n- path: x.csv\n", ".dvc/config": f"[core]\n remote = r\n['remote \"r\"']\n url = ssh://{LOGIN}x.org/d\n"}, [READS]),
    "DVC with an option for a name": Attack({"--cd=owned.csv.dvc": "outs:\n- path: x.csv\n", ".dvc/config": "[core]\n remote = r\n['remote \"r\"']\n url = https://x.org/d\n"}, ["import helper\nopen('--cd=owned.csv')"], calls=["./--cd=owned.csv.dvc"]),
    "Makefile with a command for a target": Attack({"Makefile": "x;owned.csv:\n\tcurl -O https://x.org/x.csv\n"}, ["import helper\nopen('x;owned.csv')"]),
    "Makefile with an option for a target": Attack({"Makefile": "--eval=owned:\n\tcurl -O https://x.org/x.csv\n-f:\n\twget x\n"}, ["import helper\nopen('--eval=owned')\nopen('-f')"]),
    "Makefile with a variable for a target": Attack({"Makefile": "SHELL=owned:\n\tcurl https://x.org/SHELL\n"}, ["import helper\nopen('SHELL=owned')"]),
    "submodule that runs a program": Attack({".gitmodules": "[submodule \"s\"]\n path = s\n url = ext::sh -c owned\n update = !owned\n"}, [READS]),
    # --- what notebooks say
    "name of a kernel": Attack(metadata={"kernelspec": {"name": "$(owned)", "display_name": CODE, "language": "python"}}),
    "accelerator of code": Attack(metadata={"accelerator": CODE, "colab": {"gpuType": QUOTES, "provenance": [CODE]}}),
    "title of code": Attack(metadata={"title": CODE, "colab": {"name": "$(owned)"}}),
    "link in Markdown to the outside": Attack({"img/a.png": ""}, ["# A\n![](../victim.csv) [x](file:///etc/passwd) <img src='../../victim.py' onerror='owned'>", "import helper"]),
    "picture with code for a name": Attack({'img/"><script>owned<.png': ""}, ["# A\n![](<img/\"><script\\>owned<.png>)", "import helper"]),
    "files written, with commands": Attack(cells=["import helper\nopen('out/$(owned);owned.csv', 'w').write('')"]),
    "files written, with commands, to git": Attack(cells=["import helper\nopen('$(owned);owned.csv', 'w').write('')"], flags=["--persist=git"]),
    "files written, with commands, to Drive": Attack(cells=["import helper\nopen('$(owned);owned.csv', 'w').write('')"], flags=["--persist=drive"]),
    "folder of Drive in the settings": Attack(toml(f"source = 'drive'\ndrive-folder = {json.dumps(CODE)}")),
    "install line of the notebook": Attack(cells=["import helper, gensim", "!echo pip install 'gensim;owned'"]),
    "folders of the search path": Attack({"kit/more.py": ""}, [f"import sys\nsys.path.insert(0, {CODE!r})\nsys.path.append('../..')\nimport helper"]),
    "nltk and spaCy with options": Attack(cells=[f"import helper, nltk, spacy\nnltk.download({CODE!r})\nnltk.data.find('corpora/$(owned)')\nspacy.load('--owned')"]),
    # --- records that lie
    "record that gives back a file outside": Attack(metadata={"colabify": {"version": 1, "modules": {"../victim.py": entry(VICTIM, EVIL)}}}),
    "record that gives back an absolute file": Attack(metadata={"colabify": {"version": 1, "modules": {"/etc/passwd.py": entry(VICTIM, EVIL)}}}),
    "record that gives back a file of git's": Attack(metadata={"colabify": {"version": 1, "modules": {".git/config": entry(VICTIM, EVIL), ".git/hooks/x.py": entry(VICTIM, EVIL)}}}),
    "record that gives back through a link": Attack(links={"link.py": "../victim.py"}, metadata={"colabify": {"version": 1, "modules": {"link.py": entry(VICTIM, EVIL)}}}),
    "record that gives back through a folder": Attack(links={"up": ".."}, metadata={"colabify": {"version": 1, "modules": {"up/victim.py": entry(VICTIM, EVIL)}}}),
    # --- links
    "module outside, by a link": Attack({}, ["import kit\nkit.x"], links={"kit.py": "../victim.py"}),
    "module outside, by a link to a folder": Attack({}, ["from up import victim"], links={"up": ".."}),
    "settings outside, by a link": Attack({}, links={"colabify.toml": "../victim.toml"}),
    "link to itself": Attack({}, ["import helper\nopen('loop/x.csv')"], links={"loop": "loop"}),
}  # fmt: skip


@pytest.fixture(autouse=True)
def armed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever makes a command of a name finds the payload."""
    monkeypatch.setenv("PATH", f"{payload(tmp_path)}:{os.environ['PATH']}")


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_attack(attack: Attack, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    after = suffer(attack, tmp_path, capsys)
    assert attack.says in after.said
    assert any(set(attack.calls) <= set(call) for call in after.calls) or not attack.calls, (
        after.calls
    )
    assert attack.cell in "\n".join(after.ours)
    assert not attack.no_cell or attack.no_cell not in "\n".join(after.ours)
