"""The section of a picture that tells of the five responsibilities and of the loose ends."""

from operations.pulse.responsibility import ENDS
from operations.pulse.rows import DEPARTMENT, DUTIES
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
    stages = zip(DUTIES, city.duties.stages(scope, closed=called), strict=True)
    counts = city.duties.ends(scope)
    worst = _worst(view)
    return {
        "stages": [
            {"code": duty.value, "tickets": one.tickets, "median_h": one.median_h,
             "overdue": one.overdue}
            for duty, one in stages
        ],
        "ends": [
            {"code": end.value, "tickets": counts[end], "worst": worst[place]}
            if called or end not in AFTER_CALLBACK
            else {"code": end.value, "tickets": None, "worst": []}
            for place, end in enumerate(ENDS)
        ],
    }  # fmt: skip


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
