"""Paths: which the code uses and for what (:mod:`uses`), and what is there on Colab (:mod:`verdict`)."""
