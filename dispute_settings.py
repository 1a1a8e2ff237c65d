"""The settings of disputes: by what one opens by itself."""

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from operations.response.dispute import Cause


class DisputeSettings(BaseSettings):
    """Name, default, unit and meaning of each; part of `settings.Settings`."""

    disputes_open: str = Field(
        "", description="by what disputes open by themselves: bouncing, return, or both"
    )

    @field_validator("disputes_open")
    @classmethod
    def _causes_can_be_read(cls, said: str) -> str:
        _causes_of(said)
        return said

    @property
    def dispute_causes(self) -> frozenset[Cause]:
        """By what disputes open by themselves; none: by hand alone."""
        return _causes_of(self.disputes_open)


def _causes_of(said: str) -> frozenset[Cause]:
    """Read causes parted by commas; raises ValueError."""
    found = frozenset(Cause(one.strip()) for one in said.split(",") if one.strip())
    if Cause.HAND in found:
        raise ValueError("by hand one may always open: name bouncing or return")
    return found
