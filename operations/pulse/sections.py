"""The sections of a picture, each made from the running city for one scope."""

import numpy as np

from operations.pulse.cells import merged_upward
from operations.pulse.expected import hourly_outlook, outlook
from operations.pulse.open_tickets import OPEN, OVERDUE, URGENT_OPEN
from operations.pulse.performance import CLOSINGS, DIRECTS
from operations.pulse.rows import CATEGORY, CHANNEL, DEPARTMENT, DISTRICT, TOWN
from operations.pulse.unusual import standings
from operations.pulse.view import (
    HOUR_5M,
    Data,
    View,
    capped,
    carded,
    most_open,
    named,
    names_of,
    range_of,
    rates_of,
    standing_of,
)
from operations.pulse.volumes import ALL, TWO_DAYS_5M, Scope
from operations.pulse.windows import HOUR_US, iso

MOST_CATEGORIES, MOST_DISTRICTS, MOST_TOWNS, MOST_DEPARTMENTS = 40, 72, 40, 64
MOST_CHANNELS, MOST_RECENT = 20, 20


def totals(view: View) -> Data:
    """The scope in a row of numbers."""
    city, scope = view.city, view.scope
    counts, number = city.volumes.total(scope)
    open_, overdue, urgent = city.open.totals(scope)
    yellow, red = city.handled.cards(scope)
    five = city.volumes.five_minutes
    first = five.newest - HOUR_5M + 1
    rates = city.days.rates(scope)
    today = view.almanac.since(counts, number, view.first_hour)
    return {
        "opened_today": int(counts.since(number, view.first_hour)[0]),
        "closed_today": city.days.today(CLOSINGS, scope),
        "open_now": open_,
        "overdue_now": overdue,
        "urgent_open": urgent,
        "unassigned_now": view.unassigned(),
        "yellow_now": yellow,
        "red_now": red,
        "open_by_triage": city.handled.ways(scope),
        "direct_today": city.days.today(DIRECTS, scope),
        "opened_last_hour": int(city.volumes.by_five_minutes(scope, first).sum()),
        "expected_last_hour": range_of(outlook(view.last_hour(five.start_us(first)))),
        "expected_today": range_of(outlook(today)),
        "figures_d": city.figures_d,
        **rates_of(rates),
    }


def volume(view: View) -> Data:
    """Tickets today in the trailing hour, against its expected band."""
    city, local = view.city, view.city.local
    five = city.volumes.five_minutes
    counts = city.volumes.by_five_minutes(view.scope, five.newest - TWO_DAYS_5M + 1)
    since_midnight = five.newest - five.bucket_of(local.midnight_us) + 1
    trailing = np.convolve(counts, np.ones(HOUR_5M, np.int64))[: len(counts)][-since_midnight:]
    day_h = int(local.starts_us[-1] - local.starts_us[-2]) // HOUR_US
    hours = np.arange(view.first_hour - 1, view.first_hour + day_h)
    series, number = city.volumes.total(view.scope)
    band, known = hourly_outlook(view.almanac.past(series, number, hours, np.ones(len(hours))))
    return {
        "step_s": five.bucket_us // 1_000_000,
        "day_start": iso(local.midnight_us),
        "trailing_s": HOUR_US // 1_000_000,
        "trailing": trailing.tolist(),
        "five_minutes_start": iso(five.start_us(five.newest - TWO_DAYS_5M + 1)),
        "five_minutes": counts.tolist(),
        "band": {"hours": list(range(day_h + 1))}
        | {
            name: [round(one, 1) if has else None for one, has in zip(line, known, strict=True)]
            for name, line in (
                ("low", band.low().tolist()),
                ("mid", band.mid.tolist()),
                ("high", band.high().tolist()),
            )
        },
    }


def categories(view: View) -> Data:
    """Categories, the most unusual first."""
    codes, names = view.codes(CATEGORY)
    standing = standings(view.almanac, *view.series(CATEGORY, codes))
    opened = view.opened_today(CATEGORY, codes)
    open_ = view.city.open.by(CATEGORY, view.scope, codes)[OPEN].tolist()
    rows = [
        {
            **named(name, view.names.categories),
            "opened_today": opened[place],
            "open_now": open_[place],
            **standing_of(standing[place]),
        }
        for place, name in enumerate(names)
        if opened[place] or open_[place] or standing[place].observed
    ]
    order = {"far_above": 0, "above": 1, "usual": 2}
    likelihood = {name: one.likelihood for name, one in zip(names, standing, strict=True)}
    rows.sort(
        key=lambda row: (order[row["level"]], -likelihood[row["code"]], -row["opened_today"],
                         row["code"])
    )  # fmt: skip
    return capped(rows, MOST_CATEGORIES)


def districts(view: View) -> Data:
    """Districts with their open tickets, most open first."""
    codes, names = view.codes(DISTRICT)
    standing = standings(view.almanac, *view.series(DISTRICT, codes))
    opened, nobodys = view.opened_today(DISTRICT, codes), view.nobodys(codes)
    by = view.city.open.by(DISTRICT, view.scope, codes)
    cards = view.city.handled.cards_by(DISTRICT, view.scope, codes)
    rows = [
        {
            **named(name, view.names.districts),
            "opened_today": opened[place],
            "open_now": int(by[OPEN, place]),
            "overdue_now": int(by[OVERDUE, place]),
            "urgent_open": int(by[URGENT_OPEN, place]),
            "unassigned_now": nobodys[place],
            **carded(cards[place]),
            **standing_of(standing[place]),
        }
        for place, name in enumerate(names)
        if opened[place] or by[OPEN, place] or standing[place].observed
    ]
    return capped(sorted(rows, key=most_open), MOST_DISTRICTS)


def towns(view: View) -> Data:
    """Towns and subdistricts with their open tickets, most open first."""
    codes, names = view.codes(TOWN)
    if view.scope.kind == DISTRICT:
        own = view.city.names.districts.names[view.scope.code : view.scope.code + 1]
        inside = [place for place, (district, _) in enumerate(names) if district in own]
        codes, names = codes[inside], [names[place] for place in inside]
    opened = view.opened_today(TOWN, codes)
    within = view.scope if view.scope.kind == DEPARTMENT else Scope(ALL)
    by = view.city.open_towns.by(TOWN, within, codes)
    rows = [
        {
            **named(town, view.names.towns),
            "district": district,
            "opened_today": opened[place],
            "open_now": int(by[OPEN, place]),
            "overdue_now": int(by[OVERDUE, place]),
        }
        for place, (district, town) in enumerate(names)
        if town is not None and (by[OPEN, place] or opened[place])
    ]
    rows.sort(key=lambda row: (*most_open(row), row["district"] or ""))
    return capped(rows, MOST_TOWNS)


def channels(view: View) -> Data:
    """Ways in, the busiest first."""
    codes, names = view.codes(CHANNEL)
    rows = [
        {"code": name, "opened_today": opened}
        for name, opened in zip(names, view.opened_today(CHANNEL, codes), strict=True)
        if opened
    ]
    return capped(sorted(rows, key=lambda row: (-row["opened_today"], row["code"])), MOST_CHANNELS)


def cells(view: View) -> Data:
    """Open tickets on the map, never of too few callers."""
    heaps = view.city.cells.heaps(view.scope)
    shown, withheld = merged_upward(heaps, view.least_callers)
    placed = sum(cell[3] for cell in shown) + withheld
    return {
        "least_callers": view.least_callers,
        "cells": shown,
        "unplaced": view.city.open.totals(view.scope)[0] - placed,
        "withheld": withheld,
    }


def departments(view: View) -> Data:
    """Departments with what they hold and how well they do, most open first."""
    codes, names = view.codes(DEPARTMENT)
    opened = view.opened_today(DEPARTMENT, codes)
    by = view.city.open.by(DEPARTMENT, view.scope, codes)
    cards = view.city.handled.cards_by(DEPARTMENT, view.scope, codes)
    rates = view.city.days.department_rates(view.scope, codes)
    week, trends = view.week(codes), view.city.days.department_trends(view.scope, codes)
    closed = view.city.days.closed_today(view.scope, codes)
    rows = [
        {
            **named(name, view.names.departments),
            "open_now": int(by[OPEN, place]),
            "overdue_now": int(by[OVERDUE, place]),
            "urgent_open": int(by[URGENT_OPEN, place]),
            **carded(cards[place]),
            "closed_today": closed[place],
            "opened_today": opened[place],
            **rates_of(rates[place]),
            "week": week[place],
            "trend": trends[place],
        }
        for place, name in enumerate(names)
    ]
    rows = [row for row in rows if _is_at_work(row)]
    return capped(sorted(rows, key=most_open), MOST_DEPARTMENTS)


def _is_at_work(row: Data) -> bool:
    """Tell a department that had something to do within the figures' periods."""
    rates = ("on_time_rate", "source_on_time_rate", "satisfaction_rate", "solved_rate")
    did = row["open_now"] or row["closed_today"] or any(row["week"])
    return bool(did or any(row[rate]["n"] for rate in rates))


def recent(view: View) -> Data:
    """What came in last."""
    arrivals = view.city.recent.newest(view.scope, MOST_RECENT)
    rows = []
    for came_us, category, district, urgent in arrivals:
        category_zh, category_en = names_of(category, view.names.categories)
        district_zh, district_en = (
            names_of(district, view.names.districts) if district else (None, None)
        )
        rows.append(
            {
                "at": iso(came_us),
                "category_zh": category_zh,
                "category_en": category_en,
                "district_zh": district_zh,
                "district_en": district_en,
                "urgent": urgent,
            }
        )
    return {"rows": rows, "last_ticket_at": rows[0]["at"] if rows else None}
