"""The sentences of a bulletin, drafted from its figures."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from sqmy.days import Period
from sqmy.facts import FactId
from sqmy.reports.model import Figure, Section, Sentence
from sqmy.reports.papers.bulletin_detail import Details
from sqmy.reports.papers.bulletin_facts import Counted, names_of
from sqmy.reports.papers.bulletin_problems import problems
from sqmy.reports.papers.letters import common
from sqmy.reports.papers.phrasing import Piece, Slots, filled, listed
from sqmy.reports.papers.profile import PARTS
from sqmy.reports.tally import Count, total
from sqmy.scoring.book import Holder


class Words:
    """What there is to say, by the names that the frames use."""

    def __init__(self, details: Details, enclosed: Mapping[str, str]) -> None:
        self.details = details
        self.counted: Counted = details.counted
        self.profile = self.counted.profile
        self.form = self.profile.bulletin
        self.label = self.counted.rhythm.label
        self.measure = self.profile.wording.measure
        self.enclosed = enclosed
        """Each enclosure as the text calls it, `附件2`."""

    def sections(self) -> Iterator[Section]:
        """The parts of the body that have something to say."""
        for part in self.form.parts:
            frames: tuple[str, ...] = getattr(self.form, PARTS[part])
            told = [text for frame in frames if (text := filled(frame, self.slots))]
            if told:
                yield Section(self.form.headings.get(part, ""), tuple(told))

    def title(self) -> str:
        """The bulletin's title."""
        return str(filled(self.form.title, self.common) or "")

    @property
    def common(self) -> dict[str, Piece | Sentence | None]:
        """What every sentence may say."""
        return common(self.profile, self.counted.rhythm.told)

    @cached_property
    def slots(self) -> Slots:
        """Everything."""
        return {
            **self.common,
            **self._overview(),
            **self._adoption(),
            "单位表扬": self._praise_of_units(),
            "个人表扬": self._praise_of_members(),
            **problems(self.details),
        }

    # 总体

    def _overview(self) -> dict[str, Piece | Sentence | None]:
        whole = self.counted.whole[self.label]
        last_label, so_far = self.counted.spans[-1]
        more = last_label == "累计"
        return {
            "报送": self.details.whole(f"{self.label}报送"),
            "报送比较": self._compared("submitted"),
            "报送分组": self._grouped("报送", whole.submitted),
            "采用": self.details.whole(f"{self.label}采用"),
            "采用率": self._rate(self.label),
            "采用比较": self._compared("adopted"),
            "采用分组": self._grouped("采用", whole.adopted),
            "上报": self._sent(),
            "累计期间": _months(so_far.period) if more else None,
            "分组重复": self._overlapping(whole.submitted),
            "累计报送": self.details.whole(f"{last_label}报送"),
            "累计采用": self.details.whole(f"{last_label}采用"),
            "累计采用率": self._rate(last_label),
            "补记": self._late(),
        }

    def _late(self) -> Sentence | None:
        """What was recorded of an earlier part of the year after it was sealed."""
        late = self.counted.material.late
        return late.sentence(self.measure, self.enclosed["补记"]) if late else None

    def _rate(self, label: str) -> Piece:
        """Adopted of submitted, in a span."""
        whole = self.details.whole
        return self.details.rate(whole(f"{label}采用"), whole(f"{label}报送"))

    def _compared(self, what: str) -> Sentence | None:
        """Against the period before and against last year, as far as the ledger reaches back."""
        material, rhythm = self.counted.material, self.counted.rhythm
        now = getattr(self.counted.whole[self.label], what)
        told = []
        if material.before is not None:
            told.append(self._against(now, getattr(total(material.before), what),
                                      rhythm.before_label))  # fmt: skip
        if material.last_year is not None and rhythm.length != "year":
            told.append(self._against(now, getattr(total(material.last_year), what), "上年同期"))
        return listed([[text] for text in told], "，")

    def _against(self, now: int, then: int, when: str) -> str:
        if now == then:
            return f"与{when}持平"
        more, share = ("增加", "增长") if now > then else ("减少", "下降")
        told = f"比{when}{more}{abs(now - then)}{self.measure}"
        return f"{told}、{share}{self.counted.share(abs(now - then), then)}" if then else told

    @cached_property
    def _groups(self) -> list[str]:
        """The peer groups in the order of the register, then the units that are in none."""
        found = self.counted.by_group[self.label]
        return [
            *self.counted.groups,
            *(group for group in found if group not in self.counted.groups),
        ]

    def _grouped(self, what: str, whole: int) -> Sentence | None:
        """`第一序列20条、占40%`, for each group of units; nothing for a single one."""
        if len(self._groups) < 2 or not whole:  # noqa: PLR2004 — nothing to tell apart
            return None
        parts: list[list[Piece]] = []
        for group in self._groups:
            figure = self.details.group(f"{self.label}{what}", group)
            parts.append([group, figure, self.measure])
            if figure.value:
                everything = self.details.whole(f"{self.label}{what}")
                parts[-1] += ["、占", self.details.share(figure, everything)]
        return listed(parts, "，")

    def _overlapping(self, whole: int) -> str | None:
        """What to say when items of units of several groups are counted in each."""
        by_group = self.counted.by_group[self.label]
        added = sum(count.submitted for count in by_group.values())
        return "联合报送的在各序列分别计数" if added > whole else None

    def _sent(self) -> Sentence | None:
        sent = self.counted.material.sent
        return listed([[f"{channel}{number}{self.measure}"] for channel, number in sent.items()])

    # 采用、批示

    def _adoption(self) -> dict[str, Piece | Sentence | None]:
        whole = self.counted.whole[self.label]
        channels = [c.label for c in self.counted.channels if whole.channels[c.label]]
        ranks = [rank.label for rank in self.counted.ranks if whole.ranks[rank.label]]
        several = whole.channels.total() > whole.adopted
        return {
            "各级采用": listed(
                [
                    [f"被{channel}采用", self.details.whole(self.details.channel(channel)),
                     self.measure]
                    for channel in channels
                ]
            ),
            "重复采用": "同一条信息被几级采用的，各级分别计算，采用总数只计一次"
            if several
            else None,
            "采用标题": self._titles(channels),
            "批示": self.details.whole(f"{self.label}批示") if ranks else None,
            "批示信息": self.details.whole(f"{self.label}批示信息"),
            "各级批示": listed(
                [[rank, self.details.whole(self.details.rank(rank)), "件次"] for rank in ranks]
            ),
        }  # fmt: skip

    def _titles(self, channels: Sequence[str]) -> str | None:
        """The titles adopted by each but the lowest channel, from the highest; many are not."""
        lowest = self.counted.channels[0].level
        high = [c.label for c in self.counted.channels if c.level != lowest] or channels
        told = []
        for channel in reversed([channel for channel in channels if channel in high]):
            adopted = dict.fromkeys(
                one.item for one in self.counted.main.adoptions if one.channel == channel
            )
            if len(adopted) <= self.form.titles:
                told.append(f"{channel}采用的是{'、'.join(map(self._titled, adopted))}。")
        if told and "目录" in self.enclosed:
            told.append(f"采用的全部信息见{self.enclosed['目录']}。")
        return "".join(told) or None

    def _titled(self, item: FactId) -> str:
        material = self.counted.material
        register, day = material.year.register, self.counted.rhythm.period.last
        signed = [register.members[one].name for one in self.counted.authors_of(item)]
        signed += [register.unit_name(one, day) for one in self.counted.units_of(item)]
        return f"《{material.scores.titles[item][1]}》（{'、'.join(signed)}）"

    # 表扬

    def _praise_of_units(self) -> Sentence | None:
        return self._praised(
            self.counted.units,
            [self.details.unit(f"{self.label}采用", unit.key[1]) for unit in self.counted.units],
            self.form.praised_units,
        )

    def _praise_of_members(self) -> Sentence | None:
        members, by = self.counted.members, self.counted.by_member[self.label]
        adopted = [by.get(member.key[1], Count()).adopted for member in members]
        return self._praised(members, adopted, self.form.praised_members)

    def _praised(
        self, holders: Sequence[Holder], adopted: Sequence[int | Figure], most: int
    ) -> Sentence | None:
        """`甲12条，乙8条，丙、丁各4条`: the first few, and whoever is equal to the last of them."""
        told = [(int(str(number)), h) for number, h in zip(adopted, holders, strict=True)]
        told = sorted((one for one in told if one[0]), key=lambda one: -one[0])
        if len(told) > most:
            told = [one for one in told if one[0] >= told[most - 1][0]] if most else []
        parts: list[list[Piece]] = []
        names = names_of(holders)
        for number, group in groupby(told, key=lambda one: one[0]):
            own = [names[holder.key] for _, holder in group]
            each = "各" if len(own) > 1 else ""
            parts.append([f"{'、'.join(own)}{each}{number}{self.measure}"])
        return listed(parts, "，")


def _months(period: Period) -> str:
    """`1—9月`; of a year that begins before January `2024年12月—2025年2月`."""
    first, last = period.first, period.last
    if first[:4] == last[:4]:
        return f"{int(first[5:7])}—{int(last[5:7])}月" if first[5:7] != last[5:7] else "本月"
    return f"{first[:4]}年{int(first[5:7])}月—{last[:4]}年{int(last[5:7])}月"
