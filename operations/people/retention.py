"""How long what is sealed is kept, by class."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    """Days after which each class is erased; 0 keeps it for ever.

    `person_d` and `words_d` count from the day a ticket was closed, `set_aside_d` from the day a
    record was refused. The words go with the person or after, never before.
    """

    person_d: int
    words_d: int
    set_aside_d: int

    @property
    def all_d(self) -> int:
        """Days after which nothing of a ticket is kept sealed."""
        ever = 0 in (self.person_d, self.words_d)
        return 0 if ever else max(self.person_d, self.words_d)


@dataclass(frozen=True, slots=True)
class Due:
    """How much of each class is older than it may be, or was erased."""

    persons: int = 0
    words: int = 0
    refused: int = 0

    @property
    def total(self) -> int:
        """Count all of it."""
        return self.persons + self.words + self.refused
