"""From facts to new cell sources."""
