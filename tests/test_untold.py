"""A city whose source tells of no callbacks: at the desk what waits for one is unknown."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from data_sources.connect import Sources
from operations.errors import BadInput
from operations.people.sight import WITHOUT_ACCOUNTS
from operations.tickets.loose_ends import AFTER_CALLBACK
from operations.tickets.search import Order, TicketSearch
from operations.tickets.ticket import Callback, Status
from settings import read_settings
from tests.builders import NOW, ticket

LONG_AGO = NOW - timedelta(days=20)
CLOSED = {
    "status": Status.CLOSED,
    "created_at": LONG_AGO - timedelta(days=1),
    "dispatched_at": LONG_AGO - timedelta(days=1),
    "closed_at": LONG_AGO,
    "department": "housing",
}


@pytest.fixture
def sources(tmp_path: Path, valkey_url: str) -> Iterator[Sources]:
    made = Sources(read_settings(data_dir=tmp_path, redis_url=valkey_url, demo=False))
    made.migrate()
    yield made
    made.close()


def found(sources: Sources, duty: str) -> list[str]:
    page = sources.finder.page(
        TicketSearch(duty=duty), Order(), WITHOUT_ACCOUNTS, NOW, most=9, after=None
    )
    return [one.external_id for _, one in page.tickets]


def test_lists_are_unknown_until_the_first_answer_to_a_callback(sources: Sources) -> None:
    sources.ledger.store([ticket(external_id="waits", **CLOSED)], clock=NOW)
    for end in AFTER_CALLBACK:
        with pytest.raises(BadInput, match="no callbacks") as refused:
            found(sources, end.value)
        assert refused.value.field == "callbacks"
    assert found(sources, "fulfil") == []
    said = Callback(NOW - timedelta(days=1), reached=True, resolved=False, satisfaction=None)
    sources.ledger.store([ticket(external_id="told", callback=said, **CLOSED)], clock=NOW)
    assert found(sources, "uncalled") == ["waits"]
    assert found(sources, "unsolved") == ["told"]
    assert found(sources, "fulfil") == ["waits"]


def test_an_answer_of_before_the_period_tells_of_none_now(sources: Sources) -> None:
    said = Callback(NOW - timedelta(days=40), reached=True, resolved=True, satisfaction=None)
    old = CLOSED | {
        "created_at": NOW - timedelta(days=42),
        "dispatched_at": NOW - timedelta(days=42),
        "closed_at": NOW - timedelta(days=41),
    }
    sources.ledger.store([ticket(external_id="old", callback=said, **old)], clock=NOW)
    with pytest.raises(BadInput, match="no callbacks"):
        found(sources, "unsolved")
