"""One piece of work in a process of its own: `python -m benchmarks.apart MODULE:FUNCTION …`.

The function prepares and returns the work; the work alone is timed. The last line of standard
output is JSON, the fields of `measuring.Taken`.
"""

import io
import json
import sys
from contextlib import redirect_stdout
from importlib import import_module
from time import perf_counter


def main(name: str, *words: str) -> None:
    """Prepare, carry out, and tell what it took."""
    module, function = name.split(":")
    work = getattr(import_module(module), function)(*words)
    with redirect_stdout(io.StringIO()):
        begun = perf_counter()
        made = work()
        seconds = perf_counter() - begun
    del made  # taking it apart again is no part of the work
    print(json.dumps({"seconds": seconds, "megabytes": peak()}))


def peak() -> float | None:
    """The most memory this process ever held, of 2**20 bytes; None on Windows.

    On Linux a process begins with its parent's figure: whoever measures has to stay small.
    """
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    main(*sys.argv[1:])
