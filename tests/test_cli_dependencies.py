"""The flags about dependencies, through the command: which files count, which versions, which index."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from colabify.cli import main
from colabify.index import JSON_TYPE, VARIABLES
from tests.courses import contents, make_repository, notebook

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch
PROXIES = ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")


def plan(capsys: Capture, folder: Path, *flags: str, code: int = 0) -> dict[str, Any]:
    """The plan for the only notebook of a folder."""
    assert main([str(folder), "--runtime", "latest", "--format", "json", *flags]) == code
    captured = capsys.readouterr()
    assert captured.err == ""
    (found,) = json.loads(captured.out)["notebooks"]
    return dict(found)


def installs(told: Mapping[str, Any]) -> list[str]:
    return [one["requirement"] for one in told["installs"]]


def findings(told: Mapping[str, Any]) -> list[str]:
    return [one["code"] for one in told["findings"]]


def actions(told: Mapping[str, Any]) -> dict[str, str]:
    return {one["module"]: one["action"] for one in told["dependencies"]}


# ---- versions


PINNED = {
    "a.ipynb": notebook("import numpy, networkx, torch, gensim"),
    "requirements.txt": "numpy==2.2.0\nnetworkx==2.8.8\ntorch==2.9.1\ngensim==4.4.0\n",
}


def test_pins_are_kept_unless_they_are_strict(tmp_path: Path, capsys: Capture) -> None:
    course = make_repository(tmp_path, PINNED)
    for flags in [(), ("--pins", "keep")]:
        told = plan(capsys, course, *flags)
        assert installs(told) == ["gensim==4.4.0"]
        assert actions(told)["numpy"] == "kept"
        assert findings(told) == ["COL402"] * 3
    told = plan(capsys, course, "--pins", "strict")
    everything = ["numpy==2.2.0", "networkx==2.8.8", "torch==2.9.1", "gensim==4.4.0"]
    assert installs(told) == everything
    assert [one["strict"] for one in told["installs"]] == [True, True, True, False]
    assert findings(told) == []


def test_strict_pins_in_the_file_and_a_flag_above_them(tmp_path: Path, capsys: Capture) -> None:
    files = {**PINNED, "pyproject.toml": '[tool.colabify]\npins = "strict"\n'}
    course = make_repository(tmp_path, files)
    assert "numpy==2.2.0" in installs(plan(capsys, course))
    assert installs(plan(capsys, course, "--pins", "keep")) == ["gensim==4.4.0"]


def test_strict_pins_stand_in_the_setup_cell(tmp_path: Path) -> None:
    course = make_repository(tmp_path, PINNED)
    assert main([str(course), "--inplace", "--quiet", "--pins", "strict"]) == 0
    text = (course / "a.ipynb").read_text()
    assert "numpy==2.2.0" in text
    assert "The kernel restarts now" in text
    assert main([str(course), "--check", "--pins", "strict"]) == 0
    assert main([str(course), "--inplace", "--quiet"]) == 0
    assert "numpy==2.2.0" not in (course / "a.ipynb").read_text()


# ---- files


FILES = {
    "week/a.ipynb": notebook("import gensim, emoji"),
    "week/requirements.txt": "gensim>=4\n",
    "requirements.txt": "emoji<2\n",
    "envs/colab.txt": "gensim==4.4.0\n",
    "envs/more.yml": "dependencies:\n- emoji=2.0.0\n",
}


@pytest.mark.parametrize(
    ("flags", "wanted"),
    [
        pytest.param([], ["gensim>=4", "emoji<2"], id="the nearest"),
        pytest.param(["envs/colab.txt"], ["gensim==4.4.0", "emoji"], id="one"),
        pytest.param(["envs/colab.txt", "envs/more.yml"], ["gensim==4.4.0", "emoji==2.0.0.*"], id="two"),
        pytest.param(["./envs/../envs/colab.txt"], ["gensim==4.4.0", "emoji"], id="another way"),
    ],
)  # fmt: skip
def test_requirement_files_that_count(
    flags: list[str], wanted: list[str], tmp_path: Path, capsys: Capture
) -> None:
    course = make_repository(tmp_path, FILES)
    told = plan(capsys, course, *(f"--requirements={one}" for one in flags))
    assert (installs(told), findings(told)) == (wanted, [])


@pytest.mark.parametrize("name", ["no.txt", "../no.txt", "/no.txt", "envs"])
def test_a_requirement_file_that_is_not_there(name: str, tmp_path: Path, capsys: Capture) -> None:
    told = plan(capsys, make_repository(tmp_path, FILES), "--requirements", name)
    (finding,) = told["findings"]
    assert (finding["code"], finding["severity"]) == ("COL405", "advice")
    assert name in finding["message"]
    assert "\n" not in finding["message"]
    assert installs(told) == ["gensim", "emoji"]


def test_the_flag_stands_above_the_files_table(tmp_path: Path, capsys: Capture) -> None:
    table = '[tool.colabify]\nrequirements = ["envs/colab.txt"]\n'
    course = make_repository(tmp_path, {**FILES, "pyproject.toml": table})
    assert installs(plan(capsys, course)) == ["gensim==4.4.0", "emoji"]
    told = plan(capsys, course, "--requirements", "envs/more.yml")
    assert installs(told) == ["gensim", "emoji==2.0.0.*"]


def test_distributions_are_settled_in_the_table(tmp_path: Path, capsys: Capture) -> None:
    course = make_repository(tmp_path, {"a.ipynb": notebook("import thinkplot")})
    assert findings(plan(capsys, course, code=1)) == ["COL401"]
    (course / "pyproject.toml").write_text(
        "[tool.colabify.distributions]\nthinkplot = 'ThinkX>=1'\n"
    )
    told = plan(capsys, course)
    assert (installs(told), findings(told)) == (["ThinkX>=1"], [])


# ---- the package index


class Pages(BaseHTTPRequestHandler):
    """Serves ``server.pages``: the path and what is answered, 404 for all else."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        status, body = self.server.pages.get(self.path, (404, "no"))  # type: ignore[attr-defined]
        self.send_response(status)
        self.send_header("Content-Type", JSON_TYPE)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    pages: Mapping[str, tuple[int, str]]
    asked: list[str]


def page(*versions: str, tags: str = "py3-none-any") -> tuple[int, str]:
    files = [{"filename": f"zzzz_kit-{one}-{tags}.whl", "url": "x"} for one in versions]
    meta = {"api-version": "1.1"}
    return 200, json.dumps({"meta": meta, "name": "zzzz-kit", "files": files})


@pytest.fixture
def index(monkeypatch: Patch) -> Iterator[Server]:
    for variable in (*VARIABLES, *PROXIES):
        monkeypatch.delenv(variable, raising=False)
    with Server(("127.0.0.1", 0), Pages) as server:
        server.pages, server.asked = {}, []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple")
        yield server
        server.shutdown()
        thread.join()


def kit(folder: Path, requirement: str) -> Path:
    files = {"a.ipynb": notebook("import zzzz_kit"), "requirements.txt": f"{requirement}\n"}
    return make_repository(folder, files)


OLD = page("1.0", "1.1", tags="cp39-cp39-manylinux_2_17_x86_64")
# requirement, what the index has, what pip is asked for, what is done, codes, exit code
ONLINE: dict[str, tuple[str, tuple[int, str], list[str], str, list[str], int]] = {
    "the version is there": ("zzzz-kit==1.0", page("1.0"), ["zzzz-kit==1.0"], "install", [], 0),
    "any version": ("zzzz-kit", page("1.0"), ["zzzz-kit"], "install", [], 0),
    "another version is there": ("zzzz-kit==9.0", page("1.0"), ["zzzz-kit"], "install", ["COL406"], 0),
    "none for that Python": ("zzzz-kit==1.0", OLD, [], "impossible", ["COL407"], 1),
    "no such distribution": ("zzzz-kit==1.0", (404, "no"), [], "impossible", ["COL407"], 1),
    "no list of files": ("zzzz-kit==1.0", (200, "{"), ["zzzz-kit==1.0"], "install", [], 0),
    "out of order": ("zzzz-kit==1.0", (500, "no"), ["zzzz-kit==1.0"], "install", [], 0),
}  # fmt: skip


@pytest.mark.parametrize("name", ONLINE)
def test_online_the_index_says_which_versions_install(
    name: str, index: Server, tmp_path: Path, capsys: Capture
) -> None:
    requirement, answer, wanted, action, found, code = ONLINE[name]
    index.pages = {"/simple/zzzz-kit/": answer}
    told = plan(capsys, kit(tmp_path, requirement), "--online", code=code)
    assert installs(told) == wanted
    assert actions(told) == {"zzzz_kit": action}
    assert findings(told) == found


def test_what_the_index_lacks_is_named_with_the_index(
    index: Server, tmp_path: Path, capsys: Capture
) -> None:
    told = plan(capsys, kit(tmp_path, "zzzz-kit"), "--online", code=1)
    (finding,) = told["findings"]
    said = f"127.0.0.1:{index.server_port} has no distribution zzzz-kit"
    assert said in finding["message"]
    assert (finding["cell"], finding["severity"]) == (1, "error")


def test_the_index_is_asked_once_for_a_run(index: Server, tmp_path: Path) -> None:
    index.pages = {"/simple/zzzz-kit/": page("1.0")}
    courses = [kit(tmp_path / name, "zzzz-kit==1.0") for name in ("one", "two")]
    (courses[0] / "b.ipynb").write_text(notebook("import zzzz_kit"))
    assert main([*map(str, courses), "--online", "--quiet"]) == 0
    assert index.asked == ["/simple/zzzz-kit/"]


@pytest.mark.parametrize("cell", ["import numpy, os", "import zzzz_other", "x = 1"])
def test_the_index_is_not_asked_for_what_is_not_wanted(
    cell: str, index: Server, tmp_path: Path
) -> None:
    files = {"a.ipynb": notebook(cell), "requirements.txt": "zzzz-kit==1.0\n"}
    main([str(make_repository(tmp_path, files)), "--online", "--quiet"])
    assert index.asked == []


def test_offline_no_index_is_asked(index: Server, tmp_path: Path, capsys: Capture) -> None:
    told = plan(capsys, kit(tmp_path, "zzzz-kit==9.0"))
    assert (installs(told), findings(told)) == (["zzzz-kit==9.0"], [])
    assert index.asked == []


def test_online_in_the_files_table(index: Server, tmp_path: Path, capsys: Capture) -> None:
    index.pages = {"/simple/zzzz-kit/": page("1.0")}
    course = kit(tmp_path, "zzzz-kit==9.0")
    (course / "pyproject.toml").write_text("[tool.colabify]\nonline = true\n")
    assert findings(plan(capsys, course)) == ["COL406"]


def test_an_index_that_is_not_reached_changes_no_plan(
    index: Server, tmp_path: Path, capsys: Capture, monkeypatch: Patch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://user:s3cret@127.0.0.1:{closed.getsockname()[1]}/simple"
        monkeypatch.setenv("PIP_INDEX_URL", address)
        told = plan(capsys, kit(tmp_path, "zzzz-kit==1.0"), "--online")
    assert installs(told) == ["zzzz-kit==1.0"]
    assert "s3cret" not in json.dumps(told)
    assert index.asked == []


# ---- mistakes


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--pins", "loose"], "argument --pins: invalid choice: 'loose'"),
        (["--pins"], "argument --pins: expected one argument"),
        (["--requirements"], "argument --requirements: expected one argument"),
        (["--online=yes"], "argument --online: ignored explicit argument 'yes'"),
        (["--format", "yaml"], "argument --format: invalid choice: 'yaml'"),
    ],
)
def test_mistake_in_a_flag(flags: list[str], said: str, tmp_path: Path, capsys: Capture) -> None:
    course = make_repository(tmp_path, PINNED)
    before = contents(course)
    with pytest.raises(SystemExit) as caught:
        main([str(course), "--inplace", *flags])
    out, err = capsys.readouterr()
    assert (caught.value.code, out) == (2, "")
    assert said in err.splitlines()[-1]
    assert contents(course) == before


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('pins = "loose"', "pins: 'loose' is none of keep, strict"),
        ("pins = true", "pins has to be a string"),
        ('requirements = "a.txt"', "requirements has to be a list of strings"),
        ("requirements = [1]", "requirements has to be a list of strings"),
        ('online = "yes"', "online has to be true or false"),
        ('distributions = "a"', "distributions has to be a table of strings"),
        ("distributions = {a = 1}", "distributions has to be a table of strings"),
        ("distributions = {a = 'b c'}", "a = 'b c' is not a requirement that pip would read"),
        ("distributions = {a = ''}", "a = '' is not a requirement that pip would read"),
        ("distribution = {a = 'b'}", "did you mean 'distributions'?"),
    ],
)
def test_mistake_in_the_table(table: str, said: str, tmp_path: Path, capsys: Capture) -> None:
    course = make_repository(tmp_path, PINNED)
    (course / "pyproject.toml").write_text(f"[tool.colabify]\n{table}\n")
    assert main([str(course), "--inplace"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err
