"""The base of most errors of `google.colab`."""


class Error(Exception):
    """Base class of the errors of `google.colab`."""


class AuthorizationError(Error):
    """Signing in was refused."""
