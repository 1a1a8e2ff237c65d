"""Clusters and alarms made up for an hour: of every size, severity and state there is."""

from datetime import UTC, datetime, timedelta
from typing import Any

Row = dict[str, Any]
GROWING = (*[0] * 17, 1, 1, 2, 4, 6, 9, 11)
FADING = (*[0] * 8, 1, 2, 3, 2, 1, 1, *[0] * 10)


def ago(now: datetime, **length: float) -> str:
    """Give the time so long before `now`, as pictures write it."""
    return (now - timedelta(**length)).astimezone(UTC).replace(microsecond=0).isoformat()


def zone(code: str, name_zh: str, name_en: str, share: float) -> Row:
    """Make a zone that a cluster touches."""
    return {"code": code, "name_zh": name_zh, "name_en": name_en, "share": share}


def cluster(now: datetime, **changes: Any) -> Row:
    """Make a cluster of yellow water in Longkou; say only what is different."""
    row = {
        "id": "c-water", "category": "water_yellow",
        "name_zh": "自来水发黄", "name_en": "Discoloured tap water",
        "district": "370681", "district_zh": "龙口市", "district_en": "Longkou",
        "place_zh": "南山街道", "place_en": "Nanshan Subdistrict",
        "extent": "circle", "latitude": 37.645, "longitude": 120.478, "radius_km": 1.8,
        "callers": 34, "tickets": 41, "expected": 1.24, "since": ago(now, hours=6.5),
        "newest": ago(now, minutes=2), "p": 0.00031, "recurrence_d": 1460.0, "basis": "gumbel",
        "phase": "growing", "hours": list(GROWING),
        "zones": [
            zone("z1", "南山水厂供水区", "Nanshan waterworks", 0.91),
            zone("z2", "东城加压站", "Dongcheng booster station", 0.47),
        ],
        "bulk": False, "severity": "critical", "alarm": "a-water", "alarm_state": "raised",
    }  # fmt: skip
    return row | changes


def of_cluster(name: str) -> Row:
    """Make the reason a cluster is."""
    words = {"says_zh": "", "says_en": "", "tickets": None, "bound": None}
    return {"cause": "cluster", "subject": name} | words


def far_above(code: str, zh: str, en: str, tickets: int, bound: int) -> Row:
    """Make the reason a category far above its usual is."""
    return {
        "cause": "category",
        "subject": code,
        "says_zh": f"全市 {zh} 今日 {tickets} 件，上限 {bound}",
        "says_en": f"{en}, whole city: {tickets} today, bound {bound}",
        "tickets": tickets,
        "bound": bound,
    }


def alarm(now: datetime, **changes: Any) -> Row:
    """Make the alarm of that cluster; say only what is different."""
    row = {
        "id": "a-water", "version": 1, "severity": "critical", "state": "raised",
        "raised": ago(now, hours=3), "since": ago(now, hours=6.5), "shelved_until": None,
        "flooded": False, "category": "water_yellow",
        "name_zh": "自来水发黄", "name_en": "Discoloured tap water",
        "district": "370681", "district_zh": "龙口市", "district_en": "Longkou",
        "reasons": [of_cluster("c-water")],
    }  # fmt: skip
    return row | changes


def bad_clusters(now: datetime) -> list[Row]:
    """Make six clusters: five of different size, one of too few callers to be shown a place."""
    return [
        cluster(now),
        cluster(
            now, id="c-heat", category="heating_cold", name_zh="供暖温度不够",
            name_en="Insufficient heating in rented dwellings", district="370676",
            district_zh="黄渤海新区", district_en="Huangbohai New Area", place_zh="福莱山街道",
            place_en="Fulaishan Subdistrict, northern blocks", extent="zone", latitude=37.56,
            longitude=121.24, radius_km=3.2, callers=61, tickets=70, expected=22.4,
            since=ago(now, hours=26), p=0.002, recurrence_d=480.0, severity="high", alarm="a-heat",
            hours=[3, 2, 1, 1, 1, 2, 4, 5, 6, 4, 3, 3, 2, 2, 3, 4, 3, 5, 6, 7, 8, 9, 9, 10],
            zones=[zone("h1", "开发区热电供热区", "Development Zone cogeneration plant", 0.97)],
        ),
        cluster(
            now, id="c-noise", category="noise", name_zh="噪声扰民", name_en="Noise at night",
            district="370602", district_zh="芝罘区", district_en="Zhifu", place_zh="毓璜顶街道",
            place_en="Yuhuangding Subdistrict", latitude=37.53, longitude=121.386, radius_km=0.5,
            callers=12, tickets=12, expected=0.9, since=ago(now, hours=15), p=0.0041,
            recurrence_d=210.0, basis="monte_carlo", severity="high", alarm="a-noise",
            alarm_state="acknowledged", phase="steady", zones=[],
            hours=[*[0] * 9, 1, 0, 0, 1, 1, 2, 1, 1, 1, 1, 1, 1, 0, 1, 0],
        ),
        cluster(
            now, id="c-flood", category="road_flooded", name_zh="道路积水",
            name_en="Flooded roads and underpasses", district="370682", district_zh="莱阳市",
            district_en="Laiyang", place_zh="城厢街道", place_en="Chengxiang Subdistrict",
            extent="town", latitude=36.975, longitude=120.712, radius_km=2.1, callers=7, tickets=9,
            expected=0.04, since=ago(now, hours=16), p=0.011, recurrence_d=96.0, severity=None,
            alarm=None, alarm_state=None, phase="quietening", zones=[], hours=list(FADING),
        ),
        cluster(
            now, id="c-fees", category="property_fees", name_zh="物业收费",
            name_en="Property management fees", district="370613", district_zh="莱山区",
            district_en="Laishan", place_zh="黄海路街道", place_en="Huanghai Road Subdistrict",
            latitude=37.49, longitude=121.45, radius_km=0.2, callers=18, tickets=18, expected=0.6,
            since=ago(now, hours=2), p=0.0001, recurrence_d=3000.0, severity=None, alarm=None,
            alarm_state=None, bulk=True, zones=[], hours=[*[0] * 22, 2, 16],
        ),
        cluster(
            now, id="c-few", category="gas_smell", name_zh="燃气泄漏异味", name_en="Smell of gas",
            district="370687", district_zh="海阳市", district_en="Haiyang",
            place_zh="", place_en="",
            latitude=None, longitude=None, radius_km=None, callers=4, tickets=4, expected=0.1,
            since=ago(now, hours=1), p=0.008, recurrence_d=120.0, severity="medium", alarm=None,
            alarm_state=None, zones=[], hours=[*[0] * 22, 1, 3],
        ),
    ]  # fmt: skip


def bad_alarms(now: datetime) -> list[Row]:
    """Make three alarms in three states, and one that came in a flood of them."""
    return [
        alarm(now),
        alarm(
            now, id="a-heat", severity="high",
            raised=ago(now, minutes=40), since=ago(now, hours=26),
            category="heating_cold", name_zh="供暖温度不够",
            name_en="Insufficient heating in rented dwellings", district="370676",
            district_zh="黄渤海新区", district_en="Huangbohai New Area",
            reasons=[of_cluster("c-heat"),
                     far_above("heating_cold", "供暖温度不够", "Insufficient heating", 88, 41)],
        ),
        alarm(
            now, id="a-noise", severity="high", state="acknowledged", raised=ago(now, hours=9),
            since=ago(now, hours=15),
            category="noise", name_zh="噪声扰民", name_en="Noise at night",
            district="370602", district_zh="芝罘区", district_en="Zhifu",
            reasons=[of_cluster("c-noise")],
        ),
        alarm(
            now, id="a-flood", severity="medium", flooded=True, raised=ago(now, minutes=5),
            since=ago(now, hours=1), category="road_flooded", name_zh="道路积水",
            name_en="Flooded roads and underpasses", district=None, district_zh="", district_en="",
            reasons=[far_above("road_flooded", "道路积水", "Flooded roads", 66, 12)],
        ),
    ]  # fmt: skip
