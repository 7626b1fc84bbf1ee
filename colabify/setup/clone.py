"""The step of the setup cell that clones the course, and brings of it what this notebook needs.

Git on Colab is 2.34 (Ubuntu 22.04), where a sparse checkout has to be told that it goes by folders.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from colabify.setup.literals import filled
from colabify.steps import LARGE
from colabify.submodules import OVER_HTTPS

if TYPE_CHECKING:
    from colabify.steps import Clone

CONTENT = "/content"

CLONE = '''\
    # The course's files: cloned once, since Colab opens the notebook alone
    url = $url
    ref = $ref
    root = $root
    here = os.path.normpath(os.path.join(root, $folder))
    marks = os.path.join(root, ".git")
    on_github = url.startswith("https://github.com/")  # no other host is offered the token

    def token():
        """The Colab secret GITHUB_TOKEN, for a private repository; None without it."""
        try:
            from google.colab import userdata

            return userdata.get("GITHUB_TOKEN")
        except Exception:  # no such secret, no permission, or no answer
            return None

    def git(*words, folder=None):
        """Run git; if it fails, once more with the token."""
        words = ("git", *words)
        bare = {"GIT_LFS_SKIP_SMUDGE": "1"}  # what Git LFS holds does not come along unasked
        succeeded, said = run(*words, folder=folder, **bare)
        secret = token() if on_github and not succeeded else None
        if secret:
            import base64

            login = base64.b64encode(b"x-access-token:" + secret.encode()).decode()
            succeeded, said = run(
                *words,
                folder=folder,
                **bare,
                GIT_CONFIG_COUNT="1",
                GIT_CONFIG_KEY_0="http." + "/".join(url.split("/")[:3]) + "/.extraHeader",
                GIT_CONFIG_VALUE_0="Authorization: Basic " + login,
            )
        return succeeded, said

    def clone(*how):
        part = root + ".part"
        shutil.rmtree(part, ignore_errors=True)
        succeeded, said = git("clone", "--quiet", *how, "--branch", ref, "--", url, part)
        if not succeeded and "--sparse" in how and "filter" in said:
            return clone("--depth=1")  # a server that brings all files or none
        if not succeeded:
            shutil.rmtree(part, ignore_errors=True)
            hint = (
                "If it is private, store a token as the secret GITHUB_TOKEN (the key on the "
                "left), let this notebook use it, and run this cell again; else tell your teacher."
            )
            hint = hint if on_github else "Run this cell again, or tell your teacher."
            if "No space left" in said:
                hint = "The disk is full: choose Runtime > Disconnect and delete runtime."
            raise RuntimeError(f"Could not clone {url} ({ref}). {hint} Git said: {said}")
        os.rename(part, root)

    if not os.path.isdir(os.path.join(root, ".git")):
        if os.path.exists(root):
            raise RuntimeError(f"{root} is in the way: delete it and run this cell again.")
        print(f"Cloning {url} ({ref}) ...")
        clone(*$how)
'''

IF_SPARSE = """\
    # A clone of some folders of the course: this notebook's may not have come with another's
    if run("git", "config", "core.sparseCheckout", folder=root) == (True, "true"):
"""

ADD = """\
        folders = $folders
        git("sparse-checkout", "init", "--cone", folder=root)
        succeeded, said = git("sparse-checkout", "add", "--", *folders, folder=root)
"""

WIDEN = """\
        succeeded, said = git("sparse-checkout", "disable", folder=root)
"""

UNLESS_BROUGHT = """\
        if not succeeded:
            raise RuntimeError(
                f"Could not bring all that this notebook needs of {url}. Run this cell again; if "
                f"that does not help, tell your teacher. Git said: {said}"
            )
"""

THERE = """\
    if not os.path.isdir(here):
        raise RuntimeError(
            f"{here} is not there: the course has changed since you opened this notebook. "
            "Choose Runtime > Disconnect and delete runtime, and open the notebook anew."
        )
"""

SUBMODULES = """\
    # Parts of the course that are repositories of their own, over https even where it says ssh
    over_https = []
    for host in $hosts:
        for form in (f"git@{host}:", f"ssh://git@{host}/"):
            over_https += ["-c", f"url.https://{host}/.insteadOf={form}"]
    for name in $submodules:
        path = os.path.join(root, name)
        if os.path.isdir(path) and set(os.listdir(path)) - {".git"}:
            continue
        print(f"Cloning {name} ...")
        update = ["submodule", "--quiet", "update", "--init", "--depth=1", "--", name]
        succeeded, said = git(*over_https, *update, folder=root)
        if not succeeded:
            wrong.append(f"{name}, a repository of its own, could not be cloned: {said}")
"""

LFS = '''\
    # Files that Git LFS holds: those that this notebook needs
    held = $lfs

    def pointers():
        """Those of the files of which only the address in Git LFS is here."""
        begins, found = b"version https://git-lfs.github.com/spec/", []
        for name in held:
            path = os.path.join(root, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    found += [name] if file.read(len(begins)) == begins else []
        return found

    def pattern(name):
        """What a list of patterns says for a file, whatever is in its name."""
        odd = "*?[]{}!#,\\\\"
        return "".join("?" if char in odd or char.isspace() else char for char in name)

    if pointers():
        print("Fetching from Git LFS:", ", ".join(pointers()), "...")
        if not run("git", "lfs", "version")[0]:
            run("apt-get", "-qq", "update")
            run("apt-get", "-qq", "install", "-y", "git-lfs")
        succeeded, said = git("lfs", "install", "--local", "--skip-smudge", folder=root)
        for start in ("/", ""):  # that a pattern begins at the root, not every version understands
            wanted = [start + pattern(name) for name in pointers()] if succeeded else []
            while wanted:  # a word of a command has a limit
                some, wanted = ",".join(wanted[:100]), wanted[100:]
                said = git("lfs", "pull", "--include=" + some, "--exclude=", folder=root)[1]
        if pointers():
            gone = ", ".join(pointers())
            full = "quota" in said or "budget" in said
            why = "the course has used up what Git LFS gives it this month. " if full else ""
            wrong.append(f"Git LFS did not bring {gone}: {why}It said: {said}")
'''


def clone_blocks(clone: Clone, folder: str) -> list[str]:
    """What binds ``root``, ``here`` (``folder`` below it) and ``marks``, and brings the files there.

    It also binds ``git``, which is given the token where it needs one. Where there are ``lfs`` files or
    ``submodules``, what goes wrong with them is added to ``wrong``.
    """
    root = posixpath.join(CONTENT, clone.name)
    how = {
        "shallow": ["--depth=1"],
        "full": [],
        "sparse": ["--depth=1", "--filter=blob:none", "--sparse"],
    }[clone.way]
    blocks = [filled(CLONE, url=clone.url, ref=clone.ref, root=root, folder=folder, how=how)]
    if clone.way == "sparse" and clone.folders:
        blocks.append(IF_SPARSE + filled(ADD, folders=list(clone.folders)) + UNLESS_BROUGHT)
    elif clone.way != "sparse" and clone.size > LARGE:
        blocks.append(IF_SPARSE + WIDEN + UNLESS_BROUGHT)
    if clone.submodules:
        blocks.append(filled(SUBMODULES, submodules=list(clone.submodules), hosts=OVER_HTTPS))
    if clone.lfs:
        blocks.append(filled(LFS, lfs=list(clone.lfs)))
    return [*blocks, THERE]
