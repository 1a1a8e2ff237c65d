"""An account: what is kept of a person who signs in, and of each device signed in on."""

from dataclasses import dataclass, replace
from enum import StrEnum

from operations.people.person import Person, Ring
from operations.people.roles import Role


@dataclass(frozen=True, slots=True)
class Account:
    """What is kept of a person; nothing in it opens anything by itself.

    `password` and `old_passwords` are argon2id hashes, `recovery` SHA-256 of the codes not yet
    used, `totp` the sealed secret of the authenticator (`totp_pending` one not yet confirmed),
    `totp_step` the last period a code was taken from. `sso` is the subject an identity
    provider knows the person by. `failures` counts wrong tries since the last right one.
    A `retired` account is locked for good. `signed_in_us` is the last sign-in, 0 for none.
    Times are microseconds since 1970 UTC.
    """

    id: str
    login: str
    name: str
    roles: frozenset[Role]
    made_us: int
    department: str | None = None
    ring: Ring = Ring.CITY
    place: str | None = None
    password: str | None = None
    password_us: int = 0
    must_change: bool = False
    old_passwords: tuple[str, ...] = ()
    totp: str | None = None
    totp_pending: str | None = None
    totp_step: int = 0
    recovery: tuple[str, ...] = ()
    sso: str | None = None
    locked: bool = False
    retired: bool = False
    demo: bool = False
    failures: int = 0
    failed_us: int = 0
    signed_in_us: int = 0
    version: int = 1

    @property
    def is_wall(self) -> bool:
        """Tell whether a wall signs in with it."""
        return Role.WALL in self.roles


KEPT_AFTER_US = 30 * 86_400_000_000
"""How long a session that is over can still be looked up by whoever keeps the house."""


class Stage(StrEnum):
    """How far a session is."""

    SECOND = "second"  # the password was right, the second factor is awaited
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Session:
    """One device signed in. `key` is SHA-256 of its token, which is kept nowhere.

    It ends at `until_us`, after `idle_us` without a request (0: never so), or when ended.
    """

    key: str
    person: str
    stage: Stage
    opened_us: int
    seen_us: int
    until_us: int
    idle_us: int
    device: str = ""
    address: str = ""
    as_role: Role | None = None
    ended_us: int | None = None

    def lives(self, now_us: int) -> bool:
        """Tell whether it still opens anything."""
        if self.ended_us is not None or now_us >= self.until_us:
            return False
        return not self.idle_us or now_us - self.seen_us < self.idle_us


@dataclass(frozen=True, slots=True)
class Passkey:
    """A WebAuthn credential: its id and public key (base64url), and how often it has signed."""

    id: str
    person: str
    public_key: str
    signed: int
    name: str
    made_us: int
    used_us: int | None = None


def person_of(account: Account, session: Session | None = None) -> Person:
    """Give the person behind an account, as the session looks."""
    return Person(
        id=account.id,
        name=account.name,
        login=account.login,
        roles=account.roles,
        department=account.department,
        ring=account.ring,
        place=account.place,
        verified=True,
        as_role=session.as_role if session else None,
    )


def next_version(account: Account, **changes: object) -> Account:
    """Give an account's next version."""
    return replace(account, version=account.version + 1, **changes)  # type: ignore[arg-type]
