"""What a scope shows of tickets older than every count of arrivals."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from operations.pulse.city import City
from operations.pulse.picture import Draughtsman, Names
from tests.builders import LONGKOU, NOW, NOW_US, fact

DAY_US = 86_400_000_000


@pytest.mark.parametrize("scope", ["department-water", f"district-{LONGKOU}"])
@pytest.mark.parametrize("age_d", [0, 3, 80, 400])
def test_an_open_ticket_stays_in_every_row_however_old_it_is(scope: str, age_d: int) -> None:
    city = City(ZoneInfo("Asia/Shanghai"), now=NOW + timedelta(hours=1))
    old = fact(created_us=NOW_US - age_d * DAY_US, town="370681001", department="water")
    city.fold((), [old, fact(external_id="T-2", district="370602", department="health")])
    draughtsman = Draughtsman(Names({}, {}, {}, {}), least_callers=1)
    made = draughtsman.make(scope, city, now=city.now, seq=1, fresh=True)["sections"]
    for name in ("categories", "districts", "towns", "departments"):
        assert sum(row["open_now"] for row in made[name]["data"]["rows"]) == 1, name
