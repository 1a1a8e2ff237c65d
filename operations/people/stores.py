"""What the stores of people promise, and who makes and checks their proofs."""

from collections.abc import Callable, Sequence
from typing import Protocol

from operations.people.account import Account, Passkey, Session
from operations.people.audit import Deed


class Accounts(Protocol):
    """The accounts, their sessions and their passkeys. Errors: `Unreachable`."""

    def add(self, account: Account, deed: Deed | None = None) -> None:
        """Keep a new account, with the audit log's line where there is a deed.

        Raises BadInput where its login or sso subject is taken.
        """

    def save(self, account: Account) -> None:
        """Keep an account's next version; raises Conflict where it is not the next one."""

    def administer(
        self,
        account: Account,
        deed: Deed,
        *,
        rule: Callable[[Sequence[Account]], None],
        ends_us: int | None = None,
        drops_passkeys: bool = False,
    ) -> int:
        """Keep an account's next version as an administrator made it, with the audit log's line.

        Ends its sessions at `ends_us` and tells how many. `rule` is told everybody as they then
        are, while no other administrator changes anybody, and raises what forbids it. All of it
        is kept, or nothing. Raises Conflict where it is not the next version.
        """

    def account(self, name: str) -> Account | None:
        """Find an account by its id."""

    def by_login(self, login: str) -> Account | None:
        """Find an account by its login, in any case of letters."""

    def by_sso(self, subject: str) -> Account | None:
        """Find an account by what the identity provider calls it."""

    def everyone(self) -> list[Account]:
        """Give every account, by login."""

    def open_session(self, session: Session) -> None:
        """Keep a new session."""

    def session(self, key: str) -> Session | None:
        """Find a session, ended or not."""

    def sessions_of(self, person: str) -> list[Session]:
        """Give a person's sessions that were not ended, the newest first."""

    def touch(self, key: str, seen_us: int) -> None:
        """Note that a session was used."""

    def look_as(self, key: str, role: str | None) -> None:
        """Note through which role a session looks."""

    def end_session(self, key: str, at_us: int) -> None:
        """End a session; one that has ended stays as it is."""

    def end_sessions_of(self, person: str, at_us: int, *, but: str | None = None) -> int:
        """End all of a person's sessions but one, and tell how many."""

    def forget_sessions(self, before_us: int) -> int:
        """Drop the sessions that were over before a moment, and tell how many."""

    def add_passkey(self, passkey: Passkey) -> None:
        """Keep a new passkey; raises BadInput where it is there already."""

    def passkey(self, name: str) -> Passkey | None:
        """Find a passkey by its id."""

    def passkeys_of(self, person: str) -> list[Passkey]:
        """Give a person's passkeys, the oldest first."""

    def passkey_holders(self) -> frozenset[str]:
        """Name everybody who has a passkey."""

    def use_passkey(self, name: str, signed: int, at_us: int) -> None:
        """Note that a passkey signed."""

    def drop_passkey(self, name: str, person: str) -> None:
        """Forget a passkey of a person."""


class Proofs(Protocol):
    """Makes and checks what proves a person: passwords, codes, tokens."""

    def hash_password(self, password: str) -> str:
        """Hash a password; slow by design."""

    def matches(self, hashed: str | None, password: str) -> bool:
        """Tell whether a password is the hashed one; as slow without a hash as with one."""

    def new_token(self) -> str:
        """Make a token of 256 bits."""

    def new_password(self) -> str:
        """Make a password for a first sign-in, of 75 bits or more, easy to read out."""

    def key_of(self, token: str) -> str:
        """Give what is kept of a token."""

    def new_totp(self) -> str:
        """Make an authenticator's secret, sealed."""

    def totp_uri(self, sealed: str, login: str) -> str:
        """Give the otpauth URI of a sealed secret."""

    def totp_step(self, sealed: str, code: str, now_us: int) -> int | None:
        """Give the period a code is of, None where it is of none near now."""

    def new_codes(self) -> list[str]:
        """Make ten recovery codes."""
