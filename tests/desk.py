"""A desk for tests: the evidence and the watchbook in memory, a city of two districts."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import shapely

from api.dossiers import Dossiers
from callbacks.desk import Desk
from data_sources.memory import MemoryStream
from data_sources.memory_escalation import MemoryEscalationBook
from data_sources.memory_incidents import MemoryIncidentBook
from data_sources.memory_partners import MemoryPartnerBook
from data_sources.memory_watchbook import MemoryWatchbook
from operations.categories import Category, CategoryTable
from operations.departments import Department, DepartmentTable
from operations.detection.cluster import Coverage
from operations.detection.evidence.dossier import Terms
from operations.detection.evidence.reports import Reports
from operations.errors import Unreachable
from operations.places import District, Town, Zone, ZonePlace
from operations.ports import Watched
from operations.pulse.picture import Names
from operations.response.catalogue import Catalogue
from operations.response.suggesting import Suggester
from operations.tickets.cards import Cards
from tests.builders import LONGKOU, NOW, NOW_US
from tests.clusters import CENTRE, DAY_US, HOUR_US, cluster, line, reports
from tests.kept import kept as kept_answers
from tests.rules import CALENDAR, RECKONER, RULES
from tests.watched import alarm

YANTAI = ZoneInfo("Asia/Shanghai")
LATER = NOW.replace(minute=1)
SUGGESTER = Suggester(Catalogue(), DepartmentTable(), YANTAI)
"""A city without a catalogue of duties."""


class Reads:
    """A ledger with an outbreak of twelve callers; it can be away."""

    def __init__(self) -> None:
        self.asked = 0
        self.at = 1
        self.away = False

    def revision(self) -> int:
        """Tell the revision."""
        if self.away:
            raise Unreachable("the database does not answer")
        return self.at

    def around(self, category: str, **_where: Any) -> Reports:
        """Give the outbreak and its quiet past."""
        self.asked += 1
        window = [NOW_US - n * HOUR_US // 4 for n in range(12)]
        past = [NOW_US - n * DAY_US for n in range(2, 80)]
        return reports(window + past, km=[0.1] * 12 + [2.0] * 78)

    def holders(self, members: Any) -> list[tuple[str | None, int, int]]:
        """Say who holds the members."""
        return [("water", 9, 2), (None, 1, 0)] if members else []


MEMBERS = tuple(("demo", f"T-{n}") for n in range(12))


def book(**changes: Any) -> MemoryWatchbook:
    """Give a watchbook with one living cluster of twelve callers and its raised alarm."""
    made = MemoryWatchbook()
    inside = (Coverage("nanshan", 0.96),)
    told = cluster(**({"members": MEMBERS, "coverage": inside} | changes))
    made.keep(
        Watched(
            clusters=(told,),
            cluster_lines=(line(callers=6), line(callers=12, at_us=NOW_US - HOUR_US)),
            alarms=(alarm(),),
        )
    )
    return made


def dossiers(kept: MemoryWatchbook, reads: Reads | None = None) -> Dossiers:
    """Give the reader of the evidence, on memory alone."""
    terms = Terms(YANTAI, sources().reference.zones)
    return Dossiers(
        kept, reads or Reads(), kept_answers(), terms, in_thread=lambda work, *given: work(*given)
    )


def desk(kept: MemoryWatchbook | None = None, reads: Reads | None = None, **changes: Any) -> Desk:
    """Give a desk on memory alone."""
    kept = kept or book()
    values: dict[str, Any] = {
        "dossiers": dossiers(kept, reads),
        "book": kept,
        "stream": MemoryStream(),
        "now": now,
        "actor": "值班员",
    }
    return Desk(**(values | changes))


def now() -> datetime:
    """Tell the time at the desk."""
    return LATER


def sources(**changes: Any) -> Any:
    """Give what a page asks of the sources: the city's tables, its map, some settings."""
    incidents = MemoryIncidentBook()
    outline = shapely.box(CENTRE[1] - 0.05, CENTRE[0] - 0.05, CENTRE[1] + 0.05, CENTRE[0] + 0.05)
    estate = ZonePlace("松泉花园", CENTRE[0], CENTRE[1])
    zone = Zone("nanshan", "南山供水区", "Nanshan", "water", LONGKOU, outline, (estate,))
    reference = SimpleNamespace(
        city_code="yantai",
        name_zh="烟台市",
        name_en="Yantai",
        zone=YANTAI,
        centre=(37.4, 121.0),
        districts=(District(LONGKOU, "龙口市", "Longkou", 37.65, 120.48),),
        towns=(Town("370681104", "芦头镇", LONGKOU, 37.62, 120.45, "Lutou"),),
        zones=(zone,),
        departments=DepartmentTable([Department("water", "市水务局", "Water")]),
        categories=CategoryTable([Category("water_quality", "自来水发黄", "Yellow water")]),
        calendar=CALENDAR,
    )
    names = Names(
        categories={"water_quality": ("自来水发黄", "Yellow water")},
        districts={LONGKOU: ("龙口市", "Longkou")},
        departments={"water": ("市水务局", "Water")},
        towns={"370681104": ("芦头镇", "Lutou")},
    )
    settings = SimpleNamespace(
        language="zh", demo=True, tile_url=None, tile_attribution="", least_callers=5
    )
    basemap = SimpleNamespace(
        view=(36.2, 119.5, 38.4, 122.0),
        layers=("land",),
        attribution_zh="天地图",
        attribution_en="Tianditu",
    )
    return SimpleNamespace(
        **(
            {
                "reference": reference,
                "settings": settings,
                "basemap": basemap,
                "names": names,
                "reckoner": RECKONER,
                "incident_book": incidents,
                "partner_book": MemoryPartnerBook(),
                "escalation_book": MemoryEscalationBook(incidents),
                "suggester": SUGGESTER,
                "cards": Cards(RULES.cards, CALENDAR, YANTAI),
            }
            | changes
        )
    )
