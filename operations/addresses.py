"""Districts and towns found by their names in an address."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import ahocorasick

# "海阳路" is a road in Zhifu, not the city of Haiyang: a short name before one of these is
# part of another name.
_ROAD_KINDS = ("路", "街", "巷", "大道")
_ROADS = (
    *(side + kind for kind in _ROAD_KINDS for side in ("", *"东西南北中大")),
    *("胡同", "屯", "桥", "大厦", "小区", "花园", "广场", "宾馆", "酒店"),
)
_DISTRICT_ENDINGS = ("区", "市", "县")
_TOWN_ENDINGS = ("街道", "镇", "乡")


class _Word(NamedTuple):
    """A name as it can stand in an address; `towns` are all that bear it."""

    district: str | None
    towns: tuple[str, ...]
    whole: bool


class _Hit(NamedTuple):
    start: int
    end: int
    word: _Word


class AddressBook:
    """Names of districts and towns, found in one pass over an address (Aho-Corasick).

    The longest name wins; a whole name (芝罘区, 黄务街道, 北马镇) counts anywhere, the short
    name of a district (芝罘) unless it is part of a road's name, the short name of a town (北马)
    only right behind the name of its district. A town implies its district.
    """

    def __init__(
        self, districts: Mapping[str, Iterable[str]], towns: Iterable[tuple[str, str, str]]
    ) -> None:
        self._district_of: dict[str, str] = {}
        words: dict[str, _Word] = {}
        for code, name, district in towns:
            self._district_of[code] = district
            for word, whole in _town_words(name):
                before = words.get(word, _Word(None, (), whole))
                words[word] = _Word(None, (*before.towns, code), whole or before.whole)
        for code, names in districts.items():
            for name in names:
                for word, whole in _district_words(name):
                    words[word] = _Word(code, (), whole)
        self._automaton = ahocorasick.Automaton()
        for word, meaning in words.items():
            self._automaton.add_word(word, (len(word), meaning))
        if words:
            self._automaton.make_automaton()

    def find(self, text: str) -> tuple[str | None, str | None]:
        """Find the codes of the district and town that an address names."""
        if not len(self._automaton):
            return None, None
        hits = self._hits(text)
        named = next((hit.word.district for hit in hits if hit.word.district), None)
        town = self._town(hits, named)
        return (self._district_of[town], town) if town else (named, None)

    def _hits(self, text: str) -> list[_Hit]:
        """Give the names that count, from left to right, none inside a longer one."""
        found = [
            _Hit(end - length + 1, end + 1, word)
            for end, (length, word) in self._automaton.iter(text)
        ]
        found.sort(key=lambda hit: (hit.start, -hit.end))
        kept: list[_Hit] = []
        for hit in found:
            if kept and hit.start < kept[-1].end:
                continue
            if hit.word.whole or not text.startswith(_ROADS, hit.end):
                before = kept[-1] if kept else None
                if hit.word.whole or hit.word.district or self._follows(before, hit):
                    kept.append(hit)
        return kept

    def _follows(self, before: _Hit | None, hit: _Hit) -> bool:
        """Tell whether the short name of a town stands right behind its district's name."""
        return (
            before is not None
            and before.end == hit.start
            and any(self._district_of[town] == before.word.district for town in hit.word.towns)
        )

    def _town(self, hits: list[_Hit], named: str | None) -> str | None:
        """Choose a town of the named district, else one whose name only one town bears."""
        for hit in hits:
            for town in hit.word.towns:
                if self._district_of[town] == named:
                    return town
        return next((hit.word.towns[0] for hit in hits if len(hit.word.towns) == 1), None)


def _district_words(name: str) -> Iterable[tuple[str, bool]]:
    yield name, name.endswith(_DISTRICT_ENDINGS)
    for ending in _DISTRICT_ENDINGS:
        short = name.removesuffix(ending)
        if short != name and len(short) == 2 and not short.endswith(("新", "发")):
            yield short, False


def _town_words(name: str) -> Iterable[tuple[str, bool]]:
    yield name, True
    for ending in _TOWN_ENDINGS:
        short = name.removesuffix(ending)
        if short != name and len(short) >= 2:
            yield short, False
            if ending == "街道":
                yield short + "街办", True
                yield short + "办事处", True
