"""Committing: what colabify wrote becomes a commit, on the current branch or on one of its own.

Git is called by ``repo.git.*`` alone: GitPython's own index and commit bypass filters, hooks and signing.
"""
