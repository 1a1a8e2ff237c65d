"""How well duplicates are found in the demo city, whose generator knows which there are."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time

from sqlalchemy import Engine, text

from data_sources.database import reading
from data_sources.duplicate_search import alike
from data_sources.feeds.demo_city.demo_city import DemoCity
from data_sources.feeds.reading import TicketReader
from data_sources.ledger import SqlLedger

Pair = frozenset[str]


@dataclass(slots=True)
class Judged:
    """What was looked at and found: pairs of numbers with their score, and the truth.

    `kin` are pairs that are one matter though they were not planted as told by another channel:
    the same caller about the same place again, or two neighbours of one scene.
    """

    looked_at: int = 0
    took_ms: list[float] = field(default_factory=list)
    scores: dict[Pair, float] = field(default_factory=dict)
    planted: set[Pair] = field(default_factory=set)
    kin: set[Pair] = field(default_factory=set)

    def recall(self, least: float) -> float:
        """Give the share of the planted pairs that were found."""
        return sum(self.scores.get(pair, 0.0) >= least for pair in self.planted) / len(self.planted)

    def precision(self, least: float) -> float:
        """Give the share of the found pairs that were planted, those of one matter left aside."""
        found = {pair for pair, score in self.scores.items() if score >= least}
        right = found & self.planted
        return len(right) / max(len(right | (found - self.kin)), 1)

    def found(self, least: float) -> int:
        """Tell how many pairs were found."""
        return sum(score >= least for score in self.scores.values())


def filled(
    engine: Engine, city: DemoCity, reader: TicketReader, until: datetime, days: int
) -> None:
    """Store some days of the demo city as they stand at a moment."""
    ledger = SqlLedger(engine)
    for records in city.history(days, until):
        read = [reader.read(raw, feed="demo", now=until) for raw in records]
        ledger.store([one.ticket for one in read], clock=until)


def judged(engine: Engine, city: DemoCity, now: datetime, days: int) -> Judged:
    """Look for the duplicates of every ticket of the last days."""
    told = Judged()
    today = city.local_date(now)
    firsts = [today - timedelta(days=back) for back in range(days)]
    for day in firsts:
        told.planted |= {frozenset(pair) for pair in city.duplicates(day)}
    begin = datetime.combine(firsts[-1], clock_time(), city.zone).astimezone(UTC)
    with reading(engine) as connection:
        rows = connection.execute(
            text("SELECT id, external_id, caller_key FROM tickets WHERE created_us >= :begin"),
            {"begin": int(begin.timestamp() * 1_000_000)},
        ).all()
        names = {row.id: (row.external_id, row.caller_key) for row in rows}
        told.planted = {
            pair for pair in told.planted if pair <= {name for name, _ in names.values()}
        }
        scenes = _scenes(city, firsts)
        for row in rows:
            started = time.perf_counter()
            found = alike(connection, row.id, least=0.05)
            told.took_ms.append((time.perf_counter() - started) * 1000)
            for other, likeness in found:
                if other not in names:
                    continue
                pair = frozenset({row.external_id, names[other][0]})
                told.scores[pair] = likeness.score
                if likeness.same_caller or len({scenes.get(name, name) for name in pair}) == 1:
                    told.kin.add(pair)
    told.looked_at = len(rows)
    told.kin -= told.planted
    return told


def _scenes(city: DemoCity, days: list) -> dict[str, str]:
    def members() -> Iterator[tuple[str, str]]:
        for day in days:
            for scene in city.scenes_of_day(day):
                batch = city.play(scene)
                yield from ((batch.external_id(n), scene.id) for n in range(len(batch)))

    return dict(members())
