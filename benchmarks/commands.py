"""Commands carried out in the process that measures, so that its memory is theirs."""

from collections.abc import Callable

from sqmy.cli import main


def command(*words: str) -> Callable[[], object]:
    """Carrying out `sqmy` with these words.

    Raises:
        RuntimeError: when it is carried out, and fails.
    """

    def run() -> None:
        if code := main(words):
            raise RuntimeError(f"sqmy {' '.join(words)}: {code}")

    return run
