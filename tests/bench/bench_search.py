"""Looking for tickets in a large ledger: what one page of each kind of search takes.

`python -m tests.bench.bench_search [--held 1000000] [--runs 15] [--store sqlite|postgresql]`

The ledger is filled directly, with words that all, some, few and none of the tickets hold, one of
them in winters alone. A page is a hundred tickets, the first and those that follow. An answer is
one bounded step; a page whose tickets lie far apart takes several. With `--url` a database that was
filled by it before is measured again.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from data_sources.connect import Sources
from data_sources.database import connect_database, writing
from data_sources.ledger import SqlLedger
from data_sources.migrate import migrate
from data_sources.ticket_search import TicketFinder
from data_sources.word_index import WordIndex
from operations.people.sight import NOWHERE, WITHOUT_ACCOUNTS, Extent, Sight
from operations.tickets.search import NOBODY, SORTS, Order, TicketSearch
from operations.tickets.ticket import Status, Ticket, Urgency
from settings import read_settings
from tests.bench.report import percentile, report
from tests.builders import ticket
from tests.postgres_server import running_postgres

A_PAGE = 100
EVERYTHING = WITHOUT_ACCOUNTS
WORDS = ("路灯", "垃圾", "停车", "噪音", "供暖", "漏水", "井盖", "公交", "物业", "占道")
DAYS = 400
A_BATCH = 5_000


def made(
    count: int, *, until: datetime, sources: Sources, days: float = DAYS, step: int = 7919
) -> Iterator[Ticket]:
    """Make tickets spread over days, categories, places and departments; 5 % stay open.

    They come in a disorder given by `step`; by -1 the oldest comes first.
    """
    reference = sources.reference
    categories = [category.code for category in reference.categories]
    districts = [district.code for district in reference.districts]
    departments = [department.code for department in reference.departments]
    for n in range(count):
        created = until - timedelta(days=days * (n * step % count) / count)
        word = WORDS[n // 3 % len(WORDS)]
        # Heating is of the winter alone: a word that is common, and none of it is new.
        word = "绿化" if word == "供暖" and (until - created).days < 180 else word
        strange = "，并发现白蚁" if n % 9973 == 0 else ""
        closed = created + timedelta(hours=3 + n % 120)
        is_open = closed > until or n % 20 == 0
        department = departments[n * 19 % len(departments)] if n % 50 else None
        state = (Status.RETURNED if n % 400 == 0 else Status.DISPATCHED) if is_open else None
        yield ticket(
            source="bench", external_id=f"B{n}", created_at=created, received_at=created,
            updated_at=created if is_open else closed, dispatched_at=created,
            due_at=None if n % 7 == 0 else created + timedelta(days=5),
            closed_at=None if is_open else closed,
            status=state or Status.CLOSED,
            category=categories[n % len(categories)], district=districts[n * 31 % len(districts)],
            town=f"{districts[n * 31 % len(districts)]}{n % 12:03}", department=department,
            title=f"{word}问题请尽快处理", address=f"幸福路{n % 997}号",
            text=f"居民反映小区{n % 613}号楼附近{word}的情况已有{n % 30}天，影响出行{strange}。",
            urgency=Urgency.URGENT if n % 200 == 0 else Urgency.ROUTINE,
        )  # fmt: skip


def fill(engine: Engine, count: int, until: datetime) -> None:
    """Fill a ledger and its index of words."""
    migrate(engine)
    ledger, index, batch = SqlLedger(engine), WordIndex(engine), []
    sources = Sources(read_settings(data_dir=Path(tempfile.mkdtemp(prefix="lianxin-bench-"))))
    for one in made(count, until=until, sources=sources):
        batch.append(one)
        if len(batch) == A_BATCH:
            ledger.store(batch, clock=until)
            batch = []
    ledger.store(batch, clock=until)
    while index.catch_up(most=A_BATCH):
        pass
    merge_some(engine)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def merge_some(engine: Engine) -> None:
    """Merge every sixtieth ticket into the one before it."""
    with writing(engine) as connection:
        connection.execute(
            text(
                "INSERT INTO merges (ticket_id, version, main_id)"
                " SELECT id, 1, id - 1 FROM tickets WHERE id % 60 = 0"
            )
        )


def kinds(codes: dict[str, list[str]]) -> Iterator[tuple[str, TicketSearch, Order, Sight]]:
    """Give every kind of search that is measured."""
    category, department = codes["category"][3], codes["department"][3]
    town, district = codes["town"][3], codes["district"][3]
    ours = Sight(((Extent(department=department),),), NOWHERE)
    here = Sight(((Extent(town=town),),), NOWHERE)
    newest, first_due = Order(), Order("due", down=False)
    words = {
        "word all hold (小区)": "小区", "word a tenth holds (路灯)": "路灯",
        "word of winters (供暖)": "供暖", "word few hold (白蚁)": "白蚁",
        "word none holds": "鲸鱼", "two words": "路灯 白蚁",
    }  # fmt: skip
    for name, said in words.items():
        yield name, TicketSearch(words=said), newest, EVERYTHING
    yield "number", TicketSearch(number="B777"), newest, EVERYTHING
    for by in SORTS:
        yield f"all, by {by}", TicketSearch(), Order(by, down=True), EVERYTHING
    yield "category", TicketSearch(category=category), newest, EVERYTHING
    yield "category, by due", TicketSearch(category=category), first_due, EVERYTHING
    both = TicketSearch(category=category, district=district)
    yield "category and district", both, newest, EVERYTHING
    yield "category and word", TicketSearch(category=category, words="路灯"), newest, EVERYTHING
    yield "open", TicketSearch(status="open"), newest, EVERYTHING
    yield "about to be late", TicketSearch(due="soon"), first_due, EVERYTHING
    yield "overdue", TicketSearch(due="late"), first_due, EVERYTHING
    yield "returned", TicketSearch(status="returned"), newest, EVERYTHING
    yield "unassigned", TicketSearch(department=NOBODY, status="open"), newest, EVERYTHING
    yield "urgent", TicketSearch(urgency="urgent", status="open"), newest, EVERYTHING
    yield "a department's own", TicketSearch(), newest, ours
    yield "a department's, word", TicketSearch(words="路灯"), newest, ours
    yield "a department's, overdue", TicketSearch(due="late"), first_due, ours
    yield "a town's own", TicketSearch(), newest, here
    yield "a town's, word", TicketSearch(words="路灯"), newest, here


def measured(
    finder: TicketFinder, asked: TicketSearch, order: Order, sight: Sight, now: datetime, runs: int
) -> dict[str, object]:
    """Measure the pages of one search, one after the other, and its count."""
    answers, pages, after, steps = [], [], None, 0
    page_ms, held = 0.0, 0
    while len(pages) < runs:
        began = time.perf_counter()
        page = finder.page(asked, order, sight, now, most=A_PAGE - held, after=after)
        took = (time.perf_counter() - began) * 1000
        answers.append(took)
        page_ms, held, after, steps = (
            page_ms + took,
            held + len(page.tickets),
            page.after,
            steps + 1,
        )
        if held == A_PAGE or after is None:
            pages.append(page_ms)
            page_ms, held = 0.0, 0
    began = time.perf_counter()
    count = finder.count(asked, sight, now)
    return {
        "answer_p50_ms": percentile(answers, 0.5), "answer_p95_ms": percentile(answers, 0.95),
        "page_p50_ms": percentile(pages, 0.5), "page_p95_ms": percentile(pages, 0.95),
        "answers_a_page": len(answers) / len(pages),
        "count": f"{count.found}{'' if count.whole else '+'}",
        "count_ms": (time.perf_counter() - began) * 1000,
    }  # fmt: skip


def codes_of(engine: Engine) -> dict[str, list[str]]:
    """Give the codes that tickets have."""
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT category, department, district, town FROM tickets LIMIT 20000")
        ).all()
    names = ("category", "department", "district", "town")
    return {
        name: sorted({row[place] for row in found} - {None}) for place, name in enumerate(names)
    }


def rows_for(store: str, url: str, asked: argparse.Namespace) -> list[dict[str, object]]:
    """Fill one database where it is empty, and measure every kind of search on it."""
    engine, now = connect_database(url), datetime.now(UTC)
    migrate(engine)
    finder = TicketFinder(engine)
    if not finder.newest():
        fill(engine, asked.held, now)
    rows = []
    for name, search, order, sight in kinds(codes_of(engine)):
        finder.page(search, order, sight, now, most=A_PAGE)  # what is read again is in memory
        found = measured(finder, search, order, sight, now, asked.runs)
        rows.append({"store": store, "search": name} | found)
    engine.dispose()
    return rows


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--held", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--store", choices=["sqlite", "postgresql"])
    options.add_argument("--url", help="a database of this benchmark, filled where it is empty")
    asked = options.parse_args()
    rows: list[dict[str, object]] = []
    if asked.url:
        rows += rows_for(asked.url.partition(":")[0], asked.url, asked)
    elif asked.store != "postgresql":
        folder = tempfile.mkdtemp(prefix="lianxin-bench-")
        rows += rows_for("sqlite", f"sqlite:///{folder}/ledger.sqlite", asked)
    if not asked.url and asked.store != "sqlite":
        with running_postgres(durable=True) as url:
            rows += rows_for("postgresql", url, asked)
    report("search", rows)


if __name__ == "__main__":
    main()
