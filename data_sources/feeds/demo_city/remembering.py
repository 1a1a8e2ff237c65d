"""The demo city's library: two matters of the last weeks, solved, reviewed, and told as cases.

Nothing of it is real, as nothing of the demo city is. It is played once a ledger, when its history
is told, so that the days before and after each measure are there to be compared.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import structlog

from data_sources.feeds.demo_city.bringing_together import HOUR, UNITS, Play, measured, open_at
from operations.errors import OperationsError
from operations.response.case import Act, Asked, Of, Sought, State
from operations.response.case_keeping import Keeping, Library
from operations.response.chain import Template
from operations.response.incident import Kind
from operations.response.incident_entering import Command
from operations.response.incident_opening import Origin
from operations.response.ports_incident import Identity

log = structlog.get_logger()

EDITOR, SECOND = "案例整理员（演示）", "分管主任（演示）"
DAY = timedelta(days=1)
LASTED_D, LATEST_D, EARLIEST_D = 8, 12, 40
"""A matter begins so many days ago, at the latest and at the earliest, and lasts so long."""
LEAST = 5
OPENED = time(20)
NEEDED = {*UNITS, "urban"}


@dataclass(frozen=True, slots=True)
class Past:
    """What was told: complaints of a category by district and day, the tickets of some days.

    `counts(category, first, last)`; `tickets(category, district, first, last)`.
    """

    counts: Callable[[str, date, date], Mapping[str, Mapping[date, int]]]
    tickets: Callable[[str, str, date, date], Sequence[Identity]]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where it is played: the incidents, the library, the usual chains, what was told, now."""

    command: Command
    library: Library
    templates: tuple[Template, ...]
    past: Past
    now: datetime

    @property
    def today(self) -> date:
        """Give the city's day."""
        return self.now.astimezone(self.library.zone).date()


def play(stage: Stage) -> int:
    """Play it where there is no case yet; give how many cases were published."""
    if not all(stage.command.known(unit) for unit in NEEDED):
        return 0
    if stage.library.book.listed(tuple(State), Sought(), most=1).rows:
        return 0
    done = 0
    for story, summary in ((_yellow_taps, YELLOW_TAPS), (_full_bins, FULL_BINS)):
        try:
            done += _told(stage, story(stage), summary)
        except OperationsError as error:  # somebody acts in it meanwhile: the demo goes on
            log.warning("demo_case_not_played", error=str(error))
    log.info("demo_cases", cases=done)
    return done


def _begun(stage: Stage, category: str, said: Mapping[str, object]) -> Play | None:
    """Open an incident on the day that stood out most from those behind it; None for none."""
    first, last = (stage.today - days * DAY for days in (EARLIEST_D, LATEST_D))
    found = stage.past.counts(category, first, last + LASTED_D * DAY)
    worst = max(
        (
            (counts.get(day, 0) / (1 + _after(counts, day)), day, district)
            for district, counts in found.items()
            for day in (first + n * DAY for n in range(EARLIEST_D - LATEST_D + 1))
            if counts.get(day, 0) >= LEAST
        ),
        default=None,
    )
    if worst is None:
        return None
    _, day, district = worst
    tickets = stage.past.tickets(category, district, day - DAY, day + 2 * DAY)
    origin = Origin(
        category=category, district=district, tickets=tuple(tickets), templates=stage.templates
    )
    opened = datetime.combine(day, OPENED, stage.library.zone)
    return open_at(stage.command, opened + LASTED_D * DAY, LASTED_D * DAY, origin, said)


def _after(counts: Mapping[date, int], day: date) -> int:
    """Count the complaints of the days behind one that are left when it is being solved."""
    return sum(counts.get(day + n * DAY, 0) for n in range(2, LASTED_D))


def _told(stage: Stage, play: Play | None, summary: str) -> int:
    """Draft its case, write what it was in short, and publish it; 0 where nothing was played."""
    if play is None:
        return 0
    hand = Keeping(stage.library, EDITOR, stage.now, verified=False)
    held = hand.begin(play.incident, key=f"demo {play.incident}")
    texts = {f"{Of.SUMMARY}/0": summary}
    for act, asked in ((Act.REVISE, Asked(texts=texts)), (Act.PUBLISH, Asked(read=True))):
        held = hand.act(held.number, act, asked, expected_version=held.version)
    return 1


YELLOW_TAPS = (
    "停水检修后恢复供水，管网末梢沉积物被冲起，居民接连反映水黄。先逐环取样，确认水厂出水合格、"
    "问题在末梢支管；当晚定向冲洗，随后更换一处老旧支管，入户复测清澈后解除。"
)
FULL_BINS = (
    "节后垃圾量上升，一条清运线路车辆故障后没有及时补位，投放点连日满溢。查明是收运环节运力不足，"
    "临时调车、增加夜间一班后清空，随后固定了备用车。"
)


def _yellow_taps(stage: Stage) -> Play | None:
    """After a shutdown the ends of the mains are stirred up; they are flushed, one is replaced."""
    said = {"lead": "water_company", "severity": 3, "title": "检修后恢复供水，居民反映水黄",
            "chain": "water"}  # fmt: skip
    play = _begun(stage, "water_yellow", said)
    if play is None:
        return None
    play.head(190 * HOUR, "assess", "respond")
    play.owned(189 * HOUR, "water_company", "water_company", "housing")
    play.called(189 * HOUR, "water_bureau", "health", "housing")
    for party, hours in ((1, 188), (2, 187), (3, 186)):
        play.part(hours * HOUR, Kind.PARTY, party, "check_in")
    play.found(184 * HOUR, 1, "出厂水合格", measured("浊度", 0.2, "NTU", 1.0))
    play.part(184 * HOUR, Kind.LINK, 1, "clear")
    play.found(180 * HOUR, 2, "末梢支管有锈垢沉积", measured("浊度", 3.6, "NTU", 1.0))
    play.part(180 * HOUR, Kind.LINK, 2, "fail")
    play.act(179 * HOUR, "decide", text="先冲洗、后换管；冲洗期间在楼道张贴告知，不逐户解释",
             basis="供水应急预案")  # fmt: skip
    play.act(178 * HOUR, "plan", link=2, title="夜间定向冲洗末梢", owner="water_company",
             within_min=24 * 60, effect="次日诉求减半")  # fmt: skip
    play.act(178 * HOUR, "plan", link=2, title="更换一处老旧支管", owner="water_company",
             within_min=72 * 60, effect="不再反复")  # fmt: skip
    play.part(172 * HOUR, Kind.MEASURE, 1, "begin")
    play.part(164 * HOUR, Kind.MEASURE, 1, "complete")
    play.part(150 * HOUR, Kind.MEASURE, 2, "begin")
    play.part(120 * HOUR, Kind.MEASURE, 2, "complete")
    play.found(118 * HOUR, 2, "更换后末梢达标", measured("浊度", 0.4, "NTU", 1.0))
    play.part(118 * HOUR, Kind.LINK, 2, "clear")
    play.found(116 * HOUR, 3, "小区进水口达标", measured("浊度", 0.4, "NTU", 1.0))
    play.part(116 * HOUR, Kind.LINK, 3, "clear")
    play.found(114 * HOUR, 4, "入户复测清澈", measured("浊度", 0.5, "NTU", 1.0))
    play.part(114 * HOUR, Kind.LINK, 4, "clear")
    _ended(play, "末梢已冲洗，支管已更换，入户复测清澈", (
        "恢复供水前先排放末梢，排到清为止，再通知居民用水",
        "告知贴到楼道，比逐个回电话更快",
        "反复冲洗的支管要列入改造计划，不能每次停水都靠冲",
    ))  # fmt: skip
    return play


def _full_bins(stage: Stage) -> Play | None:
    """A collection round has lost its lorry: another is lent, and a night round is added."""
    said = {"lead": "urban", "severity": 4, "title": "投放点垃圾连日满溢", "chain": "waste"}
    play = _begun(stage, "garbage", said)
    if play is None:
        return None
    play.head(190 * HOUR, "assess", "respond")
    play.owned(189 * HOUR, "housing", "urban", "urban", "urban")
    play.called(189 * HOUR, "housing")
    play.part(187 * HOUR, Kind.PARTY, 1, "check_in")
    play.found(186 * HOUR, 1, "桶位够用，满在没有人收", measured("满溢点位", 11, "处", 0))
    play.part(186 * HOUR, Kind.LINK, 1, "suspect")
    play.found(184 * HOUR, 2, "一条线路少一辆车", measured("当日收运率", 62, "%", None))
    play.part(184 * HOUR, Kind.LINK, 2, "fail")
    play.found(183 * HOUR, 3, "转运站还有余量", measured("负荷", 71, "%", 100))
    play.part(183 * HOUR, Kind.LINK, 3, "clear")
    play.act(182 * HOUR, "plan", link=2, title="从邻近线路借调一辆清运车", owner="urban",
             within_min=12 * 60, effect="两日清空")  # fmt: skip
    play.act(182 * HOUR, "plan", link=2, title="增加夜间一班", owner="urban", within_min=24 * 60,
             effect="早高峰前清空")  # fmt: skip
    play.part(178 * HOUR, Kind.MEASURE, 1, "begin")
    play.part(176 * HOUR, Kind.MEASURE, 1, "complete")
    play.part(166 * HOUR, Kind.MEASURE, 2, "begin")
    play.part(142 * HOUR, Kind.MEASURE, 2, "complete")
    play.found(140 * HOUR, 2, "补位后当日收清", measured("当日收运率", 98, "%", None))
    play.part(140 * HOUR, Kind.LINK, 2, "clear")
    play.found(139 * HOUR, 1, "巡查无满溢", measured("满溢点位", 0, "处", 0))
    play.part(139 * HOUR, Kind.LINK, 1, "clear")
    _ended(play, "借调车辆到位，夜间已加一班，投放点当日清空", (
        "车辆一坏就要报缺，不等投诉；每条线路指定一辆备用车",
        "节后一周按平时的一点三倍排班",
    ))  # fmt: skip
    return play


def _ended(play: Play, done: str, lessons: Sequence[str]) -> None:
    """Report, control, close for a reason that a second person confirms, and review."""
    play.act(
        100 * HOUR, "report", situation="来电回落，复测达标", done=done, next="观察三天", needs="无"
    )
    play.head(96 * HOUR, "control")
    play.head(24 * HOUR, "ask_close", reason="来电回落，复测达标")
    play.head(22 * HOUR, "confirm_close", by=SECOND)
    for place, lesson in enumerate(lessons):
        play.act((10 - place) * HOUR, "learn", text=lesson)
    play.head(HOUR, "review")
