"""Keys of programs from outside: kept as hashes, each change written down."""

import pytest
from sqlalchemy import Engine

from data_sources.api_keys import SqlApiKeys
from data_sources.audit_log import SqlAudit
from operations.errors import BadInput
from operations.people.api_keys import ApiKey, digest_of, read_name
from operations.people.audit import AuditSearch

KEY = "a-key-that-was-handed-out"
MADE = ApiKey("k1", "Street app", digest_of(KEY), 1_000, "wang")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


@pytest.fixture
def keys(engine: Engine) -> SqlApiKeys:
    made = SqlApiKeys(engine)
    made.add(MADE, device="desk")
    return made


def test_a_key_is_found_by_what_it_hashes_to_alone(engine: Engine, keys: SqlApiKeys) -> None:
    assert keys.valid(digest_of(KEY)) == MADE
    assert keys.valid(KEY) is None
    assert keys.valid(digest_of(KEY + "x")) is None
    with engine.connect() as connection:
        (row,) = connection.exec_driver_sql("SELECT * FROM api_keys").all()
    assert KEY not in str(row)


def test_a_revoked_key_opens_nothing_and_stays_on_the_list(keys: SqlApiKeys) -> None:
    keys.revoke("k1", by="li", at_us=2_000)
    assert keys.valid(digest_of(KEY)) is None
    assert [(one.id, one.revoked_us) for one in keys.everyone()] == [("k1", 2_000)]
    for identity in ("k1", "k2"):
        with pytest.raises(BadInput, match="no key"):
            keys.revoke(identity, by="li", at_us=3_000)


def test_who_made_and_revoked_a_key_is_written_down(engine: Engine, keys: SqlApiKeys) -> None:
    keys.revoke("k1", by="li", at_us=2_000, device="desk")
    lines = SqlAudit(engine).find(AuditSearch(act="open311"), most=9)
    told = [(one.act, one.actor, one.subject, one.before, one.after) for one in lines]
    assert told == [
        ("open311.key.revoke", "li", "k1", "Street app", ""),
        ("open311.key.make", "wang", "k1", "", "Street app"),
    ]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x00b", "a\u202eb"])
def test_a_key_has_a_name_that_can_be_read(name: str) -> None:
    with pytest.raises(BadInput):
        read_name(name)
    assert read_name(" Street \n app ") == "Street app"
