"""The texts that a setup cell is put together from. ``$name`` stands for a Python literal.

A formatter in somebody's commit hook is told to leave the cell as it is. They need
Python 3.8 and its standard library, nothing else.
"""

HEAD = """\
# fmt: off
def _set_up_colab():
    import sys

    if "google.colab" not in sys.modules:
        return  # at home there is nothing to set up
"""

RUN = '''\
    import os
    import shutil
    import subprocess

    def run(*words, folder=None, **more):
        """Run a program; return whether it succeeded, and the end of what it said."""
        try:
            done = subprocess.run(
                words,
                cwd=folder,
                env={**os.environ, "GIT_TERMINAL_PROMPT": "0", **more},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
        except OSError as error:  # the machine has no such program
            return False, str(error)
        said = done.stdout.decode("utf-8", "replace").replace("\\r", "\\n").strip()
        return done.returncode == 0, said[-800:]
'''

WRONG = """\
    wrong = []  # said at the end: what fails leaves everything else in place
"""

CLONE = '''\
    # The course's files: cloned once, since Colab opens the notebook alone
    url = $url
    ref = $ref
    root = $root
    here = $here

    def token():
        """The Colab secret GITHUB_TOKEN, for a private repository; None without it."""
        try:
            from google.colab import userdata

            return userdata.get("GITHUB_TOKEN")
        except Exception:  # no such secret, no permission, or no answer
            return None

    def clone():
        part = root + ".part"
        words = ["git", "clone", "--quiet", "--depth=1", "--branch", ref, "--", url, part]
        shutil.rmtree(part, ignore_errors=True)
        succeeded, said = run(*words)
        on_github = url.startswith("https://github.com/")  # no other host is offered the token
        secret = token() if on_github and not succeeded else None
        if secret:
            import base64

            login = base64.b64encode(b"x-access-token:" + secret.encode()).decode()
            shutil.rmtree(part, ignore_errors=True)
            succeeded, said = run(
                *words,
                GIT_CONFIG_COUNT="1",
                GIT_CONFIG_KEY_0="http." + "/".join(url.split("/")[:3]) + "/.extraHeader",
                GIT_CONFIG_VALUE_0="Authorization: Basic " + login,
            )
        if not succeeded:
            hint = (
                "If it is private, store a token as the secret GITHUB_TOKEN (the key on the "
                "left), let this notebook use it, and run this cell again; else tell your teacher."
            )
            hint = hint if on_github else "Run this cell again, or tell your teacher."
            raise RuntimeError(f"Could not clone {url} ({ref}). {hint} Git said: {said}")
        os.rename(part, root)

    if not os.path.isdir(os.path.join(root, ".git")):
        if os.path.exists(root):
            raise RuntimeError(f"{root} is in the way: delete it and run this cell again.")
        print(f"Cloning {url} ({ref}) ...")
        clone()
    if not os.path.isdir(here):
        raise RuntimeError(
            f"{here} is not there: the course has changed since you opened this notebook. "
            "Choose Runtime > Disconnect and delete runtime, and open the notebook anew."
        )
'''

STAND = """\
    os.chdir(here)
    if here not in sys.path:
        sys.path.insert(0, here)
"""

REACH = """\
    # Modules that the notebook imports from elsewhere in the course
    for folder in $folders:
        if folder not in sys.path:
            sys.path.append(folder)
"""

AUTORELOAD = """\
    # %load_ext autoreload imports a module that Python 3.12 removed
    if sys.version_info >= (3, 12) and "imp" not in sys.modules:
        import importlib
        import types

        sys.modules["imp"] = types.ModuleType("imp")
        sys.modules["imp"].reload = importlib.reload
"""

EXPECT_GPU = """\
    if not (shutil.which("nvidia-smi") and run("nvidia-smi", "-L")[0]):
        print("This notebook is meant for a GPU, and this machine has none: choose")
        print("Runtime > Change runtime type > T4 GPU, then run this cell again.")
"""

EXPECT_TPU = """\
    import importlib.util

    if importlib.util.find_spec("libtpu") is None:
        print("This notebook is meant for a TPU, and this machine has none: choose")
        print("Runtime > Change runtime type > v5e-1 TPU, then run this cell again.")
"""

FETCH = '''\
    # Data that git does not hold: the course's own scripts fetch it, once
    import glob

    def absent(paths):
        """Those of the paths that no file's name begins with."""
        begun = {path: glob.escape(os.path.join(root, path)) + "*" for path in paths}
        return [path for path in paths if not glob.glob(begun[path])]

    def fetch(script, paths, mark):
        """Run a script in its own folder unless it has done its work; note what went wrong."""
        unfinished = os.path.join(root, ".git", mark)
        if not absent(paths) and not os.path.exists(unfinished):
            return
        print(f"Fetching data with {script} ...")
        open(unfinished, "w").close()
        folder, name = os.path.split(os.path.join(root, script))
        program = sys.executable if name.endswith(".py") else "bash"
        succeeded, said = run(program, name, folder=folder)
        if absent(paths):
            gone = ", ".join(absent(paths))
            wrong.append(f"{script} has run, but there is no {gone}. It said: {said}")
        elif succeeded:
            os.remove(unfinished)
        else:
            print(f"It ended with an error, so some data may be missing. It said: {said}")

$calls'''

FAIL = """\
    if wrong:
        raise RuntimeError(
            "Run this cell again; if that does not help, tell your teacher. " + " ".join(wrong)
        )
"""

READY = """\
    print(f"Ready in {here}. Your changes live here only until Colab recycles the machine.")
"""

TAIL = """\

_set_up_colab()
del _set_up_colab
"""
