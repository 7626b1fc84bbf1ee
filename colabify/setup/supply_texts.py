"""The texts of a setup cell, each a place from where data come; and what unpacks them.

They stand below ``SUPPLY`` of :mod:`colabify.setup.fetch_texts`, whose ``part`` they fill.
"""

from __future__ import annotations

UNPACK = '''\
    def unpack(part, target):
        """Unpack an archive beside its target, and move what is wanted there once all is well."""
        import bz2
        import gzip
        import lzma
        import tarfile
        import zipfile

        folder = target + ".unpacked"
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        print("Unpacking ...")
        try:
            if zipfile.is_zipfile(part):
                with zipfile.ZipFile(part) as archive:
                    stay_inside(archive.namelist())
                    archive.extractall(folder)
            elif tarfile.is_tarfile(part):
                with tarfile.open(part) as archive:
                    if hasattr(tarfile, "data_filter"):
                        archive.extractall(folder, filter="data")
                    else:
                        plain = [one for one in archive if one.isfile() or one.isdir()]
                        stay_inside([one.name for one in plain])
                        archive.extractall(folder, plain)
            else:
                with open(part, "rb") as file:
                    start = file.read(6)
                ways = {b"\\x1f\\x8b": gzip, b"BZ": bz2, b"\\xfd7": lzma}
                if start[:2] not in ways:
                    raise ValueError("what came is no archive that can be unpacked.")
                whole = os.path.join(folder, os.path.basename(target))
                with ways[start[:2]].open(part) as packed, open(whole, "wb") as file:
                    shutil.copyfileobj(packed, file, 1 << 20)
            settle(folder, target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        os.remove(part)

    def stay_inside(names):
        for name in names:
            if name.startswith(("/", "\\\\")) or ".." in name.replace("\\\\", "/").split("/"):
                raise ValueError(f"the archive holds {name!r}, which leads out of its folder.")
'''

DOWNLOAD = '''\
    import http.client
    import time
    import urllib.error
    import urllib.request

    def download(url, part):
        """Download into `part`; go on where a broken connection, or an earlier run, has left off."""
        said = ""
        for attempt in range(5):
            time.sleep(attempt)
            try:
                if receive(url, part):
                    return
                said = "the connection broke off"
            except urllib.error.HTTPError as error:
                said = f"the server answers {error.code} ({error.reason})"
                if error.code == 416 and os.path.exists(part):  # nothing goes on from there
                    os.remove(part)
                elif error.code < 500 and error.code != 429:
                    break
            except urllib.error.URLError as error:
                said = f"there is no connection ({error.reason})"
            except (http.client.HTTPException, ConnectionError, TimeoutError) as error:
                said = f"the connection broke off ({error})"
        raise ValueError(f"{url}: {said}.")

    def receive(url, part):
        """Receive what is missing of `part`; return whether it is whole then."""
        have = os.path.getsize(part) if os.path.exists(part) else 0
        headers = {"User-Agent": "Mozilla/5.0 (course set-up)"}
        known = part + ".tag"  # by which the server knows whether the file is still the same
        if have and os.path.exists(known):
            with open(known) as file:
                headers.update({"Range": f"bytes={have}-", "If-Range": file.read()})
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60) as got:
            if "text/html" in got.headers.get("Content-Type", "") and not is_page(part):
                raise ValueError(f"{url}: the server answers with a web page instead of the data.")
            if got.status != 206:  # the whole file comes
                have = 0
                tag = got.headers.get("ETag") or got.headers.get("Last-Modified") or ""
                if tag and not tag.startswith("W/"):
                    with open(known, "w") as file:
                        file.write(tag)
                elif os.path.exists(known):
                    os.remove(known)
            length = int(got.headers.get("Content-Length") or 0)
            total = have + length if length else 0
            if length > shutil.disk_usage(os.path.dirname(part)).free:
                raise OSError(errno.ENOSPC, "no space")
            show_progress(have, total, first=True)
            with open(part, "ab" if have else "wb") as file:
                for piece in iter(lambda: got.read(1 << 18), b""):
                    file.write(piece)
                    have += len(piece)
                    show_progress(have, total)
        if have < total:
            return False
        if os.path.exists(known):
            os.remove(known)
        return True

    shown = [0, 0]  # when the last line was printed, and what had come by then

    def show_progress(have, total, first=False):
        """A line for each tenth, but not more often than every five seconds."""
        now = time.monotonic()
        if first:
            size = f"{total / 1e6:.1f} MB" if total else "of unknown size"
            print(f"... {size}" + (f", {have / 1e6:.1f} MB are here already" if have else ""))
        elif now - shown[0] < 5 or have - shown[1] < total / 10:
            return
        else:
            of = f" of {total / 1e6:.1f}" if total else ""
            print(f"... {have / 1e6:.1f}{of} MB")
        shown[:] = now, have
'''

DRIVE = '''\
    def from_drive(place, part):
        """Copy a file or folder of the person's Google Drive."""
        mine = "/content/drive/MyDrive"
        if not os.path.isdir(mine):
            print("It is in Google Drive: please allow this notebook to read yours.")
            try:
                from google.colab import drive

                drive.mount("/content/drive")
            except Exception as error:  # refused, or not answered
                raise ValueError(f"Google Drive was not opened: run this cell again ({error}).")
        source = os.path.join(mine, place)
        if not os.path.exists(source):
            hint = "if it is shared with you, add a shortcut to it there, and run this cell again."
            raise ValueError(f"there is no {place} in your Google Drive: {hint}")
        inside = [os.path.join(at, one) for at, _, names in os.walk(source) for one in names]
        size = sum(os.path.getsize(one) for one in inside or [source])
        print(f"... {size / 1e6:.1f} MB")
        if size > shutil.disk_usage(os.path.dirname(part)).free:
            raise OSError(errno.ENOSPC, "no space")
        if os.path.isdir(source):
            shutil.rmtree(part, ignore_errors=True)
            shutil.copytree(source, part)
        else:
            shutil.copyfile(source, part)
'''

SHARED = '''\
    def from_shared(name, part):
        """Download a file that somebody shares on Google Drive."""
        address = "https://drive.google.com/uc?id=" + name
        folder = os.path.dirname(part)
        succeeded, said = run_with_news(
            sys.executable, "-m", "gdown", address, "-O", part, folder=folder
        )
        if not (succeeded and os.path.isfile(part)):
            hint = "it may be shared with too few, or asked for by too many today."
            raise ValueError(f"Google Drive does not give {address}: {hint} Gdown said: {said}")
'''

KAGGLE = '''\
    def from_kaggle(name, part):
        """Download a data set of Kaggle; a public one needs no login."""
        try:
            import kagglehub

            found = kagglehub.dataset_download(name)
        except Exception as error:
            hint = "if it wants a login, store the user name and key of your Kaggle account as the "
            hint += "secrets KAGGLE_USERNAME and KAGGLE_KEY (the key on the left), let this notebook "
            hint += "use them, and run this cell again."
            raise ValueError(f"Kaggle does not give {name} ({error}): {hint}")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(found, part)
'''
