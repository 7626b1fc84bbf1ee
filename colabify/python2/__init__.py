"""Python 2: what is in it, and what it is in Python 3."""
