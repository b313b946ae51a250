"""`python -m sqmy`."""

import sys

from sqmy.cli import main

sys.exit(main())
