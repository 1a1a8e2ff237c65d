"""The catalogue of duties (权责清单): which unit leads in what, with whom, and by which law.

A look-up for a ticket takes the same work whatever the number of duties: rows are found by
category and by the words in them, never by walking the list.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from hashlib import blake2b
from itertools import islice

from operations.departments import DepartmentTable
from operations.names import plain
from operations.people.person import Ring

GENERAL = 6
"""How many rows of a category that no keyword decides are looked at for one ticket."""
DECIDED = 12
"""The same of rows that a keyword decides."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One row. At the county's level a district's own unit of the kind leads, if it has one.

    A row with `keywords` holds for tickets in whose words one of them stands, a row without for
    all of its categories. `lead` and `cooperating` are codes of departments or kinds of unit.
    """

    code: str
    title_zh: str
    title_en: str
    categories: tuple[str, ...]
    lead: str
    level: Ring = Ring.CITY
    keywords: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether it is in force on a day; both ends are counted."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Found:
    """A duty that speaks of a ticket; `word` is the keyword that decided, empty for none."""

    duty: Duty
    word: str = ""


class Words:
    """Finds which of many words stand in a text, in time of the text alone.

    Words are kept by their first two characters, so each place of a text is looked up once.
    """

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        self._begun: dict[str, list[tuple[str, int]]] = {}
        for word, place in words:
            if len(told := plain(word)) > 1:
                self._begun.setdefault(told[:2], []).append((told, place))

    def found(self, text: str) -> dict[int, str]:
        """Give the places of words that stand in a text brought into plain form, with the word."""
        met: dict[int, str] = {}
        for at in range(len(text) - 1):
            for word, place in self._begun.get(text[at : at + 2], ()):
                if len(word) > len(met.get(place, "")) and text.startswith(word, at):
                    met[place] = word
        return met


class Catalogue:
    """The duties of a city, with what finds them.

    `digest` is the same for the same rows; `dated` is the last day on which one began to hold.
    """

    def __init__(
        self,
        duties: Iterable[Duty] = (),
        units: DepartmentTable | None = None,
        names: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Index the duties; `names` are what codes of categories and units are called."""
        self._all = tuple(duties)
        self.units = DepartmentTable() if units is None else units
        said = "\n".join(repr(astuple(one)) for one in self._all)
        self.digest = blake2b(said.encode(), digest_size=6).hexdigest()
        self.dated = max((one.valid_from for one in self._all if one.valid_from), default=None)
        self._by_code = {one.code: place for place, one in enumerate(self._all)}
        self._general: dict[str, list[int]] = {}
        self._by_category: dict[str, list[int]] = {}
        self._by_unit: dict[str, list[int]] = {}
        self._index()
        words = [(word, place) for place, one in enumerate(self._all) for word in one.keywords]
        self._words = Words(words)
        known = names or {}
        self._told = [plain("|".join(_said(one, known))) for one in self._all]

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Duty]:
        return iter(self._all)

    def get(self, code: str) -> Duty | None:
        """Give the duty of a code."""
        place = self._by_code.get(code)
        return None if place is None else self._all[place]

    def lead(self, duty: Duty, district: str | None) -> str | None:
        """Give the unit that leads in a district; None where a kind has no unit there."""
        return self.unit(duty.lead, duty, district)

    def unit(self, kind: str, duty: Duty, district: str | None) -> str | None:
        """Give the unit of a kind that a duty means in a district.

        A kind that has no municipal unit always means the district's own.
        """
        is_local = duty.level is Ring.COUNTY or kind not in self.units
        return self.units.in_district(kind, district if is_local else None)

    def speaking_of(self, category: str, words: str, day: date) -> list[Found]:
        """Give the duties that speak of a ticket, those decided by a word first.

        Where a category has no row in force, rows of others are found by their keywords alone.
        """
        met = self._words.found(plain(words))
        held = {place: word for place, word in met.items() if self._all[place].holds_on(day)}
        own = {place: word for place, word in held.items()
               if category in self._all[place].categories}  # fmt: skip
        rows = (place for place in self._general.get(category, ())
                if self._all[place].holds_on(day))  # fmt: skip
        general = list(islice(rows, GENERAL))
        decided = own if own or general else held
        # The longest word tells most; rows of one length stay in their order.
        first = sorted(decided, key=lambda place: (-len(decided[place]), place))[:DECIDED]
        return [Found(self._all[place], decided[place]) for place in first] + [
            Found(self._all[place]) for place in general
        ]

    def search(self, words: str = "", unit: str = "", category: str = "") -> list[Duty]:
        """Give the duties with all of the words in title, keyword, basis, unit or code, in order.

        `unit` narrows to those in which a unit leads or cooperates, `category` to one category.
        """
        places: Iterable[int] = range(len(self._all))
        if unit:
            places = self._by_unit.get(unit, ())
        if category:
            of_it = self._by_category.get(category, [])
            places = of_it if not unit else sorted(set(places) & set(of_it))
        wanted = [plain(word) for word in words.split()]
        return [
            self._all[place] for place in places
            if all(word in self._told[place] for word in wanted)
        ]  # fmt: skip

    def _index(self) -> None:
        local: dict[str, list[str]] = {}
        for one in self.units:
            for kind in one.stands_for:
                local.setdefault(kind, []).append(one.code)
        for place, duty in enumerate(self._all):
            for category in duty.categories:
                self._by_category.setdefault(category, []).append(place)
                if not duty.keywords:
                    self._general.setdefault(category, []).append(place)
            kinds = {duty.lead, *duty.cooperating}
            meant = [one for one in kinds if duty.level is Ring.COUNTY or one not in self.units]
            for code in kinds | {code for kind in meant for code in local.get(kind, ())}:
                self._by_unit.setdefault(code, []).append(place)


def _said(duty: Duty, names: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Give everything of a duty that is looked through."""
    yield from (duty.code, duty.title_zh, duty.title_en, *duty.keywords, *duty.basis)
    for code in (duty.lead, *duty.cooperating, *duty.categories):
        yield from names.get(code, (code,))
