"""The demo city's own due times beside those of the rules it lives under."""

from dataclasses import replace
from datetime import date

import pytest

from data_sources.feeds.reading import ReadTicket
from operations.tickets.deadlines import Deadlines
from operations.tickets.reckoning import Reckoner
from tests.data_sources.feeds.demo_city.conftest import NOW


@pytest.fixture(scope="module")
def dated(demo, reader):
    """Tickets of a day, as their source tells them a fortnight later, that were sent out."""
    told = []
    for life in demo.tickets_of_day(date(2026, 11, 11)):
        read = reader.read(life.at(NOW), now=NOW, feed="test")
        assert isinstance(read, ReadTicket)
        if read.ticket.due_at is not None:
            told.append(read.ticket)
    return told


@pytest.fixture(scope="module")
def reckoner(reference):
    return Reckoner(Deadlines(reference.rules, reference.calendar, reference.zone))


def by_the_rules(ticket, reckoner):
    """Give what the rules would say if the source said nothing."""
    return reckoner.reckon(replace(ticket, due_at=None, original_due_at=None))


def test_shandongs_rules_give_the_due_times_the_demo_city_has(dated, reckoner):
    once = [one for one in dated if not (one.returns or one.reassignments)]
    assert len(once) > 1_000
    for one in once:
        assert by_the_rules(one, reckoner).due_at == one.original_due_at, one.external_id
    assert len({one.urgency for one in once}) == 3, "each of the three limits was compared"


def test_a_ticket_sent_on_has_its_first_due_time_from_the_source_and_later_ones_by_the_rules(
    dated, reckoner
):
    """The difference there is: the city keeps the first, the rules count from who has it now."""
    sent_on = [one for one in dated if one.returns or one.reassignments]
    assert len(sent_on) > 50
    for one in sent_on:
        due = by_the_rules(one, reckoner).due_at
        assert due is not None
        assert due >= one.original_due_at


def test_what_the_source_delivers_stands(dated, reckoner):
    for one in dated:
        held = reckoner.reckon(one)
        assert (held.due_at, held.due_by) == (one.due_at, None)
