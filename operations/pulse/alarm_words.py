"""What a reason for an alarm that is no cluster says, in both languages."""

from collections.abc import Mapping
from datetime import date

from operations.pulse.alarm import Cause, Reason, Seen
from operations.pulse.view import Names, names_of
from operations.tickets.loose_ends import LooseEnd

_ZH = {
    Cause.CATEGORY: "全市 {name} {day} {tickets} 件，上限 {bound}",
    Cause.DISTRICT: "{name} {day} 共 {tickets} 件，上限 {bound}",
    Cause.DEPARTMENT: "{name} {day} 承办 {tickets} 件，上限 {bound}",
}
_EN = {
    Cause.CATEGORY: "{name}, whole city: {tickets} {day}, bound {bound}",
    Cause.DISTRICT: "{name}, all matters: {tickets} {day}, bound {bound}",
    Cause.DEPARTMENT: "{name}, in its hands: {tickets} {day}, bound {bound}",
}
LIST_NAMES: Mapping[str, tuple[str, str]] = {
    LooseEnd.BOUNCING: ("反复改派", "Sent to and fro"),
    LooseEnd.ORPHANS: ("悬空", "Orphans"),
    LooseEnd.REPEATS: ("重复诉求", "Repeats"),
    LooseEnd.UNCARDED: ("超期未亮牌", "Card not shown"),
    LooseEnd.UNCALLED: ("办结未回访", "Not called back"),
    LooseEnd.UNSOLVED: ("办结未解决", "Closed, unsolved"),
}
"""What the lists of loose ends are called."""
_LONG_ZH, _LONG_EN = "{name} {tickets} 件，上限 {bound}", "{name}: {tickets}, bound {bound}"
_LATE_ZH, _LATE_EN = "事件 {number} 情况报告迟报", "{number}: situation report late"
_UNSEEN_ZH, _UNSEEN_EN = "{name} 远超常量", "{name}: far above usual"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def says(
    reason: Reason, names: Names, *, seen: Seen | None = None, today: date | None = None
) -> tuple[str, str]:
    """Say a reason in Chinese and in English; ("", "") for a cluster, which says more itself.

    `seen` is how far above it is now, else it is what it was when it became a reason. The day is
    called today where it is `today`.
    """
    if reason.cause is Cause.CLUSTER:
        return "", ""
    if reason.cause is Cause.REPORT:
        return _LATE_ZH.format(number=reason.subject), _LATE_EN.format(number=reason.subject)
    chinese, english = names_of(reason.subject, _table(reason.cause, names))
    seen = seen or reason.seen
    if seen is None:
        return _UNSEEN_ZH.format(name=chinese), _UNSEEN_EN.format(name=english)
    if reason.cause is Cause.LOOSE_END:
        return _long(chinese, english, seen, names)
    day = date.fromisoformat(seen.day)
    is_today = day == today
    figures = {"tickets": f"{seen.tickets:,}", "bound": f"{seen.bound:,}"}
    day_zh = "今日" if is_today else f"{day.month} 月 {day.day} 日"
    day_en = "today" if is_today else f"on {day.day} {_MONTHS[day.month - 1]}"
    return (
        _ZH[reason.cause].format(name=chinese, day=day_zh, **figures),
        _EN[reason.cause].format(name=english, day=day_en, **figures),
    )


def _long(chinese: str, english: str, seen: Seen, names: Names) -> tuple[str, str]:
    """Say how long a list is, and which departments have most of it."""
    figures = {"tickets": f"{seen.tickets:,}", "bound": f"{seen.bound:,}"}
    called = [(names_of(code, names.departments), f"{n:,}") for code, n in seen.most]
    said = (
        _LONG_ZH.format(name=chinese, **figures),
        _LONG_EN.format(name=english, **figures),
    )
    if not called:
        return said
    most_zh = "、".join(f"{pair[0]} {n}" for pair, n in called)
    most_en = ", ".join(f"{pair[1]} {n}" for pair, n in called)
    return f"{said[0]}；{most_zh}", f"{said[1]}; {most_en}"


def _table(cause: Cause, names: Names) -> Mapping[str, tuple[str, str]]:
    return {
        Cause.CATEGORY: names.categories,
        Cause.DISTRICT: names.districts,
        Cause.DEPARTMENT: names.departments,
        Cause.LOOSE_END: LIST_NAMES,
    }[cause]
