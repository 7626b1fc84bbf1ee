"""Codes about the repository, the machine and the notebook itself."""

from __future__ import annotations

from colabify.codes.page import Page

PAGES: dict[str, Page] = {
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
    "COL424": Page(
        "legacy-keras",
        "The notebook needs Keras 2, or layers of TensorFlow 1, where Colab has Keras 3. The setup cell\n"
        "sets TF_USE_LEGACY_KERAS=1 before TensorFlow is imported, which then takes tf_keras, Keras 2\n"
        "under another name, that Colab has preinstalled. No older runtime has Keras 2 as keras.",
    ),
    "COL425": Page(
        "widgets-not-shown",
        'Colab saves the state of widgets in a form in which GitHub does not show the notebook ("the\n'
        "'state' key is missing\"). Up to 100,000 characters colabify puts it into the form that Jupyter\n"
        "defines; more would have to be kept twice for undoing. Clear the outputs before you commit.",
    ),
    "COL431": Page(
        "other-kernel",
        "The notebook is not in Python. It gets a badge, metadata and mended Markdown; no code is put\n"
        "into it.",
    ),
    "COL432": Page(
        "python-2",
        "The notebook is written in Python 2, which Colab does not have. Its code is left alone:\n"
        "--unsafe-fixes rewrites it in Python 3 (COL221), and then look at what it did: what a division\n"
        "or an iterator was meant to be is a matter of judgement.",
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
    "COL910": Page(
        "silence-unused",
        "A comment (# colabify: ignore[COL104]) or a cell's tag (colabify-ignore) leaves nothing alone\n"
        "any more, or is not read: no such code, or a word that is misspelled. Take it away, so that it\n"
        "does not hide what comes later.\n\n"
        "A comment holds for its own line, and at the first or last line of a statement for the whole of\n"
        "it; without codes it holds for all of them, and the beginning of a code for all that begin so. A\n"
        "tag holds for its cell, of Markdown too; colabify-ignore-COL104 for one code.",
    ),
}
