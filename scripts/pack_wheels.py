"""Put what pip finds of distributions into ``colabify/data/wheels.json``.

    python scripts/pack_wheels.py gensim torchvision

asks pip, with the index that it is configured for, which versions of each distribution install on
each Python that a Colab runtime has. The other entries of the table stay as they are: name what
courses were seen to pin, not everything there is. ``pip index versions`` judges wheels' tags and
``Requires-Python`` itself, and leaves out yanked releases, which a pin could still install. It heeds
``--only-binary`` since pip 26.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

from packaging.version import Version

from colabify.releases import PLATFORMS
from colabify.runtime import load_runtime, normalised_name, runtime_names

TABLE = Path(__file__).parents[1] / "colabify/data/wheels.json"
Entry = dict[str, str]


def pythons() -> list[str]:
    """The minor versions of Python that Colab's runtimes have, the oldest first."""
    minors = {load_runtime(name).python_minor for name in runtime_names()}
    return ["{}.{}".format(*minor) for minor in sorted(minors)]


def versions(name: str, *options: str) -> list[str]:
    """The versions that pip finds with some options, the newest first; none if it has none.

    Raises ``subprocess.CalledProcessError`` if pip failed for another reason than finding nothing.
    """
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "index", "versions", name]
    run = subprocess.run(
        [*pip, "--json", "--pre", *options], capture_output=True, text=True, check=False
    )
    if run.returncode and "No matching distribution found" in run.stderr:
        return []
    sys.stderr.write(run.stderr if run.returncode else "")
    run.check_returncode()
    found: list[str] = json.loads(run.stdout)["versions"]
    return found


def wheels(name: str, python: str, platforms: tuple[str, ...] = PLATFORMS) -> list[str]:
    """The versions that have a wheel for a Python on Colab's machines."""
    options = [word for platform in platforms for word in ("--platform", platform)]
    return versions(name, "--only-binary", ":all:", "--python-version", python, *options)


def is_pure(name: str, python: str, newest: str) -> bool:
    """Whether the newest version that has a wheel has one for every platform."""
    options = ["--implementation", "py", "--abi", "none", "--platform", "any"]
    found = versions(
        name,
        "--only-binary",
        ":all:",
        "--python-version",
        python,
        "--ignore-requires-python",
        *options,
    )
    return newest in found[:1]


def entry(name: str) -> Entry | None:
    """What is to stand in the table for a distribution; None if pip finds no wheel.

    In a pure one, releases of source alone count, as in ``colabify.releases``.
    """
    found = {python: wheels(name, python) for python in pythons()}
    if not any(found.values()):
        return None
    seen = {version for some in found.values() for version in some}
    if is_pure(name, pythons()[-1], max(seen, key=Version)):
        found = {python: versions(name, "--python-version", python) for python in found}
    seen.update(versions(name, "--ignore-requires-python"))
    today = datetime.now(timezone.utc).date().isoformat()
    lists = {python: " ".join(some) for python, some in found.items()}
    return {"as_of": today, "newest": max(seen, key=Version), **lists}


def main() -> None:
    """Ask for the distributions named on the command line, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("distribution", nargs="+")
    if Version(version("pip")) < Version("26"):
        parser.error("pip 26 or later is needed")
    names = [normalised_name(name) for name in parser.parse_args().distribution]
    table = json.loads(TABLE.read_text("utf-8")) if TABLE.exists() else {}
    packed: dict[str, Entry] = table.get("distributions", {})
    for name in names:
        if found := entry(name):
            packed[name] = found
        else:
            print(f"{name}: skipped; pip finds no wheel of it for any of {', '.join(pythons())}")
    source = "pip index versions, asked by scripts/pack_wheels.py on the day of each entry's as_of"
    lines = (f"{json.dumps(name)}:{json.dumps(packed[name])}" for name in sorted(packed))
    text = f'{{"source":{json.dumps(source)},"distributions":{{\n' + ",\n".join(lines) + "\n}}\n"
    TABLE.write_text(text, "utf-8")
    print(f"{TABLE}: {len(packed)} distributions, {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
