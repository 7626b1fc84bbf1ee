"""The command line of ``--verify``, and those of the container engine and of Google's client."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from colabify.cli import main
from tests.courses import make_repository
from tests.notebooks import notebook
from tests.simulated_colab.examples import needs_runtime
from tests.verifying import course, steps_of, verified


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a.ipynb", "--timeout", "3"], "--timeout: only allowed with --verify"),
        (["a.ipynb", "--report", "a.xml"], "--report: only allowed with --verify"),
        (["--verify", "-"], "--verify: not allowed with -"),
        (["--verify=all", "a.ipynb"], "invalid choice: 'all'"),
        (["--verify", "--inplace", "a.ipynb"], "not allowed with"),
        (["--verify", "a.ipynb", "--format", "sarif"], "it is one of text, json"),
        (["--verify", "a.ipynb", "--commit"], "not allowed with"),
        (["--verify", "a.ipynb", "--timeout", "0"], "'0' is no number of seconds"),
        (["--verify", "a.ipynb", "--cells", "3-x"], "'3-x' is no cell"),
    ],
)
def test_wrong_usage(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    assert said in capsys.readouterr().err


def test_what_cannot_be_read_is_told_and_the_others_are_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = tmp_path / "broken.ipynb", tmp_path / "r.ipynb"
    broken.write_text("{")
    spec = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    make_repository(tmp_path, {"r.ipynb": notebook("x <- 1", metadata=spec)})
    found = verified(monkeypatch, "--verify", tmp_path / "none.ipynb", broken, other, code=2)
    states = {Path(one["notebook"]).name: (one["state"], one["why"]) for one in found["notebooks"]}
    assert states["none.ipynb"] == ("failed", "opens: no such file or folder")
    assert states["broken.ipynb"][1].startswith("opens: not JSON")
    assert states["r.ipynb"] == ("skipped", "only notebooks in Python are run")


def program(folder: Path, name: str, script: str) -> None:
    """A Python program of that name in front of the PATH."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!{sys.executable}\n{script}")
    (folder / name).chmod(0o755)


ENGINE = """\
import json, os, sys
log = {log!r}
with open(log, "a") as file:
    file.write(json.dumps(sys.argv[1:]) + "\\n")
words = sys.argv[2:]
if sys.argv[1] == "rm":
    sys.exit(0)
env, volumes = dict(PATH=os.environ["PATH"]), dict()
while words[0].startswith("-"):
    option = words.pop(0)
    if option in ("--rm", "--init"):
        continue
    value = words.pop(0)
    if option == "--env":
        name, _, text = value.partition("=")
        env[name] = text
    elif option == "--volume":
        source, target = value.split(":")[:2]
        volumes[target] = source
image, *command = words
if command == ["python3", "--version"]:
    print("Python 3.13.15")
    sys.exit(0)
os.chdir(volumes["/content"])
env["PYTHONPATH"] = {site!r}
os.execvpe({python!r}, [{python!r}, *command[1:]], env)
"""


@needs_runtime
def test_the_image(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine stands in: it runs the kernel here, and keeps the words it was given."""
    from colabify.verify.colab import SITE

    log = tmp_path / "log"
    script = ENGINE.format(log=str(log), python=sys.executable, site=str(SITE))
    program(tmp_path / "bin", "docker", script)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    path = course(tmp_path / "course", {"README.md": "x"}, "import os\nprint(6 * 7)")
    found = verified(monkeypatch, "--verify=image", path)
    verdict = found["notebooks"][0]
    assert verdict["cells"][-1]["outputs"][0]["text"] == "42\n"
    assert verdict["python"] == "3.13.15"
    said = [json.loads(line) for line in log.read_text().splitlines()]
    run = next(words for words in said if "--name" in words)
    assert run[:3] == ["run", "--rm", "--init"]
    assert "us-docker.pkg.dev/colab-images/public/runtime" in run
    assert not any("PASSWORD" in word or word.startswith("PATH=") for word in run)
    assert ["rm", "--force", run[run.index("--name") + 1]] in said


CLIENT = """\
import json, sys
with open({log!r}, "a") as file:
    file.write(json.dumps(sys.argv[1:]) + "\\n")
if sys.argv[1] == "exec":
    name = sys.argv[-1]
    nb = json.load(open(name))
    for cell in nb["cells"]:
        if cell["cell_type"] == "code" and "oops" in "".join(cell["source"]):
            cell["outputs"] = [dict(output_type="error", ename="NameError",
                                    evalue="name 'oops' is not defined", traceback=["x"])]
    json.dump(nb, open(name.replace(".ipynb", "_output.ipynb"), "w"))
sys.exit({code} if sys.argv[1] == {fails!r} else 0)
"""


@pytest.mark.parametrize(("fails", "state"), [("", "cell 2: "), ("new", "colab new: ")])
def test_colab_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str, state: str
) -> None:
    """Google's client stands in: it keeps the words it was given, and makes a notebook with outputs."""
    log = tmp_path / "log"
    program(tmp_path / "bin", "colab", CLIENT.format(log=str(log), fails=fails, code=3))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    path = course(tmp_path / "course", {"README.md": "x"}, "print(1)", "oops")
    found = verified(monkeypatch, "--verify=colab", "--accelerator", "T4", path, code=1)
    verdict = found["notebooks"][0]
    assert verdict["why"].startswith(f"runs: {state}")
    assert steps_of(verdict)["home"] == "skipped"
    said = [json.loads(line) for line in log.read_text().splitlines()]
    session = said[0][2]
    assert said[0] == ["new", "-s", session, "--gpu", "T4"]
    assert said[-1] == ["stop", "-s", session]
    assert fails or said[1][:4] == ["exec", "-s", session, "-f"]


@pytest.mark.parametrize(
    ("level", "said"), [("image", "docker or podman"), ("colab", "google-colab-cli")]
)
def test_what_is_not_installed(
    level: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / "a.ipynb").write_bytes(notebook("1"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main([f"--verify={level}", str(tmp_path / "a.ipynb"), "--quiet"]) == 2
    assert said in capsys.readouterr().err
