"""The setup cell on a simulated Colab: what it does when something is private, missing or hostile."""

from __future__ import annotations

import zipfile
from pathlib import Path

import nbformat
import pytest

from colabify.cli import main
from tests.courses import git, make_repository, publish
from tests.simulated_colab.colab import Colab, Forge, Run
from tests.simulated_colab.examples import needs_runtime

pytestmark = needs_runtime

GITHUB = "https://github.com/teacher/course.git"
HELPER = {"helper.py": "answer = 42\n"}
USES_HELPER = "import helper\nprint('the answer is', helper.answer)"


def course(folder: Path, files: dict[str, str], *cells: str, name: str = "a.ipynb") -> Path:
    """A repository with a notebook of ``cells`` beside ``files``, ported and published; the notebook."""
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    make_repository(folder, {**files, name: nbformat.writes(nb)}, remote=GITHUB)
    assert main([str(folder), "--inplace", "--quiet"]) == 0
    publish(folder)
    return folder / name


def on_colab(tmp_path: Path, notebook: Path, forge: Forge | None = None, **more: object) -> Run:
    """Run the notebook on a new machine; what is published is its repository."""
    forge = forge or Forge(tmp_path / "forge")
    forge.publish(
        Path(git(notebook.parent, "rev-parse", "--show-toplevel").strip()), "teacher/course"
    )
    with Colab(tmp_path / "colab", forge, **more) as colab:  # type: ignore[arg-type]
        return colab.run_all(colab.open(notebook))


def wheel(folder: Path, name: str, version: str, requires: str = "") -> None:
    """A wheel of one module that says its version."""
    info = f"{name}-{version}.dist-info"
    needs = f"Requires-Dist: {requires}\n" if requires else ""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}.py", f"version = '{version}'\n")
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}"
        archive.writestr(f"{info}/METADATA", metadata)
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")


def test_the_notebook_fails_unported(tmp_path: Path) -> None:
    notebook = course(tmp_path / "course", HELPER, USES_HELPER)
    assert main([str(notebook), "--undo", "--quiet"]) == 0
    run = on_colab(tmp_path, notebook)
    assert run.error is not None
    assert run.error.ename == "ModuleNotFoundError"


class TestPrivateRepository:
    """A token from Colab's secrets opens it, and is seen nowhere."""

    @pytest.fixture
    def forge(self, tmp_path: Path) -> Forge:
        return Forge(tmp_path / "forge", private={"teacher/course"}, token="s3cret-t0ken")

    def test_is_cloned_with_the_secret(self, tmp_path: Path, forge: Forge) -> None:
        notebook = course(tmp_path / "course", HELPER, USES_HELPER, "!git config --local --list")
        run = on_colab(tmp_path, notebook, forge, secrets={"GITHUB_TOKEN": forge.token})
        assert run.error is None
        assert "the answer is 42" in run.text
        assert f"url={GITHUB}" in run.text
        left = [p for p in (tmp_path / "colab" / "content").rglob("*") if p.is_file()]
        assert not any(forge.token.encode() in path.read_bytes() for path in left)
        assert forge.token not in run.text + notebook.read_text()

    @pytest.mark.parametrize(
        "secrets",
        [{}, {"GITHUB_TOKEN": None}, {"GITHUB_TOKEN": "wrong"}],
        ids=["none", "not open to the notebook", "wrong"],
    )
    def test_says_what_to_do(
        self, tmp_path: Path, forge: Forge, secrets: dict[str, str | None]
    ) -> None:
        notebook = course(tmp_path / "course", HELPER, USES_HELPER)
        run = on_colab(tmp_path, notebook, forge, secrets=secrets)
        assert run.error is not None
        assert "store a token as the secret GITHUB_TOKEN" in run.error.evalue
        assert "wrong" not in run.error.evalue


class TestInstalling:
    """What Colab lacks is installed once; what the kernel has loaded stays."""

    def run(self, tmp_path: Path, *cells: str, requirements: str = "tiny\n") -> list[Run]:
        wheels = str(tmp_path / "wheels")
        notebook = course(tmp_path / "course", {"requirements.txt": requirements, **HELPER}, *cells)
        forge = Forge(tmp_path / "forge")
        forge.publish(notebook.parent, "teacher/course")
        env = {"PIP_FIND_LINKS": wheels, "PIP_NO_INDEX": "1"}
        with Colab(tmp_path / "colab", forge, env=env) as colab:
            nb = colab.open(notebook)
            return [colab.run_all(nb), colab.run_all(nb)]

    def test_installs_once(self, tmp_path: Path) -> None:
        wheel(tmp_path / "wheels", "tiny", "1.0")
        first, second = self.run(tmp_path, "import tiny\nprint('tiny', tiny.version)")
        assert "Installing tiny" in first.text
        assert "tiny 1.0" in first.text
        assert "Installing" not in second.text
        assert "tiny 1.0" in second.text

    @pytest.mark.long
    def test_takes_the_version_asked_for(self, tmp_path: Path) -> None:
        wheel(tmp_path / "wheels", "tiny", "1.0")
        wheel(tmp_path / "wheels", "tiny", "2.0")
        cell = "import tiny\nprint('tiny', tiny.version)"
        first, _ = self.run(tmp_path, cell, requirements="tiny==1.0\n")
        assert "tiny 1.0" in first.text

    @pytest.mark.long
    def test_takes_the_newest_if_that_cannot_be_had(self, tmp_path: Path) -> None:
        wheel(tmp_path / "wheels", "tiny", "2.0")
        cell = "import tiny\nprint('tiny', tiny.version)"
        first, _ = self.run(tmp_path, cell, requirements="tiny==1.0\n")
        assert "tiny==1.0 does not install here: trying the newest tiny." in first.text
        assert "tiny 2.0" in first.text

    def test_never_replaces_what_is_loaded(self, tmp_path: Path) -> None:
        wheel(tmp_path / "wheels", "tiny", "1.0", requires="numpy<2")
        wheel(tmp_path / "wheels", "numpy", "1.0")
        first, _ = self.run(tmp_path, "import tiny")
        assert first.error is not None
        assert "Could not install tiny" in first.error.evalue
        assert "numpy" in first.error.evalue


class TestData:
    """The course's script is run in its own folder; what goes wrong is said in a sentence."""

    CELL = "print(open('data/set.txt').read())"

    def run(self, tmp_path: Path, script: str) -> Run:
        notebook = course(tmp_path / "course", {"data/get_set.sh": script}, self.CELL)
        return on_colab(tmp_path, notebook)

    def test_is_fetched(self, tmp_path: Path) -> None:
        script = "echo fetched > set.txt || curl -O https://example.org/set.zip\n"
        run = self.run(tmp_path, script)
        assert run.error is None
        assert "fetched" in run.text

    def test_is_not_there_afterwards(self, tmp_path: Path) -> None:
        run = self.run(tmp_path, "echo no such host; exit 6; curl -O https://example.org/set.zip\n")
        assert run.error is not None
        assert "has run, but there is no data/set.txt" in run.error.evalue
        assert "no such host" in run.error.evalue

    def test_what_fails_leaves_the_rest_in_place(self, tmp_path: Path) -> None:
        script = "exit 6; curl -O https://example.org/set.zip\n"
        files = {"data/get_set.sh": script, **HELPER}
        notebook = course(tmp_path / "course", files, self.CELL, USES_HELPER)
        forge = Forge(tmp_path / "forge")
        forge.publish(notebook.parent, "teacher/course")
        with Colab(tmp_path / "colab", forge) as colab:
            run = colab.run_all(colab.open(notebook), stop_on_error=False)
        assert "the answer is 42" in run.text

    def test_a_prefix_of_files_is_there(self, tmp_path: Path) -> None:
        script = "touch net.ckpt.index; true || wget https://example.org/net.tgz\n"
        cell = "path = 'data/net.ckpt'\nopen(path + '.index').close()"
        run = on_colab(tmp_path, course(tmp_path / "course", {"data/get_net.sh": script}, cell))
        assert run.error is None


def test_clone_refused(tmp_path: Path) -> None:
    notebook = course(tmp_path / "course", HELPER, USES_HELPER)
    with Colab(tmp_path / "colab", Forge(tmp_path / "forge")) as colab:
        run = colab.run_all(colab.open(notebook))
    assert run.error is not None
    assert f"Could not clone {GITHUB} (main)" in run.error.evalue


@pytest.mark.parametrize(("gpu", "warns"), [(True, False), (False, True)])
def test_points_out_a_missing_gpu(tmp_path: Path, gpu: bool, warns: bool) -> None:
    notebook = course(tmp_path / "course", HELPER, USES_HELPER, "USE_GPU = True")
    run = on_colab(tmp_path, notebook, gpu=gpu)
    assert run.error is None
    assert ("Runtime > Change runtime type" in run.text) is warns


@pytest.mark.parametrize(
    ("folder", "branch"),
    [
        ("データ 😀", "naïve"),
        ("a`touch owned`", "x$url"),
    ],
)
def test_names_are_data(tmp_path: Path, folder: str, branch: str) -> None:
    root = tmp_path / "course"
    make_repository(root, {"README.md": "x"}, remote=GITHUB)
    git(root, "checkout", "-q", "-B", branch)
    (root / folder).mkdir()
    (root / folder / "helper.py").write_text("answer = 42\n")
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(USES_HELPER)])
    (root / folder / "a.ipynb").write_text(nbformat.writes(nb), encoding="utf-8")
    publish(root, branch)
    assert main([str(root / folder), "--inplace", "--quiet"]) == 0
    publish(root, branch)
    run = on_colab(tmp_path, root / folder / "a.ipynb")
    assert run.error is None
    assert "the answer is 42" in run.text
    assert not list((tmp_path / "colab").rglob("owned"))


def test_a_course_that_means_harm(tmp_path: Path) -> None:
    """All at once of what the table of attacks tries in a stub: its payload is a program of the machine."""
    folder, branch, script = 'it\'s "$(owned)"', "a;owned${IFS}", "get_$(owned);owned.sh"
    wheel(tmp_path / "wheels", "tiny", "1.0")
    files = {
        "requirements.txt": "tiny==1.0\n$(owned) ; owned\n--owned\n",
        f"{folder}/helper.py": "answer = 42\n",
        f"{folder}/{script}": "mkdir -p data && echo brought >data/x.csv || wget https://x.org/x.csv\n",
    }
    cells = [
        USES_HELPER,
        "import tiny\nprint(open('data/x.csv').read())",
        "open('$(owned);owned', 'w').close()",
    ]
    root = tmp_path / "course"
    make_repository(root, files, remote=GITHUB)
    git(root, "checkout", "-q", "-B", branch)
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    (root / folder / "a.ipynb").write_text(nbformat.writes(nb), encoding="utf-8")
    publish(root, branch)
    assert main([str(root), "--inplace", "--quiet", "--persist=git"]) == 0
    publish(root, branch)
    payload = {"owned": f"echo \"$@\" >>'{tmp_path}/owned'"}
    env = {"PIP_FIND_LINKS": str(tmp_path / "wheels"), "PIP_NO_INDEX": "1"}
    run = on_colab(tmp_path, root / folder / "a.ipynb", programs=payload, env=env)
    assert run.error is None
    assert "the answer is 42" in run.text
    assert "brought" in run.text
    assert not (tmp_path / "owned").exists()
