"""What the public reads of tickets: only what may be shown, and by indexes alone."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from data_sources.ledger import SqlLedger
from data_sources.public_tickets import PublicTickets
from operations.open311.query import RequestQuery
from operations.tickets.ticket import Status
from tests.builders import NOW, at, ticket

SPAN: Any = {"since": NOW - timedelta(days=90), "until": NOW + timedelta(days=1)}


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


@pytest.fixture
def reads(engine: Engine) -> PublicTickets:
    SqlLedger(engine).store(
        [
            ticket(external_id="old", created_at=at(-24 * 91), updated_at=at(-1)),
            ticket(external_id="first", created_at=at(-30), updated_at=at(-30)),
            ticket(external_id="other", category="noise", created_at=at(-20), updated_at=at(-20)),
            ticket(
                external_id="done", created_at=at(-10), updated_at=at(-2), closed_at=at(-3),
                status=Status.CLOSED,
            ),
            ticket(external_id="secret", confidential=True, created_at=at(-5), updated_at=at(-5)),
        ],
        clock=NOW,
    )  # fmt: skip
    return PublicTickets(engine)


def names(engine: Engine, reads: PublicTickets, **asked: Any) -> list[str]:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT id, external_id FROM tickets")
        known = {row[0]: row[1] for row in rows}
    return [known[one.number] for one in reads.find(RequestQuery(**(SPAN | asked)))]


def test_the_newest_come_first_and_no_confidential_one(
    engine: Engine, reads: PublicTickets
) -> None:
    assert names(engine, reads) == ["done", "other", "first"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"open": True}, ["other", "first"]),
        ({"open": False}, ["done"]),
        ({"codes": ("noise",)}, ["other"]),
        ({"codes": ("noise", "none"), "open": False}, []),
        ({"clock": "updated", "since": at(-25)}, ["old", "done", "other"]),
        ({"until": at(-20)}, ["other", "first"]),
        ({"since": at(-20), "until": at(-20)}, ["other"]),
        ({"page_size": 2}, ["done", "other"]),
        ({"page_size": 2, "page": 2}, ["first"]),
        ({"page_size": 2, "page": 3}, []),
    ],
)
def test_a_query_narrows(
    engine: Engine, reads: PublicTickets, asked: dict[str, Any], expected: list[str]
) -> None:
    assert names(engine, reads, **asked) == expected


def test_numbers_count_alone_and_open_nothing_confidential(
    engine: Engine, reads: PublicTickets
) -> None:
    number = {name: reads.number_of("demo", name) for name in ("old", "secret")}
    assert None not in number.values()
    found = names(engine, reads, numbers=(*number.values(), 10**17), codes=("noise",))
    assert found == ["old"]
    assert reads.by_number(number["secret"] or 0) is None
    assert reads.find(RequestQuery(**SPAN, numbers=())) == []


def test_a_hidden_category_is_nowhere(engine: Engine, reads: PublicTickets) -> None:
    hiding = PublicTickets(engine, ["noise"])
    assert names(engine, hiding) == ["done", "first"]
    assert names(engine, hiding, codes=("noise",)) == []
    number = reads.number_of("demo", "other")
    assert hiding.by_number(number or 0) is None


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"open": True},
        {"open": False},
        {"codes": ("noise", "water")},
        {"codes": ("noise",), "open": True},
        {"codes": ("noise",), "open": False},
        {"clock": "updated"},
        {"clock": "updated", "open": True, "codes": ("noise",)},
        {"numbers": (1, 2)},
        {"page": 9, "page_size": 100},
    ],
)
def test_every_read_goes_by_an_index(
    engine: Engine, reads: PublicTickets, asked: dict[str, Any]
) -> None:
    statement, values = PublicTickets(engine, ["secret"]).statement(RequestQuery(**(SPAN | asked)))
    how = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
    explained = text(how + statement.text).bindparams(*statement._bindparams.values())
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(
                text("SET enable_seqscan = off")
            )  # few rows are read whole otherwise
        plan = [str(row[-1]) for row in connection.execute(explained, values)]
    assert not [step for step in plan if re.search("SCAN tickets|Seq Scan on tickets", step)], plan
    keys = "PRIMARY KEY|tickets_pkey|ix_tickets_(category_|open_)?(created|updated|category)"
    assert [step for step in plan if re.search(keys, step)], plan


@pytest.mark.parametrize("clock", ["created", "updated"])
def test_on_sqlite_a_page_is_read_in_the_order_of_its_index(
    sqlite_engine: Engine, clock: Any
) -> None:
    statement, values = PublicTickets(sqlite_engine).statement(RequestQuery(**SPAN, clock=clock))
    with sqlite_engine.connect() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {statement.text}"), values)
        steps = [row[-1] for row in plan]
    assert len(steps) == 1, "no sorting of a whole span for one page"
    assert f"ix_tickets_{clock}" in steps[0]
