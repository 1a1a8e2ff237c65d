"""The demo city's incidents: yellow water, cold flats and a drill, as people made them.

Nothing of it is real, as nothing of the demo city is. It is played once a ledger, on matters that
were told of most in these days, at times before now.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

import structlog

from operations.errors import OperationsError
from operations.pulse.windows import to_us
from operations.response.asked import Asked
from operations.response.chain import Template, in_order
from operations.response.incident import Kind, Signed
from operations.response.incident_entering import Command, enter
from operations.response.incident_opening import Origin, opened
from operations.tickets.ticket import Ticket

log = structlog.get_logger()

CENTRE, COMMANDER = "城运中心值班员（演示）", "值班主任（演示）"
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
MOST_TICKETS = 500
UNITS = (
    *("water_company", "water_bureau", "health", "housing"),
    *("heating_company", "emergency", "traffic_police"),
)
"""Who is in it; a city of other departments has no such story."""

Find = Callable[[Sequence[str]], Sequence[Ticket]]


def play(command: Command, templates: tuple[Template, ...], find: Find, now: datetime) -> int:
    """Play it where nobody has opened an incident yet; give how many were opened.

    `find` gives the tickets of some categories told of lately.
    """
    now_us = to_us(now)
    if not all(command.known(unit) for unit in UNITS):
        return 0
    if any(command.book.board(now_us, living=living, most=1) for living in (True, False)):
        return 0
    done = 0
    for part in (_yellow_water, _cold_flats, _burst_main):
        try:
            done += part(command, templates, find, now)
        except OperationsError as error:  # somebody acts in it meanwhile: the demo goes on
            log.warning("demo_incident_not_played", error=str(error))
    log.info("demo_incidents", incidents=done)
    return done


class Play:
    """One incident being played: who acts when, on what is held."""

    def __init__(self, command: Command, now: datetime, incident: str) -> None:
        self._command, self._now, self.incident = command, now, incident
        self._acts = 0

    def act(
        self,
        before: timedelta,
        act: str,
        *,
        reason: str = "",
        number: int = 0,
        version: int = 0,
        by: str = CENTRE,
        **given: Any,
    ) -> None:
        """Do an act, so long before now."""
        self._acts += 1
        key = blake2b(f"{self.incident}\n{self._acts}".encode(), digest_size=16).hexdigest()
        asked = Asked(act, key, given, number, version, reason)
        signed = Signed(by, False, to_us(self._now - before))
        enter(self._command, self.incident, asked, signed)

    def head(self, before: timedelta, *acts: str, reason: str = "", by: str = CENTRE) -> None:
        """Do acts on the head, one right after the other."""
        for act in acts:
            held = self._command.book.head(self.incident)
            version = 0 if held is None else held.version
            self.act(before, act, version=version, reason=reason, by=by)

    def part(
        self, before: timedelta, kind: Kind, number: int, act: str, reason: str = "", **given: Any
    ) -> None:
        """Do an act on a part as it is held."""
        whole = self._command.book.whole(self.incident)
        version = 0 if whole is None else whole.parts[kind, number].version
        self.act(before, act, number=number, version=version, reason=reason, **given)

    def owned(self, before: timedelta, *owners: str) -> None:
        """Say whose the links are, from the source on."""
        whole = self._command.book.whole(self.incident)
        links = () if whole is None else in_order(whole.of(Kind.LINK))
        for link, owner in zip(links, owners, strict=False):
            name = link.body["name_zh"]
            self.part(before, Kind.LINK, link.number, "edit_link", name=name, owner=owner)

    def found(self, before: timedelta, link: int, text: str, what: Mapping[str, Any]) -> None:
        """Write down what an inspection of a link found, with its measurement."""
        self.act(before, "find", link=link, text=text, **what)

    def called(self, before: timedelta, *parties: str) -> None:
        """Call departments."""
        for party in parties:
            self.act(before, "summon", party=party)


def open_at(
    command: Command, now: datetime, before: timedelta, origin: Origin, said: Mapping[str, Any]
) -> Play:
    """Open an incident so long before now; give who plays it."""
    signed = Signed(CENTRE, False, to_us(now - before))
    key = blake2b(f"demo\n{said['title']}\n{now}".encode(), digest_size=16).hexdigest()
    change = opened(Asked("open", key, said), signed, origin)
    head = command.book.begin(change, origin.tickets, year=(now - before).year)
    return Play(command, now, head.id)


def _matter(tickets: Sequence[Ticket], templates: tuple[Template, ...]) -> Origin | None:
    """Give the matter and the district most of the tickets are of, with those tickets."""
    placed = [one for one in tickets if one.district and not one.confidential]
    counted = Counter((one.category, one.district) for one in placed)
    if not counted:
        return None
    category, district = counted.most_common(1)[0][0]
    of_it = [one.identity for one in placed if (one.category, one.district) == (category, district)]
    return Origin(
        category=category, district=district, tickets=tuple(of_it[:MOST_TICKETS]),
        templates=templates,
    )  # fmt: skip


def _yellow_water(
    command: Command, templates: tuple[Template, ...], find: Find, now: datetime
) -> int:
    """The mains fail: chlorine is gone at their ends, flushing has begun, a visit is late."""
    origin = _matter(find(("water_yellow",)), templates)
    if origin is None:
        return 0
    said = {"lead": "water_company", "severity": 2, "title": "居民反映自来水发黄", "chain": "water"}
    play = open_at(command, now, 26 * HOUR, origin, said)
    play.head(25.5 * HOUR, "assess", "respond")
    play.owned(25 * HOUR, "water_company", "water_company", "housing")
    play.called(25 * HOUR, "water_bureau", "health", "housing")
    play.act(25 * HOUR, "appoint", role="commander", person=COMMANDER)
    play.part(24.5 * HOUR, Kind.PARTY, 1, "check_in")
    play.part(24 * HOUR, Kind.PARTY, 2, "check_in")
    play.act(24 * HOUR, "give", title="末梢水采样送检", owner="health", within_min=6 * 60)
    play.act(24 * HOUR, "give", title="逐户走访受影响楼栋", owner="housing", within_min=22 * 60)
    play.part(23 * HOUR, Kind.PARTY, 3, "check_in")
    play.part(23 * HOUR, Kind.TASK, 1, "acknowledge")
    play.found(21 * HOUR, 1, "出厂水合格", measured("浊度", 0.3, "NTU", 1.0))
    play.part(21 * HOUR, Kind.LINK, 1, "clear")
    play.act(20 * HOUR, "give", title="排查老旧支管", owner="water_company", within_min=36 * 60)
    play.found(
        19 * HOUR, 2, "末梢余氯不足，管内有沉积", measured("余氯", 0.02, "mg/L", 0.05, "least")
    )
    play.part(19 * HOUR, Kind.LINK, 2, "fail")
    play.part(18.5 * HOUR, Kind.TASK, 1, "finish", told="五处末梢水样已送检，三处余氯不足")
    play.part(18 * HOUR, Kind.LINK, 3, "suspect")
    play.act(17 * HOUR, "plan", link=2, title="夜间冲洗管网末梢", owner="water_company",
             within_min=30 * 60, effect="当日投诉下降一半")  # fmt: skip
    play.act(17 * HOUR, "plan", link=1, title="水厂提高出厂余氯", owner="water_company",
             within_min=12 * 60, effect="末梢余氯回到限值以上")  # fmt: skip
    play.part(12 * HOUR, Kind.MEASURE, 2, "begin")
    play.part(11 * HOUR, Kind.MEASURE, 2, "complete")
    play.part(9 * HOUR, Kind.MEASURE, 1, "begin")
    play.act(10 * MINUTE, "report", situation="管道末梢余氯不足，冲洗进行中，来电回落",
             done="出厂余氯已提高，末梢已采样", next="今晚完成第二轮冲洗，明早复测",
             needs="请住建部门派人到场开展走访")  # fmt: skip
    return 1


def _cold_flats(
    command: Command, templates: tuple[Template, ...], find: Find, now: datetime
) -> int:
    """Under control: a station's exchanger was replaced, the figures are on their way back."""
    origin = _matter(find(("heating_cold",)), templates)
    if origin is None:
        return 0
    said = {"lead": "heating_company", "severity": 3, "title": "换热站故障致室温不达标",
            "chain": "heating"}  # fmt: skip
    play = open_at(command, now, 3 * DAY, origin, said)
    play.head(3 * DAY - HOUR, "assess", "respond")
    play.owned(3 * DAY - HOUR, *["heating_company"] * 3, "housing")
    play.called(3 * DAY - HOUR, "housing")
    play.part(70 * HOUR, Kind.PARTY, 1, "check_in")
    play.part(69 * HOUR, Kind.PARTY, 2, "check_in")
    play.found(68 * HOUR, 1, "供水温度正常", measured("供水温度", 92, "℃", None))
    play.part(68 * HOUR, Kind.LINK, 1, "clear")
    play.found(66 * HOUR, 3, "板式换热器堵塞，压差过大", measured("压差", 0.21, "MPa", 0.1))
    play.part(66 * HOUR, Kind.LINK, 3, "fail")
    play.act(65 * HOUR, "plan", link=3, title="更换板式换热器", owner="heating_company",
             within_min=24 * 60, effect="室温回到18℃以上")  # fmt: skip
    play.part(64 * HOUR, Kind.MEASURE, 1, "begin")
    play.part(48 * HOUR, Kind.MEASURE, 1, "complete")
    play.act(47 * HOUR, "give", title="入户复测室温", owner="heating_company", within_min=72 * 60)
    play.part(46 * HOUR, Kind.TASK, 1, "acknowledge")
    play.found(40 * HOUR, 3, "更换后压差正常", measured("压差", 0.06, "MPa", 0.1))
    play.part(40 * HOUR, Kind.LINK, 3, "clear")
    play.part(39 * HOUR, Kind.LINK, 4, "suspect")
    play.head(36 * HOUR, "control")
    play.act(40 * MINUTE, "report", situation="换热站恢复，个别楼栋仍偏低", done="换热器已更换",
             next="逐栋平衡二次管网", needs="无")  # fmt: skip
    return 1


def _burst_main(
    command: Command, templates: tuple[Template, ...], find: Find, now: datetime
) -> int:
    """A drill: a burst heating main, just opened; one of three has checked in."""
    heating = find(("heating_leak", "heating_cold"))
    district = heating[0].district if heating else None
    origin = Origin(category="heating_leak", district=district, templates=templates)
    said = {"lead": "heating_company", "severity": 1, "title": "供热主管网爆管应急演练",
            "chain": "heating", "exercise": True}  # fmt: skip
    play = open_at(command, now, 50 * MINUTE, origin, said)
    play.head(45 * MINUTE, "assess")
    play.called(45 * MINUTE, "emergency", "traffic_police")
    play.part(35 * MINUTE, Kind.PARTY, 1, "check_in")
    play.act(30 * MINUTE, "give", title="封闭道路、引导绕行", owner="traffic_police", within_min=60)
    play.part(20 * MINUTE, Kind.LINK, 2, "suspect")
    return 1


def measured(
    quantity: str, value: float, unit: str, limit: float | None, bound: str = "most"
) -> dict[str, Any]:
    """Give a measurement as a finding takes it; the limit is one at most, or at least."""
    return {"quantity": quantity, "value": value, "unit": unit, "limit": limit, "bound": bound}
