"""What the page of one's own account must be told: plain values, no source behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layouts.wording import Language, words


@dataclass(frozen=True, slots=True)
class Device:
    """A device signed in; `name` is the start of its session's key, times are as shown."""

    name: str
    device: str
    address: str
    opened: str
    seen: str
    this: bool


@dataclass(frozen=True, slots=True)
class Key:
    """A passkey; `used` is None until it has been."""

    id: str
    name: str
    made: str
    used: str | None


@dataclass(frozen=True, slots=True)
class AccountFace:
    """What the page must be told. `views` are the roles an administrator may look through.

    `desks` are the administrators' pages that are for them.
    """

    language: Language
    name: str
    login: str
    roles: Sequence[str]
    ring: str
    place: str
    department: str
    told: str = ""
    demo: bool = False
    has_password: bool = True
    least: int = 10
    profile: str = "plain"
    totp: bool = False
    codes_left: int = 0
    devices: Sequence[Device] = ()
    passkeys: Sequence[Key] = ()
    views: Sequence[str] = ()
    as_role: str | None = None
    desks: Sequence[str] = ()

    @property
    def words(self) -> Mapping[str, str]:
        """Give every word in this page's language."""
        return words(self.language)
