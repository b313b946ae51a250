"""A rulebook begun: from answers to a few questions, or from one of those that ship."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from sqmy.errors import SqmyError
from sqmy.rules import reader
from sqmy.rules.choices import CHOICES
from sqmy.rules.faults import nearest
from sqmy.workspace.data import shipped
from sqmy.workspace.new_file import new_file
from sqmy.workspace.rulebooks import CASES, cases_beside

_SUFFIXES = (".yaml", ".yml")

LEVELS = tuple(CHOICES[level] for level in ("own", "county", "city", "provincial", "national"))
SPANS = tuple(CHOICES[span] for span in ("week", "month", "quarter", "half", "year"))
"""What may be answered for a level, and for how long a period is."""


class Worth(NamedTuple):
    """A channel, a rank or a finding with its points and the clause that gives them."""

    label: str
    level: str
    points: Fraction
    clause: str


class Owed(NamedTuple):
    """What a role or a kind of unit owes in a period, and by which clause."""

    holder: str
    per: str
    number: int
    clause: str


class Answers(NamedTuple):
    """What a regulation says, as far as a few questions go; words are those of the YAML.

    Attributes:
        once: how often an item earns by one channel.
        method: how channels go together.
        members, units: how points are shared.
        reward: points for all obligations, and the clause; None where they earn nothing.
    """

    name: str
    edition: str
    roles: tuple[str, ...]
    unit_kinds: tuple[str, ...]
    channels: tuple[Worth, ...]
    ranks: tuple[Worth, ...] = ()
    findings: tuple[Worth, ...] = ()
    quotas: tuple[Owed, ...] = ()
    reward: tuple[Fraction, str] | None = None
    once: str = "每种一次"
    method: str = "累加"
    members: str = "平均"
    units: str = "平均"
    grouped: str = "不分组"
    decimals: int = 2


def library() -> Iterator[tuple[str, str]]:
    """The names of the rulebooks that ship, each with its title."""
    for path in sorted(shipped("rules", "library").glob("*.yaml")):
        if not path.name.endswith(CASES):
            rulebook = reader.read_file(path)
            yield path.stem, f"《{rulebook.name}》{rulebook.edition}"


def copy(name: str, to: Path) -> tuple[Path, ...]:
    """A rulebook that ships, with its cases, as files of one's own.

    Raises:
        SqmyError: there is none of that name, or a file stands there already.
    """
    folder = shipped("rules", "library")
    known = [path.stem for path in folder.glob("*.yaml") if not path.name.endswith(CASES)]
    fitting = [one for one in known if one == name or one.startswith(f"{name}-")]
    if len(fitting) != 1:
        titled = [f"{one}{title}" for one, title in library() if name in title]
        near = f"，书名里有它的是：{'；'.join(titled)}。" if titled else nearest(name, known)
        raise SqmyError(f"自带的办法里没有「{name}」{near}写 --like 列表 可看有哪些。")
    source = folder / f"{fitting[0]}.yaml"
    texts = [one.read_text(encoding="utf-8") for one in (source, cases_beside(source))]
    return _write(to, texts)


def start(answers: Answers, to: Path) -> tuple[Path, ...]:
    """A sound rulebook from the answers, with cases to begin with.

    Raises:
        ProblemsError: the answers make none.
        SqmyError: a file stands there already.
    """
    from sqmy.workspace import drafting

    text = "\n".join(drafting.rulebook(answers)) + "\n"
    reader.read(text, to.name)
    return _write(to, [text, "\n".join(drafting.cases(answers)) + "\n"])


def _write(to: Path, texts: Sequence[str]) -> tuple[Path, ...]:
    paths = (to, cases_beside(to))
    for path in paths:
        if path.exists():
            raise SqmyError(f"{path} 已经存在，没有写入。请换一个文件名，或先移走原来的。")
    for path, text in zip(paths, texts, strict=True):
        with new_file(path, _SUFFIXES) as file:
            file.write(text.encode("utf-8"))
    return paths
