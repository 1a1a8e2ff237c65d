"""What the worker's watch is made of in this city."""

import time
from functools import partial
from typing import TYPE_CHECKING

import structlog

from data_sources.compiled import compile_elsewhere
from data_sources.connect import Sources
from data_sources.incident_bell import RedisBell
from incident_watch import IncidentWatch
from list_watch import ListWatch
from operations.pulse.alarms import Alarms
from operations.pulse.long_lists import LongLists
from report_watch import ReportWatch
from settings import Settings
from vigil import Vigil

if TYPE_CHECKING:
    from operations.detection.live.city_watch import CityWatch as Watch

log = structlog.get_logger()


def _alarms(settings: Settings) -> Alarms:
    return Alarms(
        in_ten_minutes=settings.alarms_in_ten_minutes,
        hold_min=settings.alarm_hold_min,
        guard_min=settings.alarm_guard_min,
    )


def _incidents(sources: Sources) -> IncidentWatch:
    bell = RedisBell(sources.redis)
    return IncidentWatch(sources.incident_book, sources.watchbook.cluster, bell.ring)


def _lists(sources: Sources) -> ListWatch:
    usual = sources.kept_lists
    return ListWatch(LongLists(sources.settings.limits, past=usual.read()), usual.keep)


def vigil_of(sources: Sources) -> Vigil:
    """Make the watch of a city; what it compiles is compiled in its own thread."""
    settings, reference = sources.settings, sources.reference

    def make() -> "Watch":
        started = time.monotonic()
        if compile_elsewhere():
            took_ms = round((time.monotonic() - started) * 1000)
            log.info("scan_compiled", took_ms=took_ms)
        from operations.detection.live.chores import warm_up  # noqa: PLC0415 - takes a second
        from operations.detection.live.city_watch import CityWatch  # noqa: PLC0415

        warm_up()
        watch = CityWatch(
            reference.zone,
            zones=reference.zones,
            alerts_per_week=settings.alerts_per_week,
            seed=settings.detection_seed,
            works=reference.calendar.is_working_day,
        )
        watch.memory.take(sources.kept_tails.read())
        return watch

    def remember(watch: "Watch") -> None:
        if (lived := watch.memory.plain(watch.registry.lookouts.values())) != kept:
            sources.kept_tails.keep(lived)
            kept.clear()
            kept.update(lived)

    kept: dict[str, list[float]] = {}
    return Vigil(
        sources.watchbook,
        partial(_alarms, settings),
        make=make,
        read=sources.ledger.facts,
        remember=remember,
        lists=_lists(sources),
        reports=ReportWatch(sources.escalation_book.late_reports),
        incidents=_incidents(sources),
    )
