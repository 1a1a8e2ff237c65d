"""The section of a picture that tells of the five responsibilities and of the loose ends."""

from collections.abc import Sequence

from operations.pulse.responsibility import ENDS, Stage
from operations.pulse.rows import DEPARTMENT, DUTIES, RINGS
from operations.pulse.view import Data, View
from operations.pulse.volumes import CITY
from operations.tickets.loose_ends import AFTER_CALLBACK

MOST_WORST = 3


def duties(view: View) -> Data:
    """How many tickets stand in each of the five, and on each list of loose ends, with the worst.

    Where a city's source tells of no callbacks nothing is said of those that wait for one.
    """
    city, scope = view.city, view.scope
    rates = city.days.rates(CITY)
    called = bool(rates.satisfaction["n"] or rates.solved["n"])
    counts, worst = city.duties.ends(scope), _worst(view)
    return {
        "stages": _told(city.duties.stages(scope, closed=called)),
        "rings": [
            {"code": ring.value,
             "stages": _told(city.duties.stages(scope, closed=called, ring=place))}
            for place, ring in enumerate(RINGS)
        ],
        "ends": [
            {"code": end.value, "tickets": counts[end], "worst": worst[place]}
            if called or end not in AFTER_CALLBACK
            else {"code": end.value, "tickets": None, "worst": []}
            for place, end in enumerate(ENDS)
        ],
    }  # fmt: skip


def _told(stages: Sequence[Stage]) -> list[Data]:
    return [
        {"code": duty.value, "tickets": one.tickets, "median_h": one.median_h,
         "overdue": one.overdue}
        for duty, one in zip(DUTIES, stages, strict=True)
    ]  # fmt: skip


def _worst(view: View) -> list[list[Data]]:
    """Give for each list the departments with most on it; none for a department itself."""
    if view.scope.kind == DEPARTMENT:
        return [[] for _ in ENDS]
    codes, names = view.codes(DEPARTMENT)
    found = []
    for line in view.city.duties.ends_by(DEPARTMENT, view.scope, codes).tolist():
        rows = [{"code": name, "tickets": n} for name, n in zip(names, line, strict=True) if n]
        rows.sort(key=lambda row: (-row["tickets"], row["code"]))
        found.append(rows[:MOST_WORST])
    return found
