"""Secrets of the user, taken from the JSON object in `COLABIFY_SECRETS`.

A secret whose value is null exists, but this notebook may not read it.
Without the variable (or with an empty one) nobody answers, as outside Colab's own page.
"""

import json
import os
import re

from google.colab.errors import Error
from IPython import get_ipython


class SecretNotFoundError(Error):
    """There is no secret of this name."""

    def __init__(self, key):
        super().__init__(f"Secret {key} does not exist.")


class TimeoutException(Error):
    """No page of Colab answered in time."""

    def __init__(self, key):
        super().__init__(
            f"Requesting secret {key} timed out. Secrets can only be fetched when running from"
            " the Colab UI."
        )


class NotebookAccessError(Exception):
    """The secret exists, but the user has not given this notebook access to it."""

    def __init__(self, key):
        super().__init__(f"Notebook does not have access to secret {key}")


def get(key):
    """Return the secret `key`; the errors are Colab's, also outside a kernel (AttributeError)."""
    if not key or not isinstance(key, str):
        raise ValueError("Please enter a valid secret name")
    if re.search(r"\s", key):
        raise ValueError("Secret name cannot contain spaces or whitespace")
    get_ipython().kernel  # noqa: B018 - a script run by `!python` has none
    answer = os.environ.get("COLABIFY_SECRETS")
    if not answer:
        raise TimeoutException(key)
    secrets = json.loads(answer)
    if key not in secrets:
        raise SecretNotFoundError(key)
    if secrets[key] is None:
        raise NotebookAccessError(key)
    return secrets[key]
