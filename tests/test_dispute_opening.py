"""Disputes that open by themselves: at the second reassignment, or when a ticket is given back."""

import pytest

from dispute_opening import DisputeOpening
from operations.response.dispute import Cause
from operations.response.disputing import Office
from operations.tickets.ticket import Status, Urgency
from settings import read_settings
from tests.builders import NOW, at, ticket
from tests.response import DEPARTMENTS, SHANGHAI, City

BOTH = frozenset({Cause.BOUNCING, Cause.RETURN})


class Followed:
    """A city whose ledger is followed by what opens disputes."""

    def __init__(self, engine, causes=BOTH):
        self.city = City(engine)
        office = Office(
            self.city.disputes, self.city.clinics, self.city.opinions, self.city.stream,
            DEPARTMENTS.__contains__, SHANGHAI,
        )  # fmt: skip
        self.opening = DisputeOpening(causes, office, lambda: self.city.now)

    def deliver(self, hours=0, **changes):
        values = {"department": "water", "dispatched_at": NOW, "updated_at": at(hours)} | changes
        stored = self.city.ledger.store([ticket(**values)], clock=at(hours))
        self.opening.fold(stored.before, stored.after)

    @property
    def causes(self):
        found = self.city.disputes.of_ticket("demo", "T-1")
        return [one.cause.value for one in reversed(found)]


@pytest.fixture
def followed(sqlite_engine):
    return Followed(sqlite_engine)


def test_the_second_reassignment_opens_one_and_the_third_no_other(followed):
    followed.deliver(reassignments=1)
    assert followed.causes == []
    followed.deliver(1, reassignments=2)
    followed.deliver(2, reassignments=3, department="drainage")
    assert followed.causes == ["bouncing"]
    assert followed.city.disputes.lines("ZY2026-0001")[0].actor == "自动发起"


def test_a_return_opens_one_once(followed):
    followed.deliver(status=Status.RETURNED, returns=1)
    followed.deliver(1, status=Status.RETURNED, returns=1, urgency=Urgency.URGENT)
    assert followed.causes == ["return"]


def test_of_what_is_over_or_stands_in_one_none_opens(followed):
    followed.deliver(status=Status.CLOSED, closed_at=at(0), reassignments=4)
    assert followed.causes == []
    followed.deliver(1, status=Status.REOPENED, closed_at=None, reassignments=4)
    assert followed.causes == [], "it bounced before, not now"
    followed.city.opened()
    followed.deliver(2, status=Status.RETURNED, returns=1, reassignments=4)
    assert followed.causes == ["hand"]


def test_a_ruled_ticket_opens_none_whatever_its_source_says(followed):
    followed.deliver(reassignments=1)
    followed.city.ruled()
    followed.city.reckon()
    followed.deliver(9, status=Status.RETURNED, returns=1, reassignments=5, department="telecom")
    assert followed.causes == ["hand"]


def test_only_the_causes_that_are_named_open_one(sqlite_engine):
    followed = Followed(sqlite_engine, frozenset({Cause.BOUNCING}))
    followed.deliver(status=Status.RETURNED, returns=1)
    assert followed.causes == []
    followed.deliver(1, reassignments=2)
    assert followed.causes == ["bouncing"]


def test_the_setting_names_causes(tmp_path):
    assert read_settings(data_dir=tmp_path).dispute_causes == frozenset()
    assert read_settings(data_dir=tmp_path, disputes_open="bouncing, return").dispute_causes == BOTH
    for wrong in ("hand", "often"):
        with pytest.raises(Exception, match=r"(?i)disputes_open"):
            read_settings(data_dir=tmp_path, disputes_open=wrong)
