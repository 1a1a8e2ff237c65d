"""What somebody asks of an incident, read piece by piece; what does not fit names its field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from operations.errors import BadInput
from operations.legible import is_legible
from operations.response.content import Content
from operations.response.incident import Signed

LONGEST_TITLE = 120
LONGEST_TEXT = 2_000
LONGEST_NAME = 80
LARGEST = 1e15
"""No measured value is above it; neither an infinite one nor 10**400 is let through."""
FURTHEST_US = 10 * 366 * 86_400_000_000
"""How far ahead something may be due."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An act with what it says; `key` is the client's own name of it.

    `number` is the part it is about and `version` that part's as it was seen, or the head's.
    `baseline_d` is how many days the figures have been back at their baseline: counted by the
    server, never sent. `content` is a file as it is kept, of which there may be `most_files`;
    `own` the department that acts as itself.
    """

    act: str
    key: str
    given: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0
    version: int = 0
    reason: str = ""
    baseline_d: int | None = None
    typed_us: int | None = None
    content: Content | None = None
    most_files: int = 0
    own: str = ""

    def text(self, name: str, most: int = LONGEST_TEXT) -> str:
        """Read a text that must be there."""
        if not (found := self.maybe(name, most)):
            raise BadInput(name, f"say something, in 1 to {most} characters")
        return found

    def maybe(self, name: str, most: int = LONGEST_TEXT) -> str:
        """Read a text that may be empty."""
        found = self.given.get(name) or ""
        if not isinstance(found, str) or len(found) > most or not is_legible(found):
            raise BadInput(name, f"at most {most} characters")
        return found.strip()

    def whole(self, name: str, least: int, most: int) -> int:
        """Read a whole number."""
        found = self.given.get(name)
        if type(found) is not int or not least <= found <= most:
            raise BadInput(name, f"a whole number from {least} to {most}")
        return found

    def amount(self, name: str) -> float | None:
        """Read a measured value, None where there is none."""
        found = self.given.get(name)
        if found is None or found == "":
            return None
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise BadInput(name, "a number")
        if not -LARGEST <= found <= LARGEST:  # NaN is not within it either
            raise BadInput(name, f"a number up to {LARGEST:.0e}")
        return float(found)

    def due(self, signed: Signed) -> int:
        """Read when something is due: within so many minutes from now."""
        minutes = self.whole("within_min", 1, FURTHEST_US // 60_000_000)
        return signed.at_us + minutes * 60_000_000

    def one_of(self, name: str, known: tuple[str, ...]) -> str:
        """Read one of a few words."""
        found = self.given.get(name)
        if found not in known:
            raise BadInput(name, f"one of {', '.join(known)}")
        return str(found)
