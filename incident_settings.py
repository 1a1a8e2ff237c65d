"""The settings of incidents: how often they are reported on, and when they may be closed."""

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from operations.response.content import Bounds
from operations.response.incident import SEVERITIES


class IncidentSettings(BaseSettings):
    """Name, default, unit and meaning of each; part of `settings.Settings`."""

    incident_reports_min: str = Field(
        "60,120,240,1440",
        description="minutes between situation reports by severity, the gravest first",
    )
    incident_baseline_d: int = Field(
        3, ge=1, le=60, description="days back at the baseline after which an incident may close"
    )
    incident_file_mb: float = Field(
        10, ge=0.1, le=50, description="megabytes of one photograph or PDF of an incident"
    )
    incident_files_most: int = Field(
        200, ge=1, le=500, description="photographs and PDFs of one incident"
    )
    incident_pixels_m: int = Field(
        50, ge=1, le=100, description="million pixels of one photograph, as it is sent"
    )

    @field_validator("incident_reports_min")
    @classmethod
    def _minutes_can_be_read(cls, said: str) -> str:
        _minutes_of(said)
        return said

    @property
    def file_bounds(self) -> Bounds:
        """What an incident takes of files."""
        return Bounds(
            most_bytes=int(self.incident_file_mb * 1_000_000),
            most_files=self.incident_files_most,
            most_pixels=self.incident_pixels_m * 1_000_000,
        )

    @property
    def report_every_min(self) -> tuple[int, ...]:
        """How often a situation report is due, by severity, in minutes."""
        return _minutes_of(self.incident_reports_min)


def _minutes_of(said: str) -> tuple[int, ...]:
    """Read minutes parted by commas, one for each severity; raises ValueError."""
    found = tuple(int(one) for one in said.split(","))
    if len(found) != len(SEVERITIES) or not all(0 < one <= 100_000 for one in found):
        raise ValueError(f"{len(SEVERITIES)} numbers of minutes, one for each severity")
    return found
