"""Views of the desk that somebody saved: a name for what was asked and in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from operations.errors import BadInput
from operations.tickets.search import read_order, read_search

LONGEST_NAME = 40
MOST_VIEWS = 50
ORDER = ("sort", "order")


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view: its owner's id, its name, and what was asked by name, as an address says it."""

    id: str
    person: str
    name: str
    asked: Mapping[str, str]
    made_us: int


class Views(Protocol):
    """Keeps the views people saved; nobody's calls touch another person's."""

    def of(self, person: str) -> list[SavedView]:
        """Give a person's views, the oldest first."""

    def save(self, view: SavedView) -> None:
        """Keep a new view; raises BadInput where a person has too many."""

    def rename(self, person: str, view: str, name: str) -> bool:
        """Name a view anew; False where there is none."""

    def drop(self, person: str, view: str) -> bool:
        """Forget a view; False where there is none."""


def read_name(given: object) -> str:
    """Read a view's name; raises BadInput."""
    name = given.strip() if isinstance(given, str) else ""
    if not (0 < len(name) <= LONGEST_NAME and name.isprintable()):
        raise BadInput("name", f"one line of 1 to {LONGEST_NAME} characters")
    return name


def read_asked(given: object) -> dict[str, str]:
    """Read what a view asks for, and leave out what is no part of it; raises BadInput."""
    if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
        raise BadInput("asked", "what is asked for by name, as the address says it")
    read_order(given)
    order = {name: given[name] for name in ORDER if given.get(name)}
    return read_search(given).asked() | order
