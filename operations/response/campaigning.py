"""What people do about a campaign is entered: compared, signed, written down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from operations.errors import BadInput, Conflict
from operations.response import campaign_actions as acts
from operations.response.campaign import Act, Asked, Campaign, CampaignLine, Table
from operations.response.ports_campaign import CampaignBook
from operations.tickets.handling_entering import actor_given, key_given, key_taken


@dataclass(frozen=True, slots=True)
class Staff:
    """Where acts are entered: the book, the city's codes and its zone."""

    book: CampaignBook
    knows: Callable[[str, str], bool]
    zone: ZoneInfo


class Campaigning:
    """Enters one person's acts. Each raises BadInput, Conflict with what is held, Unreachable."""

    def __init__(self, staff: Staff, actor: str, now: datetime, *, verified: bool) -> None:
        self._staff, self._now, self._verified = staff, now, verified
        self._actor = actor_given(actor)
        self._local = now.astimezone(staff.zone)
        self._table = Table(now, self._local.date(), self._actor, staff.knows)

    def plan(self, asked: Asked, district: str | None, *, key: str) -> Campaign:
        """Plan a campaign; the same key again gives the one that is there."""
        made = acts.planned(asked, district, self._table)
        line = self._line(made, Act.PLAN, asked, key_given(self._actor, key, ""))
        begun = self._staff.book.begin(made, line, self._local.year)
        if not acts.is_plan_of(begun, made):
            raise key_taken()
        return begun

    def act(
        self, number: str, act: Act, asked: Asked, *, expected_version: int, key: str = ""
    ) -> Campaign:
        """Do an act on a campaign as it was seen at a version."""
        book = self._staff.book
        held = book.campaign(number)
        if held is None:
            raise BadInput("number", f"there is no campaign {number}")
        named = key_given(self._actor, key, f"{number}/{expected_version}/{act}")
        before = next((one for one in book.lines(number) if one.key == named), None)
        if before is not None:
            if not acts.is_same(before, held, act, asked):
                raise key_taken()
            return held
        if held.version != expected_version:
            raise Conflict(f"campaign {number} has changed since you saw it", held)
        after = acts.done(held, act, asked, self._table)
        return book.act(after, self._line(after, act, asked, named))

    def _line(self, after: Campaign, act: Act, asked: Asked, key: str) -> CampaignLine:
        return CampaignLine(
            version=after.version, at=after.changed_at, actor=self._actor,
            verified=self._verified, act=act, detail=acts.detail_of(after, act, asked),
            reason=asked.reason.strip(), key=key,
        )  # fmt: skip
