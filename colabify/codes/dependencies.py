"""Codes about what a notebook imports and installs."""

from __future__ import annotations

from colabify.codes.page import Page

PAGES: dict[str, Page] = {
    "COL401": Page(
        "import-unknown",
        "A module is imported that neither the runtime, nor the requirement files, nor the list of\n"
        "well-known names has. It is not installed on a guess: a stranger's package of that name would\n"
        "run on a student's machine. Name its distribution in the repository's requirements.txt, or,\n"
        "where the two names differ, in pyproject.toml:\n\n"
        "    [tool.colabify.distributions]\n"
        '    thinkplot = "ThinkX"',
    ),
    "COL402": Page(
        "pin-not-installed",
        "A requirement file asks for another version than the runtime has, which is kept. No such version\n"
        "installs on its Python, or the kernel has loaded it before the first cell, or it is built for the\n"
        "machine's accelerator, or one exact version is named, which says what the author had and no more.\n"
        "A limit (transformers<5) is followed. --pins strict installs all that can be installed, which\n"
        "takes a restart.",
    ),
    "COL403": Page(
        "module-elsewhere",
        "A module of the repository is imported from a folder that nothing on sys.path reaches. The\n"
        "setup cell adds that folder to sys.path on Colab.",
    ),
    "COL404": Page(
        "module-not-read",
        "A local module that the notebook imports is no Python 3, so that what it imports and reads\n"
        "is not known. Importing it on Colab will fail.",
    ),
    "COL405": Page(
        "requirement-not-read",
        "A line of a requirement file is not followed. The message says why.",
    ),
    "COL406": Page(
        "pin-relaxed",
        "A requirement file asks for a version of a missing distribution that cannot be installed on the\n"
        "runtime's Python. The newest is installed instead; the notebook may need changes for it.",
    ),
    "COL407": Page(
        "cannot-be-installed",
        "An import needs a distribution of which no version installs on the runtime's Python. Use another\n"
        "library, make the import optional, or pin an older runtime if one has it (--runtime).",
    ),
    "COL408": Page(
        "requirements-conflict",
        "Two requirements of the same distribution exclude each other, so that pip could install neither.\n"
        "The first is followed.",
    ),
    "COL409": Page(
        "language-data",
        "The code asks for data of NLTK, or for a model of spaCy, in a way that does not work on Colab. It\n"
        "opens a window or a prompt, or names what spaCy 3 does not know. The message says what to write.",
    ),
    "COL440": Page(
        "own-install-line",
        "A line of the notebook installs something itself: what Colab has already, which costs time only,\n"
        "or what cannot be installed there, and then the setup cell installs what is imported.",
    ),
    "COL441": Page(
        "module-shadows",
        "A module of the course has the name of one of Python's, or of one that Colab has. At home the\n"
        "course's own is found first; on Colab the other may be loaded already. Or a cell gives a module's\n"
        "name to something else, so that later cells do not find the module. Rename one of them.",
    ),
    "COL442": Page(
        "system-package",
        "The code needs a system package that Colab lacks and that the setup cell does not install: it is\n"
        "too large for every student in every session, such as TeX, or does not work there, such as a\n"
        "browser's driver. Do without it, or install it in a cell of its own.",
    ),
    "COL443": Page(
        "module-removed",
        "A module of Python's standard library is imported that the runtime's Python no longer has.",
    ),
    "COL444": Page(
        "index-not-reached",
        "With --online the package index was asked what installs, and it did not answer. The table that\n"
        "colabify carries was used instead.",
    ),
}
