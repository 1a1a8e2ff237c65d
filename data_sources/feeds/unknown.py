"""What a feed does with words that the city's tables do not know."""

from dataclasses import dataclass
from typing import Literal

Rule = Literal["other", "add", "refuse"]


@dataclass(frozen=True, slots=True)
class Unknown:
    """What becomes of unknown categories, departments and districts.

    `other` keeps the word beside the code `other`, `add` makes the word a code of its own,
    `refuse` refuses the record. A district's `other` is: found by place or address instead.
    """

    category: Rule = "other"
    department: Rule = "other"
    district: Rule = "other"
