"""The texts round the steps of a setup cell. ``$name`` stands for a Python literal.

They need Python 3.8 and its standard library, nothing else.
"""

from __future__ import annotations

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

STAND = """\
    os.chdir(here)
    if here not in sys.path:
        sys.path.insert(0, here)
"""

REACH = """\
    # Modules that the notebook imports from elsewhere in the course
    for folder in $folders:
        reached = os.path.normpath(os.path.join(root, folder))
        if reached not in sys.path:
            sys.path.append(reached)
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

FAIL = """\
    if wrong:
        raise RuntimeError(
            "Run this cell again; if that does not help, tell your teacher. " + " ".join(wrong)
        )
"""

READY = """\
    print(f"Ready in {here}. Your changes live here only until Colab recycles the machine.")
"""

READY_TO_SAVE = """\
    print(f"Ready in {here}. Your changes live here only until Colab recycles the machine:")
    print("the last cell of this notebook saves your results.")
"""

READY_IN_DRIVE = """\
    print(f"Ready in {here}. Your changes are kept in your Drive.")
"""

READY_WITH_RESULTS = """\
    print(f"Ready in {here}. {lasting}")
"""
