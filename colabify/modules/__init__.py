"""The local modules of a course that may be mended: what notebooks want of them, what is decided, written."""
