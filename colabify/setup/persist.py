"""The step of the setup cell after which the student's results live in Google Drive.

A path of the course that the notebook writes becomes a link into Drive. What a student has written is
never lost to what the course has: a file that both have changed stays as the student has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colabify.setup.literals import filled
from colabify.steps import Clone, Upload

if TYPE_CHECKING:
    from colabify.steps import Setup

RESULTS = '''\
    # What the notebook writes lives in the student's Google Drive, if that is allowed
    def link_results():
        """Move the results there and link to them; what has to be said about how long things last."""
        import hashlib
        import json

        mine = "/content/drive/MyDrive"
        place = "colabify/" + $name
        store = os.path.join(mine, place)
        paths = $paths  # a folder ends with a slash

        def digest(path):
            found = hashlib.sha256()
            with open(path, "rb") as file:
                for chunk in iter(lambda: file.read(1 << 20), b""):
                    found.update(chunk)
            return found.hexdigest()

        def below(path):
            """The files at a path of the course: itself, or those of the folder."""
            top = os.path.join(root, path)
            if os.path.isfile(top):
                return [path]
            files = (os.path.join(at, one) for at, _, names in os.walk(top) for one in names)
            return [os.path.relpath(one, root) for one in files]

        def recall(path):
            try:
                with open(path) as file:
                    return json.load(file)
            except (OSError, ValueError):
                return {}

        def note(path, found):
            with open(path + ".part", "w") as file:
                json.dump(found, file)
            os.replace(path + ".part", path)

        # What the course itself brought to this machine, before anyone changed it
        brought = os.path.join(marks, "colabify-brought.json")
        if not os.path.exists(brought):
            files = (one for path in paths for one in below(path))
            note(brought, {one: digest(os.path.join(root, one)) for one in files})
        course = recall(brought)

        try:
            if not os.path.isdir(mine):
                from google.colab import drive

                print(f"Your results can be kept in your Google Drive, in {place}: Colab asks you now.")
                drive.mount("/content/drive")
            os.makedirs(store, exist_ok=True)
        except Exception as error:  # of several classes: refused, or nobody answered
            print(f"Drive is not open, so results are not kept in it. Colab said: {error}")
            if any(os.path.islink(os.path.join(root, path.rstrip("/"))) for path in paths):
                print("It was open before, and results are looked for there: allow it again, or")
                print("choose Runtime > Disconnect and delete runtime, and open the notebook anew.")
            return "Your changes live here only until Colab recycles the machine."

        # What the course had of each file when the file came to Drive
        based = recall(os.path.join(store, ".colabify.json"))

        def settle(one):
            """Put a file of this machine into Drive, unless the one there is the student's."""
            local, there = os.path.join(root, one), os.path.join(store, one)
            new, was = digest(local), based.get(one)
            if os.path.exists(there):
                old = digest(there)
                if old == new:
                    return
                if new == course.get(one) and old != was:
                    if new != was:
                        print(f"{one}: yours, from Drive, is used. The course has changed it since.")
                    return
                if new != course.get(one):  # written here while Drive was not open
                    os.replace(there, there + ".before")
                    print(f"{one}: the one in Drive is now {one}.before there.")
            os.makedirs(os.path.dirname(there), exist_ok=True)
            shutil.copyfile(local, there + ".part")
            os.replace(there + ".part", there)
            based[one] = course.get(one)

        def link(path):
            """Have a path of the course lead into Drive."""
            local, there = (os.path.join(one, path.rstrip("/")) for one in (root, store))
            os.makedirs(there if path.endswith("/") else os.path.dirname(there), exist_ok=True)
            if os.path.islink(local):
                return
            for one in below(path):
                settle(one)
            note(os.path.join(store, ".colabify.json"), based)
            if os.path.isdir(local):
                shutil.rmtree(local)
            elif os.path.exists(local):
                os.remove(local)
            os.makedirs(os.path.dirname(local), exist_ok=True)
            os.symlink(there, local)

        for path in paths:
            try:
                link(path)
            except OSError as error:
                print(f"{path} could not be moved to Drive, so it is not kept there: {error}")
        return f"Your results are kept in your Drive, in {place}; all else lives here only for now."

    lasting = link_results()
'''


def persist_blocks(setup: Setup) -> list[str]:
    """What links the results into Drive, if that is wanted; it needs ``root`` and ``marks``.

    It binds ``lasting``, which says how long what is written lasts. Of a course that is in Drive itself
    nothing has to be linked.
    """
    results, source = setup.results, setup.source
    if results is None or results.persist != "drive" or not isinstance(source, Clone | Upload):
        return []
    return [filled(RESULTS, name=source.name, paths=list(results.paths))]
