"""What every test shares: random tests that fail on every machine or on none.

`HYPOTHESIS_PROFILE=explore make test` looks for new counterexamples instead.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

import postgres

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server, one for each process that runs tests."""
    with postgres.cluster() as made:
        yield made
