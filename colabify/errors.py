"""The errors that are ours."""


class ColabifyError(Exception):
    """Base of the errors that colabify raises on purpose: ``str()`` is one sentence for a person."""

    said: str = ""
    """All that another program said about it, if that is more than the sentence has."""
