"""``python -m colabify``."""

from colabify.cli import main

raise SystemExit(main())
