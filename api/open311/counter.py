"""The counter at which the public asks: services, requests, tokens; and hands requests in."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

import structlog

from api.open311.answers import Refusal, refusal
from api.open311.tokens import Tokens
from operations.categories import Category
from operations.open311.query import RequestQuery, read_number, read_query
from operations.open311.request import Public, PublicTicket
from operations.open311.services import definition, service
from operations.open311.submission import SOURCE, Problem, Unfit, read_submission
from operations.people.api_keys import ApiKey, digest_of

log = structlog.get_logger()

Mode = Literal["off", "read", "post"]
Asked = Mapping[str, str]
FEED = "open311"


class Reads(Protocol):
    """What the public may read of tickets."""

    def find(self, asked: RequestQuery) -> list[PublicTicket]: ...

    def by_number(self, number: int) -> PublicTicket | None: ...

    def number_of(self, source: str, external_id: str) -> int | None: ...


class Intake(Protocol):
    """Takes records of any feed."""

    def take(self, raws: Sequence[object], *, feed: str, now: datetime) -> dict[str, Any]: ...


class Services(Protocol):
    """The public categories of the city."""

    def all(self) -> list[Category]: ...

    def find(self, code: str) -> Category | None: ...


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms the counter is open: for what, for whose tickets, how often per key."""

    mode: Mode
    jurisdiction: str
    language: str
    wait_s: Callable[[ApiKey], float]
    """Counts a request handed in with a key: 0.0, or how long to wait first."""

    def allow(self, key: ApiKey) -> None:
        """Refuse a request of a key with which too many were handed in."""
        wait_s = self.wait_s(key)
        if wait_s:
            raise refusal(429, "too many requests with this api_key", retry_after_s=int(wait_s) + 1)

    def check(self, asked: Asked) -> None:
        """Refuse a call the counter is not open for."""
        if self.mode == "off":
            raise refusal(404, "Open311 is not offered here")
        given = asked.get("jurisdiction_id", "").strip()
        if given and self.jurisdiction and given.casefold() != self.jurisdiction.casefold():
            raise refusal(404, f"jurisdiction_id was not found; it is {self.jurisdiction} here")


@dataclass(frozen=True, slots=True)
class Counter:
    """Answers calls; every method may wait for the database, so callers run it beside the loop.

    `public(language)` says how tickets are told.
    """

    terms: Terms
    reads: Reads
    services: Services
    public: Callable[[str], Public]
    valid_key: Callable[[str], ApiKey | None]
    tokens: Tokens
    now: Callable[[], datetime]

    def listed(self, asked: Asked) -> list[dict[str, Any]]:
        """Give the list of services."""
        return [service(one, self._language(asked)) for one in self.services.all()]

    def defined(self, asked: Asked, code: str) -> dict[str, Any]:
        """Give what is asked for a service."""
        return definition(self._category(code), self._language(asked))

    def requests(self, asked: Asked, shown: Collection[int]) -> list[dict[str, Any]]:
        """Give the requests a query asks for; `shown` are the cells of the city's map."""
        found = self.reads.find(read_query(asked, self.now()))
        return self._told(found, asked, shown)

    def request(self, asked: Asked, number: str, shown: Collection[int]) -> list[dict[str, Any]]:
        """Give one request."""
        read = read_number(number)
        found = None if read is None else self.reads.by_number(read)
        if found is None:
            raise refusal(404, "service_request_id was not found")
        return self._told([found], asked, shown)

    def numbered(self, _asked: Asked, token: str) -> list[dict[str, Any]]:
        """Give the number of what was handed in; without one while it is on its way."""
        if not self.tokens.made(token):
            raise refusal(404, "token was not found")
        number = self.reads.number_of(SOURCE, token)
        if number is None:
            return [{"token": token}]
        return [{"service_request_id": str(number), "token": token}]

    def key(self, form: Mapping[str, Sequence[str]]) -> ApiKey:
        """Find the key somebody hands a request in with; raises Refusal without a valid one."""
        if self.terms.mode != "post":
            raise refusal(403, "requests cannot be handed in here, only read")
        given = next(iter(form.get("api_key", ())), "")
        if not given:
            raise refusal(403, "api_key is missing; ask this city's operators for one")
        key = self.valid_key(digest_of(given))
        if key is None:
            log.warning("open311_key_refused")
            raise refusal(403, "api_key is not valid here; ask this city's operators for one")
        return key

    def read(self, form: Mapping[str, Sequence[str]], asked: Asked) -> dict[str, Any]:
        """Read what is handed in into a record; raises Refusal."""
        code = next((one.strip() for one in form.get("service_code", ()) if one.strip()), "")
        if not code:
            raise refusal(400, "service_code was not provided; see the list of services")
        try:
            return read_submission(
                form,
                self._category(code),
                token=self.tokens.make(),
                now=self.now(),
                language=self._language(asked),
            )
        except Unfit as error:
            raise Refusal(400, *error.problems) from error

    def _category(self, code: str) -> Category:
        found = self.services.find(code)
        if found is None:
            raise refusal(404, "service_code was not found; see the list of services")
        return found

    def _told(
        self, found: Sequence[PublicTicket], asked: Asked, shown: Collection[int]
    ) -> list[dict[str, Any]]:
        public = self.public(self._language(asked))
        return [public.request(one, shown) for one in found]

    def _language(self, asked: Asked) -> str:
        given = asked.get("lang", "")
        return given if given in ("zh", "en") else self.terms.language


def kept(intake: Intake, record: dict[str, Any], now: datetime) -> list[dict[str, Any]]:
    """Put a record on the stream, and give the token it is known by until it has a number."""
    said = intake.take([record], feed=FEED, now=now)
    if said["rejected"]:
        told = [f"{one['field']}: {one['reason']}" for one in said["rejected"]]
        raise Refusal(400, *(Problem(400, one) for one in told))
    return [{"token": record["external_id"], "service_notice": None, "account_id": None}]
