"""Disputes and clinics on SQLite and PostgreSQL: versions, lines, the audit, numbers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data_sources.audit_log import SqlAudit
from operations.errors import BadInput, Conflict
from operations.people.audit import AuditSearch
from operations.response.clinic import ClinicAct, ClinicAsked, Session
from operations.response.dispute import Act, Cause, State
from operations.response.dispute_actions import Asked
from tests.response import TICKET, City, asked


@pytest.fixture(params=["sqlite", "postgresql"])
def city(request):
    made = City(request.getfixturevalue(f"{request.param}_engine"))
    made.deliver()
    made.deliver("T-2")
    return made


def test_a_dispute_has_the_next_number_of_its_year_and_a_line(city):
    first, second = city.opened(), city.opened("T-2")
    assert (first.number, second.number) == ("ZY2026-0001", "ZY2026-0002")
    assert city.disputes.dispute(first.number) == first
    (line,) = city.disputes.lines(first.number)
    assert (line.act, line.actor, line.detail, line.reason) == (
        Act.OPEN, "王主任", "demo/T-1", "三家都说不是自己的",
    )  # fmt: skip
    assert city.stream.told == [], "the worker has nothing to do with it"


def test_numbers_begin_anew_with_a_year(city):
    city.opened()
    city.now += timedelta(days=400)
    assert city.opened("T-2").number == "ZY2027-0001"


def test_a_ticket_is_in_one_living_dispute(city):
    first = city.opened()
    with pytest.raises(Conflict, match="T-1 is in dispute ZY2026-0001") as refused:
        city.opened()
    assert refused.value.held == first
    second = city.opened("T-2")
    wanted = Asked(ticket=TICKET)
    with pytest.raises(Conflict, match="T-1 is in dispute"):
        city.hand().act(second.number, Act.JOIN, wanted, expected_version=second.version)
    gone = Asked(reason="已经解决")
    city.hand().act(first.number, Act.WITHDRAW, gone, expected_version=first.version)
    joined = city.hand().act(second.number, Act.JOIN, wanted, expected_version=second.version)
    assert joined.tickets == (("demo", "T-2"), TICKET)
    assert [one.number for one in city.disputes.of_ticket(*TICKET)] == [
        second.number, first.number,
    ]  # fmt: skip


def test_a_ticket_that_left_may_be_in_another(city):
    held = city.opened()
    for act, wanted in (
        (Act.JOIN, Asked(ticket=("demo", "T-2"))),
        (Act.LEAVE, Asked(ticket=TICKET, reason="另一件事")),
    ):
        held = city.hand().act(held.number, act, wanted, expected_version=held.version)
    assert held.tickets == (("demo", "T-2"),)
    assert city.opened().state is State.OPEN
    with pytest.raises(BadInput, match="the last one"):
        city.hand().act(
            held.number, Act.LEAVE, Asked(ticket=("demo", "T-2"), reason="x"),
            expected_version=held.version,
        )  # fmt: skip


def test_a_ticket_that_is_not_there_opens_none(city):
    with pytest.raises(BadInput, match="no ticket T-9"):
        city.hand().begin(("demo", "T-9"), Cause.HAND, "没有")
    assert city.disputes.counts() == {
        State.OPEN: 0, State.CONSULTING: 0, State.UNRESOLVED: 0, State.SCHEDULED: 0,
    }  # fmt: skip


def test_who_comes_second_is_told_what_is_held(city):
    seen = city.opened()
    invitation = Asked(
        departments=asked("water", "drainage"), deadline=city.now + timedelta(hours=1)
    )
    first = city.hand().act(seen.number, Act.INVITE, invitation, expected_version=1)
    with pytest.raises(Conflict) as refused:
        city.hand().act(seen.number, Act.WITHDRAW, Asked(reason="不争了"), expected_version=1)
    assert refused.value.held == first
    line = city.disputes.lines(seen.number)[0]
    with pytest.raises(Conflict):  # where the look before was of an older one
        city.disputes.act(seen, line)


def test_the_same_write_again_changes_nothing(city):
    seen = city.opened()
    invitation = Asked(
        departments=asked("water", "drainage"), deadline=city.now + timedelta(hours=1)
    )
    first = city.hand().act(seen.number, Act.INVITE, invitation, expected_version=1)
    lines = city.disputes.lines(seen.number)
    city.disputes.act(first, lines[-1])
    assert city.disputes.lines(seen.number) == lines


def test_every_act_stands_in_the_audit(city):
    city.ruled()
    found = SqlAudit(city.engine).find(AuditSearch(), most=50)
    acts = [line.act for line in reversed(found)]
    assert acts == [
        "dispute.open", "dispute.invite", "dispute.fail", "clinic.plan", "dispute.schedule",
        "ruling.sign", "dispute.rule", "ticket.rule",
    ]  # fmt: skip
    assert {line.actor for line in found} == {"王主任", "李市长"}
    assert found[-3].reason == "各执一词"


def test_lists_go_on_where_they_ended(city):
    for number in range(3, 8):
        city.deliver(f"T-{number}")
        city.opened(f"T-{number}")
    first = city.disputes.listed([State.OPEN], most=3)
    rest = city.disputes.listed([State.OPEN], most=3, after=first.after)
    assert [one.number[-1] for one in (*first.rows, *rest.rows)] == ["1", "2", "3", "4", "5"]
    assert rest.after is None
    assert city.disputes.counts()[State.OPEN] == 5


def test_a_clinic_that_is_called_off_sends_its_agenda_back(city):
    held = city.scheduled()
    (clinic,) = city.clinics.coming(most=5)
    assert [one.number for one in city.disputes.of_clinic(clinic.number)] == [held.number]
    assert city.disputes.agenda_sizes([clinic.number, "ZZ2026-0009"]) == {
        clinic.number: 1, "ZZ2026-0009": 0,
    }  # fmt: skip
    city.hand().act_on_clinic(
        clinic.number, ClinicAct.CANCEL, ClinicAsked(reason="市长出差"), expected_version=1
    )
    after = city.disputes.dispute(held.number)
    assert (after.state, after.clinic) == (State.UNRESOLVED, None)
    assert city.disputes.lines(held.number)[-1].reason == "市长出差"
    assert city.clinics.coming(most=5) == []
    assert [one.state for one in city.clinics.past(most=5)] == [Session.CANCELLED]
    with pytest.raises(BadInput, match="still to be held"):
        city.hand().act(
            held.number, Act.SCHEDULE, Asked(clinic=clinic.number), expected_version=after.version
        )


def test_a_clinic_planned_again_by_its_key_is_one(city):
    asked = ClinicAsked(at=city.now + timedelta(hours=1), chair="李市长", place="一号楼")
    first = city.hand().plan(asked, key="a" * 32)
    assert city.hand().plan(asked, key="a" * 32) == first
    with pytest.raises(BadInput, match="another act's"):
        city.hand().plan(replace(asked, chair="王市长"), key="a" * 32)
    assert city.hand("张").plan(asked, key="a" * 32).number == "ZZ2026-0002", "a key is one's own"
    assert city.hand().plan(asked).number == "ZZ2026-0003", "without a key each is another"
    later = replace(asked, at=city.now + timedelta(hours=2), reason="会议冲突")
    moved = city.hand().act_on_clinic(first.number, ClinicAct.MOVE, later, expected_version=1)
    assert city.hand().plan(asked, key="a" * 32) == moved, "it was done, whatever came after"
    assert len(city.clinics.coming(most=9)) == 3


def test_a_clinic_keeps_its_notes(city):
    made = city.hand().plan(ClinicAsked(at=city.now, chair="李市长"))
    for version, minutes in ((1, "记录"), (2, "补一句")):
        city.hand().act_on_clinic(
            made.number, ClinicAct.HOLD, ClinicAsked(minutes=minutes), expected_version=version
        )
    kept = city.clinics.clinic(made.number)
    assert (kept.minutes, [one.said for one in kept.notes]) == ("记录", ["补一句"])
    (last, *_) = SqlAudit(city.engine).find(AuditSearch(), most=50)
    assert (last.act, last.subject) == ("clinic.hold", made.number)
