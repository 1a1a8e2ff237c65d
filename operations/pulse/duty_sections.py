"""The section of a picture that tells of the five responsibilities and of the loose ends."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from operations.pulse.city import City
from operations.pulse.long_lists import Held, Lists
from operations.pulse.responsibility import ENDS, Stage
from operations.pulse.rows import DEPARTMENT, DUTIES, RINGS
from operations.pulse.view import Data, View
from operations.pulse.volumes import CITY, Scope
from operations.pulse.windows import Ints
from operations.tickets.loose_ends import AFTER_CALLBACK

MOST_WORST = 3


def duties(view: View) -> Data:
    """How many tickets stand in each of the five, and on each list of loose ends, with the worst.

    Where a city's source tells of no callbacks nothing is said of those that wait for one.
    """
    city, scope = view.city, view.scope
    called = tells_callbacks(city)
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


def tells_callbacks(city: City) -> bool:
    """Tell whether anybody in the city answered a callback in the period."""
    rates = city.days.rates(CITY)
    return bool(rates.satisfaction["n"] or rates.solved["n"])


def lists(city: City) -> Lists:
    """Give the lists of loose ends of the whole city, each with the departments that have most."""
    called, counts = tells_callbacks(city), city.duties.ends(CITY)
    names = city.names.of(DEPARTMENT).names
    codes = np.array([n for n, name in enumerate(names) if name is not None], np.int64)
    most = _most(city, CITY, codes, [str(names[code]) for code in codes])
    return Lists(
        city.now_us,
        date.fromordinal(city.local.today).isoformat(),
        city.open.totals(CITY)[0],
        {
            end: Held(counts[end], tuple((row["code"], row["tickets"]) for row in most[place]))
            if called or end not in AFTER_CALLBACK
            else Held(None)
            for place, end in enumerate(ENDS)
        },
    )


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
    return _most(view.city, view.scope, *view.codes(DEPARTMENT))


def _most(city: City, scope: Scope, codes: Ints, names: Sequence[str]) -> list[list[Data]]:
    found = []
    for line in city.duties.ends_by(DEPARTMENT, scope, codes).tolist():
        rows = [{"code": name, "tickets": n} for name, n in zip(names, line, strict=True) if n]
        rows.sort(key=lambda row: (-row["tickets"], row["code"]))
        found.append(rows[:MOST_WORST])
    return found
