"""What tests of disputes, clinics and opinions stand on."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from data_sources.clinic_book import SqlClinicBook
from data_sources.dispute_book import SqlDisputeBook
from data_sources.ledger import SqlLedger
from data_sources.opinion_book import SqlOpinionBook
from operations.response.clinic import ClinicAsked
from operations.response.dispute import Act, Candidate, Cause, Dispute, Draft
from operations.response.dispute_actions import Asked
from operations.response.disputing import Disputing, Hand, Office
from operations.response.opinion import Opinion
from operations.tickets.ticket import Status
from tests.builders import NOW, ticket
from tests.rules import RECKONER

TICKET = ("demo", "T-1")
DEPARTMENTS = frozenset({"water", "drainage", "telecom", "roads"})
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Untold:
    """A stream that nobody listens to."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def append_action(self, subject: str) -> None:
        """Note what was told."""
        self.told.append(subject)


class City:
    """A ledger, its books, and people who act in it at `now`."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.stream, self.now = engine, Untold(), NOW
        self.ledger = SqlLedger(engine, RECKONER)
        self.disputes, self.clinics = SqlDisputeBook(engine), SqlClinicBook(engine)
        self.opinions = SqlOpinionBook(engine)
        self.reckon()  # the first look notes the rules

    def reckon(self) -> None:
        """Reckon what waits, as the worker does."""
        while self.ledger.reckon(clock=self.now, most=100) is not None:
            pass

    def deliver(self, number: str = "T-1", **changes: object) -> None:
        """Deliver a ticket of the water department as it is now, with changes."""
        values = {"department": "water", "dispatched_at": NOW, "status": Status.DISPATCHED,
                  "updated_at": self.now, "external_id": number} | changes  # fmt: skip
        self.ledger.store([ticket(**values)], clock=self.now)

    def hand(self, actor: str = "王主任", *, after: timedelta = timedelta()) -> Disputing:
        """Give somebody's hand, a while later."""
        self.now += after
        office = Office(
            self.disputes, self.clinics, self.opinions, self.stream,  # type: ignore[arg-type]
            DEPARTMENTS.__contains__, SHANGHAI,
        )  # fmt: skip
        return Disputing(office, Hand(actor, True, self.now))

    def opened(self, number: str = "T-1") -> Dispute:
        """Open a dispute on a ticket."""
        return self.hand().begin(("demo", number), Cause.HAND, "三家都说不是自己的")

    def scheduled(self, number: str = "T-1") -> Dispute:
        """Take a ticket through a consultation that fails onto the agenda of a clinic."""
        held = self.opened(number)
        steps = (
            (Act.INVITE, Asked(departments=asked("water", "drainage"),
                               deadline=self.now + timedelta(hours=4))),
            (Act.FAIL, Asked(reason="各执一词")),
        )  # fmt: skip
        for act, wanted in steps:
            held = self.hand().act(held.number, act, wanted, expected_version=held.version)
        clinic = self.hand().plan(ClinicAsked(at=self.now + timedelta(hours=1), chair="李市长"))
        wanted = Asked(clinic=clinic.number)
        return self.hand().act(held.number, Act.SCHEDULE, wanted, expected_version=held.version)

    def ruled(self, number: str = "T-1", lead: str = "drainage") -> Opinion:
        """Take a ticket to its final opinion."""
        held = self.scheduled(number)
        return self.sign(held, lead)

    def sign(self, held: Dispute, lead: str = "drainage") -> Opinion:
        """Sign the opinion on a dispute that stands on an agenda."""
        hand = self.hand("李市长", after=timedelta(hours=2))
        return hand.sign(held.number, self.draft(lead), expected_version=held.version)

    def draft(self, lead: str = "drainage") -> Draft:
        """Give what a leader is about to sign."""
        due_at = self.now + timedelta(days=5)
        return Draft(
            lead=lead, cooperating=("water",), due_at=due_at, basis="权责清单第12项",
            decision="由排水部门牵头整改",
        )  # fmt: skip


def asked(*departments: str) -> tuple[Candidate, ...]:
    """Give departments as they are invited."""
    return tuple(Candidate(one, ("by_hand",)) for one in departments)


def at(hours: float) -> datetime:
    """Give a moment so many hours after the tests' first one."""
    return NOW + timedelta(hours=hours)
