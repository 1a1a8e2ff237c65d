"""What the web server keeps of the database's answers, and who reads through it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any

import flask
from flask_caching import Cache

from api.dossiers import Dossiers
from api.kept_answers import KeptAnswers
from api.kept_figures import KeptFigures
from api.narrowed import NarrowedMap
from data_sources.connect import Sources
from data_sources.redis_server import reaching
from operations.detection.evidence.dossier import Terms
from operations.detection.live.budget import CLUSTERS
from operations.errors import Unreachable

KEPT_S = 60
CLAIMS = "lianxin:working:"


class RedisShelf:
    """Answers in Redis for all web processes; while it is away everything is asked anew."""

    def __init__(self, server: flask.Flask, sources: Sources) -> None:
        config = {
            "CACHE_TYPE": "RedisCache",
            "CACHE_REDIS_HOST": sources.redis,
            "CACHE_KEY_PREFIX": "lianxin:cache:",
            "CACHE_DEFAULT_TIMEOUT": KEPT_S,
        }
        self._cache, self._redis = Cache(server, config=config), sources.redis

    def get(self, key: str) -> Any:
        """Give a kept answer, None where there is none."""
        with suppress(Unreachable), reaching():
            return self._cache.get(key)
        return None

    def set(self, key: str, value: Any) -> None:
        """Keep an answer for a minute."""
        with suppress(Unreachable), reaching():
            self._cache.set(key, value)

    @contextmanager
    def claim(self, key: str, *, for_s: float) -> Iterator[bool]:
        """Tell whether the caller alone works an answer out, until it leaves or time is up."""
        claim = self._redis.lock(CLAIMS + key, timeout=for_s)
        try:
            with reaching():
                is_ours = claim.acquire(blocking=False)
        except Unreachable:
            yield True
            return
        try:
            yield is_ours
        finally:
            if is_ours:
                with suppress(Unreachable), reaching():  # time may have been up long since
                    claim.release()


class Answering:
    """The reads of one web process that are kept."""

    def __init__(
        self, server: flask.Flask, sources: Sources, in_thread: Callable[..., Any]
    ) -> None:
        self._sources, self._in_thread = sources, in_thread
        shelf = RedisShelf(server, sources)
        self._kept = KeptAnswers(shelf, in_thread)
        # What draws a page knows who asks, and waits for its reads itself.
        self._drawings = KeptAnswers(shelf, lambda draw: draw())

    @cached_property
    def narrowed_map(self) -> NarrowedMap:
        """The map's drill-down."""
        return NarrowedMap(
            self._sources.history,
            self._kept,
            least_callers=self._sources.settings.least_callers,
            in_thread=self._in_thread,
        )

    @cached_property
    def dossiers(self) -> Dossiers:
        """The evidence on clusters."""
        sources, settings = self._sources, self._sources.settings
        terms = Terms(
            zone=sources.reference.zone,
            zones=sources.reference.zones,
            least_callers=settings.least_callers,
            raised_d=7 / (CLUSTERS * settings.alerts_per_week),
        )
        return Dossiers(
            sources.watchbook, sources.reports, self._kept, terms, in_thread=self._in_thread
        )

    @cached_property
    def figures(self) -> KeptFigures:
        """What figures are made of."""
        return KeptFigures(self._sources.figures, self._kept, self._in_thread, self._drawings)
