"""Signing in to Google: here everyone is."""


def authenticate_user(clear_output=True, project_id=None):
    """Do nothing, as for a user who has agreed at once."""
