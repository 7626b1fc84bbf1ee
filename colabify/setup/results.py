"""The results cell: the last of the notebook, which saves what it wrote before Colab forgets it."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from colabify.setup.clone import CONTENT
from colabify.setup.form import RESULTS, form_cell, form_source
from colabify.setup.literals import filled
from colabify.steps import Clone, Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from colabify.steps import Setup

BRANCH = "colab"
_FIELDS = {"FORK": "", "BRANCH": BRANCH, "MESSAGE": "Results from Colab"}

DOWNLOAD = """\
    import os
    import zipfile

    from google.colab import files

    root = $root
    paths = $paths  # a folder ends with a slash
    archive = $archive

    def below(path):
        top = os.path.join(root, path)
        if os.path.isfile(top):
            return [path]
        found = (os.path.join(at, one) for at, _, names in os.walk(top) for one in names)
        return sorted(os.path.relpath(one, root) for one in found)

    results = [one for path in paths for one in below(path)]
    if not results:
        print("There are no results yet: run the cells above first.")
        return
    try:
        with zipfile.ZipFile(archive + ".part", "w", zipfile.ZIP_DEFLATED) as file:
            for one in results:
                file.write(os.path.join(root, one), one)
        os.replace(archive + ".part", archive)
    except (OSError, ValueError) as error:  # no space left; a date before 1980
        raise RuntimeError(f"The results could not be put into a zip: {error}") from None
    size = os.path.getsize(archive) / 1e6
    print(f"{len(results)} files, {size:.1f} MB: your browser saves {os.path.basename(archive)}.")
    files.download(archive)
"""

GIT = '''\
    import base64
    import os
    import subprocess

    root = $root
    paths = $paths  # a folder ends with a slash

    fork = FORK.strip().rstrip("/").split("github.com")[-1].strip("/:")
    fork = fork[: -len(".git")] if fork.endswith(".git") else fork
    if not fork:
        print('Nothing is saved: write your fork of the course, such as "your-name/course", into FORK')
        print("above, and run this cell again.")
        return
    if fork.count("/") != 1:
        raise RuntimeError(f'{FORK} is no fork on GitHub: write it as "your-name/course".')
    if not os.path.isdir(os.path.join(root, ".git")):
        raise RuntimeError("The course is not here: run the first cell, which sets up Colab.")
    try:
        from google.colab import userdata

        secret = userdata.get("GITHUB_TOKEN")
    except Exception:  # no such secret, no permission, or no answer
        secret = None
    if not secret:
        raise RuntimeError(
            "To save to your fork, store a token that may write to it as the secret GITHUB_TOKEN "
            "(the key on the left), let this notebook use it, and run this cell again."
        )

    url = f"https://github.com/{fork}.git"
    owner = fork.partition("/")[0]
    index = os.path.join(root, ".git", "colabify-index")
    login = base64.b64encode(b"x-access-token:" + secret.encode()).decode()
    # The token is in the environment of these processes alone; the student's own index stays as it is
    env = {
        **os.environ,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_INDEX_FILE": index,
        "GIT_AUTHOR_NAME": owner,
        "GIT_AUTHOR_EMAIL": f"{owner}@users.noreply.github.com",
        "GIT_COMMITTER_NAME": owner,
        "GIT_COMMITTER_EMAIL": f"{owner}@users.noreply.github.com",
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "http.https://github.com/.extraHeader",
        "GIT_CONFIG_VALUE_0": "Authorization: Basic " + login,
        "GIT_CONFIG_KEY_1": "core.sparseCheckout",  # results may be where a sparse clone has nothing
        "GIT_CONFIG_VALUE_1": "false",
    }

    def git(problem, *words):
        """What git says; ``problem`` is said if it fails."""
        done = subprocess.run(
            ["git", *words], cwd=root, env=env, stdin=subprocess.DEVNULL, capture_output=True
        )
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip()[-800:]
            raise RuntimeError(f"{problem} Git said: {said}")
        return done.stdout.decode("utf-8", "replace").strip()

    git(f"{BRANCH} is no name of a branch.", "check-ref-format", "--branch", BRANCH)
    ref = f"refs/heads/{BRANCH}"
    reach = f"Could not reach {url}: is it there, and may the token write to it?"
    refs = dict(reversed(line.split("\\t")) for line in git(reach, "ls-remote", url).splitlines())
    base = refs.get(ref) or refs.get("HEAD")  # the results come on top of what the fork has
    if base:
        git(reach, "fetch", "--quiet", "--depth=1", "--no-tags", url, ref if ref in refs else "HEAD")
    git("Nothing is saved.", "read-tree", *([base] if base else ["--empty"]))
    there = [one for one in paths if os.path.exists(os.path.join(root, one))]
    if there:
        git("Nothing is saved.", "add", "--force", "--", *there)
    tree = git("Nothing is saved.", "write-tree", "--missing-ok")
    if not there or (base and tree == git("Nothing is saved.", "rev-parse", base + "^{tree}")):
        print("There are no new results to save.")
        return
    on = ["-p", base] if base else []
    commit = git("Nothing is saved.", "commit-tree", tree, *on, "-m", MESSAGE)
    push = f"Could not push to {fork}: run this cell again; if it says the same, check the token."
    git(push, "push", "--quiet", url, f"{commit}:{ref}")
    print(f"Saved: https://github.com/{fork}/tree/{BRANCH}")
'''


def results_cell(setup: Setup, chosen: Mapping[str, str] | None = None) -> dict[str, Any] | None:
    """The cell that saves ``setup.results``; None if there is nothing that a cell has to save.

    ``chosen`` is what a person has put into its form fields.
    """
    results, source = setup.results, setup.source
    if results is None:
        return None
    match results.persist, source:
        case "download", Clone() | Upload():
            root, archive = posixpath.join(CONTENT, source.name), f"{source.name}-results.zip"
            paths = results.paths
        case "download", None:
            root, archive = CONTENT, "results.zip"
            paths = tuple(_from(setup.folder, one) for one in results.paths)
        case "git", Clone():
            block = filled(
                GIT, root=posixpath.join(CONTENT, source.name), paths=list(results.paths)
            )
            return form_cell(
                RESULTS, form_source(RESULTS, RESULTS.titles[1], [block], _FIELDS, chosen)
            )
        case _:
            return None
    archive = posixpath.join(CONTENT, archive)
    block = filled(DOWNLOAD, root=root, paths=list(paths), archive=archive)
    return form_cell(RESULTS, form_source(RESULTS, RESULTS.titles[0], [block]))


def _from(folder: str, path: str) -> str:
    """``path`` as it is from ``folder``: a notebook that needs no files runs in a folder of its own."""
    return posixpath.relpath(path, folder or ".") + "/" * path.endswith("/")
