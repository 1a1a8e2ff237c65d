"""Acts on campaigns, told in the person's language; behind the interface."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from callbacks.books import StoreBeside
from callbacks.campaign_days import days_of
from callbacks.campaign_rows import for_reader
from callbacks.desk import Desk
from callbacks.refusing import Done, refused
from callbacks.ticket_rows import reader_of
from layouts.wording import language_of
from operations.errors import OperationsError
from operations.response.burndown import forecast, line
from operations.response.campaign import Act, Asked, Campaign, State
from operations.response.campaigning import Campaigning, Staff

A_PAGE = 50
NAMES = {"department": "departments", "category": "categories", "district": "districts"}


class CampaignActs:
    """Does what the gate let pass; it has asked whether who acts may."""

    def __init__(self, sources: Any, desk: Desk) -> None:
        self._sources, self._desk = sources, desk
        self._book: Any = StoreBeside(sources.campaign_book, desk)

    def listed(self, after: int | None) -> dict[str, Any]:
        """Give a page of the campaigns that are for who asks."""
        found = self._book.listed(tuple(State), most=A_PAGE, after=after)
        rows = [_short(one) for one in found.rows if for_reader(self._desk, one)]
        return {"rows": rows, "after": found.after}

    def told(self, number: str) -> dict[str, Any] | None:
        """Give a campaign with its days, the line of its target, and where it leads."""
        held = self._held(number)
        if held is None:
            return None
        days = days_of(self._sources, self._desk, held)
        ahead = forecast(held, days)
        return {
            **_short(held),
            "measures": [
                {"number": one.number, "title": one.title, "owner": one.owner,
                 "due": str(one.due), "done": one.done_at is not None, "dropped": one.dropped}
                for one in held.measures
            ],
            "days": [asdict(one) | {"day": str(one.day)} for one in days],
            "line": line(held, days),
            "forecast": None if ahead is None else asdict(ahead),
        }  # fmt: skip

    def version(self, number: str) -> int | None:
        """Tell how often a campaign has changed; None where it is not for who asks."""
        held = self._held(number)
        return None if held is None else held.version

    def plan(self, asked: Asked, district: str | None, key: str, language: str) -> Done:
        """Plan a campaign."""
        return self._done(lambda hand: hand.plan(asked, district, key=key), language)

    def act(
        self, number: str, act: str, asked: Asked, version: int, key: str, language: str
    ) -> Done | None:
        """Do an act on a campaign as it was seen at a version."""
        if self._held(number) is None:
            return None
        return self._done(
            lambda hand: hand.act(number, Act(act), asked, expected_version=version, key=key),
            language,
        )

    def _held(self, number: str) -> Campaign | None:
        held: Campaign | None = self._book.campaign(number)
        return held if held is not None and for_reader(self._desk, held) else None

    def _done(self, work: Callable[[Campaigning], Campaign], language: str) -> Done:
        sources, desk = self._sources, self._desk
        usual = sources.settings.language
        reader = reader_of(sources, desk, language_of(language, usual))

        def knows(kind: str, code: str) -> bool:
            return code in getattr(sources.names, NAMES[kind])

        staff = Staff(self._book, knows, sources.reference.zone)
        by = desk.signed_by(None)
        try:
            after = work(Campaigning(staff, by["actor"], desk.now(), verified=bool(by["verified"])))
        except OperationsError as error:
            return refused(error, reader.words, "campaign", self._last)
        there = {"number": after.number, "version": after.version,
                 "href": f"/campaigns/{after.number}"}  # fmt: skip
        return True, reader.words["campaign_done"], there

    def _last(self, held: Campaign) -> tuple[str, str]:
        """Give who acted last, and what they did."""
        one = self._book.lines(held.number)[-1]
        return one.actor, one.act.value


def _short(held: Campaign) -> dict[str, Any]:
    return {
        "number": held.number, "version": held.version, "state": held.state, "name": held.name,
        "owner": held.owner, "cooperating": list(held.cooperating),
        "district": held.district, "first": str(held.first), "last": str(held.last),
        "target": {"goal": held.target.goal, "value": held.target.value},
        "categories": list(held.scope.categories), "districts": list(held.scope.districts),
        "tickets": len(held.scope.tickets),
    }  # fmt: skip
