"""The settings of duties: the catalogue; how long may be waited, how long lists may be."""

from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from operations.tickets.loose_ends import LooseEnd


class DutySettings(BaseSettings):
    """Name, default, unit and meaning of each; part of `settings.Settings`."""

    duties: Path | None = Field(
        None, description="a catalogue of duties of your own, CSV; instead of the city's"
    )
    orphan_d: int = Field(
        10, ge=1, le=365, description="working days without news after which a ticket is an orphan"
    )
    unowned_d: int = Field(
        1, ge=1, le=365, description="the same for a ticket no department has, working days"
    )
    callback_d: int = Field(
        5, ge=1, le=365, description="working days after closing within which callers are called"
    )
    list_limits: str = Field(
        "", description="from how many tickets on lists alarm, `orphans=50,repeats=3000`"
    )

    @field_validator("list_limits")
    @classmethod
    def _limits_can_be_read(cls, said: str) -> str:
        _limits_of(said)
        return said

    @property
    def limits(self) -> dict[LooseEnd, int]:
        """The limits of the lists that have one of their own."""
        return _limits_of(self.list_limits)


def _limits_of(said: str) -> dict[LooseEnd, int]:
    """Read limits by list, parted by commas; raises ValueError."""
    pairs = [one.partition("=") for one in said.split(",") if one.strip()]
    found = {LooseEnd(name.strip()): int(number) for name, _, number in pairs}
    if any(limit < 0 for limit in found.values()):
        raise ValueError("a list holds no fewer than 0 tickets")
    return found
