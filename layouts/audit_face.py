"""What the audit log's page must be told: plain values, no source behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layouts.wording import Language, words


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One line as it is shown; `at` is in the city's time."""

    number: int
    at: str
    actor: str
    verified: bool
    device: str
    act: str
    subject: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Whether the lines fit one another: `fits`, `flaw` (at line `number`), or too `long`."""

    state: str
    number: int
    head: str


@dataclass(frozen=True, slots=True)
class AuditFace:
    """What the page must be told; `asked` is the search as its address says it.

    `told` says what was wrong with the search or the database; then there are no rows.
    """

    language: Language
    zone: str
    offset: str
    asked: Mapping[str, str]
    rows: Sequence[AuditRow] = ()
    page: int = 1
    pages: int = 1
    total: int = 0
    chain: Chain | None = None
    export: str = ""
    told: str = ""
    most_exported: int = 0
    most_verified: int = 0
    left_out: bool = False

    @property
    def words(self) -> Mapping[str, str]:
        """Give every word in this page's language."""
        return words(self.language)
