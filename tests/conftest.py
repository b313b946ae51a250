"""What every test shares: random tests that fail on every machine or on none.

`HYPOTHESIS_PROFILE=explore make test` looks for new counterexamples instead.
"""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
