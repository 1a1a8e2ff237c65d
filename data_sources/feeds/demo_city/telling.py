"""A ticket of the demo city as a hotline delivers it: Chinese words, GCJ-02, a raw caller."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from data_sources.feeds.demo_city.births import ADDRESS, EXACT, FALLBACK, Scales
from data_sources.feeds.demo_city.course import Event, answer_of
from data_sources.feeds.demo_city.lives import Batch, State
from data_sources.feeds.demo_city.places import NOWHERE, Places
from data_sources.feeds.demo_city.rates import Rates
from data_sources.feeds.demo_city.twins import in_other_words
from operations.places import KM_PER_DEGREE, from_wgs84

CRS = "GCJ-02"
URGENCY = ("一般", "紧急", "特急")
SATISFACTION = ("非常满意", "满意", "基本满意", "不满意")
STATUS = {
    Event.ACCEPTED: "已受理",
    Event.DISPATCHED: "已派单",
    Event.SIGNED: "已签收",
    Event.HANDLING: "办理中",
    Event.RETURNED: "退单",
    Event.CONSULTING: "会商",
    Event.REPLIED: "已答复",
    Event.CLOSED: "办结",
    Event.REOPENED: "重办",
    Event.ARCHIVED: "归档",
    Event.WITHDRAWN: "撤回",
}
RETURN_REASONS = (
    "不属于本单位职责范围",
    "诉求地点不在本辖区",
    "权属单位为小区物业，建议转属地办理",
    "涉及多个部门，建议明确牵头单位后办理",
)
WISHES = (
    "希望有关部门核实处理",
    "要求尽快解决并回复",
    "请协调处理",
    "此前反映过，至今未解决",
    "希望给予答复",
)


@dataclass(frozen=True, slots=True)
class Names:
    """The words of the city's tables, in the order of the numbers that mean them."""

    categories: Sequence[str]
    departments: Sequence[str]
    districts: Sequence[str]


class Teller:
    """Puts tickets into the words of a hotline's delivery."""

    def __init__(
        self,
        rates: Rates,
        scales: Scales,
        places: Places,
        names: Names,
        fallback: tuple[float, float] | None,
    ) -> None:
        self._source, self._names, self._places = rates.source, names, places
        self._channels, self._kinds = list(rates.channels), list(scales.kinds)
        self._says = [one.says for one in rates.categories.values()]
        self._jitter = rates.places.jitter_m / 1000 / KM_PER_DEGREE
        latitude, longitude = from_wgs84(places.latitude, places.longitude, CRS)
        self._latitude, self._longitude = latitude.tolist(), longitude.tolist()
        self._fallback = None if fallback is None else from_wgs84(*fallback, CRS)

    def tell(self, batch: Batch, number: int, moment: int) -> dict[str, Any] | None:
        """Give a ticket as it stands at a moment, None before it came in."""
        state = batch.state_at(number, moment)
        if state is None:
            return None
        births = batch.births
        category, says = int(births.category[number]), int(births.says[number])
        kind = self._kinds[births.kind[number]]
        told = {
            "source": self._source,
            "external_id": batch.external_id(number),
            "channel": self._channels[births.channel[number]],
            "type": kind,
            "category": self._names.categories[category],
            "urgency": URGENCY[births.urgency[number]],
            "confidential": bool(births.confidential[number]),
            "created_at": _time(int(births.created[number])),
            "caller": f"demo-{births.caller[number]}",
        }
        where = self._where(batch, number, says)
        told.update(where)
        told.update(self._standing(state))
        if state.returns:
            told["return_reason"] = RETURN_REASONS[(says + state.returns) % len(RETURN_REASONS)]
        told["title"] = f"{kind}{self._names.categories[category]}"
        told["text"] = self._text(batch, number, where.get("address", ""))
        return told

    def _text(self, batch: Batch, number: int, where: str) -> str:
        births, again = batch.births, batch.retold
        first = births if again is None else again
        category, says = int(first.category[number]), int(first.says[number])
        about = batch.words or self._says[category]
        matter = about[says % len(about)]
        if again is None:
            return f"来电人反映：{where}{matter}，{WISHES[says % 5]}。"
        wish = WISHES[(says + 1) % 5]
        return in_other_words(self._channels[births.channel[number]], where, matter, wish)

    def _where(self, batch: Batch, number: int, says: int) -> dict[str, Any]:
        births = batch.births
        told, place = int(births.told[number]), int(births.place[number])
        if told == FALLBACK and self._fallback is not None:
            latitude, longitude = self._fallback
            return {"latitude": latitude, "longitude": longitude, "crs": CRS}
        if told not in (EXACT, ADDRESS) or place == NOWHERE:
            return {}
        town = self._places.settlements[self._places.settlement[place]]
        building = f"{says % 28 + 1}号楼" if place < self._places.estates else ""
        words: dict[str, Any] = {
            "district": town.district_zh,
            "town": town.town_zh,
            "address": f"{town.district_zh}{town.town_zh}{self._places.names[place]}{building}",
        }
        if told == EXACT:
            north, east = (says >> 4 & 1023) / 511.5 - 1, (says >> 14 & 1023) / 511.5 - 1
            words["latitude"] = round(self._latitude[place] + north * self._jitter, 6)
            words["longitude"] = round(self._longitude[place] + east * self._jitter, 6)
            words["crs"] = CRS
        return words

    def _standing(self, state: State) -> dict[str, Any]:
        departments = self._names.departments
        told: dict[str, Any] = {
            "status": STATUS[Event(state.event)],
            "updated_at": _time(state.updated),
            "received_at": _time(state.updated),
            "dispatched_at": _time(state.dispatched),
            "signed_at": _time(state.signed),
            "due_at": _time(state.due),
            "original_due_at": _time(state.first_due),
            "replied_at": _time(state.replied),
            "closed_at": _time(state.closed),
            "returns": state.returns,
            "reassignments": state.reassignments,
            "extensions": state.extensions,
            "reopenings": state.reopenings,
        }
        if state.department is not None:
            told["department"] = departments[state.department]
        if state.event == Event.CONSULTING:
            told["cooperating"] = [departments[one] for one in dict.fromkeys(state.asked)]
        if state.called is not None:
            told["callback"] = _callback(state.called, state.answer)
        return told


def _callback(at: int, answer: int) -> dict[str, Any]:
    reached, resolved, satisfaction = answer_of(answer)
    said = None if satisfaction is None else SATISFACTION[satisfaction]
    return {"at": _time(at), "reached": reached, "resolved": resolved, "satisfaction": said}


def _time(at: int | None) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at, UTC)
