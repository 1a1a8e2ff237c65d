"""What the pages of departments must be told: plain values, no source behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layouts.ticket_face import Reader
from layouts.wording import Language, words


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came in late for a day that was over: by how much the number of cases changed."""

    day: str
    cases: int
    good: int


@dataclass(frozen=True, slots=True)
class FigureFace:
    """One figure of a slice over a period, beside the period before.

    `unit` is share, tickets or minutes. `band` is A, B, C or empty. `points` and `cases` are its
    value and number of cases day by day from the period's first, of a rate those of the seven days
    up to each; `few` says that so few are not
    judged. `moved` tells whether it went the right way: better, worse, or empty.
    """

    code: str
    name: str
    means: str
    unit: str
    value: float | None
    n: int
    before: float | None
    before_n: int
    target: float | None = None
    band: str = ""
    few: bool = False
    moved: str = ""
    points: Sequence[float | None] = ()
    cases: Sequence[int] = ()
    corrected: Sequence[Corrected] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table's row; `below` says that it stands in the last band."""

    value: float | None
    n: int
    unit: str
    few: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: what it leads to, how much came in, and its figures."""

    code: str
    name: str
    href: str | None
    cells: Sequence[Cell]
    score: float | None = None
    band: str = ""
    live: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of one axis under heads; `lead` says what they are by, `aims` the heads' targets.

    Unless `whole` is asked for, a page shows the first lines alone; `other` is where it is the
    other way round.
    """

    name: str
    title: str
    lead: str
    heads: Sequence[str]
    aims: Sequence[tuple[float | None, str]]
    lines: Sequence[Line]
    scored: bool = False
    live: bool = False
    whole: bool = False
    other: str = ""


@dataclass(frozen=True, slots=True)
class PartFace:
    """What one figure gives to a score; `change` is None where it had no value before."""

    name: str
    unit: str
    actual: float
    target: float
    n: int
    contribution: float
    change: float | None


@dataclass(frozen=True, slots=True)
class ScoreFace:
    """A score, its band, the one before, and what moved it, the most first."""

    value: float | None
    before: float | None
    band: str
    parts: Sequence[PartFace]


@dataclass(frozen=True, slots=True)
class TicketLine:
    """A ticket of a list: where it leads, what it is about, and what there is to note of it."""

    href: str
    name: str
    where: str
    note: str
    late: bool = False
    reasons: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class TicketList:
    """Tickets to look at, and what is said where there are none."""

    name: str
    title: str
    nothing: str
    lines: Sequence[TicketLine]


@dataclass(frozen=True, slots=True)
class Choice:
    """A link of which one stands."""

    name: str
    href: str
    stands: bool = False


@dataclass(frozen=True, slots=True)
class FiguresFace:
    """The figures of a step, and nothing of who reads them or when: what is drawn can be kept.

    `days` names each day of the period. `live` is the scope whose picture is shown, empty where
    there is none.
    """

    language: Language
    days: Sequence[str] = ()
    live: str = ""
    score: ScoreFace | None = None
    groups: Sequence[tuple[str, Sequence[FigureFace]]] = ()
    tables: Sequence[Table] = ()
    ranks: bool = False

    @property
    def words(self) -> Mapping[str, str]:
        """Give every word in this language."""
        return words(self.language)


@dataclass(frozen=True, slots=True)
class DepartmentsFace:
    """A step of the drill-down.

    `crumbs` lead from the city to here; the last is here. `kept` is what the address says apart
    from the period, which a form must say again. `live` is the scope whose picture is shown, empty
    where there is none; `live_whole` says that it is of more than what is counted below.
    `search` is where all tickets of the step are looked for.
    `counted` is less than one while the sums are made anew. `told` is an error to show instead.
    """

    reader: Reader
    title: str
    path: str
    query: Mapping[str, str]
    crumbs: Sequence[Choice]
    periods: Sequence[Choice]
    months: Sequence[Choice]
    kept: Mapping[str, str]
    first: str
    last: str
    before: str
    live: str = ""
    live_whole: str = ""
    levels: Sequence[Choice] = ()
    lists: Sequence[TicketList] = ()
    search: str = ""
    counted: float = 1.0
    told: str = ""

    @property
    def words(self) -> Mapping[str, str]:
        """Give every word in this page's language."""
        return self.reader.words

    def facts(self) -> dict[str, Any]:
        """Give what the page's JavaScript needs to know, as JSON-able values."""
        return {
            "scope": self.live,
            "language": self.reader.language,
            "zone": self.reader.zone.key,
            "words": self.words,
        }
