"""Proof that a port runs: notebooks are run as Colab would run them, on a stand-in for its machine."""
