"""What the worker asks of a watch and of a teller, and a city that has neither."""

from collections.abc import Sequence
from typing import Protocol

from operations.pulse.city import City
from operations.pulse.gathered import Gathered
from operations.response.standing import OpenIncidents
from operations.tickets.fact import Fact

Facts = Sequence[Fact]


class Following(Protocol):
    """Whoever is told what the ledger has stored."""

    def fold(self, before: Facts, after: Facts) -> None: ...


class Watching(Following, Protocol):
    """What the worker asks of a watch."""

    def begin(self) -> None: ...

    def acted(self) -> None: ...

    def look(self, city: City, *, busy: bool = False) -> Gathered | None: ...

    @property
    def is_behind(self) -> bool: ...

    def close(self) -> None: ...


class Telling(Protocol):
    """What the worker asks of whoever follows the incidents."""

    def acted(self) -> None: ...

    def look(self, now_us: int) -> OpenIncidents | None: ...


class Untold:
    """A city in which nobody tells of incidents."""

    def acted(self) -> None:
        """Nobody follows what people do."""

    def look(self, now_us: int) -> OpenIncidents | None:  # noqa: ARG002
        """Tell that nobody tells."""
        return None


class Unwatched:
    """A city in which nothing is watched."""

    def begin(self) -> None:
        """There is nothing to begin."""

    def fold(self, before: Facts, after: Facts) -> None:
        """Nobody follows the ledger."""

    def acted(self) -> None:
        """There are no alarms to act on."""

    def look(self, city: City, *, busy: bool = False) -> Gathered | None:  # noqa: ARG002
        """Tell that nothing is watched."""
        return None

    @property
    def is_behind(self) -> bool:
        """Tell that there is nothing to work in."""
        return False

    def close(self) -> None:
        """Nothing is held."""


UNWATCHED, UNTOLD = Unwatched(), Untold()
