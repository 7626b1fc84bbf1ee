"""Pack what each Colab runtime preinstalls into `colabify/data/runtimes.json`.

    python scripts/pack_runtimes.py SOURCE_DIR [--python INTERPRETER ...]

SOURCE_DIR holds a folder per runtime version, and `HEAD`, which becomes "latest". In each:
`pip-freeze.txt` (the CPU image), `pip-freeze.gpu.txt`, `pip-freeze.tpu.txt`, `apt-list.txt` and
`os-info.txt`, verbatim from https://github.com/googlecolab/backend-info (Apache-2.0), and `COMMIT`
(its hash and date there, one a line). `LICENSE` beside them is copied to
`colabify/data/LICENSE-runtimes`.

With `--python`, the names that each interpreter (one of every minor version the runtimes have)
gives as `sys.stdlib_module_names` are written to `colabify/data/stdlib.json` too:

    python scripts/pack_runtimes.py SOURCE_DIR --python python3.11 python3.12 python3.13
"""

import argparse
import json
import shutil
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
    """One runtime, as it stands in `runtimes.json`."""

    python: str
    commit: str
    date: str
    cpu: Distributions
    gpu: Difference
    tpu: Difference
    apt: list[str]


def lines(path: Path) -> list[str]:
    """Return the lines of a data file that are neither empty nor comments."""
    stripped = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in stripped if line and not line.startswith("#")]


def frozen(line: str) -> tuple[str, str | None]:
    """Return the normalised name and the version that a line of `pip freeze` gives.

    A line with a URL gives the version of its wheel; None if it is no wheel (`google-colab`).
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


def distributions(freeze: Path) -> Distributions:
    """Return the distributions of a `pip-freeze.txt`, by normalised name."""
    return dict(sorted(frozen(line) for line in lines(freeze)))


def difference(image: Distributions, cpu: Distributions) -> Difference:
    """Return what to change and to remove in `cpu` to get `image`."""
    return {
        "changed": {name: v for name, v in image.items() if name not in cpu or cpu[name] != v},
        "removed": [name for name in cpu if name not in image],
    }


def apt_packages(apt_list: Path) -> list[str]:
    """Return the installed system packages, without the libraries that came along with others.

    `r-cran-*` and `fonts-*` that came along are left out too: no notebook installs those by name.
    """
    came_along = ("lib", "r-cran-", "fonts-", "x11", "xfonts-", "python3-", "perl-modules")
    names = set()
    for line in lines(apt_list):
        name, slash, rest = line.partition("/")
        if slash and not ("automatic" in rest and name.startswith(came_along)):
            names.add(name)
    return sorted(names)


def python_version(os_info: Path) -> str:
    """Return the version on the "Python 3.13.15" line of `os-info.txt`."""
    (version,) = (line.split()[1] for line in lines(os_info) if line.startswith("Python "))
    return version


def pack_runtime(folder: Path) -> PackedRuntime:
    """Return one runtime's folder as it is to stand in `runtimes.json`."""
    commit, date = lines(folder / "COMMIT")
    cpu = distributions(folder / "pip-freeze.txt")
    return {
        "python": python_version(folder / "os-info.txt"),
        "commit": commit,
        "date": date[:10],
        "cpu": cpu,
        "gpu": difference(distributions(folder / "pip-freeze.gpu.txt"), cpu),
        "tpu": difference(distributions(folder / "pip-freeze.tpu.txt"), cpu),
        "apt": apt_packages(folder / "apt-list.txt"),
    }


def pack(source: Path) -> dict[str, PackedRuntime]:
    """Return every runtime below `source` by its name, the newest first."""
    folders = [folder for folder in source.iterdir() if (folder / "COMMIT").exists()]
    packed = {f.name if f.name != "HEAD" else "latest": pack_runtime(f) for f in folders}
    return dict(sorted(packed.items(), reverse=True))


def stdlib(interpreter: Path) -> tuple[str, list[str]]:
    """Return an interpreter's minor version and the names of its standard library."""
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
    """Pack the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", type=Path, metavar="SOURCE_DIR")
    parser.add_argument("--python", type=Path, nargs="+", default=[], metavar="INTERPRETER")
    arguments = parser.parse_args()
    write("runtimes.json", pack(arguments.source))
    shutil.copyfile(arguments.source / "LICENSE", DATA / "LICENSE-runtimes")
    if arguments.python:
        write("stdlib.json", dict(sorted(stdlib(python) for python in arguments.python)))


if __name__ == "__main__":
    main()
