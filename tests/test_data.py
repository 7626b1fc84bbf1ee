"""Data that git does not hold: which script fetches it, and what is said if none does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import codes, plan_for

GET = "cd here\nwget http://example.org/cifar-10-python.tar.gz\ntar -xzvf cifar-10-python.tar.gz\n"
CIFAR = "folder = 'cs231n/datasets/cifar-10-batches-py'"

# cells, files, (script, paths), codes
FETCHED = {
    "as in cs231n": (
        [CIFAR],
        {"cs231n/datasets/get_datasets.sh": GET},
        ("cs231n/datasets/get_datasets.sh", ["cs231n/datasets/cifar-10-batches-py"]),
        [],
    ),
    "in a module": (
        ["import util"],
        {
            "util.py": "def f(p='cs231n/datasets/cifar-10-batches-py'): pass",
            "cs231n/datasets/get.sh": GET,
        },
        ("cs231n/datasets/get.sh", ["cs231n/datasets/cifar-10-batches-py"]),
        [],
    ),
    "of a module's folder": (
        ["import kit.util"],
        {
            "kit/util.py": "import os\nD = os.path.join(os.path.dirname(__file__), 'sets/cifar-10')",
            "kit/__init__.py": "",
            "kit/sets/get.sh": GET,
        },
        ("kit/sets/get.sh", ["kit/sets/cifar-10"]),
        [],
    ),
    "above a module's folder": (
        ["import kit.util"],
        {
            "kit/util.py": "from pathlib import Path\nD = Path(__file__).parent.parent / 'sets/cifar'",
            "kit/__init__.py": "",
            "sets/get.sh": GET,
        },
        ("sets/get.sh", ["sets/cifar"]),
        [],
    ),
    "one of several names it": (
        [CIFAR],
        {
            "cs231n/datasets/get_cifar.sh": GET,
            "cs231n/datasets/get_coco.sh": "wget http://example.org/coco.zip",
        },
        ("cs231n/datasets/get_cifar.sh", ["cs231n/datasets/cifar-10-batches-py"]),
        [],
    ),
    "its name names it": (
        ["p = 'd/imagenet_val_25.npz'"],
        {"d/get_imagenet_val.sh": "curl -O http://example.org/f25"},
        ("d/get_imagenet_val.sh", ["d/imagenet_val_25.npz"]),
        [],
    ),
    "a folder between names it": (
        ["open('data/coco/labels/train.txt')"],
        {"data/get.sh": "wget http://example.org/coco.zip"},
        ("data/get.sh", ["data/coco/labels/train.txt"]),
        [],
    ),
    "in a folder that is not there": (
        ["open('data/a.txt')"],
        {"fetch.sh": "wget http://example.org/x/data/a.txt"},
        ("fetch.sh", ["data/a.txt"]),
        [],
    ),
    "in a group of commands": (
        ["open('data/a.txt')"],
        {"data/get.sh": "[ -f a.txt ] || { wget http://e.org/a.txt; echo $((1<<2)) done; }"},
        ("data/get.sh", ["data/a.txt"]),
        [],
    ),
    "behind a shift": (
        ["open('data/a.txt')"],
        {"data/get.sh": "echo $((1<<2)) '<<A'\nwget http://e.org/a.txt"},
        ("data/get.sh", ["data/a.txt"]),
        [],
    ),
    "the only one, surely read": (
        ["open('data/a.txt')"],
        {"data/get.sh": "gdown 1AbC -O f.zip"},
        ("data/get.sh", ["data/a.txt"]),
        [],
    ),
    "python": (
        ["open('data/a.txt')"],
        {
            "data/download_it.py": "import urllib.request as u\nu.urlretrieve('http://e.org/a.txt', 'a.txt')"
        },
        ("data/download_it.py", ["data/a.txt"]),
        [],
    ),
    "two paths": (
        [CIFAR, "open('cs231n/datasets/cifar.txt')"],
        {"cs231n/datasets/get.sh": GET},
        (
            "cs231n/datasets/get.sh",
            ["cs231n/datasets/cifar-10-batches-py", "cs231n/datasets/cifar.txt"],
        ),
        [],
    ),
    # not fetched
    "no script": ([CIFAR], {"cs231n/datasets/x.py": ""}, None, []),
    "several, none named": (
        ["open('data/a.txt')"],
        {"data/b.sh": "wget http://e.org/b.zip", "data/c.sh": "wget http://e.org/c.zip"},
        None,
        ["COL311!"],
    ),
    "only mentioned, not named": (
        ["p = 'data/qqqq.txt'"],
        {"data/get.sh": "wget http://e.org/zzzz.zip"},
        None,
        [],
    ),
    "named by a word that says nothing": (
        ["p = 'data/data.txt'"],
        {"data/get_data.sh": "wget http://e.org/data.zip"},
        None,
        [],
    ),
    "writes what downloads": (
        ["open('data/a.txt')"],
        {"data/a.sh": "cat > b.sh <<EOF\nwget http://e.org/a.txt\nEOF\n"},
        None,
        ["COL311!"],
    ),
    "downloads nothing": (["open('data/a.txt')"], {"data/a.sh": "echo a.txt"}, None, ["COL311!"]),
    "commented out": (
        ["open('data/a.txt')"],
        {"data/a.sh": "# wget http://e.org/a.txt"},
        None,
        ["COL311!"],
    ),
    "wants words": (
        ["open('data/a.txt')"],
        {
            "data/download.py": "import sys, urllib.request as u\nu.urlretrieve(sys.argv[1], 'a.txt')"
        },
        None,
        ["COL311!"],
    ),
    "below another folder": (
        ["open('data/a.txt')"],
        {"other/get.sh": "wget http://e.org/a.txt"},
        None,
        ["COL311!"],
    ),
    "is there": (
        ["open('data/a.txt')"],
        {"data/get.sh": "wget http://e.org/a.txt", "data/a.txt": ""},
        None,
        [],
    ),
    "is written": (
        ["open('data/a.txt', 'w')"],
        {"data/get.sh": "wget http://e.org/a.txt"},
        None,
        [],
    ),
}


@pytest.mark.parametrize("name", FETCHED)
def test_a_script_on_the_way_there_fetches_it(name: str, tmp_path: Path) -> None:
    cells, files, fetch, found = FETCHED[name]
    plan = plan_for(tmp_path, files, cells)
    fetched = [(one.script, list(one.paths)) for one in plan.setup.fetches]
    assert fetched == ([fetch] if fetch else [])
    assert [code for code in codes(plan) if code != "COL341"] == found
    assert bool(plan.setup.source) or not fetch


def test_a_name_that_only_begins_another_is_not_waited_for(tmp_path: Path) -> None:
    files = {"d/get_squeezenet.sh": "wget http://e.org/squeezenet.zip"}
    cells = ["p = 'd/squeezenet.ckpt'", "import os\nos.path.getsize(p + '.index')"]
    (fetch,) = plan_for(tmp_path, files, cells).setup.fetches
    assert fetch.paths == ("d/squeezenet.ckpt.index",)


def test_without_a_remote_nothing_is_fetched(tmp_path: Path) -> None:
    plan = plan_for(tmp_path, {"cs231n/datasets/get.sh": GET}, [CIFAR], remote="")
    assert (plan.setup.source, plan.setup.fetches) == (None, ())
