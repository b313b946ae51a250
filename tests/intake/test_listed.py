"""Titles as lists of adoptions print them."""

import pytest

import packaged
from sqmy.intake.events import Event
from sqmy.intake.listed import listed_title
from sqmy.intake.words import Words

GRAMMAR = Words(packaged.rulebook().vocabulary()).grammars["adoption"]


@pytest.mark.parametrize(
    ("written", "title", "told"),
    [
        ("关于停车难的建议", "关于停车难的建议", []),
        ("1.关于停车难的建议", "关于停车难的建议", []),
        (" 12、 关于停车难的建议", "关于停车难的建议", []),
        ("（3）关于停车难的建议", "关于停车难的建议", []),
        ("②《关于停车难的建议》★", "关于停车难的建议", []),
        ("1.《关于停车难的建议》（综合采用）", "关于停车难的建议", [Event(form="compiled")]),
        (
            "关于停车难的建议（市政协2025.4.1单篇采用）☆",
            "关于停车难的建议",
            [Event("市政协", "2025-04-01", "whole")],
        ),
        ("关于停车难的建议（二）", "关于停车难的建议（二）", []),
        ("关于停车难的建议（杜若）", "关于停车难的建议（杜若）", []),
        ("3.15投诉多发的建议", "3.15投诉多发的建议", []),
        ("2025年停车难的建议", "2025年停车难的建议", []),
        ("《办法》与《细则》", "《办法》与《细则》", []),
        ("1.", "1.", []),
    ],
)
def test_a_title_is_taken_out_of_what_a_list_puts_around_it(
    written: str, title: str, told: list[Event]
) -> None:
    found, events = listed_title(written, GRAMMAR)
    assert (found, list(events)) == (title, told)
