"""A small city by the sea with two square districts, for the feeds' tests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import shapely

from data_sources.feeds.reading import ReadTicket, TicketReader
from data_sources.feeds.unknown import Unknown
from data_sources.holidays import weekends_only
from data_sources.memory import MemoryStream
from data_sources.reference import Reference, load_reference
from operations.categories import Category, CategoryTable
from operations.departments import Department, DepartmentTable
from operations.places import Atlas, District, Town
from operations.ports import Refused
from settings import read_settings
from tests.sealing import SEALER

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
BOSTON = Path(__file__).resolve().parents[4] / "shared/data/tickets/boston_311_2011H2.csv.gz"


def city() -> Reference:
    districts = (
        District("370681", "龙口市", "Longkou", 37.64, 120.47),
        District("370602", "芝罘区", "Zhifu", 37.54, 121.39),
    )
    towns = (
        Town("370681001", "东莱街道", "370681", 37.65, 120.52),
        Town("370681101", "黄山馆镇", "370681"),
    )
    polygons = {
        "370681": shapely.box(120.2, 37.4, 120.8, 37.9),
        "370602": shapely.box(121.2, 37.3, 121.6, 37.7),
    }
    return Reference(
        city_code="yantai",
        name_zh="烟台市",
        name_en="Yantai",
        zone=ZoneInfo("Asia/Shanghai"),
        centre=(37.5, 121.3),
        districts=districts,
        towns=towns,
        zones=(),
        departments=DepartmentTable(
            [
                Department("water", "水务局", "Water", aliases=("市水务局",)),
                Department("housing", "住建局", "Housing"),
            ]
        ),
        categories=CategoryTable(
            [
                Category("water_quality", "水质问题", "Water quality", aliases=("水质发黄",)),
                Category("roads", "道路", "Roads"),
            ]
        ),
        atlas=Atlas(districts, towns, polygons),
        calendar=weekends_only({}),
        fallback_points=((37.4646, 121.4479),),
    )


def mapped_city(name: str) -> Reference:
    """A city known by its mapping alone."""
    return load_reference(read_settings(city=f"mapping:{name}"))


def record(**changes: object) -> dict[str, object]:
    """A good record, changed as asked; None takes a field out."""
    values = {
        "source": "12345",
        "external_id": "T1",
        "created_at": "2026-11-24T10:00:00+08:00",
        "status": "办理中",
        "category": "水质问题",
    } | changes
    return {name: value for name, value in values.items() if value is not None}


class Reading:
    """Reads records as the tests want to ask."""

    def __init__(self, unknown: Unknown | None = None) -> None:
        self.reader = TicketReader(city(), b"secret", SEALER, unknown=unknown)

    def raw(self, raw: object) -> ReadTicket | Refused:
        return self.reader.read(raw, now=NOW, feed="test")

    def ticket(self, **changes: object):
        read = self.raw(record(**changes))
        assert isinstance(read, ReadTicket), read
        return read.ticket

    def repairs(self, **changes: object) -> dict[str, str]:
        read = self.raw(record(**changes))
        assert isinstance(read, ReadTicket), read
        return dict(read.repairs)

    def refused(self, **changes: object) -> Refused:
        read = self.raw(record(**changes))
        assert isinstance(read, Refused), read
        return read


@pytest.fixture(scope="session")
def reading() -> Reading:
    return Reading()


@pytest.fixture
def stream() -> MemoryStream:
    return MemoryStream()


@pytest.fixture(scope="session")
def boston() -> Path:
    if not BOSTON.exists():
        pytest.skip(f"{BOSTON} is not there: the Boston file is only beside the checkout")
    return BOSTON


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def monotonic(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.now_s += seconds


def hours(number: float) -> timedelta:
    return timedelta(hours=number)
