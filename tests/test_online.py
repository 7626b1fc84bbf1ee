"""``--online``: the package index says which versions install."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from colabify.cli import main
from colabify.index import JSON_TYPE, VARIABLES
from tests.courses import make_repository, notebook
from tests.test_cli_dependencies import Capture, Patch, actions, findings, installs, plan

PROXIES = ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")


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
    assert "COL444" in findings(told)
    assert "s3cret" not in json.dumps(told)
    assert index.asked == []
