"""The door for tickets: stream → ledger → city → board, in that order.

What the order buys: a ticket is acknowledged only when the ledger holds it, so a crash
anywhere replays entries that change nothing the second time. The running city is derived
from the ledger and made anew at every start; the board is derived from the city.
"""

import gc
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import structlog

from auditing import note_settings
from city_clock import CityClock
from data_sources.connect import Sources
from dispute_opening import opening_of
from escalating import escalation_of
from housekeeping import Housekeeping
from incident_telling import telling_of
from operations.errors import Unreachable
from operations.ports import Board, Entry, Ledger, Stored, TicketStream, WorkerWord
from operations.pulse.city import City
from operations.tickets.handling import SUBJECT
from operations.tickets.refusing import refused_by_ledger
from operations.tickets.ticket import Ticket
from publishing import Publisher
from settings import Settings
from unwatched import UNTOLD, UNWATCHED, Following, Telling, Watching
from watching import vigil_of

log = structlog.get_logger()

MOST_ENTRIES = 25  # of at most 100 tickets: a transaction short enough to speak every second
MOST_RECKONED = 500
READ_WAIT_S = 0.2
HURRIED_WAIT_S = 0.005
WORD_EVERY_S = 1.0
LONGEST_HOLD_S = 30.0
LONGEST_WAIT_S = 5.0


class Worker:
    """Takes tickets from the stream until it is told to stop."""

    def __init__(
        self,
        *,
        stream: TicketStream,
        ledger: Ledger,
        board: Board,
        publisher: Publisher,
        new_city: Callable[[datetime], City],
        clock: CityClock,
        vigil: Watching = UNWATCHED,
        disputes: Following = UNWATCHED,
        incidents: Telling = UNTOLD,
        escalate: Callable[[datetime], None] = lambda _now: None,
        newest_ticket_at: datetime | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream, self._ledger, self._board = stream, ledger, board
        self._publisher, self._new_city, self._clock = publisher, new_city, clock
        self._vigil, self._disputes, self._incidents = vigil, disputes, incidents
        self._escalate, self._monotonic = escalate, monotonic
        self._entries: list[Entry] = []
        self._city: City | None = None
        self._stopping = False
        self._started_at = datetime.now(UTC)
        self._newest_ticket_at = newest_ticket_at
        self._said_at = -WORD_EVERY_S
        self._revision = 0
        self._waits_anew = True  # decisions may have been written while nobody worked

    def stop(self) -> None:
        """Finish the batch in hand, then end."""
        self._stopping = True

    def run(self) -> None:
        """Work until stopped; a store that does not answer is waited for, not died of."""
        wait_s = 0.1
        while not self._stopping:
            try:
                self.step()
                wait_s = 0.1
            except Unreachable as error:
                log.warning("store_unreachable", error=str(error), retry_s=round(wait_s, 2))
                time.sleep(wait_s)
                wait_s = min(wait_s * 2, LONGEST_WAIT_S)
            except Exception:  # the batch stays in hand and is tried again
                log.exception("step_failed")
                time.sleep(wait_s)
                wait_s = min(wait_s * 2, LONGEST_WAIT_S)

    def step(self) -> None:
        """Take one batch all the way. Repeats a batch that was interrupted by a lost store."""
        if not self._entries:
            # The watch works the past in by small steps, between which a ticket is soon taken.
            hurried = self._vigil.is_behind or self._waits_anew
            wait_s = HURRIED_WAIT_S if hurried else READ_WAIT_S
            self._entries = self._stream.read(most_entries=MOST_ENTRIES, wait_s=wait_s)
        self._clock.hear(self._entries)
        self._set_aside()
        if not self._clock.known:
            self._acknowledge()
            self._say_word()
            return
        city = self._city or self._rebuild()
        if self._entries:
            city = self._take(city)
        city = self._reckon(city)
        city.advance(self._clock.now())
        self._look(city)
        self._publisher.publish_due(city, self._clock.now())
        self._acknowledge()
        self._each_second(city)

    def _look(self, city: City) -> None:
        """Let the watch look, so that the picture tells of what has just come."""
        if any(entry.actions for entry in self._entries):
            self._vigil.acted()
            self._incidents.acted()
        self._publisher.tell(self._incidents.look(city.now_us))
        self._publisher.gather(self._vigil.look(city, busy=len(self._entries) == MOST_ENTRIES))

    def _rebuild(self) -> City:
        """Make the running city from the ledger."""
        started = self._monotonic()
        self._revision = self._ledger.revision()
        city, tickets = self._new_city(self._clock.now()), 0
        for facts in self._ledger.facts():
            city.fold((), facts)
            tickets += len(facts)
        took_ms = round((self._monotonic() - started) * 1000)
        log.info("city_rebuilt", tickets=tickets, revision=self._revision, took_ms=took_ms)
        self._city = city
        self._vigil.begin()
        # What the city holds now it will hold for long: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        return city

    def _set_aside(self) -> None:
        refused = [line for entry in self._entries for line in entry.refused]
        if refused:
            self._ledger.set_aside(refused)

    def _take(self, city: City) -> City:
        """Store a batch and let the city follow; give the city that has."""
        tickets = [ticket for entry in self._entries for ticket in entry.tickets]
        started = self._monotonic()
        city = self._follow(city, self._store(tickets))
        if tickets:
            self._newest_ticket_at = datetime.now(UTC)
            took_ms = round((self._monotonic() - started) * 1000, 1)
            log.debug("batch_stored", tickets=len(tickets), took_ms=took_ms)
        return city

    def _reckon(self, city: City) -> City:
        """Work what people decided, and other rules, into the tickets: one short step of it.

        Looked for when a person acted and every second, so that a word the stream did not take
        is not missed; in a burst only the former.
        """
        acted = any(SUBJECT in entry.actions for entry in self._entries)
        if not acted and (not self._waits_anew or len(self._entries) == MOST_ENTRIES):
            return city
        stored = self._ledger.reckon(clock=self._clock.now(), most=MOST_RECKONED)
        self._waits_anew = stored is not None
        return city if stored is None else self._follow(city, stored)

    def _follow(self, city: City, stored: Stored) -> City:
        """Let the city follow what was stored; give the city that has.

        It may follow by folding only where it has folded every revision before. A commit whose
        answer was lost on the line leaves a gap: what it changed comes back as unchanged when
        the batch is tried again. Then the city is made anew.
        """
        if stored.revision == self._revision + bool(stored.after):
            self._city = None  # until it has followed: a fold that fails half-way is no city
            city.fold(stored.before, stored.after)
            self._vigil.fold(stored.before, stored.after)
            self._city, self._revision = city, stored.revision
            self._disputes.fold(stored.before, stored.after)
        else:
            log.warning("city_missed_a_revision", folded=self._revision, held=stored.revision)
            city = self._rebuild()
        return city

    def _store(self, tickets: list[Ticket]) -> Stored:
        try:
            return self._ledger.store(tickets, clock=self._clock.now())
        except Unreachable:
            raise
        except Exception:  # one ticket the database will not have must not stop the others
            log.exception("batch_refused", tickets=len(tickets))
            return self._store_singly(tickets)

    def _store_singly(self, tickets: list[Ticket]) -> Stored:
        """Store what can be stored; the city, which follows batches, is made anew after it."""
        for ticket in tickets:
            try:
                self._ledger.store([ticket], clock=self._clock.now())
            except Unreachable:
                raise
            except Exception as error:  # this is the one: it goes to the set-aside list
                self._ledger.set_aside([refused_by_ledger(ticket, error, datetime.now(UTC))])
        return Stored([], [], 0, self._ledger.revision())

    def _acknowledge(self) -> None:
        if self._entries:
            self._stream.acknowledge([entry.id for entry in self._entries])
            self._entries = []

    def _each_second(self, city: City) -> None:
        if self._say_word():
            self._waits_anew = True
            self._escalate(self._clock.now())
            self._publisher.watched = self._board.watched()
            if self._board.asked_to_hold():
                self._hold(city)

    def _say_word(self) -> bool:
        if self._monotonic() - self._said_at < WORD_EVERY_S:
            return False
        self._said_at = self._monotonic()
        self._board.say(
            WorkerWord(
                said_at=datetime.now(UTC),
                clock=self._clock.now(),
                revision=self._revision,
                newest_ticket_at=self._newest_ticket_at,
                waiting=self._stream.waiting(),
                started_at=self._started_at,
            )
        )
        return True

    def _hold(self, city: City) -> None:
        """Stand still with every picture fresh while somebody compares them with the ledger."""
        now = self._clock.now()
        city.advance(now)
        self._publisher.publish_all(city, now)
        self._board.say_held(self._revision)
        until = self._monotonic() + LONGEST_HOLD_S
        while self._board.asked_to_hold() and self._monotonic() < until and not self._stopping:
            time.sleep(0.02)
            self._say_word()
        self._board.say_held(None)


def _new_city(sources: Sources, now: datetime) -> City:
    settings = sources.settings
    return City(
        sources.reference.zone, now=now, figures_d=settings.figures_d,
        baseline_weeks=settings.baseline_weeks, cards=sources.cards,
        thresholds=sources.thresholds,
    )  # fmt: skip


def work(settings: Settings) -> None:
    """Connect, take tickets until SIGTERM or Ctrl-C, and let go."""
    # A batch makes some ten thousand short-lived values that hold no circles; at Python's
    # default of 700 the collector costs a tenth of a burst.
    gc.set_threshold(100_000, 50, 100)
    sources = Sources(settings)
    sources.migrate()
    note_settings(sources)
    # On the real clock the ledger's clock is the time of its last batch.
    last = sources.ledger.clock()
    follows_stream = settings.clock == "stream"
    vigil = vigil_of(sources) if settings.watch else UNWATCHED
    clock, incidents = CityClock(follows_stream, last), telling_of(sources)
    worker = Worker(
        stream=sources.stream,
        ledger=sources.ledger,
        board=sources.board,
        publisher=Publisher(sources.board, sources.draughtsman),
        new_city=partial(_new_city, sources),
        clock=clock,
        vigil=vigil,
        disputes=opening_of(sources, clock.now),
        incidents=incidents,
        escalate=escalation_of(sources).look,
        newest_ticket_at=None if follows_stream else last,
    )

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    housekeeping = Housekeeping(sources)
    housekeeping.start()
    worker.run()
    housekeeping.close()
    vigil.close()
    incidents.close()
    sources.close()
