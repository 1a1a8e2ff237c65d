"""The door's part in which the people of the demo city act on what is in its ledger."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from data_sources.connect import Sources
from data_sources.feeds.demo_city import (
    bringing_together,
    campaigning,
    hearing_out,
    holding,
    remembering,
)
from data_sources.feeds.demo_city.seeing_through import NEEDED, play
from data_sources.incident_bell import RedisBell
from operations.people.sight import WITHOUT_ACCOUNTS
from operations.pulse.sums import Period, Slice
from operations.response.campaigning import Staff
from operations.response.case_keeping import Library
from operations.response.incident_entering import Command
from operations.tickets.loose_ends import LooseEnd
from operations.tickets.search import LATE, OPEN, Order, TicketSearch
from operations.tickets.supervising import Office
from operations.tickets.ticket import Ticket

MOST_HEARD, LATELY_D = 60, 7


def play_people(sources: Sources) -> None:
    """Let them have supervised, disputed, come together, held to account, campaigned, once."""
    _supervise(sources)
    _hear(sources)
    _bring_together(sources)
    _hold(sources)
    _campaign(sources)


def _supervise(sources: Sources) -> None:
    """Let people of the demo city have supervised some of its tickets."""
    now, reference = sources.ledger.clock(), sources.reference
    deadlines = sources.reckoner.deadlines
    if now is None or deadlines is None:
        return
    known = {one.code for one in reference.departments}
    office = Office(sources.handling_book, sources.stream, deadlines.clock, known.__contains__)

    play(office, sources.owed_lists, sources.reckoner, lambda: _late(sources, now), now)


def _late(sources: Sources, now: datetime) -> list[Ticket]:
    """Give tickets that are overdue, then open ones, what is due first first."""
    found: dict[tuple[str, str], Ticket] = {}
    for asked in (TicketSearch(due=LATE), TicketSearch(status=OPEN)):
        order = Order("due", down=False)
        page = sources.finder.page(asked, order, WITHOUT_ACCOUNTS, now, most=3 * NEEDED)
        found |= {ticket.identity: ticket for _, ticket in page.tickets}
    return list(found.values())


def _hold(sources: Sources) -> None:
    """Let people of the demo city have held departments to account for overdue tickets."""
    now, city = sources.ledger.clock(), sources.reference
    if now is None:
        return
    known = {one.code for one in city.departments}
    stage = holding.Stage(
        sources.accountability_book, sources.accountability_steps, known.__contains__,
        lambda code: city.departments.named(code).district, city.zone,
    )  # fmt: skip
    holding.play(stage, lambda: _late(sources, now), now)


def _hear(sources: Sources) -> None:
    """Let people of the demo city have disputes over tickets that went from hand to hand."""
    now = sources.ledger.clock()
    if now is None:
        return

    def find() -> list[Ticket]:
        asked, order = TicketSearch(duty=LooseEnd.BOUNCING.value), Order("created", down=False)
        page = sources.finder.page(asked, order, WITHOUT_ACCOUNTS, now, most=MOST_HEARD)
        return [ticket for _, ticket in page.tickets]

    hearing_out.play(sources.dispute_office, find, now)


def _campaign(sources: Sources) -> None:
    """Let people of the demo city run campaigns over what it has much of."""
    now, names = sources.ledger.clock(), sources.names
    if now is None:
        return
    known = {
        "department": names.departments, "category": names.categories, "district": names.districts,
    }  # fmt: skip
    staff = Staff(
        sources.campaign_book, lambda kind, code: code in known[kind], sources.reference.zone
    )
    campaigning.play(staff, sources.campaign_counts, now)


def _bring_together(sources: Sources) -> None:
    """Let people of the demo city have opened incidents on what was told of most lately."""
    now = sources.ledger.clock()
    if now is None:
        return

    def find(categories: Sequence[str]) -> list[Ticket]:
        found: list[Ticket] = []
        for category in categories:
            asked = TicketSearch(category=category, days=LATELY_D)
            order, most = Order("created", down=True), bringing_together.MOST_TICKETS
            page = sources.finder.page(asked, order, WITHOUT_ACCOUNTS, now, most=most)
            found += [ticket for _, ticket in page.tickets]
        return found

    bringing_together.play(_command(sources), sources.chains, find, now)


def play_cases(sources: Sources) -> None:
    """Let them have solved two matters of the last weeks, and told of them in the library, once."""
    now, zone = sources.ledger.clock(), sources.reference.zone
    if now is None:
        return

    def counts(category: str, first: date, last: date) -> dict[str, dict[date, int]]:
        found = {}
        for district in sources.names.districts:
            slice_ = Slice(category=category, district=district)
            days = sources.figures.days(slice_, Period(first, last))
            found[district] = {day: sums["opened"] for day, sums in days}
        return found

    def tickets(category: str, district: str, first: date, last: date) -> list[tuple[str, str]]:
        asked = TicketSearch(category=category, district=district, days=(last - first).days + 1)
        then = datetime.combine(last + timedelta(days=1), time(), zone)
        order, most = Order("created", down=False), bringing_together.MOST_TICKETS
        page = sources.finder.page(asked, order, WITHOUT_ACCOUNTS, then, most=most)
        return [one.identity for _, one in page.tickets if one.created_at <= then]

    library = Library(
        sources.case_book, lambda incident: sources.case_material(incident, now), zone
    )
    past = remembering.Past(counts, tickets)
    remembering.play(remembering.Stage(_command(sources), library, sources.chains, past, now))


def _command(sources: Sources) -> Command:
    known = sources.names.departments.__contains__
    return Command(sources.incident_book, sources.stream, known, RedisBell(sources.redis).ring)
