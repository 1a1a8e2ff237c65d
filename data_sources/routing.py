"""The rings of a city, read from its file: which level holds which tickets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data_sources.rules import Codes, cure, where
from operations.categories import Category
from operations.errors import BadInput
from operations.people.person import Ring
from operations.tickets.rings import USUAL, RingRule
from operations.tickets.ticket import Triage, Urgency


class _Row(BaseModel):
    """A row of `[[ring]]`; a field it does not know is a slip, not a remark."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")]
    ring: Ring
    triage: Annotated[list[Triage], Field(alias="class")] = []
    urgency: list[Urgency] = []
    category: list[str] = []
    town: bool | None = None
    district: bool | None = None


class _Rings(BaseModel):
    ring: list[_Row]


def read_rings(
    said: Mapping[str, Any], path: Path, categories: Sequence[Category]
) -> tuple[RingRule, ...]:
    """Read `[[ring]]` of a city's file; without one the usual table. Raises BadInput."""
    if "ring" not in said:
        return USUAL
    try:
        told = _Rings.model_validate({"ring": said["ring"]})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadInput(f"{path}: {where(first['loc'])}", cure(first)) from error
    codes = Codes(path, categories)
    return tuple(
        RingRule(
            name=row.name,
            ring=row.ring,
            triage=frozenset(row.triage),
            urgency=frozenset(row.urgency),
            categories=codes.of(row.name, row.category),
            town=row.town,
            district=row.district,
        )
        for row in told.ring
    )
