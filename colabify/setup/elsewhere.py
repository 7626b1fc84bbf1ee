"""The step of the setup cell that brings a course from no forge: from Google Drive, or from a zip."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from colabify.setup.clone import CONTENT
from colabify.setup.literals import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colabify.steps import Drive, Upload

FIELD = "drive_folder"
"""The form field that says where in Drive the course is."""

DRIVE = '''\
    # The course's files: a folder in the student's Google Drive
    def find_course():
        """The course's root: the folder named above, or one close to it that has all the files."""
        import difflib

        mine = "/content/drive/MyDrive"
        name, folder, files = $name, $folder, $files
        if not os.path.isdir(mine):
            from google.colab import drive

            try:
                drive.mount("/content/drive")
            except Exception as error:  # of several classes: refused, or nobody answered
                raise RuntimeError(
                    "The course is in Google Drive, which was not opened: run this cell again and "
                    f"allow it. Colab said: {error}"
                ) from None

        def lacks(place):
            return [one for one in files if not os.path.exists(os.path.join(place, one))]

        def folders(place):
            try:
                return sorted(one.name for one in os.scandir(place) if one.is_dir())
            except OSError:
                return []

        parts = [one for one in drive_folder.strip().replace("\\\\", "/").split("/") if one]
        parts = [one for one in parts if one not in (".", "..")]
        for start in ("content/drive", "drive/MyDrive", "drive/My Drive", "MyDrive", "My Drive"):
            words = start.split("/")
            parts = parts[len(words) :] if parts[: len(words)] == words else parts
        asked = os.path.join(mine, *parts)
        if parts[:1] in (["Shareddrives"], ["Shared drives"]):
            asked = os.path.join("/content/drive/Shareddrives", *parts[1:])
        if os.path.isdir(asked):
            if not lacks(asked):
                return asked
            near = [os.path.join(asked, one) for one in folders(asked)]
            above = asked
            for _ in filter(None, folder.split("/")):
                above = os.path.dirname(above)
                near.append(above)
        else:
            near = [os.path.join(mine, one, *parts) for one in folders(mine)]
        found = [one for one in near if os.path.isdir(one) and not lacks(one)]
        if len(found) == 1:
            return found[0]

        correct = f'Correct drive_folder above, as in "Courses/{name}", and run this cell again.'
        said = "/".join(parts) or "MyDrive"
        if found:
            several = ", ".join(os.path.relpath(one, mine) for one in found)
            raise RuntimeError(f"Several folders in your Drive have the course: {several}. {correct}")
        if os.path.isdir(asked):
            gone = lacks(asked)
            more = f" and {len(gone) - 3} more" if len(gone) > 3 else ""
            there = ", ".join(sorted(os.listdir(asked))[:8]) or "nothing"
            raise RuntimeError(
                f"The folder {said} in your Drive lacks {', '.join(gone[:3])}{more}, which this "
                f"notebook needs. In it is: {there}. Put the whole course there. Or: {correct}"
            )
        above, last = mine, ""
        for last in parts:
            if not os.path.isdir(os.path.join(above, last)):
                break
            above = os.path.join(above, last)
        names = {one.lower(): one for one in folders(above)}
        alike = difflib.get_close_matches(last.lower(), names, 3, 0.5)
        there = ", ".join(names[one] for one in alike or list(names)[:8]) or "no folder"
        raise RuntimeError(
            f"There is no folder {said} in your Drive. In {os.path.basename(above)} there is: "
            f"{there}. {correct}"
        )

    root = find_course()
    here = os.path.normpath(os.path.join(root, $folder))
    marks = $marks  # not in Drive, which is slow
    os.makedirs(marks, exist_ok=True)
'''

UPLOAD = '''\
    # The course's files: from a zip that the student chooses, once
    root = $root
    here = os.path.normpath(os.path.join(root, $folder))
    marks = os.path.join(root, ".colabify")

    def unzip_course():
        """Ask for the zip and unpack it; nothing is left of one that is not the course's."""
        import unicodedata
        import zipfile
        import zlib

        from google.colab import files as browser

        files = $files
        again = "Run this cell again and choose the zip of the course."

        def entries(archive):
            """What is in the zip, by its name there: not what systems add, and nothing outside it."""
            found = {}
            for one in archive.infolist():
                name = one.filename
                if not one.flag_bits & 0x800:  # zips of macOS say UTF-8 without saying so
                    try:
                        name = name.encode("cp437").decode("utf-8")
                    except UnicodeError:
                        pass
                name = unicodedata.normalize("NFC", name).replace("\\\\", "/")
                parts = name.split("/")
                if name.startswith("/") or ".." in parts or ":" in parts[0]:
                    raise RuntimeError(f"{name} in the zip leads out of its folder. {again}")
                if "__MACOSX" in parts or parts[-1] in ("", ".DS_Store", "Thumbs.db"):
                    continue
                if one.flag_bits & 1:
                    raise RuntimeError(f"The zip wants a password. {again}")
                found["/".join(part for part in parts if part not in ("", "."))] = one
            return found

        def lacks(names):
            every = set(names)
            for name in names:
                while "/" in name:
                    name = name.rpartition("/")[0]
                    every.add(name)
            return [one for one in files if unicodedata.normalize("NFC", one) not in every]

        def placed(names):
            """The names as they may be meant: below the course's root, below its folder, in a wrapper."""
            while True:
                yield names
                yield {os.path.join($folder, name): one for name, one in names.items()}
                tops = {name.partition("/")[0] for name in names}
                if len(tops) != 1 or not tops.isdisjoint(names):
                    return
                names = {name.partition("/")[2]: one for name, one in names.items()}

        more = f" and {len(files) - 5} more" if len(files) > 5 else ""
        named = f" It has to have {', '.join(files[:5])}{more}." if files else ""
        print(f"Choose the zip of the course.{named}")
        inbox = root + ".upload"
        part = root + ".part"
        for one in (inbox, part):
            shutil.rmtree(one, ignore_errors=True)
            os.makedirs(one)
        try:
            browser.upload(inbox)
            chosen = os.listdir(inbox)
            if len(chosen) != 1:
                raise RuntimeError(f"{len(chosen)} files were chosen instead of one. {again}")
            with zipfile.ZipFile(os.path.join(inbox, chosen[0])) as archive:
                ways = list(placed(entries(archive)))
                names = min(ways, key=lambda way: len(lacks(way))) if files else ways[-2]
                if lacks(names):
                    gone = ", ".join(lacks(names)[:3])
                    raise RuntimeError(f"{chosen[0]} lacks {gone}, which is needed. {again}")
                for name, one in names.items():
                    target = os.path.join(part, name)
                    os.makedirs(os.path.dirname(target), exist_ok=True)
                    with archive.open(one) as source, open(target, "wb") as file:
                        shutil.copyfileobj(source, file)
            for one in (os.path.join(part, $folder), os.path.join(part, ".colabify")):
                os.makedirs(one, exist_ok=True)
            os.rename(part, root)
        except zipfile.BadZipFile:
            raise RuntimeError(f"{chosen[0]} is no zip, or only half of one. {again}") from None
        except (EOFError, NotImplementedError, OSError, zlib.error) as error:
            raise RuntimeError(f"The zip could not be unpacked: {error}. {again}") from None
        finally:
            shutil.rmtree(inbox, ignore_errors=True)
            shutil.rmtree(part, ignore_errors=True)

    if not os.path.isdir(root):
        unzip_course()
'''


def drive_fields(drive: Drive) -> dict[str, str]:
    """The setup cell's form fields, with what they say by default: where in Drive the course is."""
    return {FIELD: drive.folder or drive.name}


def drive_blocks(drive: Drive, folder: str) -> list[str]:
    """What finds the course in Drive and binds ``root``, ``here`` (``folder`` below it) and ``marks``."""
    marks = posixpath.join(CONTENT, ".colabify", drive.name)
    files = _needed(drive.files, folder)
    return [filled(DRIVE, folder=folder, files=files, name=drive.name, marks=marks)]


def upload_blocks(upload: Upload, folder: str) -> list[str]:
    """What unpacks the zip that a student chooses, and binds the same names."""
    root = posixpath.join(CONTENT, upload.name)
    return [filled(UPLOAD, root=root, folder=folder, files=_needed(upload.files, folder))]


def _needed(files: Sequence[str], folder: str) -> list[str]:
    """The files, and the notebook's folder if none of them is in it."""
    inside = not folder or any(one.startswith(f"{folder}/") for one in files)
    return [*files] if inside else [*files, folder]
