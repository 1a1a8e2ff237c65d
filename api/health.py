"""How the system is: for load balancers, for Prometheus, for whoever is on call."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import REGISTRY, GaugeMetricFamily
from prometheus_client.registry import Collector

from api.answers import answer
from api.fanout import Fanout

CALENDAR_AHEAD_D = 45
"""How far due times reach: the longest usual limit, put off once, over a long holiday."""


def report(fanout: Fanout, calendar_until: date | None, today: date) -> dict[str, object]:
    """Say of each part how it is and how old that word is, in seconds.

    A calendar that ends soon is late: due times beyond it are worked out from weekends alone.
    """
    ends = None if calendar_until is None else calendar_until.isoformat()
    reaches = today + timedelta(days=CALENDAR_AHEAD_D)
    soon = calendar_until is not None and calendar_until < reaches
    seen, word = fanout.links(), fanout.word
    states = seen["links"]
    worker = {"state": states["worker"], "age_s": seen["worker_age_s"]}
    if word is not None:
        worker |= {
            "revision": word.revision,
            "waiting": word.waiting,
            "started_at": word.started_at,
        }
    return {
        "state": "ok" if fanout.redis_ok else "failing",
        "parts": {
            "web": {"state": "ok", "age_s": 0.0, "screens": fanout.screens},
            "redis": {"state": states["redis"], "age_s": None},
            "worker": worker,
            "source": {"state": states["source"], "age_s": seen["source_age_s"]},
            "calendar": {"state": "late" if soon else "ok", "age_s": None, "until": ends},
        },
    }


class WorkerMetrics(Collector):
    """The worker's last word as gauges: it has no port of its own to be asked at."""

    def __init__(self, fanout: Fanout, now: Callable[[], datetime]) -> None:
        self._fanout = fanout
        self._now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give the gauges of this moment."""
        yield gauge("lianxin_screens", "Connected screens", self._fanout.screens)
        yield gauge("lianxin_frames_sent", "Frames sent to screens", self._fanout.frames_sent)
        word = self._fanout.word
        if word is None:
            return
        age_s = (self._now() - word.said_at).total_seconds()
        yield gauge("lianxin_worker_age_seconds", "Age of the worker's last word", age_s)
        yield gauge("lianxin_stream_waiting", "Entries not yet in the ledger", word.waiting)
        yield gauge("lianxin_ledger_revision", "Revision of the ledger", word.revision)


def gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    """Make one gauge without labels."""
    return GaugeMetricFamily(name, meaning, value=value)


def blueprint(
    fanout: Fanout, now: Callable[[], datetime], calendar_until: date | None = None
) -> Blueprint:
    """Make the routes `/healthz` and `/metrics`; `calendar_until` is the last day it knows."""
    routes = Blueprint("health", __name__)
    own = CollectorRegistry()
    own.register(WorkerMetrics(fanout, now))

    @routes.get("/healthz")
    def healthz() -> Response:
        """Answer 200 when this process can serve screens, else 503."""
        said = report(fanout, calendar_until, fanout.clock().date())
        return answer(200 if said["state"] == "ok" else 503, said)

    @routes.get("/metrics")
    def metrics() -> Response:
        """Give the metrics in Prometheus' text format."""
        return Response(
            generate_latest(own) + generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST
        )

    return routes
