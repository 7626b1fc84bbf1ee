"""Every code that no rule carries, and what ``--explain`` says about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """What ``--explain`` says about a code."""

    name: str
    text: str

    @property
    def summary(self) -> str:
        """Its first sentence, on one line."""
        return " ".join(self.text.split()).partition(". ")[0].rstrip(".") + "."


PAGES: dict[str, Page] = {
    "COL301": Page(
        "path-case",
        "A path is spelled in another case than the file in the repository. Windows and macOS do not\n"
        "mind, Colab's Linux does. The literal is given the file's own spelling.",
    ),
    "COL302": Page(
        "path-backslash",
        "A path is written with backslashes, which Linux takes for part of a name. The literal gets\n"
        "slashes, which work on Windows too.",
    ),
    "COL303": Page(
        "path-absolute",
        "A path begins at the root of its author's machine, but its tail is a file of the repository.\n"
        "The literal becomes relative to the folder where the notebook runs.",
    ),
    "COL304": Page(
        "path-other-folder",
        "A relative path leads to a file only from a folder above the one where the notebook runs.\n"
        "The literal becomes relative to the folder where the notebook runs.",
    ),
    "COL311": Page(
        "path-missing",
        "The code reads a file that is not in the repository at the ref that Colab clones, that no\n"
        "earlier cell makes, and for which no script was found. Commit the file, or have a cell or a\n"
        "script of the repository fetch it.",
    ),
    "COL312": Page(
        "path-not-pushed",
        "A file that the notebook needs is tracked here, but the remote does not have it yet. Push\n"
        "before students open the notebook.",
    ),
    "COL313": Page(
        "path-not-repaired",
        "A path would have to say something else on Colab, but it is put together in a way that\n"
        "colabify does not rewrite. The message says what it should say.",
    ),
    "COL314": Page(
        "image-missing",
        "A Markdown cell shows an image that is not in the repository. Colab cannot show it either.",
    ),
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
    "COL443": Page(
        "module-removed",
        "A module of Python's standard library is imported that the runtime's Python no longer has.",
    ),
    "COL441": Page(
        "module-shadows",
        "A module of the course has the name of one of Python's, or of one that Colab has. At home the\n"
        "course's own is found first; on Colab the other may be loaded already. Or a cell gives a module's\n"
        "name to something else, so that later cells do not find the module. Rename one of them.",
    ),
    "COL444": Page(
        "index-not-reached",
        "With --online the package index was asked what installs, and it did not answer. The table that\n"
        "colabify carries was used instead.",
    ),
    "COL409": Page(
        "language-data",
        "The code asks for data of NLTK, or for a model of spaCy, in a way that does not work on Colab. It\n"
        "opens a window or a prompt, or names what spaCy 3 does not know. The message says what to write.",
    ),
    "COL442": Page(
        "system-package",
        "The code needs a system package that Colab lacks and that the setup cell does not install: it is\n"
        "too large for every student in every session, such as TeX, or does not work there, such as a\n"
        "browser's driver. Do without it, or install it in a cell of its own.",
    ),
    "COL440": Page(
        "own-install-line",
        "A line of the notebook installs something itself: what Colab has already, which costs time only,\n"
        "or what cannot be installed there, and then the setup cell installs what is imported.",
    ),
    "COL411": Page(
        "no-repository",
        "There is no git repository round the notebook, so that Colab cannot fetch what lies beside\n"
        "it. Put the course into a repository on GitHub.",
    ),
    "COL412": Page(
        "no-remote",
        "The repository has no remote that Colab could clone from. Push it to a forge, or name the\n"
        "address with --repo.",
    ),
    "COL413": Page(
        "not-pushed",
        "The notebook, or the branch or tag it is on, is not at the remote yet, as far as this clone\n"
        "knows. The badge and the setup cell work once it is pushed (and git fetch tells the clone).",
    ),
    "COL414": Page(
        "detached-head",
        "No branch is checked out, so the setup cell clones the remote's default branch. Name another\n"
        "with --ref, or with ref in [tool.colabify]; a server that checks notebooks needs the latter.",
    ),
    "COL415": Page(
        "no-badge",
        "Colab opens notebooks from github.com alone (colabtools#1305). Students have to upload the\n"
        "notebook; the setup cell then clones the rest.",
    ),
    "COL416": Page(
        "ref-with-slash",
        "Whether Colab opens notebooks from a branch with a slash in its name is not known. A branch\n"
        "or a tag without one is safer.",
    ),
    "COL417": Page(
        "ignored-by-git",
        "Git ignores the notebook, so that it will never be at the remote. Mend .gitignore, or commit\n"
        "it with git add --force.",
    ),
    "COL418": Page(
        "ref-is-a-commit",
        "The setup cell clones a branch or a tag, with git clone --branch; a commit's hash is neither.\n"
        "Tag the commit, push the tag, and name it with --ref.",
    ),
    "COL421": Page(
        "retired-accelerator",
        "The notebook asks for an accelerator that Colab no longer has (V100, TPU v2). It now asks for\n"
        "the one that took its place.",
    ),
    "COL422": Page(
        "retired-runtime",
        "The notebook is pinned to a runtime version that is not among those known to be offered.",
    ),
    "COL423": Page(
        "runtime-chosen",
        "Something that the notebook needs can only be had on an older runtime, so that the newest one\n"
        "that has all of it is asked for in the metadata. --runtime latest keeps the latest.",
    ),
    "COL431": Page(
        "other-kernel",
        "The notebook is not in Python. It gets a badge, metadata and mended Markdown; no code is put\n"
        "into it.",
    ),
    "COL432": Page(
        "python-2",
        "The notebook is written in Python 2, which Colab does not have. Its code is left alone.",
    ),
    "COL433": Page(
        "set-up-by-hand",
        "A cell sets the notebook up for Colab already: it mounts Drive, clones, or asks whether it\n"
        "runs there. It is not set up twice. Delete that cell and run colabify again to have it done.",
    ),
    "COL900": Page(
        "left-alone",
        "Porting would not have been reversible to the byte, so the notebook is left as it is. Please\n"
        "report it.",
    ),
    "COL901": Page(
        "cell-not-parsed",
        "A code cell is no Python, even with magics and shell lines set aside: an exercise with gaps,\n"
        "perhaps, or a deliberate error. It is left alone, and what it imports is not known.",
    ),
    "COL902": Page(
        "rule-failed",
        "A rewrite of this cell did not come out as Python, so the cell is left as it is. Please\n"
        "report it.",
    ),
    "COL903": Page(
        "edited-since",
        "A cell that colabify wrote or changed has been edited since. It is kept as it is.",
    ),
}
"""Every code that no rule carries, with its page."""
