"""The made-up hours are pictures as the schema has them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema
import pytest

from operations.pulse.city import City
from operations.pulse.picture import LARGEST_BYTES, Draughtsman, Names
from tests.browser.hours import HOURS, gathered, staged
from tests.browser.made_up import cluster

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "picture.schema.json").read_text("utf-8"))
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
NOTHING: dict[str, Any] = {"rows": [], "raised": 0, "left_out": 0}


@pytest.fixture(scope="module")
def base() -> dict[str, Any]:
    city = City(ZoneInfo("Asia/Shanghai"), now=NOW - timedelta(hours=1))
    drawer = Draughtsman(Names({}, {}, {}, {}), least_callers=5)
    return drawer.make("city", city, now=NOW, seq=1, fresh=True)


def errors(picture: dict[str, Any]) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    return [f"{one.json_path}: {one.message[:200]}" for one in validator.iter_errors(picture)]


@pytest.mark.parametrize("hour", HOURS)
def test_an_hour_keeps_to_the_schema(base: dict[str, Any], hour: str) -> None:
    picture = HOURS[hour](base, NOW)
    assert errors(picture) == []
    assert len(json.dumps(picture)) < LARGEST_BYTES


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": None},  # a place is withheld whole or not at all
        {"severity": "urgent"},
        {"hours": [1, 2, 3]},
        {"extent": "village"},
        {"caller": "13800000000"},
    ],
)
def test_the_schema_refuses_a_cluster_that_says_too_much_or_too_little(
    base: dict[str, Any], wrong: dict[str, Any]
) -> None:
    assert errors(staged(base, NOW, gathered([cluster(NOW)]), NOTHING)) == []
    assert errors(staged(base, NOW, gathered([cluster(NOW) | wrong]), NOTHING))


def test_a_section_that_is_off_says_nothing(base: dict[str, Any]) -> None:
    assert errors(base) == []
    base_with_rows = staged(base, NOW, gathered([cluster(NOW)]), NOTHING)
    base_with_rows["sections"]["clusters"]["data"] = {"rows": [cluster(NOW)]}
    assert errors(base_with_rows), "rows without their measure"
