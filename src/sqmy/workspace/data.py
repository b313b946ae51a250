"""The data that ships with the program: rulebooks and the demonstration county."""

from pathlib import Path

from sqmy.errors import SqmyError

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(*parts: str) -> Path:
    """A file or folder of `rules/` or `examples/`: in the installed package, else the checkout."""
    for base in (_PACKAGE / "_data", _PACKAGE.parent.parent):
        path = base.joinpath(*parts)
        if path.exists():
            return path
    raise SqmyError(f"安装不完整，缺少 {'/'.join(parts)}。请重新安装 sqmy。")
