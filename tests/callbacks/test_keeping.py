"""The administrators' pages as values: who is listed, what is typed, what is told; the log."""

from typing import Any

import pytest

from callbacks.audit import chain_of, export_of, moment, row_of, search_of
from callbacks.keeping import place_typed, refusal, state_of
from callbacks.pages import marked, screen
from callbacks.people import fits, made
from callbacks.person import ACTS, acted, gave
from data_sources.memory_accounts import MemoryAccounts
from data_sources.memory_audit import MemoryAudit
from operations.errors import BadInput, Conflict, Unreachable
from operations.people.account import Account
from operations.people.audit import AuditLine, AuditSearch, Deed, KeptLine
from operations.people.keeping import Place, standing
from operations.people.person import Ring
from operations.people.roles import Role
from operations.people.sign_in import Desk as SignIn
from operations.people.sign_in import look_as
from tests.builders import NOW_US
from tests.callbacks.test_account import Here, words
from tests.clusters import HOUR_US
from tests.desk import YANTAI, desk, sources
from tests.people import PROOFS, Notes, account, terms

BOSS = account(login="boss", name="赵", roles=frozenset({Role.SYSTEM_ADMIN}))
GUARD = account(login="guard", name="钱", roles=frozenset({Role.SECURITY_ADMIN}))
AUDITOR = account(login="aud", name="孙", roles=frozenset({Role.AUDIT_ADMIN}))


def house(login: str, *others: Account) -> tuple[Any, Any]:
    """Give sources and a desk where an administrator is signed in."""
    audit = MemoryAudit()
    kept = MemoryAccounts(audit)
    for one in (BOSS, GUARD, AUDITOR, *others):
        kept.add(one)
    at = SignIn(kept, PROOFS, terms(), Notes())
    given = sources(accounts=kept, sign_in=at, audit=audit)
    given.settings.demo_accounts, given.settings.oidc_issuer = False, None
    return given, desk(people=Here(at, login))


def seen_of(given: Any, login: str = "wang") -> dict[str, str]:
    held = given.accounts.by_login(login)
    return {"id": held.id, "seen": standing(held)}


def test_each_administrator_is_offered_their_own_part() -> None:
    for login, own, foreign in (
        ("boss", '"person_act": "lock"', '"person-give"'),
        ("guard", '"person-give"', '"person_act"'),
    ):
        given, at = house(login, account())
        drawn = words(screen(given, at, "/people/wang", ""))
        assert own in drawn
        assert foreign not in drawn
        assert ("made-login" in words(screen(given, at, "/people", ""))) is (login == "boss")


def test_own_account_a_retired_one_and_none_offer_nothing() -> None:
    given, at = house("boss", account(login="old", locked=True, retired=True))
    for path, told in (
        ("/people/boss", "这是您自己的账号"), ("/people/old", "账号已注销"),
        ("/people/nobody", "没有这个账号"),
    ):  # fmt: skip
        drawn = words(screen(given, at, path, ""))
        assert told in drawn
        assert '"person_act"' not in drawn


def test_list_is_narrowed_by_its_address_and_says_where_nobody_fits() -> None:
    given, at = house("boss", account(), account(login="old", name="旧", retired=True))
    assert "王芳" in words(screen(given, at, "/people", ""))
    assert "旧" not in words(screen(given, at, "/people", "")), "until asked for"
    assert "旧" in words(screen(given, at, "/people", "?state=retired"))
    narrowed = words(screen(given, at, "/people", "?q=WAN&role=centre_staff"))
    assert "王芳" in narrowed
    assert "/people/guard" not in narrowed
    assert "没有符合条件" in words(screen(given, at, "/people", "?q=zzz"))
    assert "No account fits" in words(screen(given, at, "/people", "?q=zzz&lang=en"))


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "never"), ({"signed_in_us": 1}, "active"), ({"locked": True}, "locked"),
        ({"locked": True, "retired": True}, "retired"),
    ],
)  # fmt: skip
def test_state_of_an_account(changes: dict[str, Any], state: str) -> None:
    assert state_of(account(**changes)) == state
    assert fits(account(**changes), state=state)
    assert fits(account(roles=frozenset()), role="none")
    assert not fits(account(), role="none")


def test_account_is_made_without_a_role_and_its_password_shown() -> None:
    given, at = house("boss")
    where = ["市水务局", "county", "龙口市"]
    drawn = words(made(given, at, "Sun", "孙丽", where, ""))
    held = given.accounts.by_login("sun")
    assert (held.roles, held.department, held.place) == (frozenset(), "water", "370681")
    assert held.must_change
    assert "data-first-password" in drawn
    (line,) = given.audit.find(AuditSearch(), most=9)
    assert (line.act, line.actor, line.verified) == ("people.account_made", "boss", True)
    assert line.device == "10.0.0.9 Firefox"
    with pytest.raises(BadInput, match="login"):
        made(given, at, " ", "", ["", "city", ""], "")


@pytest.mark.parametrize("name", [*ACTS, "reset"])
def test_act_is_done_and_told(name: str) -> None:
    given, at = house("boss", account())
    told = words(acted(given, at, name, seen_of(given), "?lang=en"))
    assert ("data-first-password" in told) is (name == "reset")
    assert given.audit.count(AuditSearch(subject="wang")) == 1


def test_roles_are_given_and_taken() -> None:
    given, at = house("guard", account())
    gave(given, at, ["leader"], ["water", "city", ""], seen_of(given), "")
    assert given.accounts.by_login("wang").roles == {Role.LEADER}
    gave(given, at, [], ["", "city", None], seen_of(given), "")
    assert given.accounts.by_login("wang").roles == frozenset()
    with pytest.raises(BadInput, match="exclude"):
        gave(given, at, ["audit_admin", "system_admin"], ["", "", ""], seen_of(given), "")
    with pytest.raises(Conflict):
        gave(given, at, ["leader"], ["", "", ""], seen_of(given) | {"seen": "x"}, "")


def test_places_are_typed_by_code_or_name() -> None:
    given, _ = house("boss")
    assert place_typed(given, "water", "town", "Lutou") == Place("water", Ring.TOWN, "370681104")
    for typed in (("sewage", "city", ""), ("", "county", "370681104"), ("", "county", "")):
        with pytest.raises(BadInput):
            place_typed(given, *typed)


def test_every_refusal_has_words_of_its_own() -> None:
    fields = ("login", "place", "department", "role", "administrator", "own", "retired", "password")
    errors = [BadInput(one, "x") for one in fields] + [Conflict("x", None), Unreachable("x")]
    for language in ("zh", "en"):
        told = {refusal(one, language) for one in errors}  # type: ignore[arg-type]
        assert len(told) == len(errors)


def test_a_mark_stands_over_every_page_but_the_account() -> None:
    given, at = house("boss")
    assert marked("page", given, at, "/", "") == "page"  # type: ignore[arg-type]
    who = at.who()
    look_as(given.sign_in, who.account, who.session, Role.LEADER)
    assert "返回本人视角" in words(marked("page", given, at, "/wall", "")[1])  # type: ignore[arg-type]
    assert marked("page", given, at, "/account", "") == "page"  # type: ignore[arg-type]


def test_links_are_for_those_who_may() -> None:
    for login, own in (("boss", {"people"}), ("guard", {"people"}), ("aud", {"audit"})):
        given, at = house(login)
        given.settings.security_profile = "plain"
        for path in ("/", "/account"):
            drawn = words(screen(given, at, path, ""))
            assert {one for one in ("people", "audit") if f"/{one}?lang=zh" in drawn} == own


def wrote(audit: MemoryAudit, times: int = 1, **changes: Any) -> None:
    values = {"at_us": NOW_US, "actor": "li", "act": "alarm.shelve", "subject": "a-1"}
    for _ in range(times):
        audit.append(Deed(**(values | changes)))


def test_log_is_searched_paged_and_exported_by_the_same_search() -> None:
    given, at = house("aud")
    wrote(given.audit, 60)
    wrote(given.audit, actor="other", before="vorher", after="nachher", reason="warum")
    drawn = words(screen(given, at, "/audit", "?actor=other"))
    for told in ("vorher", "nachher", "warum", "/api/v1/audit.csv?actor=other", "搁置预警"):
        assert told in drawn
    assert '"data-line": "60"' not in drawn
    first, second = (words(screen(given, at, "/audit", f"?page={n}")) for n in (1, 2))
    assert '"data-line": "61"' in first
    assert '"data-line": "11"' in second
    assert "page=2" in first
    assert "page=1" in second
    assert "没有符合条件" in words(screen(given, at, "/audit", "?act=nothing"))
    assert "无法识别" in words(screen(given, at, "/audit", "?from=yesterday"))
    assert "actor=other&lang=en" in drawn, "the language switch keeps the search"


def test_lines_on_accountability_are_for_who_may_see_such_matters() -> None:
    both = frozenset({Role.AUDIT_ADMIN, Role.SUPERVISOR})
    for login, seen in (("aud", False), ("both", True)):
        given, at = house(login, account(login="both", roles=both))
        wrote(given.audit, act="accountability.issue", subject="WZ2026-0001")
        drawn = words(screen(given, at, "/audit", ""))
        assert ("WZ2026-0001" in drawn) is seen
        assert ("问责事项的记录不在此列" in drawn) is not seen


def test_times_are_the_citys_or_carry_an_offset() -> None:
    midnight = moment("from", "2026-11-24", YANTAI)
    assert midnight is not None
    assert moment("from", "2026-11-24 10:00", YANTAI) == midnight + 10 * HOUR_US
    assert moment("from", "2026-11-23T16:00+00:00", YANTAI) == midnight
    assert moment("to", "2026-11-24", YANTAI) == midnight + 24 * HOUR_US, "the day is included"
    assert moment("to", "", YANTAI) is None
    for said in ("x", "2026-13-01", "9999-12-31"):
        with pytest.raises(BadInput, match="to"):
            moment("to", said, YANTAI)
    with pytest.raises(BadInput, match="actor"):
        search_of({"actor": "x" * 201}, YANTAI)
    wanted = search_of({"act": "people", "from": "2026-11-24"}, YANTAI)
    assert export_of(wanted) == (
        "/api/v1/audit.csv?act=people&from=2026-11-23T16%3A00%3A00%2B00%3A00"
    )


def test_chain_is_checked_up_to_a_length() -> None:
    audit = MemoryAudit()
    wrote(audit, 3)
    assert chain_of(audit).state == "fits"
    assert chain_of(audit, most=2).state == "long"
    kept = audit._lines[1]
    line = AuditLine(**{name: getattr(kept.line, name) for name in kept.line.__dataclass_fields__}
                     | {"actor": "nobody"})  # fmt: skip
    audit._lines[1] = KeptLine(line, kept.hash)
    assert (chain_of(audit).state, chain_of(audit).number) == ("flaw", 2)


@pytest.mark.parametrize(
    ("device", "told"),
    [
        ("10.0.0.9 Mozilla/5.0 (X11; Linux) Firefox/9", "10.0.0.9 · Firefox · Linux"),
        ("Mozilla/5.0 (X11; Linux) Firefox/9", "Firefox · Linux"), ("vm", "vm"), ("", ""),
    ],
)  # fmt: skip
def test_device_of_a_line_is_told_as_people_know_it(device: str, told: str) -> None:
    audit = MemoryAudit()
    wrote(audit, device=device)
    assert row_of(audit.find(AuditSearch(), most=1)[0], YANTAI).device == told
