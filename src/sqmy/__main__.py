"""`python -m sqmy`."""

import sys

from sqmy.cli import main

if __name__ == "__main__":
    sys.exit(main())
