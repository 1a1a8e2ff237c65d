"""Accounts, sessions and passkeys as rows, and back.

A field that a later version adds with a default is read from older text as that default.
"""

import json
from dataclasses import asdict
from typing import Any

from operations.people.account import Account, Passkey, Session, Stage
from operations.people.person import Ring
from operations.people.roles import Role

Row = dict[str, Any]


def account_row(account: Account) -> Row:
    """Put an account into a row of its table."""
    fields = asdict(account) | {"roles": sorted(account.roles)}
    return {
        "id": account.id,
        "login": account.login,
        "sso": account.sso,
        "version": account.version,
        "body": json.dumps(fields),
    }


def account_of(body: str) -> Account:
    """Read an account."""
    row: Row = json.loads(body)
    row |= {
        "roles": frozenset(Role(one) for one in row["roles"]),
        "ring": Ring(row["ring"]),
        "old_passwords": tuple(row["old_passwords"]),
        "recovery": tuple(row["recovery"]),
    }
    return Account(**row)


def session_row(session: Session) -> Row:
    """Put a session into a row of its table."""
    return asdict(session)


def session_of(row: Row) -> Session:
    """Read a session."""
    role = row["as_role"]
    return Session(
        **row | {"stage": Stage(row["stage"]), "as_role": None if role is None else Role(role)}
    )


def passkey_of(row: Row) -> Passkey:
    """Read a passkey."""
    return Passkey(**row)
