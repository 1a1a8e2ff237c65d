"""What the catalogue of duties and the panel of whose a ticket is must be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layouts.ticket_face import Reader


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty in a list; units and categories are told by name, `level` and `ended` by key."""

    code: str
    title: str
    categories: str
    keywords: str
    level: str
    lead: str
    cooperating: str
    basis: str
    valid: str
    in_force: bool = True


@dataclass(frozen=True, slots=True)
class CatalogueFace:
    """The catalogue: what was asked, what can be chosen, a page of rows, `after` it the next.

    `found` rows answer what was asked, of `whole` there are; `told` says what of the address
    cannot be read.
    """

    reader: Reader
    asked: Mapping[str, str]
    choices: Mapping[str, Sequence[tuple[str, str]]]
    version: str
    dated: str
    whole: int
    found: int = 0
    rows: Sequence[DutyRow] = ()
    after: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class ReasonFace:
    """Why a unit is suggested, in words; `duty` is the code of the duty, `basis` its law."""

    words: str
    duty: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class CandidateFace:
    """A unit that may own a ticket; `beside` are those that cooperate, by name."""

    code: str
    name: str
    reasons: Sequence[ReasonFace]
    beside: str = ""
    returned: bool = False


@dataclass(frozen=True, slots=True)
class OwnerFace:
    """Whose a ticket may be, best first."""

    reader: Reader
    candidates: Sequence[CandidateFace] = ()
