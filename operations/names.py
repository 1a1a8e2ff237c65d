"""Tables of things that have a code and names: found by any of them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

_BETWEEN = re.compile(r"[\s_\-·]+")


class Named(Protocol):
    """Anything with a code, a name in each language, and names other systems give it."""

    @property
    def code(self) -> str:
        """The code, unique in its table."""

    @property
    def name_zh(self) -> str:
        """The Chinese name."""

    @property
    def name_en(self) -> str:
        """The English name."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """What else it is called."""


Thing = TypeVar("Thing", bound=Named)


def plain(word: str) -> str:
    """Bring a name into the form it is compared in: width, case and blanks do not matter."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", word)).casefold()


class NameTable(Generic[Thing]):
    """Things in their order. An alias never hides a name, a name never a code."""

    def __init__(self, things: Iterable[Thing] = ()) -> None:
        self._all = tuple(things)
        self._by_code = {one.code: one for one in self._all}
        self._by_word: dict[str, Thing] = {}
        for words_of in (
            lambda one: (one.code,),
            lambda one: (one.name_zh, one.name_en),
            lambda one: one.aliases,
        ):
            for one in self._all:
                for word in words_of(one):
                    self._by_word.setdefault(plain(word), one)

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def get(self, code: str) -> Thing | None:
        """Give the thing of exactly this code."""
        return self._by_code.get(code)

    def find(self, word: str) -> Thing | None:
        """Find a thing by its code, a name or an alias."""
        return self._by_word.get(plain(word))
