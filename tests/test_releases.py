"""Which files of a distribution install, as `colabify.releases` judges them."""

from __future__ import annotations

import pytest

from colabify.releases import File, offers_of
from colabify.wheels import Offers

PY = (3, 13)
GLIBC = "manylinux_2_17_x86_64.manylinux2014_x86_64"


@pytest.mark.parametrize(
    ("tags", "installs"),
    [
        line.split()
        for line in f"""
            cp313-cp313-{GLIBC} yes
            cp313-cp313-manylinux_2_35_x86_64 yes
            cp313-cp313-manylinux_2_36_x86_64 no
            cp313-cp313-manylinux1_x86_64 yes
            cp313-cp313-manylinux2010_x86_64.manylinux_2_12_x86_64 yes
            cp313-cp313-linux_x86_64 yes
            cp313-cp313-musllinux_1_2_x86_64 no
            cp313-cp313-manylinux_2_17_aarch64.manylinux2014_aarch64 no
            cp313-cp313-macosx_11_0_arm64 no
            cp313-cp313-win_amd64 no
            cp313-cp313t-{GLIBC} no
            cp312-cp312-{GLIBC} no
            cp314-cp314-{GLIBC} no
            cp39-abi3-{GLIBC} yes
            cp314-abi3-{GLIBC} no
            cp313-none-{GLIBC} yes
            cp37.cp38.cp39-abi3-{GLIBC} yes
            py3-none-any yes
            py2.py3-none-any yes
            py313-none-any yes
            py2-none-any no
            py314-none-any no
            py3-none-{GLIBC} yes
            py3-none-win_amd64 no
            pp310-pypy310_pp73-{GLIBC} no
        """.strip().splitlines()
    ],
)
def test_wheel_is_judged_by_its_tags(tags, installs):
    found = offers_of([File(f"thing-1.0-{tags}.whl")], "thing", PY)
    assert found.versions == (("1.0",) if installs == "yes" else ())
    assert found.newest == "1.0"


@pytest.mark.parametrize(
    ("requires", "installs"),
    [
        ("", True),
        (">=3.8", True),
        (">=3.13.1", True),
        (">=3.8,<3.13", False),
        ("<=3.13", False),
        ("==3.13.*", True),
        ("!=3.0.*,!=3.1.*", True),
        ("not a specifier", True),
    ],
)
def test_wheel_is_judged_by_requires_python(requires, installs):
    found = offers_of([File("thing-1.0-py3-none-any.whl", requires)], "thing", PY)
    assert bool(found.versions) is installs


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(
            ["thing-2.0-py3-none-any.whl", "thing-1.0.tar.gz"],
            Offers(("2.0", "1.0"), "2.0", live=True),
            id="a pure project's source counts",
        ),
        pytest.param(
            [f"thing-2.0-cp313-cp313-{GLIBC}.whl", "thing-1.0.tar.gz", "thing-2.1.zip"],
            Offers(("2.0",), "2.1", live=True),
            id="a compiled project's source does not",
        ),
        pytest.param(
            ["thing-2.0-cp312-cp312-win_amd64.whl", "thing-2.0.tar.gz"],
            Offers((), "2.0", live=True),
            id="nor where there is nothing else",
        ),
        pytest.param(
            [f"thing-2.0-cp313-cp313-{GLIBC}.whl", "thing-1.0-py3-none-any.whl", "thing-0.9.zip"],
            Offers(("2.0", "1.0"), "2.0", live=True),
            id="compiled since",
        ),
        pytest.param(
            ["thing-1.10.tar.gz", "thing-1.9.zip"],
            Offers((), "1.10", source_only=("1.10", "1.9"), live=True),
            id="never a wheel",
        ),
        pytest.param(
            ["thing-1.0-py3-none-any.whl", "thing-1.1rc1-py3-none-any.whl"],
            Offers(("1.1rc1", "1.0"), "1.1rc1", live=True),
            id="pre-release",
        ),
        pytest.param(
            ["other-2.0-py3-none-any.whl", "thing-banana-py3-none-any.whl", "thing-1.0.tar.bz2"],
            Offers((), None, live=True),
            id="nothing that pip would look at",
        ),
    ],
)
def test_files_come_to_offers(names, expected):
    assert offers_of(map(File, names), "thing", PY) == expected


def test_version_with_a_file_that_is_not_yanked_is_not():
    files = [File("thing-1.0-py3-none-any.whl", yanked=True), File("thing-1.0.tar.gz")]
    assert offers_of(files, "thing", PY).versions == ("1.0",)
