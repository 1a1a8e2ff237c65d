"""Matters told a second time: by another channel, in other words, some hours later."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from data_sources.feeds.demo_city.births import EXACT, Births, Scales, pick, tell
from data_sources.feeds.demo_city.callers import ONCE_BASE
from data_sources.feeds.demo_city.rates import Ints
from data_sources.feeds.demo_city.units import Units

HOUR_S = 3600
SPOT = 0x1FC7F0
"""The bits of the dice that move a ticket's point by some metres and nothing else of it."""
FIRST_SERIAL = 90_000

FRAMES: Mapping[str, str] = {
    "phone": "市民来电：{where}，{matter}。{wish}。",
    "media": "媒体转来的线索：有人说{where}{matter}，{wish}。",
    "110": "110 转来：{where}{matter}。",
}
USUAL_FRAME = "网友留言：{where}{matter}；{wish}。"
OTHER_WORDS = (
    ("水龙头放出的水", "自来水"), ("多日", "好几天"), ("家中", "家里"), ("停水", "没水"),
    ("未收到通知", "也没人通知"), ("影响通行", "过不去人"), ("要求", "希望"), ("扰民", "很吵"),
    ("不便", "很不方便"), ("咨询", "想问一下"), ("长时间", "很久"), ("拒绝", "不肯"),
    ("车辆", "车"), ("随意", "到处"), ("夜间", "晚上"), ("存在隐患", "很危险"), ("无法", "没法"),
    ("损坏", "坏了"), ("异味", "味道"), ("频繁", "老是"), ("施工", "干活"), ("占用", "占了"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Retold:
    """Of what a batch tells again: the number in the day's tickets, its category and its dice."""

    first: Ints
    category: Ints
    says: Ints


def tell_again(
    rng: np.random.Generator, habits: Mapping[str, Any], scales: Scales, units: Units, day: Births
) -> tuple[Births, Retold]:
    """Draw which of a day's matters are told again, when, how and by whom; oldest first."""
    known = np.flatnonzero((day.told == EXACT) & ~day.direct & ~day.confidential)
    first = known[rng.random(len(known)) < habits["share"]]
    wait = np.minimum(rng.lognormal(0.0, habits["sigma"], len(first)), habits["most"])
    created = day.created[first] + (wait * habits["median_h"] * HOUR_S).astype(np.int64)
    order = np.argsort(created, kind="stable")
    first, created, count = first[order], created[order], len(first)
    same = rng.random(count) < habits["same_caller"]
    someone = ONCE_BASE + rng.integers(0, 1 << 40, count)
    caller = np.where(same, day.caller[first], someone)
    category = _refiled(rng, habits["refiled"], day.category[first], len(scales.hours_of))
    told = tell(
        rng, scales, units, created=created, category=category,
        district=day.district[first], place=day.place[first], caller=caller,
    )  # fmt: skip
    again = replace(
        told,
        channel=_other_channel(rng, scales, day.channel[first]),
        kind=day.kind[first],
        confidential=np.zeros(count, dtype=np.bool_),
        direct=np.zeros(count, dtype=np.bool_),
        says=day.says[first] ^ (rng.integers(0, 1 << 30, count) & SPOT),
        known=same,
    )
    return again, Retold(first, day.category[first], day.says[first])


def in_other_words(channel: str, where: str, matter: str, wish: str) -> str:
    """Tell a matter as somebody else would, by another channel."""
    for usual, other in OTHER_WORDS:
        matter = matter.replace(usual, other)
    parts = matter.split("，")
    turned = "，".join([*parts[1:], parts[0]]) if len(parts) > 1 else f"{matter}，已经好几天了"
    return FRAMES.get(channel, USUAL_FRAME).format(where=where, matter=turned, wish=wish)


def _refiled(rng: np.random.Generator, share: float, category: Ints, count: int) -> Ints:
    """File some under the neighbouring category of the city's table, which is of a like matter."""
    other = np.where(category + 1 < count, category + 1, category - 1)
    return np.where(rng.random(len(category)) < share, other, category)


def _other_channel(rng: np.random.Generator, scales: Scales, channel: Ints) -> Ints:
    shares = np.repeat(scales.channel_shares[np.newaxis], len(channel), axis=0)
    shares[np.arange(len(channel)), channel] = 0.0
    shares[:, 0] /= 3  # most of those who tell it again do so without the telephone
    drawn = [pick(rng, row, 1)[0] for row in shares]
    return np.array(drawn, dtype=np.int64)
