"""Statistics for other programs: the same figures under English keys, exact."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sqmy import points
from sqmy.reports import shares, waits
from sqmy.reports.detail import Detail, amount
from sqmy.reports.stats import Stats
from sqmy.terms import FORMS


def stats_json(stats: Stats) -> dict[str, Any]:
    """The statistics as JSON has them; shares are exact rationals, rates are left to the reader."""
    years = [one.whole for one in stats.years]
    return {
        "first": years[0].first,
        "last": years[-1].last,
        "periods": stats.trend.value(),
        "channels": _channels(stats),
        "instructions": [
            {"rank": rank, "count": _count(stats.trend.instructions, 领导级别=str(rank))}
            for rank in stats.trend.instructions.values("领导级别")
        ],
        "unit_kinds": _shares(stats, stats.units, "单位类别"),
        "peer_groups": _shares(stats, stats.units, "考评序列"),
        "roles": _shares(stats, stats.authors, "身份"),
        "attributes": {name: _shares(stats, own, name) for name, own in stats.topics.items()},
        "days_to_adoption": waits.value(stats.waits, stats.trend.levels),
        **({"remarks": list(stats.remarks)} if stats.remarks else {}),
        **stats.view.value(),
    }


def _channels(stats: Stats) -> list[dict[str, Any]]:
    """Items that each channel adopted, in each year."""
    return [
        {
            "channel": channel,
            "year": one.whole.label,
            "adopted": _count(stats.channels, 采用单位=str(channel), 年度=one.whole.chinese),
            "forms": {
                form: _count(
                    stats.channels, 采用单位=str(channel), 年度=one.whole.chinese, 采用方式=word
                )
                for form, word in FORMS.items()
            },
        }
        for one in stats.years
        for channel in stats.channels.values("采用单位")
    ]


def _shares(stats: Stats, detail: Detail, column: str) -> list[dict[str, Any]]:
    """What each value of a column has a share of, in each year."""
    return [
        {
            "name": name,
            "year": one.whole.label,
            "submitted": _exact(detail, "报送份额", {column: str(name)}, one.whole.chinese),
            "adopted": _exact(detail, "采用份额", {column: str(name)}, one.whole.chinese),
        }
        for one in stats.years
        for name in detail.values(column)
    ]


def _count(detail: Detail, **where: str) -> int:
    return int(amount(detail.figure(**where)))


def _exact(detail: Detail, total: str, where: Mapping[str, str], year: str) -> str:
    figure = detail.figure(total, **where, **{shares.YEAR: year})
    return points.exact(Fraction(amount(figure)))
