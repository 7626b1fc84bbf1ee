"""Addresses of repositories: what Colab can clone, and what must never be shown."""

from __future__ import annotations

import pytest

from colabify.remote import Remote, in_full, parse_remote, without_credentials

GITHUB = Remote("github.com", "teacher/course")


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ("https://github.com/teacher/course.git", GITHUB),
        ("https://github.com/teacher/course", GITHUB),
        ("https://github.com/teacher/course/", GITHUB),
        ("https://GitHub.com/teacher/course", GITHUB),
        ("https://www.github.com/teacher/course", GITHUB),
        ("http://github.com/teacher/course", GITHUB),
        ("git://github.com/teacher/course.git", GITHUB),
        ("git@github.com:teacher/course.git", GITHUB),
        ("git@github.com:/teacher/course.git", GITHUB),
        ("github.com:teacher/course", GITHUB),
        ("git@github.com-work:teacher/course.git", GITHUB),
        ("ssh://git@github.com/teacher/course.git", GITHUB),
        ("ssh://git@ssh.github.com:443/teacher/course.git", GITHUB),
        ("https://teacher:s3cret@github.com/teacher/course.git", GITHUB),
        ("https://ghp_token@github.com/teacher/course.git", GITHUB),
        ("https://gitlab.com/group/sub/course.git", Remote("gitlab.com", "group/sub/course")),
        ("git@git.uni.edu:a/b.git", Remote("git.uni.edu", "a/b")),
        ("https://git.uni.edu:8443/a/b.git", Remote("git.uni.edu:8443", "a/b")),
        ("https://git.uni.edu:443/a/b.git", Remote("git.uni.edu", "a/b")),
        ("ssh://git@git.uni.edu:2222/a/b.git", Remote("git.uni.edu", "a/b")),
        ("https://x@bitbucket.org/team/course.git", Remote("bitbucket.org", "team/course")),
        ("", None),
        ("/srv/git/course.git", None),
        ("../course", None),
        ("file:///srv/git/course.git", None),
        ("C:\\courses\\course", None),
        ("C:/courses/course", None),
        ("gh:teacher/course", None),
        ("teacher/course", None),
        ("https://github.com/teacher", None),
        ("https://github.com/teacher/..", None),
        ("https://[github.com/teacher/course", None),
        ("https://github.com:port/teacher/course", None),
        ("https://user:pass/word@github.com/teacher/course", None),
        ("ext::sh -c evil", None),
    ],
)
def test_address(text: str, remote: Remote | None) -> None:
    assert parse_remote(text) == remote


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://teacher:s3cret@localhost/course", "https://localhost/course"),
        ("https://s3cret@localhost/course", "https://localhost/course"),
        ("https://teacher:s3/cr@et@localhost/course", "https://localhost/course"),
        ("https://localhost/course?token=s3cret", "https://localhost/course"),
        ("teacher:s3cret@localhost:course", "localhost:course"),
        ("/srv/git/course.git", "/srv/git/course.git"),
    ],
)
def test_shown_without_credentials(text: str, shown: str) -> None:
    assert without_credentials(text) == shown


@pytest.mark.parametrize(
    ("address", "clone", "raw", "page"),
    [
        (
            "git@github.com:teacher/course",
            "https://github.com/teacher/course.git",
            "https://raw.githubusercontent.com/teacher/course/v1/a%20b.png",
            "https://github.com/teacher/course/blob/v1/a%20b.png",
        ),
        (
            "git@gitlab.com:group/sub/course",
            "https://gitlab.com/group/sub/course.git",
            "https://gitlab.com/group/sub/course/-/raw/v1/a%20b.png",
            "https://gitlab.com/group/sub/course/-/blob/v1/a%20b.png",
        ),
        (
            "git@bitbucket.org:team/course",
            "https://bitbucket.org/team/course.git",
            "https://bitbucket.org/team/course/raw/v1/a%20b.png",
            "https://bitbucket.org/team/course/src/v1/a%20b.png",
        ),
        (
            "git@git.sr.ht:~teacher/course",
            "https://git.sr.ht/~teacher/course",
            None,
            "https://git.sr.ht/~teacher/course/blob/v1/a%20b.png",
        ),
    ],
    ids=["github", "gitlab", "bitbucket", "sourcehut"],
)
def test_addresses_of_files(address: str, clone: str, raw: str | None, page: str) -> None:
    remote = parse_remote(address)
    assert remote is not None
    assert remote.clone_url == clone
    assert remote.raw_url("v1", "a b.png") == raw
    assert remote.page_url("v1", "a b.png") == page


@pytest.mark.parametrize(
    ("path", "quoted"),
    [
        ("a b.ipynb", "a%20b.ipynb"),
        ("50%.ipynb", "50%25.ipynb"),
        ("what?.ipynb", "what%3F.ipynb"),
        ("C#.ipynb", "C%23.ipynb"),
        ('say "hi".ipynb', "say%20%22hi%22.ipynb"),
        ("课程/作业.ipynb", "%E8%AF%BE%E7%A8%8B/%E4%BD%9C%E4%B8%9A.ipynb"),
        ("🎓.ipynb", "%F0%9F%8E%93.ipynb"),
    ],
)
def test_colab_address(path: str, quoted: str) -> None:
    colab = "https://colab.research.google.com/github/teacher/course/blob/main"
    assert GITHUB.colab_url("main", path) == f"{colab}/{quoted}"
    assert Remote("gitlab.com", "a/b").colab_url("main", path) is None


@pytest.mark.parametrize(
    ("text", "full"),
    [("teacher/course", "https://github.com/teacher/course"), ("course", ""), ("a/b/c", "")],
)
def test_short_form(text: str, full: str) -> None:
    assert in_full(text) == full
