"""A wall that was let in, for tests that look as one."""

import secrets
from pathlib import Path

from data_sources.audit_log import SqlAudit
from data_sources.database import connect_database
from data_sources.screens import SqlScreens
from operations.people.screens import Contact, Show, new_screen, pair
from operations.pulse.windows import to_us
from webserver import now


def let_in(data: Path, *, scope: str = "city") -> dict[str, str]:
    """Let a wall into the house of a data folder; give the cookie it holds."""
    engine = connect_database(f"sqlite:///{data}/ledger.sqlite")
    kept, secret, now_us = (
        SqlScreens(engine, SqlAudit(engine)),
        secrets.token_urlsafe(32),
        to_us(now()),
    )
    new = new_screen(
        secrets.token_hex(8), code=secrets.token_hex(3).upper(), secret=secret, now_us=now_us
    )
    kept.add(new, Contact(now_us, "test"), forget_before_us=0, most=100)
    kept.change(pair(new, name="Hall", show=Show(scope=scope), actor="x", now_us=now_us))
    engine.dispose()
    return {"name": "lianxin_screen", "value": f"{new.id}.{secret}"}
