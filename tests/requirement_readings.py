"""What the readers of requirement files are asked in the tests, and how their answers are compared."""

from packaging.requirements import Requirement

from colabify.requirements.sources import read_file


def read(name, text, files=None):
    files = {path: data.encode() for path, data in (files or {}).items()}
    return read_file(text, name, files.get)


def declared(reading):
    return [(d.requirement, d.group) for d in reading.declared]


def rows(*expected):
    return [(Requirement(text), group) for text, group in expected]
