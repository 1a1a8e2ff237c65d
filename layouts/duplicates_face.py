"""What the panel of duplicates on a ticket's page must be told: plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from layouts.ticket_face import Reader, Row


@dataclass(frozen=True, slots=True)
class Like:
    """A ticket that may be one with the page's, and why.

    `version` is that of its own merges, `pair` that of what was said of the two. `apart_m`: None
    where one of the two has no point. `nearness`, `channel`: the codes of the words. `takes`: it
    may be the main of the page's ticket; `comes`: it may come under that; `parts`: it may be said
    that they are not one matter.
    """

    row: Row
    text: str
    address: str
    channel: str
    version: int
    score: float
    nearness: str
    apart_m: float | None
    apart_h: float
    alike: float
    same_category: bool
    same_caller: bool | None
    takes: bool
    comes: bool
    pair: int = 0
    parts: bool = False


@dataclass(frozen=True, slots=True)
class Under:
    """A ticket that was merged, or said to be another matter, and by whom, when and why."""

    row: Row
    channel: str
    version: int
    actor: str
    verified: bool
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class DuplicatesFace:
    """How a ticket stands among its duplicates, and what may be done.

    `own` is its own merge, its `row` that of the main; None where it stands for itself.
    `hidden`: it is merged into a ticket that who reads may not see.
    """

    reader: Reader
    row: Row
    text: str
    address: str
    channel: str
    version: int
    own: Under | None = None
    hidden: bool = False
    under: Sequence[Under] = ()
    likes: Sequence[Like] = ()
    distinct: Sequence[Under] = ()
    main_ended: bool = False
    may_decide: bool = False
    actor: str = ""
    verified: bool = False
