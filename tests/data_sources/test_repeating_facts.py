"""The running city is told which open tickets repeat an earlier one, also by a late arrival."""

import pytest

from data_sources.ledger import SqlLedger
from data_sources.memory_ledger import MemoryLedger
from operations.tickets.ticket import Status
from tests.builders import NOW, at, ticket
from tests.cubes import keeping


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def ledger(request):
    if request.param == "memory":
        return MemoryLedger()
    return SqlLedger(request.getfixturevalue(f"{request.param}_engine"), cubes=keeping())


def known(facts):
    return {one.external_id: one.repeats for one in facts}


def told(ledger):
    return known(one for facts in ledger.facts() for one in facts)


def call(number, hours, **changes):
    return ticket(external_id=number, created_at=at(hours), **changes)


def test_the_second_of_a_matter_is_a_repeat(ledger):
    ledger.store([call("first", 0)], clock=NOW)
    stored = ledger.store([call("second", 1)], clock=NOW)
    assert (stored.before, known(stored.after)) == ([], {"second": True})
    assert told(ledger) == {"first": False, "second": True}


def test_a_late_arrival_makes_another_ticket_a_repeat(ledger):
    ledger.store([call("later", 5)], clock=NOW)
    stored = ledger.store([call("earlier", 1)], clock=NOW)
    assert known(stored.before) == {"later": False}
    assert known(stored.after) == {"earlier": False, "later": True}


def test_a_correction_takes_it_back(ledger):
    ledger.store([call("first", 0), call("second", 1)], clock=NOW)
    corrected = call("first", 0, category="noise", updated_at=at(2))
    stored = ledger.store([corrected], clock=NOW)
    assert known(stored.before) == {"first": False, "second": True}
    assert known(stored.after) == {"first": False, "second": False}


def test_of_a_closed_ticket_it_is_not_asked(ledger):
    ledger.store([call("first", 0), call("second", 1)], clock=NOW)
    closed = call("second", 1, status=Status.CLOSED, updated_at=at(3), closed_at=at(3))
    stored = ledger.store([closed], clock=NOW)
    assert (known(stored.before), known(stored.after)) == ({"second": True}, {"second": False})
