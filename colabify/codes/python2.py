"""Codes about Python 2."""

from __future__ import annotations

from colabify.codes.page import Page

PAGES: dict[str, Page] = {
    "COL221": Page(
        "python-2-rewritten",
        "The cell or module was in Python 2 and is in Python 3 now, with --unsafe-fixes: print, except,\n"
        "raise, exec, backticks, octal and long numbers, xrange, raw_input, unicode, iteritems, has_key,\n"
        "modules with new names (urllib2, cPickle, StringIO), and lists where Python 3 has iterators.\n"
        "a / b became a // b where both are surely ints. Pickles are read with encoding='latin1'. The\n"
        "work is done by fissix, the maintained copy of lib2to3.",
    ),
    "COL222": Page(
        "division-left",
        "In Python 2, / between two ints drops the remainder; in Python 3 it does not. Here it is not\n"
        "known whether both are ints, and / stays: write // where the remainder was to be dropped.",
    ),
    "COL223": Page(
        "python-2-module",
        "A local module is in Python 2, which Colab does not have. Name the folder it is in and use\n"
        "--unsafe-fixes to have it rewritten, or rewrite it by hand.",
    ),
    "COL224": Page(
        "python-2-left",
        "Something in Python 2 code has no simple counterpart in Python 3, such as a module of which there\n"
        "are several now. It stays as it is: rewrite it by hand.",
    ),
}
