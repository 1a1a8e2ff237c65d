"""The walls' promises, the same in memory, on SQLite and on PostgreSQL."""

import pytest

from data_sources.audit_log import SqlAudit
from data_sources.memory_audit import MemoryAudit
from data_sources.memory_screens import MemoryScreens
from data_sources.screens import SqlScreens
from operations.errors import Conflict
from operations.people.screens import (
    Contact,
    Show,
    hash_of,
    new_screen,
    pair,
    rename,
    revoke,
    screen_deed,
    turned,
)
from tests.builders import NOW_US

SEEN = Contact(NOW_US, "0.1.0")
SHOW = Show(scope="district-370681", scenes="overview:30", distance_m=6.5, pitch_mm=0.634)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def audited(request):
    if request.param == "memory":
        audit = MemoryAudit()
        return MemoryScreens(audit), audit
    engine = request.getfixturevalue(f"{request.param}_engine")
    audit = SqlAudit(engine)
    return SqlScreens(engine, audit), audit


@pytest.fixture
def screens(audited):
    return audited[0]


def shown(identity="s-1", code="ABC234", at=NOW_US):
    return new_screen(identity, code=code, secret="one", now_us=at)


def let_in(screen, at=NOW_US + 1):
    return pair(screen, name="大厅", show=SHOW, actor="管理员", now_us=at)


def add(screens, screen, *, forget_before_us=0, most=9):
    return screens.add(screen, SEEN, forget_before_us=forget_before_us, most=most)


def test_everything_comes_back_as_it_was(screens):
    assert add(screens, shown())
    assert screens.find("s-1") == (shown(), SEEN)
    assert screens.by_code("ABC234") == shown()
    assert screens.known() == [], "nobody let it in yet"
    screens.change(let_in(shown()))
    assert screens.find("s-1") == (let_in(shown()), SEEN)
    assert screens.by_code("ABC234") is None
    assert screens.by_code("") is None
    turns = turned(let_in(shown()), "one", fresh="two", now_us=NOW_US + 10**12)
    screens.change(turns)
    assert screens.find("s-1")[0] == turns
    assert screens.known() == [(turns, SEEN)]
    assert screens.find("s-2") is None


def test_no_two_walls_show_one_code(screens):
    assert add(screens, shown())
    assert not add(screens, shown("s-2"))
    assert screens.find("s-2") is None
    screens.change(let_in(shown()))
    assert add(screens, shown("s-2")), "the code is free again"
    screens.change(let_in(shown("s-2")))
    assert [one.id for one, _ in screens.known()] == ["s-1", "s-2"]


def test_strangers_cannot_fill_the_table(screens):
    for n in range(3):
        assert add(screens, shown(f"s-{n}", f"ABC23{n + 2}", NOW_US + n), most=3)
    assert not add(screens, shown("s-9", "ZZZ999"), most=3)
    screens.change(let_in(screens.find("s-0")[0]))
    assert add(screens, shown("s-9", "ZZZ999", NOW_US + 9), forget_before_us=NOW_US + 2, most=3)
    assert screens.find("s-0") is not None, "one that was let in is never forgotten"
    assert screens.find("s-1") is None
    assert screens.find("s-2") is not None


def test_second_of_two_writers_is_told_what_the_wall_is(screens):
    add(screens, shown())
    first = let_in(shown())
    screens.change(first)
    with pytest.raises(Conflict) as refused:
        screens.change(let_in(shown(), at=NOW_US + 5))
    assert refused.value.held == first
    with pytest.raises(Conflict) as refused:
        screens.change(let_in(shown("nobody")))
    assert refused.value.held is None


def test_contact_changes_no_version(screens):
    add(screens, shown())
    screens.heard("s-1", Contact(NOW_US + 60, "0.2.0"))
    screens.heard("nobody", SEEN)
    assert screens.find("s-1") == (shown(), Contact(NOW_US + 60, "0.2.0"))
    screens.change(let_in(shown()))
    assert screens.find("s-1")[1].seen_us == NOW_US + 60


def test_what_an_administrator_did_is_in_the_audit_log(audited):
    screens, audit = audited
    add(screens, shown())
    after = let_in(shown())
    screens.change(after, screen_deed("pair", shown(), after, actor="管理员", now_us=NOW_US))
    screens.change(rename(after, name="二号", show=SHOW))
    gone = revoke(after)
    told = screen_deed("revoke", after, gone, actor="管理员", now_us=NOW_US)
    with pytest.raises(Conflict):
        screens.change(gone, told)
    assert [kept.line.act for kept in audit.lines()] == ["screen.pair"]


def test_only_hashes_of_secrets_are_kept(sqlite_engine, tmp_path):
    screens = SqlScreens(sqlite_engine)
    secret = "a secret of the browser alone"
    add(screens, new_screen("s-1", code="ABC234", secret=secret, now_us=NOW_US))
    sqlite_engine.dispose()
    kept = (tmp_path / "ledger.sqlite").read_bytes()
    assert secret.encode() not in kept
    assert hash_of(secret).encode() in kept
