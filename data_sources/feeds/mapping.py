"""How a table is read: a TOML file says which column is which field, and what its words mean."""

import hashlib
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from data_sources.feeds.callers import CONTACTS
from data_sources.feeds.unknown import Rule, Unknown
from operations.errors import BadInput
from operations.tickets.ticket import Channel, Kind, Satisfaction, Status, Urgency

SHIPPED = Path(__file__).resolve().parent.parent / "files" / "mappings"

TIMES = frozenset(
    {"occurred_at", "created_at", "received_at", "dispatched_at", "signed_at", "due_at"}
    | {"original_due_at", "replied_at", "closed_at", "updated_at", "callback.at"}
)
NUMBERS = frozenset({"latitude", "longitude"})
COUNTS = frozenset({"returns", "reassignments", "extensions", "reopenings"})
FLAGS = frozenset({"confidential", "reported_on_time", "callback.reached", "callback.resolved"})
WORDS = frozenset({"status", "channel", "type", "urgency", "callback.satisfaction"})
LISTS = frozenset({"category", "cooperating"})
TEXTS = frozenset(
    {"source", "external_id", "title", "text", "address", "district", "town", "crs"}
    | {"geo_quality", "department", "return_reason", "caller", "parent", *CONTACTS}
)
FIELDS = TIMES | NUMBERS | COUNTS | FLAGS | WORDS | LISTS | TEXTS
REQUIRED = ("external_id", "created_at", "status", "category")


def _columns(given: Any) -> Any:
    """Take `"A"`, `"A|B"`, `["A", "B"]` and `{constant = "x"}` for what they mean."""
    if isinstance(given, str):
        return {"columns": [given]}
    return {"columns": given} if isinstance(given, list) else given


def _zone(given: Any) -> Any:
    try:
        return ZoneInfo(given) if isinstance(given, str) else given
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"'{given}' is no IANA time zone such as Asia/Shanghai") from error


Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]


class Part(BaseModel):
    """A section of a mapping: what it does not know it refuses."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class City(Part):
    """A city that has a table and no files of its own; coordinates are WGS84."""

    code: str = Field(min_length=1)
    name_zh: str = Field(min_length=1)
    name_en: str = Field(min_length=1)
    timezone: Zone
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    fallback_points: tuple[tuple[float, float], ...] = ()
    district: tuple[dict[str, Any], ...] = ()


class Column(Part):
    """Where a field comes from: columns joined by `join`, or one value for every row.

    A column may have several headings, `"A|B"`: the first that has a value is taken.
    """

    columns: tuple[str, ...] = ()
    join: str = " "
    constant: str | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if bool(self.columns) == (self.constant is not None):
            raise ValueError("give a heading, a list of headings, or {constant = …}")
        return self

    @property
    def headings(self) -> tuple[tuple[str, ...], ...]:
        """The headings of each column, in the order they are tried."""
        return tuple(tuple(name.strip() for name in one.split("|")) for one in self.columns)


class Formats(Part):
    """How times are written; `iso` stands for ISO 8601 with or without an offset."""

    times: tuple[str, ...] = ("iso",)
    timezone: Zone | None = None
    empty: tuple[str, ...] = ()


class Table(Part):
    """What the words of a column stand for, and what happens to others."""

    unknown: Rule = "other"
    words: dict[str, str] = {}
    names: dict[str, tuple[str, str]] = {}


class Flag(Part):
    """The words of a column that mean yes and no."""

    yes: tuple[str, ...]
    no: tuple[str, ...]


class Mapping(Part):
    """A mapping as its file says it; `path` and `digest` tell which file that was."""

    path: Path
    digest: str
    description: str
    source: str | None = None
    encodings: tuple[str, ...] = ("utf-8-sig",)
    delimiter: str = Field(",", min_length=1, max_length=1)
    sheet: str | None = None
    crs: Literal["WGS84", "GCJ-02", "BD-09"] = "WGS84"
    city: City | None = None
    columns: dict[str, Annotated[Column, BeforeValidator(_columns)]]
    formats: Formats = Formats()
    flags: dict[str, Flag] = {}
    status: dict[str, Status | Literal[""]] = {}
    channel: dict[str, Channel | Literal[""]] = {}
    type: dict[str, Kind | Literal[""]] = {}
    urgency: dict[str, Urgency | Literal[""]] = {}
    satisfaction: dict[str, Satisfaction | Literal[""]] = {}
    category: Table = Table()
    department: Table = Table()
    district: Table = Table()

    @property
    def name(self) -> str:
        """The mapping's name: that of its file."""
        return self.path.stem

    @property
    def zone(self) -> ZoneInfo:
        """The zone of times written without an offset."""
        return self.formats.timezone or (self.city.timezone if self.city else ZoneInfo("UTC"))

    @property
    def unknown(self) -> Unknown:
        """What becomes of words the tables do not know."""
        return Unknown(self.category.unknown, self.department.unknown, self.district.unknown)

    def words_of(self, field: str) -> dict[str, str]:
        """What the words of a column stand for; `*` is every other word."""
        if field in WORDS:
            table = getattr(self, field.rpartition(".")[2])
            return {word: str(meaning) for word, meaning in table.items()}
        if field in ("category", "department", "district"):
            return dict(getattr(self, field).words)
        return {}

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for field in self.columns:
            if field not in FIELDS:
                raise ValueError(
                    f"columns.{field} is no field; fields are {', '.join(sorted(FIELDS))}"
                )
        missing = [field for field in REQUIRED if field not in self.columns]
        if self.source is None and "source" not in self.columns:
            missing.append("source")
        if missing:
            raise ValueError(f"columns.{missing[0]} is missing; say which column it is")
        if self.formats.timezone is None and self.city is None:
            raise ValueError("formats.timezone is missing; say the zone of the table's times")
        for field in self.flags:
            if field not in FLAGS:
                raise ValueError(f"flags.{field} is no flag; flags are {', '.join(sorted(FLAGS))}")
        return self


def read_mapping(name: str | Path) -> Mapping:
    """Read a shipped mapping by its name, or a file of your own.

    Raises BadInput with the file, the key and the cure.
    """
    path = _path_of(name)
    try:
        content = path.read_bytes()
        given = tomllib.loads(content.decode("utf-8"))
    except OSError as error:
        raise BadInput(str(path), f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(str(path), f"is not TOML in UTF-8: {error}") from error
    if isinstance(given.get("columns"), dict):
        given["columns"] = _flat(given["columns"])
    try:
        return Mapping(path=path, digest=hashlib.blake2b(content).hexdigest()[:16], **given)
    except (ValidationError, TypeError) as error:
        raise _complaint(path, error) from error


def shipped_mappings() -> list[str]:
    """List the names of the mappings that come with the product."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def _path_of(name: str | Path) -> Path:
    path = Path(name)
    if path.suffix == ".toml":
        return path
    shipped = SHIPPED / f"{path.name}.toml"
    if str(name) != path.name or not shipped.exists():
        known = ", ".join(shipped_mappings())
        raise BadInput("mapping", f"no '{name}'; shipped are {known}; or name a .toml file")
    return shipped


def _flat(columns: dict[str, Any]) -> dict[str, Any]:
    """Write `callback.at = …` as one key, as the fields are named."""
    inner = columns.get("callback")
    if not isinstance(inner, dict):
        return columns
    rest = {field: column for field, column in columns.items() if field != "callback"}
    return rest | {f"callback.{field}": column for field, column in inner.items()}


def _complaint(path: Path, error: ValidationError | TypeError) -> BadInput:
    if isinstance(error, TypeError):
        return BadInput(str(path), "has a key `path` or `digest`; take it out")
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    said = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        said = "is not known here; see docs/feeds.md for the keys of a mapping, or take it out"
    elif first["type"] == "missing":
        said = "is missing; see docs/feeds.md"
    elif first["type"] in ("enum", "literal_error"):
        said = f"'{first['input']}' will not do: {said}"
    return BadInput(str(path), f"{key}: {said}" if key else said)
