"""The canonical forms are frozen: ledgers that exist were hashed with them, letter for letter."""

import hashlib

import pytest

from sqmy import facts
from sqmy.facts import Fact
from sqmy.ledger import chain

FORMS: list[tuple[Fact, dict[str, str], str]] = [
    (
        facts.Unit(1, "提案委", "委室", None, assessed=True, since="2025-01-01"),
        {},
        '{"assessed":1,"fact":"unit","kind":"委室","name":"提案委","peer_group":null,"since":"2025-01-01","unit":1,"v":1}',
    ),
    (
        facts.Member("张三", None, "13900001111"),
        {"phone": "ab"},
        '{"fact":"member","name":"张三","phone":"ab","sector":null,"v":1}',
    ),
    (
        facts.Submission(
            item=9,
            supersedes=None,
            number="2025-001",
            title='引"号\n与\\',
            submitted_on="2025-03-01",
            by_unit=False,
            authors=(6, 3),
            units=(1,),
            attributes=(("体裁", "调研"), ("一稿", "否")),
            body="正文",
        ),
        {"body": "cd", "phone": "不属于它"},
        (
            '{"attributes":[["一稿","否"],["体裁","调研"]],"authors":[6,3],"body":"cd","by_unit":0,'
            '"fact":"submission","item":9,"number":"2025-001","reason":null,'
            '"submitted_on":"2025-03-01","supersedes":null,"title":"引\\"号\\n与\\\\","units":[1],"v":1}'
        ),
    ),
    (
        facts.Adoption(9, "市政协", "whole", "2025-04-01"),
        {},
        (
            '{"adopted_on":"2025-04-01","attributes":[],"channel":"市政协","fact":"adoption",'
            '"form":"whole","issue":null,"item":9,"journal":null,"v":1}'
        ),
    ),
    (
        facts.Instruction(9, "省级领导", "2025-04-01"),
        {},
        (
            '{"content":null,"fact":"instruction","instructed_on":"2025-04-01","item":9,"leader":null,'
            '"rank":"省级领导","v":1}'
        ),
    ),
    (
        facts.Finding("弄虚作假", "2025-05-01", None, item=9),
        {},
        (
            '{"fact":"finding","found_on":"2025-05-01","grounds":null,"item":9,"kind":"弄虚作假","member":null,'
            '"unit":null,"v":1}'
        ),
    ),
    (facts.Void(9, "误录"), {}, '{"fact":"void","reason":"误录","target":9,"v":1}'),
]


@pytest.mark.parametrize(("fact", "hashes", "form"), FORMS)
def test_the_canonical_form(fact: Fact, hashes: dict[str, str], form: str) -> None:
    assert chain.canonical(fact, hashes, 1) == form


def test_the_order_of_authors_counts_and_that_of_attributes_does_not() -> None:
    plain = facts.Adoption(
        9, "市政协", "whole", "2025-04-01", attributes=(("一", "1"), ("二", "2"))
    )
    turned = plain._replace(attributes=plain.attributes[::-1])
    assert chain.canonical(plain, {}, 1) == chain.canonical(turned, {}, 1)
    signed = facts.Submission(9, None, "1", "题", "2025-03-01", False, (3, 6), (1,))  # noqa: FBT003
    other = signed._replace(authors=(6, 3))
    assert chain.canonical(signed, {}, 1) != chain.canonical(other, {}, 1)


def test_a_link_hashes_all_that_it_says() -> None:
    link = chain.Entry(2, "2025-03-01T08:00:00Z", "张三", "unit", None, 1, "ab", "cd")
    text = '[2,"2025-03-01T08:00:00Z","张三","unit",null,1,"ab","cd"]'
    assert link.hash == hashlib.sha256(text.encode()).hexdigest()
    others = [
        link._replace(seq=3),
        link._replace(recorded_at="2025-03-01T08:00:01Z"),
        link._replace(operator="李四"),
        link._replace(kind="member"),
        link._replace(batch=1),
        link._replace(form=2),
        link._replace(sha256="abc"),
        link._replace(previous="cde"),
    ]
    assert len({one.hash for one in (link, *others)}) == 9


def test_a_secret_is_hashed_with_its_salt() -> None:
    expected = hashlib.sha256(b"00ff\n13900001111").hexdigest()
    assert chain.secret_hash("00ff", "13900001111") == expected


def test_the_columns_of_a_fact_are_its_own_fields() -> None:
    assert chain.columns_of("submission") == (
        "item",
        "supersedes",
        "number",
        "title",
        "submitted_on",
        "by_unit",
        "reason",
    )
    assert chain.columns_of("member") == ("name", "sector")
