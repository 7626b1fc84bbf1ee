"""The texts of a setup cell that install and build: packages of pip and apt, the course's own, data.

As in :mod:`colabify.setup.frame`, ``$name`` stands for a Python literal.
"""

LOADED = """\
    # What the kernel has loaded stays as it is: pip is told these versions
    import tempfile
    from importlib import metadata

    loaded = $loaded

    def version(name):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            return None

    keep = os.path.join(tempfile.gettempdir(), "colabify-constraints.txt")
    with open(keep, "w") as file:
        file.writelines(f"{name}=={version(name)}\\n" for name in loaded if version(name))
"""

PIP = """\
    from importlib import invalidate_caches

    def pip_install(*wants):
        pip = [sys.executable, "-m", "pip", "install", "--constraint", keep]
        done = run(*pip, "--progress-bar=off", "--disable-pip-version-check", *wants)
        invalidate_caches()
        return done
"""

INSTALL = """\
    # What the notebook imports and Colab lacks
    wanted = $wanted
    missing = {name: want for name, want in wanted.items() if version(name) is None}
    if missing:
        print("Installing", ", ".join(missing.values()), "...")
        if not pip_install(*missing.values())[0]:
            for name, want in missing.items():
                succeeded, said = pip_install(want)
                if not succeeded and want != name:
                    print(f"{want} does not install here: trying the newest {name}.")
                    succeeded, said = pip_install(name)
                if not succeeded:
                    raise RuntimeError(f"Could not install {want}. Pip said: {said}")
"""

EXTRAS = """\
    # Extras of what Colab has without them
    from packaging.requirements import Requirement

    def lacks_extras(want):
        need = Requirement(want)
        requires = [Requirement(one) for one in metadata.requires(need.name) or []]
        return any(
            one.marker and one.marker.evaluate({"extra": extra}) and version(one.name) is None
            for extra in need.extras
            for one in requires
        )

    for want in filter(lacks_extras, $extras):
        print(f"Installing {want} ...")
        succeeded, said = pip_install(want)
        if not succeeded:
            raise RuntimeError(f"Could not install {want}. Pip said: {said}")
"""

REPLACE = """\
    # What Colab has in a version that the course cannot use; what is loaded already stays
    from packaging.requirements import Requirement

    for name, want, module in $replaced:
        if Requirement(want).specifier.contains(version(name) or "0", prereleases=True):
            continue
        if module in sys.modules:
            print(f"{name} is loaded already, so its version {version(name)} stays.")
            continue
        print(f"Installing {want} ...")
        succeeded, said = pip_install(want)
        if not succeeded:
            print(f"It does not install here: version {version(name)} stays. Pip said: {said}")
"""

STRICT = """\
    # Versions that the course insists on, be they loaded: that takes one restart
    import time

    from packaging.requirements import Requirement

    insisted = $insisted

    def unmet():
        return [
            (want, module)
            for name, want, module in insisted
            if not Requirement(want).specifier.contains(version(name) or "0", prereleases=True)
        ]

    other = unmet()
    if other:
        print("Installing", ", ".join(want for want, _ in other), "...")
        succeeded, said = pip_install(*(want for _, want, _ in insisted))
        if not succeeded or unmet():
            raise RuntimeError(f"Could not install what the course insists on. Pip said: {said}")
        if any(module in sys.modules for _, module in other):
            print("The kernel restarts now, to load them: run this cell once more.")
            sys.stdout.flush()
            time.sleep(2)  # other threads send what was said
            os.kill(os.getpid(), 9)
"""

KEEP = """\
    # The notebook's own pip lines may not replace what the kernel has loaded either
    os.environ["PIP_CONSTRAINT"] = keep
"""

SYSTEM = """\
    # System packages that it needs and the machine lacks
    needs = $needs

    def absent_packages():
        status = ["dpkg-query", "--show", "--showformat=$${Status}"]
        return {
            package: what
            for package, what, command in needs
            if not (command and shutil.which(command))
            and not run(*status, package)[1].endswith("ok installed")
        }

    if absent_packages():
        print("Installing", ", ".join(absent_packages()), "...")
        run("apt-get", "-qq", "update")
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        said = run("apt-get", "-qq", "install", "--yes", *absent_packages(), **quiet)[1]
        for package, what in absent_packages().items():
            wrong.append(f"There is no {package}, which {what} needs. Apt said: {said}")
"""

PACKAGE = """\
    # The course's own package: its modules ask for what only an installation writes
    for folder, mark in $packages:
        place = os.path.normpath(os.path.join(root, folder))
        installed = os.path.join(marks, mark)
        if not os.path.exists(installed):
            print(f"Installing the course's own package from {place} ...")
            succeeded, said = pip_install("--no-deps", place)
            if not succeeded:
                raise RuntimeError(f"Could not install the package in {place}. Pip said: {said}")
            open(installed, "w").close()
"""

BUILD = """\
    # Extension modules of the course: built in place, once
    import glob
    from importlib import invalidate_caches

    def unbuilt(products):
        begun = {one: glob.escape(os.path.join(root, one)) + "*.so" for one in products}
        return [one for one in products if not glob.glob(begun[one])]

    for folder, products, optional in $builds:
        if not unbuilt(products):
            continue
        place = os.path.normpath(os.path.join(root, folder))
        print(f"Building in {place} ...")
        said = run(sys.executable, "setup.py", "build_ext", "--inplace", folder=place)[1]
        if unbuilt(products):  # in Cython 3 a division of whole numbers is one of Python 3's
            older = (
                "import runpy, sys; from Cython.Compiler.Options import get_directive_defaults; "
                "get_directive_defaults()['language_level'] = 2; sys.argv[0] = 'setup.py'; "
                "sys.path.insert(0, ''); runpy.run_path('setup.py', run_name='__main__')"
            )
            run(sys.executable, "-c", older, "build_ext", "--inplace", folder=place)
        names = ", ".join(os.path.basename(one) for one in unbuilt(products))
        if names:
            told = print if optional else wrong.append
            told(f"{names} could not be built in {place}. It said: {said}")
    invalidate_caches()
"""

NLTK = """\
    # Data that NLTK loads by name
    import zipfile

    import nltk

    for name, resource in $corpora:
        try:
            nltk.data.find(resource)
        except (LookupError, OSError, zipfile.BadZipFile):  # not there, or only half of it
            print(f"Fetching {name} for NLTK ...")
            if not nltk.download(name, quiet=True):
                wrong.append(f"{name} for NLTK could not be fetched.")
"""

SPACY = """\
    # Models that spaCy loads by name
    import importlib.util

    for model in $models:
        if importlib.util.find_spec(model) is None:
            print(f"Fetching {model} for spaCy ...")
            words = [sys.executable, "-m", "spacy", "download", model]
            succeeded, said = run(*words, PIP_CONSTRAINT=keep)
            importlib.invalidate_caches()
            if not succeeded:
                wrong.append(f"{model} for spaCy could not be fetched. It said: {said}")
"""
