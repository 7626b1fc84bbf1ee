"""The errors that are ours."""


class ColabifyError(Exception):
    """Base of the errors that colabify raises on purpose: `str()` is one sentence for a person."""
