"""Tests of what stands for github.com."""

import base64
import subprocess

import pytest

from tests.simulated_colab.colab import Colab, Forge
from tests.simulated_colab.examples import make_course, needs_runtime, notebook
from tests.simulated_colab.git_server import password

CLONE = "!git clone -q https://github.com/owner/course\n!cat course/data.txt"


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path / "course")


def test_password_of_a_header():
    assert password("basic YTpiOmM=") == "b:c"
    assert [password(text) for text in ("Bearer x", "Basic !", "Basic /w==")] == [None] * 3


@needs_runtime
def test_clone_from_github(tmp_path, course):
    forge = Forge(tmp_path / "forge")
    forge.publish(course, "owner/course")
    with Colab(tmp_path / "m", forge) as colab:
        run = colab.run_all(notebook(CLONE, "!git -C course config remote.origin.url"))
        other = colab.run_all(notebook("!git clone -q https://github.com/owner/none"))
    assert run.texts[0] == "the data\n"
    assert run.texts[1] == "https://github.com/owner/course\n"
    assert "does not appear to be a git repository" in other.text


@needs_runtime
def test_published_commit(tmp_path, course):
    forge = Forge(tmp_path / "forge")
    forge.publish(course, "owner/course")
    (course / "data.txt").write_text("newer\n")
    commit = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qam", "two"]
    subprocess.run(commit, cwd=course, check=True)
    with Colab(tmp_path / "m", forge) as colab, colab.session() as session:
        assert session.run_cell(CLONE).text == "the data\n"
        forge.publish(course, "owner/course")
        assert session.run_cell("!git -C course pull -q; cat course/data.txt").text == "newer\n"
        forge.publish(course, "owner/course", ref="HEAD~1")
        assert session.run_cell(f"!rm -rf course\n{CLONE}").text == "the data\n"


@needs_runtime
def test_private_repository(tmp_path, course):
    forge = Forge(tmp_path / "forge", private={"owner/course"})
    forge.publish(course, "owner/course")
    forge.publish(course, "owner/public")
    url = f"https://me:{forge.token}@github.com/owner/course"
    with Colab(tmp_path / "m", forge) as colab, colab.session() as session:
        assert "could not read Username" in session.run_cell(CLONE).text
        assert "not found" in session.run_cell(f"!git clone {url}x").text
        wrong = url.replace(forge.token, "wrong")
        assert "Authentication failed" in session.run_cell(f"!git clone {wrong}").text
        assert session.run_cell("!git clone -q https://github.com/owner/public").text == ""
        assert session.run_cell(f"!git clone -q {url} && cat course/data.txt").text == "the data\n"
    headers = [access.authorization for access in forge.accesses]
    assert headers[0] is None
    assert forge.token in [password(header) for header in headers if header]


@needs_runtime
@pytest.mark.parametrize("way", ["askpass", "header", "header of a url", "credential helper"])
def test_ways_to_give_the_token(tmp_path, course, way):
    forge = Forge(tmp_path / "forge", private={"owner/course"})
    forge.publish(course, "owner/course")
    ask = tmp_path / "ask"
    ask.write_text(f'#!/bin/sh\ncase "$1" in User*) echo me;; *) echo {forge.token};; esac\n')
    ask.chmod(0o755)
    header = "Authorization: Basic " + base64.b64encode(f"x:{forge.token}".encode()).decode()
    helper = f"!f() {{ echo username=me; echo password={forge.token}; }}; f"
    key, value = {
        "askpass": ("core.askPass", str(ask)),
        "header": ("http.extraHeader", header),
        "header of a url": ("http.https://github.com/.extraHeader", header),
        "credential helper": ("credential.https://github.com.helper", helper),
    }[way]
    given = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": key, "GIT_CONFIG_VALUE_0": value}
    with Colab(tmp_path / "m", forge) as colab:
        run = colab.run_all(notebook(f"import os\nos.environ.update({given})", CLONE))
    assert run.error is None
    assert run.texts[1] == "the data\n"
