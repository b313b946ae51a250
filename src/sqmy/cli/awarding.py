"""A year's awards: candidates with reasons, and the decision."""

from typing import Annotated

import typer

from sqmy.cli.desk import open_for, say
from sqmy.cli.options import ForAudience, PlainFormat, To, Year, at_most_one
from sqmy.cli.papers import Date, Letterhead, Number, ProfileFile, issue_of, say_left_out
from sqmy.cli.writing import deliver


def awards(
    ctx: typer.Context,
    *,
    year: Year,
    number: Number = "",
    date: Date = None,
    approval: Annotated[
        str, typer.Option("--approval", metavar="会议", help="经哪次会议研究，写进表彰决定")
    ] = "",
    profile: ProfileFile = None,
    letterhead: Letterhead = None,
    shown: PlainFormat = "table",
    to: To = None,
    audience: ForAudience = "units",
) -> None:
    """按计分办法的“评先”列出候选名单：谁列入，谁同分待定，谁没有列入、差在哪里；.docx 是表彰决定。

    示例：
      sqmy awards --year 2025
      sqmy awards --year 2025 --approval 县政协第12次主席会议研究 --to 表彰决定.docx
    """
    from sqmy.reports.awards import awards_json, awards_report
    from sqmy.reports.papers.awards import Decision
    from sqmy.reports.publication import Publication
    from sqmy.workspace import papers
    from sqmy.workspace.awarding import for_decision, year_awards
    from sqmy.workspace.letters import decided, letterhead_of

    at_most_one({"--format": shown != "table", "--to": to})
    issue, own = issue_of(number, date), letterhead_of(letterhead) if letterhead else None
    with open_for(ctx, audience=audience) as desk:
        found = year_awards(desk, year)
        settings = papers.profile_of(desk, profile)
        decision = Decision(decided(found, for_decision(desk, found), approval), settings, issue)
    say_left_out(found.scores)
    for line in decision.faults():
        say(f"自查：{line}", err=True)
    publication = Publication(
        lambda: awards_report(found),
        lambda: awards_json(found),
        workbook=lambda: awards_report(found, whole=True),
        document=decision.report,
        letterhead=own,
    )
    deliver(publication, shown, to, found.scores.sealed)
