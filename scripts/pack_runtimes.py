"""Pack what Colab runtimes preinstall into ``colabify/data/runtimes.json``.

    git clone https://github.com/googlecolab/backend-info
    python scripts/pack_runtimes.py backend-info latest=HEAD 2026.07=ec53f93

takes the lists of each runtime named as they are at that commit of the clone (Apache-2.0; its ``LICENSE``
is copied to ``colabify/data/LICENSE-runtimes``). The other entries of the table stay as they are. Which
commit a pinned version is, Colab's release notes say by its date.

With ``--python``, the names that each interpreter (one of every minor version the runtimes have)
gives as ``sys.stdlib_module_names`` are written to ``colabify/data/stdlib.json`` too:

    python scripts/pack_runtimes.py backend-info latest=HEAD --python python3.11 python3.12 python3.13
"""

import argparse
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict
from urllib.parse import unquote, urlsplit

from packaging.requirements import Requirement
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

DATA = Path(__file__).parent.parent / "colabify" / "data"

Distributions = dict[str, str | None]


class Difference(TypedDict):
    """What an accelerator's image has otherwise than the CPU image of the same runtime."""

    changed: Distributions
    removed: list[str]


class PackedRuntime(TypedDict):
    """One runtime, as it stands in ``runtimes.json``."""

    python: str
    commit: str
    date: str
    cpu: Distributions
    gpu: Difference
    tpu: Difference
    apt: list[str]


def git(clone: Path, *words: str) -> str:
    """What git says in the clone."""
    program = ["git", "-C", str(clone), *words]
    return subprocess.run(program, check=True, capture_output=True, text=True).stdout


def lines(text: str) -> list[str]:
    """The lines of a data file that are neither empty nor comments."""
    stripped = (line.strip() for line in text.splitlines())
    return [line for line in stripped if line and not line.startswith("#")]


def frozen(line: str) -> tuple[str, str | None]:
    """The normalised name and the version that a line of ``pip freeze`` gives.

    A line with a URL gives the version of its wheel; None if it is no wheel (``google-colab``).
    """
    requirement = Requirement(line)
    name = canonicalize_name(requirement.name)
    if requirement.url is None:
        (pin,) = requirement.specifier
        return name, pin.version
    try:
        _, version, _, _ = parse_wheel_filename(
            unquote(urlsplit(requirement.url).path).rpartition("/")[2]
        )
    except InvalidWheelFilename:
        return name, None
    return name, str(version)


def distributions(freeze: str) -> Distributions:
    """The distributions of what ``pip freeze`` said, by normalised name."""
    return dict(sorted(frozen(line) for line in lines(freeze)))


def difference(image: Distributions, cpu: Distributions) -> Difference:
    """What to change and to remove in ``cpu`` to get ``image``."""
    return {
        "changed": {name: v for name, v in image.items() if name not in cpu or cpu[name] != v},
        "removed": [name for name in cpu if name not in image],
    }


def apt_packages(apt_list: str) -> list[str]:
    """The installed system packages, without the libraries that came along with others.

    ``r-cran-*`` and ``fonts-*`` that came along are left out too: no notebook installs those by name.
    """
    came_along = ("lib", "r-cran-", "fonts-", "x11", "xfonts-", "python3-", "perl-modules")
    names = set()
    for line in lines(apt_list):
        name, slash, rest = line.partition("/")
        if slash and not ("automatic" in rest and name.startswith(came_along)):
            names.add(name)
    return sorted(names)


def python_version(os_info: str) -> str:
    """The version on the "Python 3.13.15" line of ``os-info.txt``."""
    (version,) = (line.split()[1] for line in lines(os_info) if line.startswith("Python "))
    return version


def pack_runtime(clone: Path, commit: str) -> PackedRuntime:
    """The runtime of a commit as it is to stand in ``runtimes.json``.

    One without a list of its own for an accelerator has the CPU's image there.
    """
    found = set(git(clone, "ls-tree", "--name-only", commit).split())

    def text(name: str) -> str:
        return git(clone, "show", f"{commit}:{name}")

    def image(accelerator: str) -> Distributions:
        name = f"pip-freeze.{accelerator}.txt"
        return distributions(text(name)) if name in found else cpu

    cpu = distributions(text("pip-freeze.txt"))
    full, date = git(clone, "show", "-s", "--format=%H %cI", commit).split()
    return {
        "python": python_version(text("os-info.txt")),
        "commit": full,
        "date": date[:10],
        "cpu": cpu,
        "gpu": difference(image("gpu"), cpu),
        "tpu": difference(image("tpu"), cpu),
        "apt": apt_packages(text("apt-list.txt")),
    }


def named(text: str) -> tuple[str, str]:
    """The runtime and the commit that an argument names."""
    name, equals, commit = text.partition("=")
    if not (name and equals and commit):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=COMMIT, such as latest=HEAD")
    return name, commit


def stdlib(interpreter: Path) -> tuple[str, list[str]]:
    """An interpreter's minor version and the names of its standard library."""
    program = (
        "import sys, json; v = sys.version_info;"
        "print(json.dumps(['%d.%d' % v[:2], sorted(sys.stdlib_module_names)]))"
    )
    run = subprocess.run([interpreter, "-c", program], check=True, capture_output=True, text=True)
    version, names = json.loads(run.stdout)
    return version, names


def write(name: str, value: Mapping[str, object]) -> None:
    """Write a value to a data file as compact JSON, and say how large it became."""
    path = DATA / name
    path.write_text(json.dumps(value, separators=(",", ":")) + "\n", "utf-8")
    print(f"{path}: {path.stat().st_size:,} bytes")


def main() -> None:
    """Pack the runtimes named on the command line, and copy the licence of their lists."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("clone", type=Path, metavar="CLONE", help="of googlecolab/backend-info")
    parser.add_argument("runtimes", type=named, nargs="*", metavar="NAME=COMMIT")
    parser.add_argument("--python", type=Path, nargs="+", default=[], metavar="INTERPRETER")
    arguments = parser.parse_args()
    table = json.loads((DATA / "runtimes.json").read_text("utf-8"))
    table |= {name: pack_runtime(arguments.clone, commit) for name, commit in arguments.runtimes}
    write("runtimes.json", dict(sorted(table.items(), reverse=True)))
    (DATA / "LICENSE-runtimes").write_text(git(arguments.clone, "show", "HEAD:LICENSE"), "utf-8")
    if arguments.python:
        names = json.loads((DATA / "stdlib.json").read_text("utf-8"))
        names |= dict(map(stdlib, arguments.python))
        write("stdlib.json", dict(sorted(names.items())))


if __name__ == "__main__":
    main()
