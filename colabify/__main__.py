"""``python -m colabify``."""

from colabify.cli import main

if __name__ == "__main__":  # the processes of a run import it, too
    raise SystemExit(main())
