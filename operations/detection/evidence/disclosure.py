"""What of a dossier leaves Python: the one place that decides it, as plain JSON-able values.

No caller, ticket, text or address is in it. Where fewer than `least_callers` callers stand
behind a whole cluster only its category and district are told; where fewer stand behind a
number that has a place (a cell of the table, a line of the history, a cluster like it) the
number is None. Times are ISO 8601 in UTC.
"""

from collections.abc import Sequence
from typing import Any

from operations.detection.cluster import Cluster, ClusterLine
from operations.detection.evidence.course import Course
from operations.detection.evidence.dossier import Dossier
from operations.detection.evidence.reports import Reals
from operations.detection.evidence.sensitivity import LONGEST_D, Sensitivity
from operations.detection.evidence.similar import Similar
from operations.detection.evidence.whereabouts import Whereabouts
from operations.pulse.windows import iso

Data = dict[str, Any]
MOST_SIMILAR = 10
SURE_D = 100.0  # Orkis and others 2018: a recurrence interval worth a signal


def summary(cluster: Cluster, callers: int, least_callers: int) -> Data:
    """Tell a cluster in a line: of too few callers only what, in which district, and its phase."""
    said = cluster.evidence
    told: Data = {
        "id": cluster.id,
        "category": cluster.category,
        "district": said.district,
        "phase": cluster.phase.value,
        "living": cluster.is_living,
        "withheld": callers < least_callers,
        "into": cluster.into,
        "ended": None if cluster.ended_us is None else iso(cluster.ended_us),
    }
    if told["withheld"]:
        return told
    return told | {
        "town": said.town,
        "extent": said.extent.value,
        "place": said.place,
        "radius_km": round(said.radius_km, 2),
        "start": iso(said.start_us),
        "callers": callers,
        "expected": round(said.expected, 2),
        "recurrence_d": round(min(said.recurrence_d, LONGEST_D), 1),
        "born": iso(cluster.born_us),
        "bulk": said.bulk,
    }


def disclosed(found: Dossier, least_callers: int) -> Data:
    """Tell all of a dossier that a screen may know."""
    cluster, said = found.cluster, found.evidence
    told = _present(found, least_callers)
    if told["withheld"]:
        return told
    return told | {
        "parent": cluster.parent,
        "at_largest": found.at_largest,
        "largest": found.largest,
        "latitude": round(said.latitude, 5),
        "longitude": round(said.longitude, 5),
        "as_of": iso(said.as_of_us),
        "newest": iso(said.newest_us),
        "tickets": said.tickets if found.at_largest else len(cluster.members) or said.tickets,
        "addresses": said.addresses,
        "statistic": round(said.statistic, 2),
        "threshold": round(cluster.threshold, 2),
        "p": float(f"{said.p:.3g}"),
        "basis": said.basis,
        "coverage": [{"zone": one.zone, "share": round(one.share, 3)} for one in said.coverage],
        "members": _places(found.members),
        "neighbours": _places(found.neighbours),
        "unplaced": found.unplaced,
        "estates": {"named": [list(pair) for pair in found.estates.named],
                    "others": found.estates.others},
        "growth": {"now_per_h": found.growth.now_per_h, "before_per_h": found.growth.before_per_h,
                   "doubling_h": _rounded(found.growth.doubling_h)},
        "course": _course(found.course),
        "sensitivity": _table(found.sensitivity, least_callers),
        "history": [_line(line, least_callers) for line in found.lines],
        "similar": _similar(found.similar, least_callers),
    }  # fmt: skip


def _present(found: Dossier, least_callers: int) -> Data:
    """Tell the cluster in a line, by the evidence that is shown."""
    said = found.evidence
    told = summary(found.cluster, said.callers, least_callers)
    if told["withheld"]:
        return told
    return told | {
        "radius_km": round(said.radius_km, 2),
        "start": iso(said.start_us),
        "expected": round(said.expected, 2),
        "recurrence_d": round(min(said.recurrence_d, LONGEST_D), 1),
    }


def _places(where: Whereabouts) -> Data:
    shown = [[round(one.latitude, 4), round(one.longitude, 4), one.callers] for one in where.places]
    return {"places": shown, "withheld": where.withheld}


def _rounded(value: float | None, digits: int = 1) -> float | None:
    return None if value is None else round(value, digits)


def _listed(values: Reals | None, digits: int = 3) -> list[float] | None:
    return None if values is None else values.round(digits).tolist()


def _course(run: Course) -> Data:
    return {
        "step_h": run.step_h,
        "starts": [iso(us) for us in run.start_us.tolist()],
        "observed": run.observed.tolist(),
        "in_window": run.in_window.tolist(),
        "expected": _listed(run.expected),
        "expected_in_window": _listed(run.expected_in_window),
        "low": _listed(run.low, 2),
        "high": _listed(run.high, 2),
        "past_d": round(run.past_us / 86_400e6, 1),
    }


def _table(table: Sensitivity | None, least_callers: int) -> Data | None:
    """Tell the table; of a choice that finds too few callers nothing can be told."""
    if table is None:
        return None
    cells: list[list[Data | None]] = []
    for row in range(len(table.radii_km)):
        cells.append([])
        for column in range(len(table.windows_h)):
            n = int(table.observed[row, column])
            told = n == 0 or n >= least_callers
            cells[-1].append(
                {
                    "observed": n,
                    "expected": round(float(table.expected[row, column]), 2),
                    "statistic": round(float(table.statistic[row, column]), 2),
                    "recurrence_d": round(float(table.recurrence_d[row, column]), 2),
                }
                if told
                else None
            )
    told_cells = [cell for line in cells for cell in line if cell is not None]
    return {
        "radii_km": table.radii_km.round(3).tolist(),
        "windows_h": table.windows_h.round(2).tolist(),
        "found": list(table.found),
        "cells": cells,
        "sure": sum(cell["recurrence_d"] >= SURE_D for cell in told_cells),
        "of": table.observed.size,
    }


def _line(line: ClusterLine, least_callers: int) -> Data:
    enough = line.callers >= least_callers
    return {
        "at": iso(line.at_us),
        "turn": line.turn.value,
        "callers": line.callers if enough else None,
        "expected": round(line.expected, 2) if enough else None,
        "radius_km": round(line.radius_km, 2) if enough else None,
        "other": line.other,
    }


def _similar(found: Sequence[Similar], least_callers: int) -> Data:
    """Tell the newest of the clusters like this one that are large enough, and count the others."""
    enough = [one for one in found if one.callers >= least_callers]
    rows = [
        summary(one.cluster, one.callers, least_callers)
        | {
            "start": iso(one.start_us),
            "hours": round((one.end_us - one.start_us) / 3.6e9, 1),
            "distance_km": round(one.distance_km, 1),
            "same_zone": one.same_zone,
        }
        for one in enough[:MOST_SIMILAR]
    ]
    return {"rows": rows, "left_out": len(found) - len(rows)}
