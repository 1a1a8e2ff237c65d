"""A city's rules of time, read from TOML; what cannot be used is refused with file and field."""

from collections.abc import Iterable, Sequence
from datetime import time
from pathlib import Path
from typing import Annotated, Any

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from data_sources.city_files import read_toml
from operations.categories import Category
from operations.errors import BadInput
from operations.tickets.cards import CardRule
from operations.tickets.deadlines import ClockRule, ExtensionRule, Limit, RuleSet
from operations.tickets.ticket import Kind, Triage, Urgency
from operations.tickets.triage import USUAL, TriageRule

RULES = Path(__file__).resolve().with_name("files") / "rules"
SETTING = "LIANXIN_RULES"
NONE = "none"
log = structlog.get_logger()

_Name = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")]
_Days = Annotated[int, Field(ge=1, le=250)]
_CURES = {
    "extra_forbidden": "is no field of these rules: see docs/clocks.md and docs/supervision.md",
    "missing": "is missing: add it",
}


class _Row(BaseModel):
    """A table of the file; a field it does not know is a slip, not a remark."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class _Limit(_Row):
    working_days: _Days | None = None
    clock_h: Annotated[float, Field(gt=0, le=8760)] | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "_Limit":
        if (self.working_days is None) == (self.clock_h is None):
            raise ValueError("give working_days or clock_h, one of the two")
        return self

    def made(self) -> Limit:
        return Limit(self.working_days, self.clock_h)


class _Hours(_Row):
    opens: time = time(8, 30)
    closes: time = time(17, 30)

    @model_validator(mode="after")
    def _in_order(self) -> "_Hours":
        if self.opens >= self.closes:
            raise ValueError("closes must come after opens, both as HH:MM of one day")
        return self


class _Extension(_Row):
    times: Annotated[int, Field(ge=0, le=10)] = 1
    working_days: _Days = 10


class _Cards(_Row):
    yellow_working_days: _Days = 1
    red_working_days: _Days = 1


class _Return(_Limit):
    """Until when what is not ours goes back, and whether it has to be said why."""

    reason: bool = False


class _Triage(_Row):
    name: _Name
    triage: Annotated[Triage, Field(alias="class")]
    urgency: list[Urgency] = []
    type: list[Kind] = []
    category: list[str] = []
    bounces: Annotated[int, Field(ge=0)] = 0
    extensions: Annotated[int, Field(ge=0)] = 0
    reopenings: Annotated[int, Field(ge=0)] = 0


class _Clock(_Row):
    name: _Name
    triage: Annotated[list[Triage], Field(alias="class")] = []
    urgency: list[Urgency] = []
    category: list[str] = []
    dispatch: _Limit | None = None
    sign: _Limit | None = None
    finish: _Limit | None = None


class _Rules(_Row):
    code: _Name
    name_zh: Annotated[str, Field(min_length=1)]
    name_en: Annotated[str, Field(min_length=1)]
    hours: _Hours = _Hours()
    extension: _Extension = _Extension()
    returns: Annotated[_Return | None, Field(alias="return")] = None
    cards: _Cards = _Cards()
    triage: list[_Triage] | None = None
    clock: Annotated[list[_Clock], Field(min_length=1)]


def load_rules(given: str | None, usual: str, categories: Sequence[Category]) -> RuleSet | None:
    """Read the rules a setting names, else the city's usual ones; None for none.

    A name is a shipped set or the path of a file. Raises BadInput with file, field and cure.
    """
    name = given or usual
    if name == NONE:
        return None
    path = Path(name) if name.endswith(".toml") else RULES / f"{name}.toml"
    if not path.is_file():
        shipped = ", ".join(sorted(one.stem for one in RULES.glob("*.toml")))
        reason = f"there is no '{name}'; shipped are {shipped}; or name a .toml file, or {NONE}"
        raise BadInput(SETTING if given else "city.toml: rules", reason)
    return read_rules(path, categories)


def read_rules(path: Path, categories: Sequence[Category]) -> RuleSet:
    """Read one file of rules."""
    try:
        told = _Rules.model_validate(read_toml(path))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadInput(f"{path}: {where(first['loc'])}", cure(first)) from error
    codes = Codes(path, categories)
    return RuleSet(
        code=told.code,
        name_zh=told.name_zh,
        name_en=told.name_en,
        clocks=tuple(_clock(row, codes) for row in told.clock),
        opens=told.hours.opens,
        closes=told.hours.closes,
        triage=USUAL if told.triage is None else tuple(_rule(row, codes) for row in told.triage),
        extension=ExtensionRule(told.extension.times, told.extension.working_days),
        return_within=None if told.returns is None else told.returns.made(),
        return_needs_reason=told.returns is not None and told.returns.reason,
        cards=CardRule(told.cards.yellow_working_days, told.cards.red_working_days),
    )


class Codes:
    """Turns names of categories and of their parents into codes of the city's own table."""

    def __init__(self, path: Path, categories: Sequence[Category]) -> None:
        self._path = path
        self._codes: dict[str, set[str]] = {}
        for one in categories:
            for name in (one.code, one.parent_zh, one.parent_en):
                if name:
                    self._codes.setdefault(name, set()).add(one.code)

    def of(self, row: str, names: Iterable[str]) -> frozenset[str]:
        """Give the codes of names; a city without a table of its own has them as they are.

        What its table does not know is said in the log, and stays as it is: a code of a ticket
        that is still to come.
        """
        found: set[str] = set()
        for name in names:
            if self._codes and name not in self._codes:
                log.warning("rules_name_nothing", file=str(self._path), row=row, category=name)
            found |= self._codes.get(name, {name})
        return frozenset(found)


def _clock(row: _Clock, codes: Codes) -> ClockRule:
    limits = {
        clock: None if limit is None else limit.made()
        for clock in ("dispatch", "sign", "finish")
        for limit in [getattr(row, clock)]
    }
    return ClockRule(
        name=row.name,
        triage=frozenset(row.triage),
        categories=codes.of(row.name, row.category),
        urgency=frozenset(row.urgency),
        **limits,
    )


def _rule(row: _Triage, codes: Codes) -> TriageRule:
    return TriageRule(
        name=row.name,
        triage=row.triage,
        urgency=frozenset(row.urgency),
        kinds=frozenset(row.type),
        categories=codes.of(row.name, row.category),
        bounces=row.bounces,
        extensions=row.extensions,
        reopenings=row.reopenings,
    )


def where(place: tuple[int | str, ...]) -> str:
    """Name a field as a person counts the rows: the first is 1."""
    return ".".join(str(part + 1 if isinstance(part, int) else part) for part in place) or "rules"


def cure(error: Any) -> str:
    reason = str(error["msg"]).removeprefix("Value error, ")
    return _CURES.get(error["type"], f"{reason} (got {error.get('input')!r})")
