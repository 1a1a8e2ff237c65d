"""What the list of likely pairs must be told: plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.duplicates_face import DuplicatesFace, Like
from layouts.ticket_face import Reader


@dataclass(frozen=True, slots=True)
class PairFace:
    """Two tickets: the older as `face`, the younger as what is like it.

    `older`, `younger`: where they are, as addresses write them. `older_comes`: the older may come
    under the younger.
    """

    face: DuplicatesFace
    like: Like
    older: str
    younger: str
    may_decide: bool = False
    older_comes: bool = False


@dataclass(frozen=True, slots=True)
class LikelyFace:
    """A page of the list; `after`: where the next one begins, `first`: it is the head."""

    reader: Reader
    pairs: Sequence[PairFace]
    after: str = ""
    first: bool = True
    told: str = ""
