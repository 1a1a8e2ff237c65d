"""The accounts in plain Python, for tests: the same promises, kept by dictionaries."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from data_sources.memory_audit import MemoryAudit
from operations.errors import BadInput, Conflict
from operations.people.account import Account, Passkey, Session
from operations.people.audit import Deed
from operations.people.ports import Audit
from operations.people.roles import Role


class MemoryAccounts:
    """`operations.people.stores.Accounts` for one process and as long as it lives."""

    def __init__(self, audit: Audit | None = None) -> None:
        self._audit = audit or MemoryAudit()
        self._accounts: dict[str, Account] = {}
        self._sessions: dict[str, Session] = {}
        self._passkeys: dict[str, Passkey] = {}
        self._one_writer = threading.Lock()

    def _check_free(self, account: Account) -> None:
        others = [one for one in self._accounts.values() if one.id != account.id]
        sso = account.sso is not None and any(one.sso == account.sso for one in others)
        if sso or any(one.login == account.login for one in others):
            raise BadInput("login", f"{account.login} is taken, or its sso subject is")

    def add(self, account: Account, deed: Deed | None = None) -> None:
        """Keep a new account, with the audit log's line where there is a deed."""
        with self._one_writer:
            if account.id in self._accounts:
                raise BadInput("login", f"{account.login} is taken, or its sso subject is")
            self._check_free(account)
            self._accounts[account.id] = account
            if deed is not None:
                self._audit.append(deed)

    def save(self, account: Account) -> None:
        """Keep an account's next version; raises Conflict where it is not the next one."""
        with self._one_writer:
            held = self._accounts.get(account.id)
            if held is None or held.version != account.version - 1:
                raise Conflict(f"account {account.login} has changed since it was read", held)
            self._check_free(account)
            self._accounts[account.id] = account

    def administer(
        self,
        account: Account,
        deed: Deed,
        *,
        rule: Callable[[Sequence[Account]], None],
        ends_us: int | None = None,
        drops_passkeys: bool = False,
    ) -> int:
        """Keep an account's next version as an administrator made it, with the audit log's line."""
        with self._one_writer:
            held = self._accounts.get(account.id)
            if held is None or held.version != account.version - 1:
                raise Conflict(f"account {account.login} has changed since it was read", held)
            rule(list((self._accounts | {account.id: account}).values()))
            self._audit.append(deed)
            self._accounts[account.id] = account
            if drops_passkeys:
                for one in self.passkeys_of(account.id):
                    del self._passkeys[one.id]
            return 0 if ends_us is None else self.end_sessions_of(account.id, ends_us)

    def account(self, name: str) -> Account | None:
        """Find an account by its id."""
        return self._accounts.get(name)

    def by_login(self, login: str) -> Account | None:
        """Find an account by its login, in any case of letters."""
        said = login.strip().casefold()
        return next((one for one in self._accounts.values() if one.login == said), None)

    def by_sso(self, subject: str) -> Account | None:
        """Find an account by what the identity provider calls it."""
        return next((one for one in self._accounts.values() if one.sso == subject), None)

    def everyone(self) -> list[Account]:
        """Give every account, by login."""
        return sorted(self._accounts.values(), key=lambda one: one.login)

    def open_session(self, session: Session) -> None:
        """Keep a new session."""
        self._sessions[session.key] = session

    def session(self, key: str) -> Session | None:
        """Find a session, ended or not."""
        return self._sessions.get(key)

    def sessions_of(self, person: str) -> list[Session]:
        """Give a person's sessions that were not ended, the newest first."""
        found = [
            one for one in self._sessions.values() if one.person == person and one.ended_us is None
        ]
        return sorted(found, key=lambda one: (-one.opened_us, one.key))

    def touch(self, key: str, seen_us: int) -> None:
        """Note that a session was used."""
        held = self._sessions.get(key)
        if held is not None and held.seen_us < seen_us:
            self._sessions[key] = replace(held, seen_us=seen_us)

    def look_as(self, key: str, role: str | None) -> None:
        """Note through which role a session looks."""
        if key in self._sessions:
            as_role = None if role is None else Role(role)
            self._sessions[key] = replace(self._sessions[key], as_role=as_role)

    def end_session(self, key: str, at_us: int) -> None:
        """End a session; one that has ended stays as it is."""
        held = self._sessions.get(key)
        if held is not None and held.ended_us is None:
            self._sessions[key] = replace(held, ended_us=at_us)

    def end_sessions_of(self, person: str, at_us: int, *, but: str | None = None) -> int:
        """End all of a person's sessions but one, and tell how many."""
        ended = [one.key for one in self.sessions_of(person) if one.key != but]
        for key in ended:
            self.end_session(key, at_us)
        return len(ended)

    def forget_sessions(self, before_us: int) -> int:
        """Drop the sessions that were over before a moment, and tell how many."""
        over = [
            one.key
            for one in self._sessions.values()
            if min(one.until_us, one.until_us if one.ended_us is None else one.ended_us) < before_us
        ]
        for key in over:
            del self._sessions[key]
        return len(over)

    def add_passkey(self, passkey: Passkey) -> None:
        """Keep a new passkey; raises BadInput where it is there already."""
        if passkey.id in self._passkeys:
            raise BadInput("passkey", "this passkey is registered already")
        self._passkeys[passkey.id] = passkey

    def passkey(self, name: str) -> Passkey | None:
        """Find a passkey by its id."""
        return self._passkeys.get(name)

    def passkeys_of(self, person: str) -> list[Passkey]:
        """Give a person's passkeys, the oldest first."""
        found = [one for one in self._passkeys.values() if one.person == person]
        return sorted(found, key=lambda one: (one.made_us, one.id))

    def passkey_holders(self) -> frozenset[str]:
        """Name everybody who has a passkey."""
        return frozenset(one.person for one in self._passkeys.values())

    def use_passkey(self, name: str, signed: int, at_us: int) -> None:
        """Note that a passkey signed."""
        self._passkeys[name] = replace(self._passkeys[name], signed=signed, used_us=at_us)

    def drop_passkey(self, name: str, person: str) -> None:
        """Forget a passkey of a person."""
        if name in self._passkeys and self._passkeys[name].person == person:
            del self._passkeys[name]
