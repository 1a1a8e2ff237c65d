"""The settings of the loose ends: how long may be waited, and from what length on lists alarm."""

from pydantic import Field
from pydantic_settings import BaseSettings


class DutySettings(BaseSettings):
    """Name, default, unit and meaning of each; part of `settings.Settings`."""

    orphan_d: int = Field(
        10, ge=1, le=365, description="working days without news after which a ticket is an orphan"
    )
    unowned_d: int = Field(
        1, ge=1, le=365, description="the same for a ticket no department has, working days"
    )
    callback_d: int = Field(
        5, ge=1, le=365, description="working days after closing within which callers are called"
    )
