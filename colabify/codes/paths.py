"""Codes about paths, data, links and results."""

from __future__ import annotations

from colabify.codes.page import Page

PAGES: dict[str, Page] = {
    "COL301": Page(
        "path-case",
        "A path is spelled in another case than the file in the repository. Windows and macOS do not\n"
        "mind, Colab's Linux does. The literal is given the file's own spelling.",
    ),
    "COL302": Page(
        "path-backslash",
        "A path is written with backslashes, which Linux takes for part of a name. The literal gets\n"
        "slashes, which work on Windows too. Words of the commands of Windows (`copy`,\n"
        "`type`, `mkdir`) stay as they are in shell lines.",
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
    "COL305": Page(
        "path-encoded",
        "A path is written as an address would be, with %20 for a space. The literal gets the file's own\n"
        "name.",
    ),
    "COL306": Page(
        "path-made-absolute",
        'With paths = "absolute" what names something in the repository becomes absolute below the clone,\n'
        "in copies meant for Colab alone.",
    ),
    "COL311": Page(
        "path-missing",
        "The code reads a file that is not in the repository at the ref that Colab clones, that no\n"
        "earlier cell makes, and for which no script was found. Commit the file, have a cell or a script of\n"
        "the repository fetch it, or say in [tool.colabify.data] where it comes from. A notebook in the\n"
        "same folder, or beside the file, that makes it is named: each runs on a machine of its own there.\n"
        "A folder that os.chdir, os.listdir or os.scandir goes to is told as well; one of a person's own\n"
        "machine that %cd goes to is no error, for it prints that there is none, and the code goes on where\n"
        "it was.",
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
        "A Markdown cell shows an image that is not in the repository, or an attachment that the cell\n"
        "does not have. Colab cannot show it either.",
    ),
    "COL315": Page(
        "lfs-needed",
        "Files that the notebook needs are held by Git LFS. The setup cell fetches these and no others,\n"
        "and each student's copy counts against the repository's LFS bandwidth, which the forge limits.\n"
        "Where a read is not known before the code runs, all those below the notebook's folder count.",
    ),
    "COL316": Page(
        "link-leads-out",
        "A path goes through a symbolic link that leads out of the repository, or to what git does not\n"
        "hold, so that nothing is there on Colab. Commit what it leads to, or have a cell fetch it.",
    ),
    "COL317": Page(
        "submodule-not-cloned",
        "The notebook needs a submodule whose address Colab cannot clone from: a local folder, or ssh to\n"
        "another host than github.com, gitlab.com and bitbucket.org. Give it an https address.",
    ),
    "COL318": Page(
        "sparse-unsure",
        'clone = "sparse" is asked for, but it is not known of every path what it says, so that a folder\n'
        'may be left out that is needed; or git cannot choose the folders that are. With clone = "auto"\n'
        "colabify leaves out folders only where that is sure.",
    ),
    "COL319": Page(
        "module-not-mended",
        "A local module would have to say different things for the notebooks that use it, which run in\n"
        "different folders; or it could not be written. It is left as it is. Let it build its paths from\n"
        "its own folder (os.path.dirname(__file__)), or mend it by hand.",
    ),
    "COL321": Page(
        "moves-each-time",
        "A cell moves the working folder from where it stands (%cd .., os.chdir), so that a student who\n"
        "runs it twice stands somewhere else than the author did. The message says what to write instead.",
    ),
    "COL331": Page(
        "image-not-embedded",
        "An image should stand in the notebook itself, because it is an attachment or because students\n"
        "cannot read the repository, but it is too large, or cannot be read. The message says which.",
    ),
    "COL332": Page(
        "markdown-kept",
        'Colab brings no relative image and follows no relative link, and markdown = "keep" leaves\n'
        'them as they are. With markdown = "rewrite" they become addresses.',
    ),
    "COL333": Page(
        "page-in-page",
        "A frame, or what a code cell displays, names a file of the repository by a relative address,\n"
        "which leads nowhere in a page of Colab. Show it by a link, or read the file in the code.",
    ),
    "COL341": Page(
        "results-lost",
        "What the notebook writes, and the modules that students edit, are gone when Colab recycles the\n"
        "machine. Have them kept in pyproject.toml:\n\n"
        "    [tool.colabify]\n"
        '    persist = "drive"  # they live in the student\'s Drive, if the student allows it\n\n'
        'Or "download": a last cell offers them as a zip; or "git": it commits them to the student\'s fork.',
    ),
    "COL342": Page(
        "result-not-linked",
        'With persist = "drive" a path that the notebook writes becomes a link into Drive. The code does\n'
        "with this one what a link does not allow, so it stays where it is. The message says what.",
    ),
    "COL343": Page(
        "results-not-kept",
        "The results cannot be kept in the way that persist names. Drive needs a course whose files the\n"
        "setup cell brings, and git one that is cloned from GitHub, of which students can have forks.",
    ),
    "COL324": Page(
        "path-outside",
        "The code reads a file outside the repository, beside its folder on the author's machine. Colab\n"
        "has the repository alone: move the file into it, and commit it.",
    ),
    "COL325": Page(
        "data-script-missing",
        "[tool.colabify.data] says that a script brings data, but the repository has no such script.",
    ),
}
