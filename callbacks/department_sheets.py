"""A page of departments to take away: each table that is on screen, its numbers as numbers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from callbacks.departments import shown, step_of
from callbacks.desk import Desk
from callbacks.ticket_rows import reader_of, table_mark, taker
from layouts.departments_face import (
    DepartmentsFace,
    FigureFace,
    FiguresFace,
    ScoreFace,
    Table,
    TicketList,
)
from layouts.parts.duties import DUTIES
from layouts.parts.figures import corrections
from layouts.parts.live_now import NOW
from layouts.values import told
from layouts.wording import Language, language_of
from operations.pulse.figure import Unit
from operations.pulse.sheet import SCORE, Amount, Cell, Sheet

HOUR_MIN = 60

Picture = Callable[[str], bytes | None]
"""Gives a scope's newest picture; None where there is none."""


class DepartmentSheets:
    """Gives what a page of departments shows who asks, as sheets."""

    def __init__(self, sources: Any, desk: Desk, picture: Picture) -> None:
        self._sources, self._desk, self._picture = sources, desk, picture

    def actor(self) -> tuple[str, bool]:
        """Name who asks, and whether an account vouches for that."""
        return taker(self._desk)

    def mark(self, asked: str | None) -> str:
        """Say in a language who takes it and when."""
        return table_mark(reader_of(self._sources, self._desk, self._language(asked)))

    def sheets(self, department: str | None, asked: Mapping[str, str]) -> list[Sheet] | None:
        """Give the sheets; None for what is not there. Raises BadInput and Unreachable."""
        language = self._language(asked.get("lang"))
        step = step_of(self._sources, self._desk, department, asked, language)
        if step is None:
            return None
        face, figures = shown(self._sources, self._desk, step)
        return sheets_of(face, figures, self._now_of(face.live))

    def _language(self, asked: str | None) -> Language:
        return language_of(asked, self._sources.settings.language)

    def _now_of(self, scope: str) -> dict[str, Any] | None:
        body = self._picture(scope) if scope else None
        return None if body is None else orjson.loads(body)


def sheets_of(
    face: DepartmentsFace, figures: FiguresFace, picture: Mapping[str, Any] | None
) -> list[Sheet]:
    """Give a page's tables; `picture` is what is so now of the scope that is shown."""
    about = _about(face)
    found = [] if picture is None else [_now(face, picture)]
    if figures.score is not None:
        found.append(_score(figures.score, figures, about))
    live = _sections(picture).get("departments", {}).get("rows", [])
    units = [one for one in figures.tables if one.scored]
    others = [one for one in figures.tables if not one.scored]
    found += [_table(one, figures, about, {row["code"]: row for row in live}) for one in units]
    found.append(_figures(figures, about))
    found += [_table(one, figures, about, {}) for one in others]
    return found + [_list(one, face) for one in face.lists]


def _about(face: DepartmentsFace) -> str:
    said = face.words
    here = [one.name for one in face.crumbs]
    days = said["departments_period_told"].format(
        first=face.first, last=face.last, before=face.before
    )
    told_few = [said["departments_sheet_few"]]
    if face.counted < 1:
        share = f"{face.counted * 100:.0f}"
        told_few.append(said["departments_counting"].format(share=share))
    return " · ".join([*here, days, *told_few])


def _sections(picture: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give what is told in the sections of a picture that are on."""
    sections = {} if picture is None else picture.get("sections", {})
    return {name: one["data"] for name, one in sections.items() if one["state"] != "off"}


def _now(face: DepartmentsFace, picture: Mapping[str, Any]) -> Sheet:
    said, told_now = face.words, _sections(picture)
    totals = told_now.get("totals", {})
    stages = {one["code"]: one for one in told_now.get("duties", {}).get("stages", [])}
    rows: list[list[Cell]] = [[said[name], Amount(totals.get(name))] for name in NOW]
    for name in DUTIES:
        one = stages.get(name, {})
        hours = one.get("median_h")
        age = Amount(None if hours is None else hours * HOUR_MIN, Unit.MINUTES)
        rows.append([said[f"duty_{name}"], Amount(one.get("tickets")), Amount(one.get("overdue")),
                     age])  # fmt: skip
    heads = [said["departments_now"], said["departments_sheet_tickets"], said["overdue_now"],
             _in_hours(said["departments_sheet_median"], face)]  # fmt: skip
    return Sheet(said["departments_now"], _now_about(face, picture), heads, rows)


def _now_about(face: DepartmentsFace, picture: Mapping[str, Any]) -> str:
    at = face.reader.moment(datetime.fromisoformat(picture["as_of"]), seconds=True)
    parts = [*(one.name for one in face.crumbs), face.live_whole, at]
    return " · ".join(filter(None, parts))


def _score(score: ScoreFace, face: FiguresFace, about: str) -> Sheet:
    said = face.words
    now, before = Amount(score.value, SCORE), Amount(score.before, SCORE)
    rows: list[list[Cell]] = [[said["departments_score"], score.band, now, "", "", before]]
    for part in score.parts:
        actual, target = Amount(part.actual, part.unit), Amount(part.target, part.unit)
        gives = [Amount(part.contribution, SCORE), Amount(part.change, SCORE)]
        rows.append([part.name, "", actual, target, Amount(part.n), "", *gives])
    names = ("figure", "band", "value", "target", "n", "before", "gives", "moves")
    heads = [said[f"departments_sheet_{name}"] for name in names]
    return Sheet(said["departments_score"], about, heads, rows)


def _figures(face: FiguresFace, about: str) -> Sheet:
    said = face.words
    rows = [_figure(title, one, face) for title, figures in face.groups for one in figures]
    names = ("group", "figure", "value", "unit", "n", "target", "band", "before", "before_n",
             "corrected", "means")  # fmt: skip
    heads = [said[f"departments_sheet_{name}"] for name in names]
    return Sheet(said["departments_sheet_figures"], about, heads, rows)


def _figure(group: str, one: FigureFace, face: FiguresFace) -> list[Cell]:
    said = face.words
    band = said["departments_few"] if one.few else one.band
    return [
        group,
        one.name,
        Amount(one.value, one.unit, one.few),
        said[f"departments_sheet_unit_{one.unit}"],
        Amount(one.n),
        Amount(one.target, one.unit),
        band,
        Amount(one.before, one.unit),
        Amount(one.before_n),
        corrections(one.corrected, said),
        one.means,
    ]


def _table(
    table: Table, face: FiguresFace, about: str, live: Mapping[str, Mapping[str, Any]]
) -> Sheet:
    """Give a table of figures; each share stands beside the cases it rests on."""
    said, ranked = face.words, table.scored and face.ranks
    units = [unit for _, unit in table.aims]
    heads = [table.lead]
    heads += [said["open_now"], said["overdue_now"]] if table.live else []
    for name, (aim, unit) in zip(table.heads, table.aims, strict=True):
        heads += _heads(name, aim, unit, face)
    heads += [said["departments_band"]] if table.scored else []
    heads += [said["departments_score"], said["departments_rank"]] if ranked else []
    rows = []
    for place, line in enumerate(table.lines, 1):
        now = live.get(line.code, {})
        row: list[Cell] = [line.name]
        row += [Amount(now.get(one)) for one in ("open_now", "overdue_now")] if table.live else []
        for cell, unit in zip(line.cells, units, strict=True):
            row.append(Amount(cell.value, unit, cell.few))
            row += [] if unit == Unit.TICKETS else [Amount(cell.n)]
        row += [line.band] if table.scored else []
        if ranked:
            row += [Amount(line.score, SCORE), Amount(None if line.score is None else place)]
        rows.append(row)
    return Sheet(table.title, about, heads, rows)


def _heads(name: str, aim: float | None, unit: str, face: FiguresFace) -> Iterable[str]:
    said = face.words
    named = _in_hours(name, face) if unit == Unit.MINUTES else name
    if aim is not None:
        goal = told(aim, unit, face.language)
        named = f"{named} · {said['departments_target'].format(value=goal)}"
    return [named] if unit == Unit.TICKETS else [named, f"{name} n"]


def _in_hours(name: str, face: DepartmentsFace | FiguresFace) -> str:
    return f"{name} · {face.words['departments_sheet_unit_minutes']}"


def _list(one: TicketList, face: DepartmentsFace) -> Sheet:
    """Give a list of tickets, with the address of each."""
    said = face.words
    names = ("ticket", "where", "note", "reasons", "address")
    rows: list[Sequence[Cell]] = [
        [line.name, line.where, line.note, " ".join(line.reasons), line.href.partition("?")[0]]
        for line in one.lines
    ]
    about = " · ".join([*(step.name for step in face.crumbs), *([] if rows else [one.nothing])])
    return Sheet(one.title, about, [said[f"departments_sheet_{name}"] for name in names], rows)
