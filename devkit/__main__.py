"""``python -m devkit``: what ``./dev`` calls."""

import sys

from devkit.cli import main

sys.exit(main(sys.argv[1:]))
