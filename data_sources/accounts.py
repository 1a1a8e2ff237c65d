"""The accounts in SQL: people, their sessions and their passkeys."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from data_sources.people_rows import (
    Row,
    account_of,
    account_row,
    passkey_of,
    session_of,
    session_row,
)
from operations.errors import BadInput, Conflict
from operations.people.account import Account, Passkey, Session
from operations.people.audit import Deed
from operations.people.ports import Audit

PEOPLE_LOCK = 12345_3  # PostgreSQL: one administrator of accounts at a time


class SqlAccounts:
    """`operations.people.stores.Accounts` on SQLite or PostgreSQL; `migrate` must have run."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit or SqlAudit(engine)

    def add(self, account: Account, deed: Deed | None = None) -> None:
        """Keep a new account, with the audit log's line where there is a deed."""
        try:
            with writing(self._engine) as connection:
                connection.execute(text(_ADD), account_row(account))
                if deed is not None:
                    self._audit.append(deed, within=connection)
        except IntegrityError as error:
            raise BadInput("login", f"{account.login} is taken, or its sso subject is") from error
        if deed is not None:
            self._audit.hand_on()

    def save(self, account: Account) -> None:
        """Keep an account's next version; raises Conflict where it is not the next one."""
        try:
            saved = self._write(_SAVE, **account_row(account), before=account.version - 1)
        except IntegrityError as error:
            raise BadInput("login", f"{account.login} is taken, or its sso subject is") from error
        if not saved:
            held = self.account(account.id)
            raise Conflict(f"account {account.login} has changed since it was read", held)

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
        with writing(self._engine) as connection:
            if self._engine.dialect.name == "postgresql":  # on SQLite there is one writer anyway
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({PEOPLE_LOCK})")
            values = account_row(account) | {"before": account.version - 1}
            if connection.execute(text(_SAVE), values).rowcount != 1:
                raise Conflict(f"account {account.login} has changed since it was read", None)
            rule(_everyone(connection))
            if drops_passkeys:
                connection.execute(text(_DROP_PASSKEYS), {"person": account.id})
            ended = 0
            if ends_us is not None:
                gone = {"person": account.id, "at": ends_us, "but": ""}
                ended = connection.execute(text(_END_ALL), gone).rowcount
            self._audit.append(deed, within=connection)
        self._audit.hand_on()
        return ended

    def account(self, name: str) -> Account | None:
        """Find an account by its id."""
        return self._one("SELECT body FROM people WHERE id = :name", name=name)

    def by_login(self, login: str) -> Account | None:
        """Find an account by its login, in any case of letters."""
        said = login.strip().casefold()
        return self._one("SELECT body FROM people WHERE login = :login", login=said)

    def by_sso(self, subject: str) -> Account | None:
        """Find an account by what the identity provider calls it."""
        return self._one("SELECT body FROM people WHERE sso = :subject", subject=subject)

    def everyone(self) -> list[Account]:
        """Give every account, by login."""
        with reading(self._engine) as connection:
            return sorted(_everyone(connection), key=lambda one: one.login)

    def open_session(self, session: Session) -> None:
        """Keep a new session."""
        self._write(_OPEN, **session_row(session))

    def session(self, key: str) -> Session | None:
        """Find a session, ended or not."""
        rows = self._rows("SELECT * FROM sessions WHERE key = :key", key=key)
        return session_of(rows[0]) if rows else None

    def sessions_of(self, person: str) -> list[Session]:
        """Give a person's sessions that were not ended, the newest first."""
        return [session_of(row) for row in self._rows(_SESSIONS_OF, person=person)]

    def touch(self, key: str, seen_us: int) -> None:
        """Note that a session was used."""
        self._write(_TOUCH, key=key, at=seen_us)

    def look_as(self, key: str, role: str | None) -> None:
        """Note through which role a session looks."""
        self._write("UPDATE sessions SET as_role = :role WHERE key = :key", key=key, role=role)

    def end_session(self, key: str, at_us: int) -> None:
        """End a session; one that has ended stays as it is."""
        self._write(_END, key=key, at=at_us)

    def end_sessions_of(self, person: str, at_us: int, *, but: str | None = None) -> int:
        """End all of a person's sessions but one, and tell how many."""
        return self._write(_END_ALL, person=person, at=at_us, but=but or "")

    def forget_sessions(self, before_us: int) -> int:
        """Drop the sessions that were over before a moment, and tell how many."""
        return self._write(_FORGET, before=before_us)

    def add_passkey(self, passkey: Passkey) -> None:
        """Keep a new passkey; raises BadInput where it is there already."""
        try:
            self._write(_ADD_PASSKEY, **_fields(passkey))
        except IntegrityError as error:
            raise BadInput("passkey", "this passkey is registered already") from error

    def passkey(self, name: str) -> Passkey | None:
        """Find a passkey by its id."""
        rows = self._rows("SELECT * FROM passkeys WHERE id = :name", name=name)
        return passkey_of(rows[0]) if rows else None

    def passkeys_of(self, person: str) -> list[Passkey]:
        """Give a person's passkeys, the oldest first."""
        return [passkey_of(row) for row in self._rows(_PASSKEYS_OF, person=person)]

    def passkey_holders(self) -> frozenset[str]:
        """Name everybody who has a passkey."""
        return frozenset(row["person"] for row in self._rows(_HOLDERS))

    def use_passkey(self, name: str, signed: int, at_us: int) -> None:
        """Note that a passkey signed."""
        self._write(_USE_PASSKEY, name=name, signed=signed, at=at_us)

    def drop_passkey(self, name: str, person: str) -> None:
        """Forget a passkey of a person."""
        self._write(_DROP_PASSKEY, name=name, person=person)

    def _one(self, statement: str, **values: Any) -> Account | None:
        if any("\0" in one or not one.isprintable() for one in values.values()):
            return None  # PostgreSQL takes no such text, and nobody is called so
        rows = self._rows(statement, **values)
        return account_of(rows[0]["body"]) if rows else None

    def _rows(self, statement: str, **values: Any) -> list[Row]:
        with reading(self._engine) as connection:
            return [dict(row) for row in connection.execute(text(statement), values).mappings()]

    def _write(self, statement: str, **values: Any) -> int:
        with writing(self._engine) as connection:
            return connection.execute(text(statement), values).rowcount


def _everyone(connection: Connection) -> list[Account]:
    return [account_of(row.body) for row in connection.execute(text("SELECT body FROM people"))]


def _fields(passkey: Passkey) -> Row:
    return {
        "id": passkey.id,
        "person": passkey.person,
        "public_key": passkey.public_key,
        "signed": passkey.signed,
        "name": passkey.name,
        "made_us": passkey.made_us,
        "used_us": passkey.used_us,
    }


_ADD = (
    "INSERT INTO people (id, login, sso, version, body) VALUES (:id, :login, :sso, :version, :body)"
)
_SAVE = (
    "UPDATE people SET login = :login, sso = :sso, version = :version, body = :body"
    " WHERE id = :id AND version = :before"
)
_OPEN = (
    "INSERT INTO sessions (key, person, stage, opened_us, seen_us, until_us, idle_us, device,"
    " address, as_role, ended_us) VALUES (:key, :person, :stage, :opened_us, :seen_us, :until_us,"
    " :idle_us, :device, :address, :as_role, :ended_us)"
)
_SESSIONS_OF = (
    "SELECT * FROM sessions WHERE person = :person AND ended_us IS NULL"
    " ORDER BY opened_us DESC, key"
)
_TOUCH = "UPDATE sessions SET seen_us = :at WHERE key = :key AND seen_us < :at"
_END = "UPDATE sessions SET ended_us = :at WHERE key = :key AND ended_us IS NULL"
_END_ALL = (
    "UPDATE sessions SET ended_us = :at WHERE person = :person AND ended_us IS NULL AND key <> :but"
)
_FORGET = "DELETE FROM sessions WHERE until_us < :before OR ended_us < :before"
_ADD_PASSKEY = (
    "INSERT INTO passkeys (id, person, public_key, signed, name, made_us, used_us)"
    " VALUES (:id, :person, :public_key, :signed, :name, :made_us, :used_us)"
)
_PASSKEYS_OF = "SELECT * FROM passkeys WHERE person = :person ORDER BY made_us, id"
_USE_PASSKEY = "UPDATE passkeys SET signed = :signed, used_us = :at WHERE id = :name"
_HOLDERS = "SELECT DISTINCT person FROM passkeys"
_DROP_PASSKEYS = "DELETE FROM passkeys WHERE person = :person"
_DROP_PASSKEY = "DELETE FROM passkeys WHERE id = :name AND person = :person"
