"""What a reason for an alarm that is no cluster says, in both languages."""

from collections.abc import Mapping
from datetime import date

from operations.pulse.alarm import Cause, Reason, Seen
from operations.pulse.view import Names, names_of

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
    chinese, english = names_of(reason.subject, _table(reason.cause, names))
    seen = seen or reason.seen
    if seen is None:
        return _UNSEEN_ZH.format(name=chinese), _UNSEEN_EN.format(name=english)
    day = date.fromisoformat(seen.day)
    is_today = day == today
    figures = {"tickets": f"{seen.tickets:,}", "bound": f"{seen.bound:,}"}
    day_zh = "今日" if is_today else f"{day.month} 月 {day.day} 日"
    day_en = "today" if is_today else f"on {day.day} {_MONTHS[day.month - 1]}"
    return (
        _ZH[reason.cause].format(name=chinese, day=day_zh, **figures),
        _EN[reason.cause].format(name=english, day=day_en, **figures),
    )


def _table(cause: Cause, names: Names) -> Mapping[str, tuple[str, str]]:
    return {
        Cause.CATEGORY: names.categories,
        Cause.DISTRICT: names.districts,
        Cause.DEPARTMENT: names.departments,
    }[cause]
