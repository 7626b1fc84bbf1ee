"""Steps: what a setup cell does, as plain values. The cell is a pure function of :class:`Setup`."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from colabify.supply import Supply

CloneWay = Literal["shallow", "full", "sparse"]
LARGE = 100 * 10**6
"""From how many bytes on some notebook of a course may bring less than all of it."""


@dataclass(frozen=True, slots=True)
class Clone:
    """What the setup cell clones: an address without credentials, a branch or tag, and into which folder.

    ``way`` is how: ``shallow`` (the files of one commit), ``full`` (all history), or ``sparse`` (only the
    files in ``folders``, below the root; the root's own files always come along). ``lfs`` are the files
    that Git LFS holds and that the notebook needs, ``submodules`` the submodules. ``size`` is how many
    bytes are brought, ``saved`` how many of the ref's are not, as far as git tells.
    """

    url: str
    ref: str
    name: str
    way: CloneWay = "shallow"
    folders: tuple[str, ...] = ()
    lfs: tuple[str, ...] = ()
    submodules: tuple[str, ...] = ()
    size: int = 0
    saved: int = 0


@dataclass(frozen=True, slots=True)
class Drive:
    """The course's folder in Google Drive: ``folder`` below ``MyDrive`` is what the form field suggests.

    ``files`` are what has to be there, below the course's root, for it to be the right folder.
    """

    name: str
    folder: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Upload:
    """A zip of what the notebook needs, which the student chooses: ``files`` are what has to be in it."""

    name: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Install:
    """A distribution to install: ``requirement`` is what pip is asked for, ``module`` what needs it.

    ``replaces``: the runtime has another version, which is replaced unless it is loaded already; or
    even then (``strict``), at the price of a restart. ``extras``: the runtime has it without these.
    """

    distribution: str
    requirement: str
    module: str
    why: str
    replaces: bool = False
    strict: bool = False
    extras: bool = False


@dataclass(frozen=True, slots=True)
class Fetch:
    """A script of the repository to be run in its own folder, for the sake of ``paths``.

    All are paths below the repository's root. ``why`` says how sure that is; ``command`` is what is run,
    where the script is not run by itself.
    """

    script: str
    paths: tuple[str, ...]
    why: str
    command: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The command and its arguments, as they are run in the script's folder."""
        if self.command:
            return self.command
        program = "python" if self.script.endswith(".py") else "bash"
        return (program, f"./{posixpath.basename(self.script)}")  # it may begin with a dash


@dataclass(frozen=True, slots=True)
class Build:
    """``python setup.py build_ext --inplace`` in ``folder``, which makes ``product``.

    Both are below the repository's root; ``product`` is the module's path without the suffix that the
    platform gives it. ``cython``: it is made from Cython. ``optional``: the code goes on without it.
    """

    folder: str
    product: str
    cython: bool
    optional: bool = False


@dataclass(frozen=True, slots=True)
class SystemNeed:
    """One of Ubuntu's packages that is needed and not there; ``what`` needs it ("the command dot").

    ``heavy``: it is to be reported, since it is too large to be installed for every student, or of no use as
    Ubuntu has it. ``command`` shows by its presence that nothing is missing after all; it may be empty.
    """

    package: str
    what: str
    cell: int | None = None
    path: str | None = None
    line: int | None = None
    heavy: bool = False
    command: str = ""


@dataclass(frozen=True, slots=True)
class DataNeed:
    """One package of data, or model, that code loads; ``what`` loads it (``nltk.word_tokenize``).

    ``resource`` is where ``nltk.data.find`` finds it, or the module that a model is.
    """

    kind: Literal["nltk", "spacy"]
    name: str
    resource: str
    what: str
    cell: int | None = None
    path: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Shim:
    """What the setup cell provides so that code runs which stays as it is: ``old`` is what the code uses.

    By ``kind``, ``new`` is:

    - ``name``: the full name of what is provided under the full name ``old``;
    - ``call``: the same, to be called with the arguments ``values`` too;
    - ``keyword``: what the argument ``old``, as in ``numpy.histogram(normed)``, is called now, empty if it is
      left out. If there are ``values``, only these are meant; with each stands what it is now;
    - ``default``: the value that the argument ``old`` has if it is not given;
    - ``order``: the number of arguments that the function ``old`` takes by position, and the names of those
      that followed, with blanks between;
    - ``method``: the attribute of the class's objects that stands for the attribute ``old``;
    - ``function``: by means of what the setup cell's own ``old`` works, empty if that is a few things;
    - ``style``, ``map``: both are names of matplotlib's styles, or colour maps;
    - ``windows``, ``widgets``: what Colab's front end has instead of OpenCV's windows, and for widgets of
      other packages than ipywidgets.

    Values are code, each a Python literal.
    """

    old: str
    new: str
    kind: Literal[
        "name", "call", "keyword", "default", "order", "method", "function",
        "style", "map", "windows", "widgets",
    ] = "name"  # fmt: skip
    values: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> str:
        """What a person is told of it."""
        function, _, keyword = self.old.rstrip(")").partition("(")
        match self.kind:
            case "keyword" if self.values:
                given = ", ".join(value for value, _ in self.values)
                return f"has {function} take {keyword}={given} on Colab as it did"
            case "keyword":
                now = f"it is {self.new}= now" if self.new else "it is left out"
                return f"has {function} take {keyword}= on Colab: {now}"
            case "default":
                return f"has {function} take {keyword}={self.new} on Colab where it is not given"
            case "order":
                return f"has {function} take arguments by position on Colab as it did"
        return f"provides {self.old} on Colab{f': it is {self.new} now' if self.new else ''}"


@dataclass(frozen=True, slots=True)
class Results:
    """What the notebook writes, ``paths`` below the course's root, and how it is kept (``persist``)."""

    persist: Literal["drive", "download", "git"]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setup:
    """What the setup cell does. ``source`` is where the course's files come from, None if none are needed.

    ``folder`` is where the notebook runs, below the course's root. ``path_folders`` are folders that are
    added to ``sys.path``; ``packages`` those from which the repository's own package is installed;
    ``builds`` its extension modules. ``system`` are apt
    packages, ``data`` what NLTK and spaCy load by name. ``keeps_loaded``: the notebook's own ``pip`` lines
    are kept from replacing what the kernel has loaded. ``expects`` is the accelerator whose absence is
    pointed out. ``fetches`` are scripts to run for data, ``supplies`` data that the configuration declares,
    ``folders`` those that code writes into and nobody makes. ``shims`` are what libraries
    have dropped, ``environment`` variables to be set before a library is imported.
    ``results`` is what is kept of what it writes.
    """

    source: Clone | Drive | Upload | None = None
    folder: str = ""
    path_folders: tuple[str, ...] = ()
    system: tuple[SystemNeed, ...] = ()
    installs: tuple[Install, ...] = ()
    packages: tuple[str, ...] = ()
    builds: tuple[Build, ...] = ()
    data: tuple[DataNeed, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    supplies: tuple[Supply, ...] = ()
    folders: tuple[str, ...] = ()
    results: Results | None = None
    keeps_loaded: bool = False
    imp: bool = False
    shims: tuple[Shim, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    expects: str = ""

    def __bool__(self) -> bool:
        """Whether there is anything for a setup cell to do."""
        brought = (self.source, self.system, self.installs, self.data, self.folders)
        return any((*brought, self.keeps_loaded, self.imp, self.shims, self.environment))
