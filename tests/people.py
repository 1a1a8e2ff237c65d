"""People for tests: accounts, sessions, passkeys, and a desk that signs in on memory alone."""

from hashlib import sha256
from itertools import count
from typing import Any

from argon2 import PasswordHasher

from data_sources.memory_accounts import MemoryAccounts
from data_sources.proofs import ArgonProofs, Seal
from operations.people.account import Account, Passkey, Session, Stage
from operations.people.passwords import PasswordRules
from operations.people.roles import Role
from operations.people.sign_in import Asked, Desk, Terms
from tests.builders import NOW_US

MINUTE_US = 60_000_000
PASSWORD = "correct horse 电池"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PROOFS = ArgonProofs(Seal("a key for tests"), QUICK)
HASHED = PROOFS.hash_password(PASSWORD)
COMMON = frozenset({"password", "password123", "qwertyuiop"})

_numbers = count(1)


def account(**changes: Any) -> Account:
    """Give an account of the centre's staff."""
    login = str(changes.get("login", "wang"))
    values: dict[str, Any] = {
        "id": f"p-{login}", "login": login, "name": "王芳", "roles": frozenset({Role.CENTRE_STAFF}),
        "made_us": NOW_US, "password": HASHED, "password_us": NOW_US,
    }  # fmt: skip
    return Account(**(values | changes))


def session(**changes: Any) -> Session:
    """Give a session of half an hour idle and twelve hours at most."""
    values: dict[str, Any] = {
        "key": sha256(str(next(_numbers)).encode()).hexdigest(), "person": "p-wang",
        "stage": Stage.FULL, "opened_us": NOW_US, "seen_us": NOW_US,
        "until_us": NOW_US + 720 * MINUTE_US, "idle_us": 30 * MINUTE_US, "device": "Firefox",
        "address": "10.0.0.9",
    }  # fmt: skip
    return Session(**(values | changes))


def passkey(**changes: Any) -> Passkey:
    """Give a passkey."""
    values: dict[str, Any] = {
        "id": "cred-1", "person": "p-wang", "public_key": "pk", "signed": 3, "name": "手机",
        "made_us": NOW_US,
    }  # fmt: skip
    return Passkey(**(values | changes))


class Notes(list[tuple[str, str, str, str, str]]):
    """An audit trail in a list."""

    def note(
        self, actor: str, act: str, subject: str, before: str, after: str, *, device: str = ""
    ) -> None:
        """Take a note."""
        self.append((actor, act, subject, before, after))

    @property
    def acts(self) -> list[str]:
        """Give what was done, in order."""
        return [one[1] for one in self]


def terms(**changes: Any) -> Terms:
    """Give the terms of a plain house."""
    profile = changes.pop("profile", "plain")
    values = {"idle_us": 30 * MINUTE_US, "absolute_us": 720 * MINUTE_US}
    return Terms(PasswordRules(profile, COMMON), **(values | changes))


def desk(*accounts: Account, **changes: Any) -> Desk:
    """Give a desk on memory alone, with these accounts."""
    kept = MemoryAccounts()
    for one in accounts:
        kept.add(one)
    return Desk(kept, PROOFS, terms(**changes), Notes())


def asked(minutes: float = 0) -> Asked:
    """Ask so many minutes after NOW."""
    return Asked(NOW_US + int(minutes * MINUTE_US), "Firefox", "10.0.0.9")
