"""Files as they really arrive, each made by code, described, and with what it must come to.

What they look like is taken from published tables and forms; the people are invented.
"""

from arrivals import badly_read, cells, containers, layouts, outcomes
from arrivals.common import Arrival

ALL: tuple[Arrival, ...] = (
    *layouts.ARRIVALS,
    *outcomes.ARRIVALS,
    *cells.ARRIVALS,
    *containers.ARRIVALS,
    *badly_read.ARRIVALS,
)
