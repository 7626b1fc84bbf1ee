"""Make a course's Jupyter notebooks run on Google Colab, and still run at home."""

__version__ = "0.1.0"
