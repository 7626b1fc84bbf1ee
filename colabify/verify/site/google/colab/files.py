# ruff: noqa: T201 - the parameters and the messages are Colab's
"""Files from and to the user's browser.

The user chooses all files of the folder that `COLABIFY_UPLOADS` names.
"""

import os
from pathlib import Path

__all__ = ["download", "upload", "upload_file", "view"]


def upload_file(filename):
    """Save the one file that the user chooses as `filename`."""
    chosen = _chosen()
    if not chosen:
        raise ValueError("File has not been uploaded")
    if len(chosen) > 1:
        raise ValueError("Multiple files received, please upload a single file")
    (name, data), *_ = chosen.items()
    Path(filename).write_bytes(data)
    print(f"Saved {name} to {Path.cwd() / filename}")


def upload(target_dir=""):
    """Save the files that the user chooses; return their contents by the names they got."""
    saved = {}
    for name, data in _chosen().items():
        Path(target_dir).mkdir(parents=True, exist_ok=True)
        free = _free_name(os.path.join(target_dir, name))  # noqa: PTH118 - keeps a leading "./"
        print(f"Saving {name} to {free}")
        Path(free).write_bytes(data)
        saved[free] = data
    return saved


def download(filename):
    """Do nothing for a file that exists; raise FileNotFoundError otherwise."""
    if not Path(filename).exists():
        raise FileNotFoundError(f"Cannot find file: {filename}")


view = download


def _chosen():
    folder = os.environ.get("COLABIFY_UPLOADS")
    return (
        {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())} if folder else {}
    )


def _free_name(name):
    stem, ext = os.path.splitext(name)  # noqa: PTH122 - as Colab does
    counter = 0
    while os.path.lexists(name):
        counter += 1
        name = f"{stem} ({counter}){ext}"
    return name
