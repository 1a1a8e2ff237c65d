"""Settings in, connected sources out: every process takes what it needs, when it needs it."""

from datetime import datetime, timedelta
from functools import cached_property

import redis
from limits.storage import RedisStorage

from data_sources.board import RedisBoard
from data_sources.compiled import digest
from data_sources.connect_response import ResponseSources
from data_sources.distinct_book import SqlDistinctBook
from data_sources.duplicate_search import DuplicateSearch
from data_sources.duty_catalogue import load_catalogue
from data_sources.duty_terms import duty_edges
from data_sources.embedded import EmbeddedValkey
from data_sources.feeds.intake import Intake
from data_sources.feeds.reading import TicketReader
from data_sources.feeds.unknown import GrowingNames
from data_sources.handling_book import SqlHandlingBook
from data_sources.history import History
from data_sources.kept_numbers import KeptNumbers
from data_sources.ledger import SqlLedger
from data_sources.likely_pairs import LikelyPairs
from data_sources.merge_book import SqlMergeBook
from data_sources.open_lists import OpenLists
from data_sources.redis_server import connect_redis
from data_sources.report_shelf import ReportShelf
from data_sources.reports import ReportReads
from data_sources.saved_views import SqlViews
from data_sources.screens import SqlScreens
from data_sources.search_terms import TELLS_CALLBACKS
from data_sources.stream import RedisStream
from data_sources.supervision_rows import OwedReads
from data_sources.ticket_search import TicketFinder
from data_sources.watchbook import SqlWatchbook
from data_sources.witness import Witness
from operations.pulse.sums import Period, Slice
from operations.response.disputing import Office
from operations.response.suggesting import Suggester
from operations.tickets.loose_ends import LooseEnd


class Sources(ResponseSources):
    """Every source of one process, connected when first asked for and kept until `close`."""

    @property
    def redis_url(self) -> str:
        """The server the settings name, else the private one of the data folder."""
        return self.settings.redis_url or EmbeddedValkey(self.settings.data_dir).url

    @cached_property
    def redis(self) -> redis.Redis:
        """The Redis or Valkey server."""
        return connect_redis(self.redis_url)

    @cached_property
    def rate_store(self) -> RedisStorage:
        """Where requests are counted; what goes wrong there is a `StorageError`."""
        pool = self.redis.connection_pool
        return RedisStorage(self.redis_url, pool, "lianxin:rates", wrap_exceptions=True)

    @cached_property
    def stream(self) -> RedisStream:
        """The tickets' way to the worker."""
        return RedisStream(self.redis)

    @cached_property
    def board(self) -> RedisBoard:
        """The newest pictures."""
        return RedisBoard(self.redis)

    @cached_property
    def ledger(self) -> SqlLedger:
        """The truth."""
        return SqlLedger(self.engine, self.reckoner, self.cubes.keeping, self.audit)

    @cached_property
    def suggester(self) -> Suggester:
        """Says whose a ticket should be; holds the catalogue of duties."""
        catalogue = load_catalogue(self.settings.duties, self.reference)
        return Suggester(catalogue, self.reference.departments, self.reference.zone)

    @cached_property
    def handling_book(self) -> SqlHandlingBook:
        """What the city's own people decided on tickets."""
        return SqlHandlingBook(self.engine, self.audit)

    @cached_property
    def owed_lists(self) -> OwedReads:
        """What is owed on tickets under supervision."""
        return OwedReads(self.engine)

    @cached_property
    def merge_book(self) -> SqlMergeBook:
        """Which tickets are merged."""
        return SqlMergeBook(self.engine, self.audit)

    @cached_property
    def distinct_book(self) -> SqlDistinctBook:
        """Which pairs of tickets are said to be two matters."""
        return SqlDistinctBook(self.engine, self.audit)

    @cached_property
    def dispute_office(self) -> Office:
        """Where acts on disputes are entered."""
        known = {one.code for one in self.reference.departments}
        return Office(
            self.dispute_book, self.clinic_book, self.opinion_book, self.stream,
            known.__contains__, self.reference.zone,
        )  # fmt: skip

    @cached_property
    def duplicates(self) -> DuplicateSearch:
        """Looks for tickets of the same matter."""
        return DuplicateSearch(self.engine)

    @cached_property
    def likely_pairs(self) -> LikelyPairs:
        """Pairs of tickets that wait for somebody to say whether they are one matter."""
        return LikelyPairs(self.engine)

    @cached_property
    def watchbook(self) -> SqlWatchbook:
        """The kept clusters and alarms."""
        return SqlWatchbook(self.engine, self.audit)

    @cached_property
    def screens(self) -> SqlScreens:
        """The walls that were let in."""
        return SqlScreens(self.engine, self.audit)

    @cached_property
    def history(self) -> History:
        """Reads for drill-down."""
        return History(self.engine)

    @cached_property
    def open_lists(self) -> OpenLists:
        """Open tickets to look at."""
        return OpenLists(self.engine)

    @cached_property
    def finder(self) -> TicketFinder:
        """Looks for tickets."""
        return TicketFinder(self.engine, self._in_order, self._duty_edges)

    @cached_property
    def views(self) -> SqlViews:
        """The views people saved."""
        return SqlViews(self.engine)

    def _duty_edges(self, now: datetime) -> dict[str, object]:
        """Give the times the duties are told by, and whether callbacks are told of at all."""
        days = self.settings.figures_d
        today = now.astimezone(self.reference.zone).date()
        sums = self.figures.totals(Slice(), Period(today - timedelta(days=days - 1), today))
        # While the sums are made anew what is not in them yet may be the one that counts.
        told = sums["answers"] or sums["opinions"] or self.figures.counted_share() < 1
        edges = duty_edges(now, self.thresholds, days)
        return edges | {TELLS_CALLBACKS: bool(told)}

    def _in_order(self, column: str) -> list[str]:
        """Give the codes of a column in the order of the city's table."""
        kinds = {"district": "districts", "department": "departments", "category": "categories"}
        return list(getattr(self.names, kinds[column]))

    @cached_property
    def reports(self) -> ReportReads:
        """Reads for the evidence on a cluster."""
        return ReportReads(self.engine)

    @cached_property
    def report_shelf(self) -> ReportShelf:
        """The reports that were made."""
        return ReportShelf(self.settings.data_dir / "reports")

    @cached_property
    def witness(self) -> Witness:
        """The independent count of everything a picture shows."""
        return Witness(self.engine)

    @cached_property
    def kept_tails(self) -> KeptNumbers:
        """What the watch lived through before this start."""
        return KeptNumbers(self.settings.data_dir / "watch_tails.json", digest())

    @cached_property
    def kept_lists(self) -> KeptNumbers:
        """What the lists of loose ends held at the ends of days before this start."""
        return KeptNumbers(self.settings.data_dir / "list_lengths.json", ",".join(LooseEnd))

    @cached_property
    def reader(self) -> TicketReader:
        """Reads what is delivered into tickets of this city."""
        growing = GrowingNames(self.history.codes, self.settings.most_names)
        return TicketReader(self.reference, self.caller_key, self.sealer, growing=growing)

    @cached_property
    def intake(self) -> Intake:
        """Reads what is delivered and puts it on the stream."""
        return Intake(self.reader, self.stream)

    def migrate(self) -> None:
        """Bring the database's tables up to this version."""
        from data_sources.migrate import migrate  # noqa: PLC0415 - Alembic takes 0.2 s to import

        migrate(self.engine)

    def close(self) -> None:
        """Let go of what was connected."""
        super().close()
        if "redis" in self.__dict__:
            self.redis.close()
