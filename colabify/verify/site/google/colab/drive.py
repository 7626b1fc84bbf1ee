# ruff: noqa: ARG001, T201 - the parameters and the messages are Colab's
"""Google Drive: the folder that `COLABIFY_DRIVE` names appears as `MyDrive`.

With `COLABIFY_DRIVE_REFUSED` the user does not allow it.
"""

import os
from pathlib import Path

from google.colab.errors import Error


def mount(mountpoint, force_remount=False, timeout_ms=120000, readonly=False):
    """Show the Drive under `mountpoint`, which must obey the rules that Colab checks."""
    if " " in mountpoint:
        raise ValueError("Mountpoint must not contain a space.")
    folder = Path(mountpoint).expanduser()
    if (folder / "My Drive").is_dir():
        if not force_remount:
            print(
                f"Drive already mounted at {mountpoint}; to attempt to forcibly remount, call"
                f' drive.mount("{mountpoint}", force_remount=True).'
            )
            return
        flush_and_unmount()
    _check(folder)
    if os.environ.get("COLABIFY_DRIVE_REFUSED"):
        raise Error("Error: credential propagation was unsuccessful")
    folder.mkdir(exist_ok=True)
    (folder / "MyDrive").symlink_to(os.environ["COLABIFY_DRIVE"])
    (folder / "My Drive").symlink_to("MyDrive")
    (folder / "Shareddrives").mkdir()
    _mounted.append(folder)
    print(f"Mounted at {mountpoint}")


def flush_and_unmount(timeout_ms=24 * 60 * 60 * 1000):
    """Take every mounted Drive away again; its files stay."""
    while _mounted:
        folder = _mounted.pop()
        (folder / "MyDrive").unlink()
        (folder / "My Drive").unlink()
        (folder / "Shareddrives").rmdir()


def _check(folder):
    if folder.is_symlink():
        raise ValueError("Mountpoint must not be a symlink")
    if folder.is_dir() and any(folder.iterdir()):
        raise ValueError("Mountpoint must not already contain files")
    if folder.exists() and not folder.is_dir():
        raise ValueError("Mountpoint must either be a directory or not exist")
    if not folder.parent.exists():
        raise ValueError("Mountpoint must be in a directory that exists")


_mounted = []
