"""Rates on a real city's tickets, against what is known of the file."""

import csv
import gzip
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from operations.pulse.city import City
from operations.pulse.performance import Rates
from operations.pulse.rows import DEPARTMENT
from operations.pulse.volumes import Scope
from operations.pulse.windows import to_us
from tests.builders import fact

BOSTON = ZoneInfo("America/New_York")
FILE = Path(__file__).parents[4] / "shared" / "data" / "tickets" / "boston_311_2011H2.csv.gz"
KNOWN = {  # on time of due by the end of 2011; the city's own flag of all with a target
    "PWDx": (0.8921, 25_410, 0.878, 27_202),
    "ISD": (0.3401, 5_463, 0.415, 7_873),
    "PARK": (0.5540, 2_242, 0.758, 4_581),
    "BTDT": (0.8175, 3_617, 0.818, 4_070),
    "INFO": (0.2165, 2_189, 0.226, 2_401),
}


def moment(text: str) -> int | None:
    return (
        to_us(datetime.fromisoformat(text).replace(tzinfo=BOSTON).astimezone(UTC)) if text else None
    )


def boston():
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            closed_us = moment(row["closed_dt"])
            yield fact(
                external_id=row["case_enquiry_id"],
                created_us=moment(row["open_dt"]),
                due_us=moment(row["target_dt"]),
                closed_us=closed_us,
                status="closed" if row["case_status"] == "Closed" else "handling",
                department=row["department"],
                category=row["type"],
                reported_on_time=row["ontime"] == "ONTIME" if row["ontime"] else None,
            )


@pytest.mark.skipif(not FILE.exists(), reason="needs ../shared/data")
def test_boston_departments_have_the_rates_known_of_them():
    city = City(BOSTON, now=datetime(2012, 1, 1, 4, 59, 59, tzinfo=UTC), figures_d=184)
    city.fold((), list(boston()))
    for name, (on_time, due, told, flagged) in KNOWN.items():
        rates: Rates = city.days.rates(Scope(DEPARTMENT, city.names.departments[name]))
        assert rates.on_time == {"value": on_time, "n": due}
        assert rates.source_on_time["n"] == flagged
        assert rates.source_on_time["value"] == pytest.approx(told, abs=0.0006)
