"""Campaigns: planned, run, ended and reviewed; their days against their target."""

import re
from datetime import date
from functools import partial
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request

from api.answers import Done, acted, answer, given
from api.desk import told
from api.disputes import Said
from operations.errors import BadInput
from operations.response.campaign import MOST_TICKETS, Asked, Goal, Scope, Target

_told = partial(acted, none="no such campaign")
_given = partial(given, none="no such campaign")


class Campaigns(Protocol):
    """Does what is asked for who asks; None where there is no such campaign for them."""

    def listed(self, after: int | None) -> dict[str, Any]: ...

    def told(self, number: str) -> dict[str, Any] | None: ...

    def version(self, number: str) -> int | None: ...

    def plan(self, asked: Asked, district: str | None, key: str, language: str) -> Done: ...

    def act(
        self, number: str, act: str, asked: Asked, version: int, key: str, language: str
    ) -> Done | None: ...


def blueprint(campaigns: Campaigns, zone: ZoneInfo) -> Blueprint:
    """Make the routes of campaigns."""
    routes = Blueprint("campaigns", __name__, url_prefix="/api/v1/campaigns")
    _join_reads(routes, campaigns)

    @routes.post("")
    @told
    def plan_campaign() -> Response:
        """Plan a campaign; `?district=` makes it that district's own."""
        said = Said(zone)
        district = request.args.get("district") or None
        return _told(campaigns.plan(_asked(said), district, said.text("key"), said.language))

    @routes.post("/<number>/<any(begin, add, drop, prolong, end, review, call_off):act>")
    @told
    def act_on(number: str, act: str) -> Response:
        """Do an act on a campaign as it was seen at `expected_version`; else 409."""
        said = Said(zone)
        asked, key = _asked(said), said.text("key")
        return _told(campaigns.act(number, act, asked, said.version, key, said.language))

    @routes.post("/<number>/finish/<int:measure>")
    @told
    def finish(number: str, measure: int) -> Response:
        """Say that a measure is done: its own department may."""
        said = Said(zone)
        asked, key = Asked(measure=measure), said.text("key")
        return _told(campaigns.act(number, "finish", asked, said.version, key, said.language))

    return routes


def _join_reads(routes: Blueprint, campaigns: Campaigns) -> None:
    @routes.get("")
    @told
    def get_campaigns() -> Response:
        """Give the campaigns that are for who asks, the newest first."""
        after = request.args.get("after", "")
        readable = after.isascii() and after.isdecimal() and len(after) < 10
        return answer(200, campaigns.listed(int(after) if readable else None))

    @routes.get("/<number>")
    @told
    def get_campaign(number: str) -> Response:
        """Give a campaign with its days against the line of its target."""
        return _given(campaigns.told(number))

    @routes.get("/<number>/version")
    @told
    def get_campaign_version(number: str) -> Response:
        """Tell how often a campaign has changed."""
        version = campaigns.version(number)
        return _given(None if version is None else {"version": version})


def _asked(said: Said) -> Asked:
    """Read what an act asks for; raises BadInput."""
    return Asked(
        name=said.text("name"), owner=said.text("owner"),
        cooperating=said.several("cooperating"),
        scope=Scope(said.several("categories"), said.several("districts"), _tickets(said)),
        target=_target(said), first=_day(said, "first"), last=_day(said, "last"),
        title=said.text("title"), due=_day(said, "due"), measure=_whole(said, "measure"),
        lessons=said.text("lessons"), reason=said.text("reason"),
    )  # fmt: skip


def _tickets(said: Said) -> tuple[tuple[str, str], ...]:
    found = [
        one for part in said.several("tickets") for one in re.split(r"[\s,，、;；]+", part) if one
    ]
    if len(found) > MOST_TICKETS:
        raise BadInput("tickets", f"at most {MOST_TICKETS}")
    parts = [one.partition("/") for one in found]
    if not all(number for _, _, number in parts):
        raise BadInput("tickets", "each as source/number")
    return tuple((source, number) for source, _, number in parts)


def _target(said: Said) -> Target | None:
    """Read a target: so many open tickets, or so many in a hundred solved."""
    goal, given = said.text("goal"), said.text("value")
    if not goal:
        return None
    if goal not in set(Goal) or not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", given):
        raise BadInput("target", f"one of {', '.join(Goal)}, with a number")
    value = float(given)
    return Target(Goal(goal), value / 100 if goal == Goal.SOLVED else value)


def _day(said: Said, name: str) -> date | None:
    given = said.text(name)
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise BadInput(name, "a day as 2026-11-24") from error


def _whole(said: Said, name: str) -> int:
    given = said.text(name)
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 4 else 0
