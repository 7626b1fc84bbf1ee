# ruff: noqa: T201 - the parameters and the messages are Colab's
"""The magics in which Colab's kernel differs from IPython's."""

import subprocess

from IPython import get_ipython


def register(ipython):
    """Register `%pip`, `%shell`, `%%shell` and `%tensorflow_version` with the shell `ipython`."""
    ipython.register_magic_function(_pip, "line", "pip")
    ipython.register_magic_function(_shell_line, "line", "shell")
    ipython.register_magic_function(_shell_cell, "cell", "shell")
    ipython.register_magic_function(_tensorflow_version, "line", "tensorflow_version")


def _pip(line):
    get_ipython().system(f"pip {line}")


def _shell_line(line):
    _shell(line, check=True)


def _shell_cell(args, cmd):
    _shell(cmd, check="--ignore-errors" not in args.split())


def _shell(command, *, check):
    done = subprocess.run(
        ["/bin/bash", "-c", command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(done.stdout, end="")
    if check:
        done.check_returncode()


def _tensorflow_version(line):
    if line.strip().startswith("1"):
        raise ValueError("Tensorflow 1 is unsupported in Colab.")
    print("Colab only includes TensorFlow 2.x; %tensorflow_version has no effect.")
