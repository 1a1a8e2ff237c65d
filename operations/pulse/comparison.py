"""A picture compared, number by number, with what an independent count says.

The count is shaped like the picture's sections, its rows keyed by code. Whatever number of
the picture is neither counted nor known to be a model's is reported as well: a figure nobody
can count again is no figure.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]

MODEL = {"expected", "high", "excess", "ratio", "since", "level", "window_start", "window_h"}
MODEL_OF = {
    "totals": {"expected_last_hour", "expected_today"},
    "volume": {"band", "step_s", "trailing_s"},
}
MODELS = {"clusters", "alarms", "incidents"}
"""Sections that are a model's judgement and people's actions, not counts of tickets."""
WORDS = {"code", "name_zh", "name_en", "district"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One number that is not the same: where it stands, what is shown, what was counted."""

    where: str
    shown: object
    counted: object


def differences(picture: Data, counted: Data) -> list[Difference]:
    """Compare every section; an empty list means that every number is the same."""
    found: list[Difference] = []
    for name, section in picture["sections"].items():
        if section["state"] == "off" or name in MODELS:
            continue
        compare = _SECTIONS.get(name, _rows)
        found += compare(f"{picture['scope']}.{name}", section["data"], counted[name])
    return found


def _values(where: str, shown: Data, counted: Data, left_out: set[str]) -> Iterator[Difference]:
    """Compare the values of one row or of one plain section."""
    for key in shown.keys() - left_out:
        expected = counted.get(key, "not counted by anything")
        if key == "observed":
            expected = counted["observed"][shown["window_h"]]
        if shown[key] != expected:
            yield Difference(f"{where}.{key}", shown[key], expected)


def _plain(where: str, shown: Data, counted: Data) -> list[Difference]:
    section = where.rpartition(".")[2]
    return list(_values(where, shown, counted, MODEL_OF[section]))


def _rows(where: str, shown: Data, counted: Data) -> list[Difference]:
    """Compare rows by their code, and look for rows that should be there and are not."""
    found: list[Difference] = []
    rows = {_key(where, row): row for row in shown["rows"]}
    for key, row in rows.items():
        there = counted["rows"].get(key)
        zeros = there is None and not any(_counts(row))
        if there is None and not zeros:
            found.append(Difference(f"{where}[{key}]", list(_counts(row)), "no such row"))
        elif there is not None:
            found += _values(f"{where}[{key}]", row, there, MODEL | WORDS)
    if not shown.get("left_out"):
        for key in counted["rows"].keys() - rows.keys():
            present = list(_counts(counted["rows"][key]))
            if any(present):
                found.append(Difference(f"{where}[{key}]", "no such row", present))
    return found


def _key(where: str, row: Data) -> object:
    return (row["district"], row["code"]) if where.endswith(".towns") else row["code"]


def _counts(row: Data) -> Iterator[int]:
    """Give what makes a row worth showing: what came in today and what is open."""
    for name in ("opened_today", "open_now"):
        if isinstance(row.get(name), int):
            yield row[name]


def _cells(where: str, shown: Data, counted: Data) -> list[Difference]:
    """Compare whole cells one by one, merged ones by their sum."""
    found: list[Difference] = []
    placed = sum(numbers[0] for numbers in counted["cells"].values())
    total = sum(cell[3] for cell in shown["cells"]) + shown["withheld"]
    if total != placed:
        found.append(Difference(f"{where}.sum", total, placed))
    if shown["unplaced"] != counted["unplaced"]:
        found.append(Difference(f"{where}.unplaced", shown["unplaced"], counted["unplaced"]))
    for cell in shown["cells"]:
        there = counted["cells"].get(int(cell[0], 16))
        if there is not None and tuple(cell[3:6]) != there:
            found.append(Difference(f"{where}[{cell[0]}]", tuple(cell[3:6]), there))
    return found


def _recent(where: str, shown: Data, counted: Data) -> list[Difference]:
    found: list[Difference] = []
    for name in ("at", "urgent"):
        ours = [row[name] for row in shown["rows"]]
        theirs = [row[name] for row in counted["rows"]]
        if ours != theirs:
            found.append(Difference(f"{where}.{name}", ours, theirs))
    if shown["last_ticket_at"] != counted["last_ticket_at"]:
        last = (shown["last_ticket_at"], counted["last_ticket_at"])
        found.append(Difference(f"{where}.last_ticket_at", *last))
    return found


def _duties(where: str, shown: Data, counted: Data) -> list[Difference]:
    """Compare stages and lists one by one."""
    found: list[Difference] = []
    for part in ("stages", "rings", "ends"):
        if len(shown[part]) != len(counted[part]):
            found.append(Difference(f"{where}.{part}", len(shown[part]), len(counted[part])))
        for ours, theirs in zip(shown[part], counted[part], strict=False):
            if ours != theirs:
                found.append(Difference(f"{where}.{part}[{ours['code']}]", ours, theirs))
    return found


_SECTIONS: dict[str, Callable[[str, Data, Data], list[Difference]]] = {
    "totals": _plain,
    "volume": _plain,
    "cells": _cells,
    "recent": _recent,
    "duties": _duties,
}
