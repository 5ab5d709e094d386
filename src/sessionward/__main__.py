"""python -m sessionward: the command line, where the script of that name is not on PATH."""

import sys

from sessionward.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
