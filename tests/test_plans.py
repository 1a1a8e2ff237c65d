"""No page, and no step of the way down to a ticket, walks the tickets or their history."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from data_sources.connect import Sources
from operations.response import dispute_actions as acts
from operations.response.campaign import Act as CampaignAct
from operations.response.campaign import Asked as CampaignAsked
from operations.response.campaign import Goal, Scope, Target
from operations.response.campaigning import Campaigning, Staff
from operations.response.clinic import ClinicAsked, planned
from operations.response.dispute import Act, Cause, DisputeLine, Outcome, State
from operations.tickets.ticket import Callback, Satisfaction, Status, Ticket
from settings import read_settings
from tests.builders import ticket
from tests.cases import Shelf
from tests.incidents import opening
from tests.system import page_asked
from webserver import create_app

LARGE = ("tickets", "changes")
INCIDENT = "/incidents/sj-plan"


def pages(sources: Sources) -> list[str]:
    """List every page and step of the way down, and what their scripts ask for."""
    department, district, category = codes(sources)
    one, here, kind = f"/departments/{department}", f"district={district}", f"category={category}"
    return [
        "/", "/wall", "/clusters", "/supervision", "/duties", "/reports", "/tickets/test/T-7",
        "/campaigns", "/campaigns/GJ2026-0001", "/api/v1/campaigns/GJ2026-0001",
        "/cases", "/cases?words=冲洗&category=" + category, "/cases/AL2026-0001",
        "/disputes", "/disputes?state=all", "/disputes/ZY2026-0001", "/clinics/ZZ2026-0001",
        "/disputes?state=waiting", "/disputes?source=test&external_id=T-7&more=test/T-8",
        "/departments", "/departments?level=county", "/departments?days=90",
        f"/departments?{here}", f"/departments?{kind}", f"/departments?{here}&{kind}",
        one, f"{one}?{here}", f"{one}?{kind}", f"{one}?{here}&{kind}",
        "/desk", f"/desk?department={department}&{here}",
        "/leader", f"/leader/department-{department}", f"/leader/district-{district}",
        "/api/v1/desk/tickets", f"/api/v1/desk/tickets?department={department}&{kind}",
        "/api/v1/desk/tickets?due=late&sort=due", "/api/v1/desk/tickets?duty=orphans",
        "/api/v1/desk/tickets?words=水黄", "/api/v1/tickets/test/T-7",
        "/incidents", "/partners", "/api/v1/partners",
        INCIDENT, f"/api/v1{INCIDENT}/changes?since=0",
        "/incidents?source=test&external_id=T-7",
    ]  # fmt: skip


def codes(sources: Sources) -> tuple[str, str, str]:
    """Give the first department, district and category of the city."""
    reference = sources.reference
    return (
        next(iter(reference.departments)).code,
        reference.districts[0].code,
        next(iter(reference.categories)).code,
    )


def made(number: int, now: datetime, sources: Sources) -> Ticket:
    department, district, category = codes(sources)
    created = now - timedelta(minutes=20 * number)
    one = ticket(
        source="test", external_id=f"T-{number}", created_at=created, updated_at=created,
        dispatched_at=created, due_at=created + timedelta(days=5), status=Status.DISPATCHED,
        category=(category, "noise")[number % 2], title="水黄", town="",
        department=(department, "housing", "police")[number % 3],
        district=(district, "elsewhere")[number % 5 > 1], caller_key=f"{number % 500}",
    )  # fmt: skip
    closed = created + timedelta(hours=7)
    if closed > now or number % 20 == 0:
        return one
    back = Callback(closed, reached=True, resolved=True, satisfaction=Satisfaction.SATISFIED)
    return replace(one, status=Status.CLOSED, closed_at=closed, updated_at=closed, callback=back)


@pytest.fixture(params=["sqlite", "postgresql"])
def sources(request: Any, tmp_path: Path, valkey_url: str) -> Iterator[Sources]:
    is_sqlite = request.param == "sqlite"
    url = "" if is_sqlite else request.getfixturevalue("postgres_url")
    made_of = {"data_dir": tmp_path, "redis_url": valkey_url, "demo": False, "database_url": url}
    held = Sources(read_settings(**made_of))
    held.migrate()
    now = datetime.now(UTC)
    held.ledger.store([made(number, now, held) for number in range(3_000)], clock=now)
    disputed(held, now)
    campaigned(held, now)
    Shelf(held.engine).published()
    change = opening()
    assert change.head is not None
    head = replace(change.head, id=INCIDENT.rpartition("/")[2])
    members = [("test", f"T-{number}") for number in range(0, 3_000, 2)]
    held.incident_book.begin(replace(change, head=head), members, year=2026)
    with held.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    yield held
    held.close()


def disputed(held: Sources, now: datetime) -> None:
    """Have a dispute, one that was agreed on and a clinic, so that pages ask all they ask."""
    table = acts.Table(now, "王主任", lambda _code: True)
    opened = acts.opened(("test", "T-7"), Cause.HAND, "三家都说不归自己", table)
    line = DisputeLine(1, now, "王主任", True, Act.OPEN, "", "")
    held.dispute_book.begin(opened, line, 2026)
    agreed = replace(
        acts.opened(("test", "T-10"), Cause.HAND, "说好了", table),
        state=State.AGREED,
        outcome=Outcome("housing", (), ""),
    )
    held.dispute_book.begin(agreed, line, 2026)
    clinic = planned("", ClinicAsked(at=now, chair="李市长"), now, "王主任")
    held.clinic_book.plan(clinic, 2026, verified=True)


def campaigned(held: Sources, now: datetime) -> None:
    """Have a campaign run since three days, so that its page counts what was open."""
    _, district, category = codes(held)
    staff = Staff(held.campaign_book, lambda *_: True, held.reference.zone)
    people = Campaigning(staff, "王主任", now, verified=True)
    today = now.astimezone(held.reference.zone).date()
    asked = CampaignAsked(
        name="攻坚", owner="housing", scope=Scope((category,), (district,)),
        target=Target(Goal.OPEN, 1), first=today - timedelta(days=3),
        last=today + timedelta(days=9),
    )  # fmt: skip
    planned_ = people.plan(asked, None, key="k")
    people.act(planned_.number, CampaignAct.BEGIN, CampaignAsked(), expected_version=1)


def walked(engine: Engine, statement: str, values: Any) -> list[str]:
    """Give the steps of a statement's plan that read all of a large table."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        else:
            # Of a few rows a planner would rather read all: what it could do is asked.
            connection.execute(text("SET enable_seqscan = off"))
            connection.execute(text("SET enable_bitmapscan = off"))
            rows = connection.exec_driver_sql(f"EXPLAIN {statement}", values).all()
    steps = [str(row[-1]) for row in rows]
    # A walk in an index's order ends where enough is found.
    ends = "LIMIT" in statement.upper()
    return [step for step, further in zip(steps, [*steps[1:], ""], strict=True)
            if walks(step, further, ends=ends)]  # fmt: skip


def walks(step: str, further: str, *, ends: bool) -> bool:
    """Tell whether a step reads a large table from one end to the other."""
    names = "|".join(LARGE)
    if re.search(rf"Seq Scan on ({names})\b|^SCAN ({names})\b(?!.* USING )", step):
        return True
    whole = re.search(rf"^SCAN ({names})\b", step) or (
        re.search(rf"Index (Only )?Scan .* on ({names})\b", step) and "Index Cond" not in further
    )
    return bool(whole) and not ends


def test_no_page_walks_the_tickets_or_their_history(sources: Sources) -> None:
    client = create_app(sources).test_client()
    client.get("/")
    headers = {"X-CSRF-Token": client.get_cookie("lianxin_csrf").value}
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        sent.append((statement, values))

    event.listen(sources.engine, "before_cursor_execute", note)
    read: dict[str, list[tuple[str, Any]]] = {}
    for address in pages(sources):
        if address.startswith(("/api/", "/leader", "/incidents", "/partners")):
            answer = client.get(address)
        else:
            asked = page_asked(*address.split("?"))
            answer = client.post("/_dash-update-component", json=asked, headers=headers)
            assert b"home-lost" not in answer.data, address
        assert answer.status_code == 200, address
        read[address], sent = sent, []
    event.remove(sources.engine, "before_cursor_execute", note)

    found = {
        page: steps
        for page, statements in read.items()
        for statement, values in statements
        if statement.lstrip().upper().startswith(("SELECT", "WITH"))
        and (steps := walked(sources.engine, statement, values))
    }
    assert found == {}
    assert sum(any(one in statement for one in LARGE) for each in read.values()
               for statement, _ in each) > 30  # fmt: skip
