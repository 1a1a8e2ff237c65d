"""Looking for tickets in a large ledger: what one page of each kind of search takes.

`python -m tests.bench.bench_search [--held 1000000] [--runs 15] [--store sqlite|postgresql]`

The ledger is filled directly, with words that most, some, few and hardly any tickets hold. A
page is what the desk asks for: a hundred tickets and whether there are more. `p50` and `p95` are
over all runs of a row, each with another page where there is one; `steps` is how many bounded
steps the slowest page took.
"""

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from data_sources.connect import Sources
from data_sources.ledger import SqlLedger
from data_sources.migrate import migrate
from data_sources.word_index import WordIndex
from operations.tickets.ticket import Status, Ticket, Urgency
from settings import read_settings
from tests.builders import ticket

WORDS = ("路灯", "垃圾", "停车", "噪音", "供暖", "漏水", "井盖", "公交", "物业", "占道")
DAYS = 400
A_BATCH = 5_000


def made(count: int, *, until: datetime, sources: Sources) -> Iterator[Ticket]:
    """Make tickets spread over days, categories, places and departments; 5 % stay open."""
    reference = sources.reference
    categories = [category.code for category in reference.categories]
    districts = [district.code for district in reference.districts]
    departments = [department.code for department in reference.departments]
    for n in range(count):
        created = until - timedelta(days=DAYS * (n * 7919 % count) / count)
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
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
