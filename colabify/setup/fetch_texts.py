"""The texts of a setup cell that bring data. As in :mod:`colabify.setup.frame`, ``$name`` is a literal.

They use ``root`` (the course's files), ``marks`` (a folder for our own small files), ``run``, ``wrong``.
"""

from __future__ import annotations

FOLDERS = """\
    # Folders that the notebook writes into, and that git does not keep while they are empty
    import os

    for folder in $folders:
        os.makedirs(folder, exist_ok=True)
"""

NEWS = '''\
    import threading

    def run_with_news(*words, folder):
        """As `run`, with a line now and then that says how much has come."""
        before, over = shutil.disk_usage(root).used, threading.Event()

        def tell():
            while not over.wait(20):
                print(f"... {max(shutil.disk_usage(root).used - before, 0) / 1e6:.0f} MB so far")

        threading.Thread(target=tell, daemon=True).start()
        try:
            return run(*words, folder=folder)
        finally:
            over.set()
'''

SCRIPTS = '''\
    # Data that git does not hold: the course's own scripts fetch it, once
    import glob

    def absent(paths):
        """Those of the paths that no file's name begins with."""
        begun = {path: glob.glob(glob.escape(os.path.join(root, path)) + "*") for path in paths}
        return [path for path in paths if all(one.endswith(".dvc") for one in begun[path])]

    def fetch(script, words, paths, mark):
        """Run `words` in the script's folder unless that is done; note what went wrong."""
        unfinished = os.path.join(marks, mark)
        if not absent(paths) and not os.path.exists(unfinished):
            return
        print(f"Fetching data with {script} ...")
        open(unfinished, "w").close()
        folder = os.path.dirname(os.path.join(root, script))
        program, name = words[:2]
        copy = os.path.join(folder, mark + ".sh")
        if program == "bash":
            with open(os.path.join(folder, name), "rb") as file:
                lines = file.read()
            if b"\\r\\n" in lines:  # written on Windows: bash would take the \\r for text
                with open(copy, "wb") as file:
                    file.write(lines.replace(b"\\r\\n", b"\\n"))
                words = ["bash", os.path.basename(copy)]
        elif program == "python":
            words = [sys.executable, *words[1:]]
        elif program == "dvc" and not shutil.which("dvc"):
            words = ["uv", "tool", "run", *words]  # away from the packages that the notebook uses
        try:
            succeeded, said = run_with_news(*words, folder=folder)
        finally:
            if os.path.exists(copy):
                os.remove(copy)
        if absent(paths):
            gone = ", ".join(absent(paths))
            wrong.append(f"{script} has run, but there is no {gone}. It said: {said}")
        elif succeeded:
            os.remove(unfinished)
        else:
            print(f"It ended with an error, so some data may be missing. It said: {said}")

'''

SUPPLY = '''\
    # Data that git does not hold, from where the course's configuration says: fetched once
    import errno
    import hashlib

    def supply(path, mark, bring, sha256="", unpacks=False):
        """Bring what belongs at `path`, unless it is there; note what went wrong."""
        target, done = os.path.join(root, path), os.path.join(marks, mark)
        if os.path.exists(done) and os.path.exists(target) or is_data(target):
            return
        part = target + ".part"
        try:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            print(f"Fetching {path} ...")
            bring(part)
            check(part, sha256)
            if unpacks:
                unpack(part, target)
            elif os.path.isdir(part):
                settle(part, target)
            else:
                os.replace(part, target)
            open(done, "w").close()
        except Exception as error:  # whatever it is, the rest is set up
            if getattr(error, "errno", None) == errno.ENOSPC:
                if os.path.isfile(part):
                    os.remove(part)
                error = "this machine has no space left: delete what you do not need in /content."
            wrong.append(f"{path} could not be fetched: {error}")

    def is_data(target):
        """Whether a file is there that is no mere pointer of Git LFS to the data."""
        if not os.path.isfile(target):
            return False
        with open(target, "rb") as file:
            return not file.read(50).startswith(b"version https://git-lfs")

    def is_page(part):
        return part.lower().endswith((".html.part", ".htm.part"))

    def check(part, sha256):
        """Raise if the file is a web page, or not the one with that checksum; then it is removed."""
        if not os.path.isfile(part):
            return
        digest = hashlib.sha256()
        with open(part, "rb") as file:
            start = file.read(1 << 20)
            piece = start
            while piece:
                digest.update(piece)
                piece = file.read(1 << 20)
        page = start[:500].lstrip().lower().startswith((b"<!doctype html", b"<html"))
        if sha256 and digest.hexdigest() != sha256:
            page = " (it is a web page)" if page else ""
            os.remove(part)
            raise ValueError(f"what came is not the file that the course was made with{page}.")
        if page and not sha256 and not is_page(part):
            os.remove(part)
            raise ValueError("a web page came instead of the data.")

    def settle(folder, target):
        """Move what is wanted of a folder to where it belongs: its `target`, or all of it."""
        import mimetypes

        name, wanted = os.path.basename(target), folder
        inside = [one for one in os.listdir(folder) if one != "__MACOSX"]
        named = [os.path.join(at, name) for at, _, names in os.walk(folder) if name in names]
        if inside == [name]:
            wanted = os.path.join(folder, name)
        elif len(named) == 1:
            wanted = named[0]
        elif mimetypes.guess_type(name)[0]:
            raise ValueError(f"there is no {name} in what came, but {', '.join(inside[:5])}.")
        if os.path.isdir(wanted) and os.path.isdir(target):
            options = {"symlinks": True, "dirs_exist_ok": True, "copy_function": os.replace}
            shutil.copytree(wanted, target, **options)
        else:
            os.replace(wanted, target)
        shutil.rmtree(folder, ignore_errors=True)
'''
