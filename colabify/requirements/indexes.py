"""Package indexes other than PyPI.

Packages are taken from PyPI alone, whatever index a file names: what another one serves nobody has seen,
and a student's machine would run it. Nor is a name that only another index may have taken from PyPI,
where it would be a stranger's.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from colabify.requirements.known import is_known

_MIRRORS = frozenset(
    {
        "mirror.baidu.com",
        "mirrors.163.com",
        "mirrors.aliyun.com",
        "mirrors.bfsu.edu.cn",
        "mirrors.cloud.tencent.com",
        "mirrors.tuna.tsinghua.edu.cn",
        "mirrors.ustc.edu.cn",
        "pypi.doubanio.com",
        "pypi.douban.com",
        "pypi.mirrors.ustc.edu.cn",
        "pypi.org",
        "pypi.python.org",
        "pypi.tuna.tsinghua.edu.cn",
        "repo.huaweicloud.com",
    }
)
"""PyPI, and public mirrors of it, which hold the same packages."""
_VENDORS = frozenset(
    {
        "data.dgl.ai",
        "data.pyg.org",
        "dl.fbaipublicfiles.com",
        "download.openmmlab.com",
        "download.pytorch.org",
        "pypi.ngc.nvidia.com",
        "pypi.nvidia.com",
    }
)
"""Where well-known projects keep builds of packages that PyPI has too."""


def host_of(address: str) -> str:
    """The host of an address; the whole of it if it has none (a folder, a name)."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def is_mirror(address: str) -> bool:
    """Whether an index is PyPI, or a public mirror of it."""
    return host_of(address) in _MIRRORS


def is_stranger(address: str) -> bool:
    """Whether an index may have packages that PyPI does not have, or others under the same name."""
    return host_of(address) not in _MIRRORS | _VENDORS


def may_be_elsewhere(name: str, *, index: str = "", default: str = "") -> str:
    """The host that a distribution may have to be taken from instead of PyPI; empty if there is none.

    ``index`` is what its own line names, ``default`` what the file names for all that say nothing.
    """
    if index and is_stranger(index):
        return host_of(index)
    return host_of(default) if default and is_stranger(default) and not is_known(name) else ""
