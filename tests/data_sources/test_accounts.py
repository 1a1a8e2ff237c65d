"""The accounts' promises, the same in memory, on SQLite and on PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from data_sources.accounts import SqlAccounts
from data_sources.audit_log import SqlAudit
from data_sources.memory_accounts import MemoryAccounts
from data_sources.memory_audit import MemoryAudit
from operations.errors import BadInput, Conflict, Unreachable
from operations.people.account import Stage, next_version
from operations.people.audit import AuditSearch, Deed
from operations.people.person import Ring
from operations.people.roles import Role
from tests.builders import NOW_US
from tests.people import account, passkey, session


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def book(request):
    if request.param == "memory":
        audit = MemoryAudit()
        made = MemoryAccounts(audit)
    else:
        engine = request.getfixturevalue(f"{request.param}_engine")
        audit = SqlAudit(engine)
        made = SqlAccounts(engine, audit)
    made.log = audit
    return made


def deed(**changes):
    values = {"at_us": NOW_US, "actor": "boss", "act": "people.x", "subject": "wang"}
    return Deed(**(values | changes))


def allow(_everyone):
    """Forbid nothing."""


class Forbidden(Exception):
    """What a rule of these tests raises."""


FULL = account(
    login="li", name="李 \"'%s :id 强", department="water", ring=Ring.COUNTY, place="370681",
    roles=frozenset({Role.LEADER, Role.SUPERVISOR}), old_passwords=("a", "b"), totp="sealed",
    totp_pending="p", totp_step=58_000_000, recovery=("x", "y"), sso="sub-1", locked=True,
    retired=True, demo=True, must_change=True, failures=3, failed_us=NOW_US,
    signed_in_us=NOW_US - 7,
)  # fmt: skip


def test_everything_comes_back_as_it_was(book):
    book.add(FULL)
    book.add(account(password=None))
    assert book.account(FULL.id) == book.by_login("  LI ") == book.by_sso("sub-1") == FULL
    assert book.everyone() == [FULL, account(password=None)]
    opened = session(as_role=Role.LEADER, stage=Stage.SECOND)
    book.open_session(opened)
    assert book.session(opened.key) == opened
    book.add_passkey(passkey())
    assert book.passkey("cred-1") == passkey()


def test_nobody_is_found_in_an_empty_book(book):
    names = ("", "nobody", "\0", "a\nb", "x" * 5000)
    assert [book.by_login(name) for name in names] == [None] * 5
    assert (book.account("x"), book.by_sso("x"), book.session("x"), book.passkey("x")) == (
        None, None, None, None,
    )  # fmt: skip
    assert (book.everyone(), book.sessions_of("x"), book.passkeys_of("x")) == ([], [], [])


def test_login_and_sso_subject_belong_to_one(book):
    book.add(FULL)
    for taken in (account(login="li", id="other"), account(sso="sub-1")):
        with pytest.raises(BadInput, match="taken"):
            book.add(taken)
    book.add(account())
    with pytest.raises(BadInput, match="taken"):
        book.save(next_version(account(), sso="sub-1"))
    assert book.account("p-wang") == account()


def test_only_the_next_version_is_saved(book):
    book.add(account())
    after = next_version(account(), name="王 二")
    book.save(after)
    with pytest.raises(Conflict) as refused:
        book.save(next_version(account(), name="late"))
    assert refused.value.held == after
    with pytest.raises(Conflict):
        book.save(next_version(account(login="nobody")))


def test_of_those_who_save_one_version_one_has_it(book):
    book.add(account())
    start = threading.Barrier(4)

    def save(name):
        start.wait(10)
        try:
            book.save(next_version(account(), name=name))
        except Conflict:
            return None
        return name

    with ThreadPoolExecutor(4) as pool:
        told = [one for one in pool.map(save, "甲乙丙丁") if one]
    assert [book.account("p-wang").name] == told


def test_sessions_are_listed_newest_first_until_they_end(book):
    old, new = session(opened_us=NOW_US - 9), session()
    for one in (old, new, session(person="other")):
        book.open_session(one)
    assert book.sessions_of("p-wang") == [new, old]
    book.end_session(new.key, NOW_US + 5)
    book.end_session(new.key, NOW_US + 9)
    assert book.session(new.key) == replace(new, ended_us=NOW_US + 5)
    assert book.sessions_of("p-wang") == [old]


def test_all_sessions_of_a_person_end_but_one(book):
    mine = [session() for _ in range(3)]
    others = session(person="other")
    for one in (*mine, others):
        book.open_session(one)
    assert book.end_sessions_of("p-wang", NOW_US, but=mine[0].key) == 2
    assert book.sessions_of("p-wang") == [mine[0]]
    assert book.end_sessions_of("p-wang", NOW_US) == 1
    assert book.sessions_of("other") == [others]


def test_use_is_noted_forward_only(book):
    opened = session()
    book.open_session(opened)
    book.touch(opened.key, NOW_US + 7)
    book.touch(opened.key, NOW_US + 3)
    assert book.session(opened.key).seen_us == NOW_US + 7


def test_a_session_looks_through_a_role_and_no_longer(book):
    opened = session()
    book.open_session(opened)
    book.look_as(opened.key, "leader")
    assert book.session(opened.key).as_role is Role.LEADER
    book.look_as(opened.key, None)
    assert book.session(opened.key) == opened


def test_what_is_over_is_forgotten_and_nothing_else(book):
    over, ended, living = session(until_us=5), session(ended_us=6), session()
    for one in (over, ended, living):
        book.open_session(one)
    assert book.forget_sessions(7) == 2
    assert [book.session(one.key) for one in (over, ended, living)] == [None, None, living]


def test_what_an_administrator_does_is_kept_with_its_line(book):
    book.add(account(), deed(act="people.made"))
    book.add_passkey(passkey())
    for one in (session(), session(), session(person="other")):
        book.open_session(one)
    after = next_version(account(), locked=True)
    ended = book.administer(after, deed(), rule=allow, ends_us=NOW_US + 1, drops_passkeys=True)
    assert (ended, book.account("p-wang"), book.passkeys_of("p-wang")) == (2, after, [])
    assert (book.sessions_of("p-wang"), len(book.sessions_of("other"))) == ([], 1)
    acts = [line.act for line in book.log.find(AuditSearch(), most=9)]
    assert acts == ["people.x", "people.made"]


def test_what_a_rule_forbids_leaves_everything_as_it_was(book):
    book.add(account())
    book.add_passkey(passkey())
    opened = session()
    book.open_session(opened)
    told = []

    def forbid(everyone):
        told.extend(everyone)
        raise Forbidden

    after = next_version(account(), locked=True)
    with pytest.raises(Forbidden):
        book.administer(after, deed(), rule=forbid, ends_us=NOW_US + 1, drops_passkeys=True)
    assert told == [after], "everybody as they would be"
    assert book.account("p-wang") == account()
    assert (book.sessions_of("p-wang"), book.passkey_holders()) == ([opened], {"p-wang"})
    with pytest.raises(Conflict):
        book.administer(next_version(after), deed(), rule=allow)
    assert book.log.count(AuditSearch()) == 0


def test_of_two_administrators_who_shut_each_other_out_one_stays(book):
    people = [account(login=name) for name in ("one", "two")]
    for one in people:
        book.add(one)
    start = threading.Barrier(2)

    def one_stays(everyone):
        if all(one.locked for one in everyone):
            raise Forbidden

    def shut(one):
        start.wait(10)
        try:
            book.administer(next_version(one, locked=True), deed(), rule=one_stays)
        except Forbidden:
            return False
        return True

    for _ in range(5):
        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(shut, people))
        assert sorted(done) == [False, True]
        for one in book.everyone():
            if one.locked:
                book.save(next_version(one, locked=False))
        people = book.everyone()


def test_what_cannot_be_written_down_is_not_done(book):
    book.add(account())

    def away(*_given, **_named):
        raise Unreachable("away")

    book.log.append = away
    with pytest.raises(Unreachable):
        book.administer(next_version(account(), locked=True), deed(), rule=allow)
    assert book.account("p-wang") == account()


def test_a_line_that_is_not_kept_keeps_no_account(book):
    book.add(account())
    with pytest.raises(BadInput, match="taken"):
        book.add(account(id="other"), deed())
    assert book.log.count(AuditSearch()) == 0


def test_passkeys_count_their_uses_and_go(book):
    book.add_passkey(passkey())
    with pytest.raises(BadInput, match="already"):
        book.add_passkey(passkey(person="other"))
    later = passkey(id="cred-0", made_us=NOW_US + 1)
    book.add_passkey(later)
    book.use_passkey("cred-1", 9, NOW_US + 2)
    used = passkey(signed=9, used_us=NOW_US + 2)
    assert book.passkeys_of("p-wang") == [used, later]
    book.drop_passkey("cred-1", "other")
    assert book.passkey("cred-1") == used, "it is not theirs to drop"
    book.drop_passkey("cred-1", "p-wang")
    assert book.passkeys_of("p-wang") == [later]
