"""The door of the book of campaigns."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from operations.response.burndown import CampaignDay
from operations.response.campaign import Campaign, CampaignLine, Scope, State


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """Campaigns of a list, and where it goes on; None at its end."""

    rows: list[Campaign]
    after: int | None


class CampaignBook(Protocol):
    """Campaigns; a version each: whoever writes one first has it.

    An act whose key is written down already changes nothing and gives what is held; one that
    is another campaign's or another act's is refused. Errors: `Unreachable`; `BadInput`; `Conflict`
    with the campaign as it is.
    """

    def campaign(self, number: str) -> Campaign | None:
        """Give a campaign."""

    def lines(self, number: str) -> list[CampaignLine]:
        """Give what was done to a campaign, oldest first."""

    def listed(
        self, states: Collection[State], *, most: int, after: int | None = None
    ) -> CampaignPage:
        """Give campaigns in such states, the newest first, from a place on."""

    def begin(self, campaign: Campaign, line: CampaignLine, year: int) -> Campaign:
        """Write a new campaign; gives it with its number. Raises BadInput for unknown tickets."""

    def act(self, campaign: Campaign, line: CampaignLine) -> Campaign:
        """Write the next version, its line and the audit's, in one transaction."""

    def days(self, number: str) -> list[CampaignDay]:
        """Give the days that were counted, oldest first."""

    def keep_days(self, number: str, days: Sequence[CampaignDay]) -> None:
        """Keep days that are over; one that is kept already stays as it is."""


class CampaignCounts(Protocol):
    """Counts the tickets of a campaign's scope, each time by indexes."""

    def open_at(self, scope: Scope, ends: Sequence[tuple[date, int]]) -> dict[date, int]:
        """Count what was open when each of some days ended (`ends`: day, microseconds)."""
