"""Stand-in for Colab's `google.colab`: what notebooks use of it, without the browser."""

from google.colab import _magics, auth, drive, files, output

__all__ = ["auth", "drive", "files", "output"]
__version__ = "0.0.1a2"


def load_ipython_extension(ipython):
    """Give the shell `ipython` the magics that Colab's kernel has."""
    _magics.register(ipython)
