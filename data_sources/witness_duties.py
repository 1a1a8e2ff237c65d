"""The witness's count of the five responsibilities and the loose ends."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from data_sources.duty_terms import DUTY, ENDS, PENDING, WITHOUT_CALLBACKS
from operations.people.person import Ring
from operations.tickets.duties import Duty
from operations.tickets.loose_ends import AFTER_CALLBACK, LooseEnd

HOUR_US = 3600 * 1_000_000
MOST_WORST = 3
Select = Callable[[str, str], list[Any]]


def duties(select: Select, this_hour: int, *, called: bool, worst: bool) -> dict[str, Any]:
    """Count stages and lists by `select(columns, more)`; not `called`: nothing of callbacks.

    `worst` asks for the departments with most on each list.
    """
    kept = PENDING if called else WITHOUT_CALLBACKS
    found = select(
        f"{DUTY}, ring, (created_us - {this_hour % HOUR_US}) / {HOUR_US}, count(*),"
        " count(CASE WHEN is_open = 1 AND due_us < :now THEN 1 END)",
        f"AND {kept} GROUP BY 1, 2, 3",
    )

    def stages(rings: Sequence[str]) -> list[dict[str, Any]]:
        kept = [row for row in found if row[1] in rings]
        return [_stage(duty, kept, this_hour // HOUR_US) for duty in Duty]

    return {
        "stages": stages([*Ring]),
        "rings": [{"code": ring.value, "stages": stages([ring])} for ring in Ring],
        "ends": [_end(end, select, called=called, worst=worst) for end in LooseEnd],
    }


def _stage(duty: Duty, found: list[Any], this_hour: int) -> dict[str, Any]:
    ages: Counter[int] = Counter()
    overdue = 0
    for stage, _ring, hour, n, late in found:
        if stage == duty.value:
            ages[this_hour - int(hour)] += n
            overdue += late
    tickets, rank = ages.total(), (ages.total() + 1) // 2
    median = None
    for age in sorted(ages):
        rank -= ages[age]
        if rank <= 0:
            median = age
            break
    return {"code": duty.value, "tickets": tickets, "median_h": median, "overdue": overdue}


def _end(end: LooseEnd, select: Select, *, called: bool, worst: bool) -> dict[str, Any]:
    if not called and end in AFTER_CALLBACK:
        return {"code": end.value, "tickets": None, "worst": []}
    rows = select("department, count(*)", f"AND {ENDS[end]} GROUP BY department")
    held = sorted(((-n, code) for code, n in rows if code is not None and worst))
    return {
        "code": end.value,
        "tickets": sum(n for _, n in rows),
        "worst": [{"code": code, "tickets": -n} for n, code in held[:MOST_WORST]],
    }
