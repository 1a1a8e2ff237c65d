"""What a feed does with words that the city's tables do not know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Literal

from data_sources.reference import Reference

Rule = Literal["other", "add", "refuse"]
NameKind = Literal["category", "department", "district"]
MOST_NAMES = 2_000
MOST_HELD = 20_000


@dataclass(frozen=True, slots=True)
class Unknown:
    """What becomes of unknown categories, departments and districts.

    `other` keeps the word beside the code `other`, `add` makes the word a code of its own,
    `refuse` refuses the record. A district's `other` is: found by place or address instead.
    """

    category: Rule = "other"
    department: Rule = "other"
    district: Rule = "other"


def growing_where_empty(reference: Reference) -> Unknown:
    """Let names grow from the tickets of a city that has no tables of them."""
    return Unknown(
        category="other" if len(reference.categories) else "add",
        department="other" if len(reference.departments) else "add",
        district="other" if reference.districts else "add",
    )


def none_held(_kind: NameKind, _most: int) -> Iterable[str]:
    """Hold no names yet."""
    return ()


class GrowingNames:
    """The names that grow from tickets: at most so many of each kind, then no new ones.

    Every name costs the running city its own counts, for ever; without a bound a feed that
    puts numbers where categories belong would fill the memory. `held` gives the codes that
    the ledger's tickets have of a kind, at most so many: those stay, also where a lower bound
    was set since. Several threads may ask at a time.
    """

    def __init__(
        self,
        held: Callable[[NameKind, int], Iterable[str]] = none_held,
        most: int = MOST_NAMES,
    ) -> None:
        self._held, self._most = held, most
        self._names: dict[NameKind, set[str]] = {}
        self._lock = Lock()

    def admit(self, kind: NameKind, word: str) -> bool:
        """Tell whether a word may be a code: it is one already, or there is room for it."""
        names = self._names.get(kind)
        if names is not None and word in names:
            return True
        with self._lock:
            if names is None:
                names = self._names.setdefault(kind, set(self._held(kind, MOST_HELD)))
            if word in names or len(names) < self._most:
                names.add(word)
                return True
            return False
