import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pyotp
import pytest

from data_sources.proofs import Seal
from operations.errors import BadInput
from operations.people import keeping, own_account
from operations.people.account import Account, Stage
from operations.people.demo_accounts import make_demo_accounts
from operations.people.keeping import By, Place, make_account
from operations.people.person import Ring
from operations.people.roles import Role
from operations.people.sign_in import (
    Desk,
    Refused,
    as_demo,
    look_as,
    unfinished,
    with_code,
    with_passkey,
    with_password,
    with_sso,
)
from tests.builders import NOW_US
from tests.people import MINUTE_US, PASSWORD, PROOFS, account, asked, desk, passkey, terms

NEW = "a walk along the quay"
ROOT = By("root", NOW_US)


def held(at: Desk, name: str = "p-wang") -> Account:
    found = at.accounts.account(name)
    assert found is not None
    return found


def refusal(at: Desk, password: str, minutes: float = 0, login: str = "wang") -> str:
    with pytest.raises(Refused) as no:
        with_password(at, login, password, asked(minutes))
    return no.value.code


def with_totp(at: Desk) -> tuple[Desk, pyotp.TOTP]:
    uri = own_account.begin_totp(at, held(at))
    totp = pyotp.TOTP(pyotp.parse_uri(uri).secret)  # type: ignore[attr-defined]
    own_account.confirm_totp(at, held(at), totp.at(NOW_US // 1_000_000), NOW_US)
    return at, totp


def test_right_password_opens_a_session_whose_token_is_kept_nowhere() -> None:
    at = desk(account())
    token, opened = with_password(at, " WANG ", PASSWORD, asked())
    assert at.accounts.session(at.proofs.key_of(token)) == opened
    assert token not in repr(opened)
    assert (opened.stage, opened.until_us - NOW_US) == (Stage.FULL, 720 * MINUTE_US)
    assert at.audit.acts == ["signed_in"]  # type: ignore[attr-defined]


def test_same_password_typed_on_another_keyboard_is_the_same() -> None:
    at = desk(account(password=PROOFS.hash_password("café and a croissant")))
    with_password(at, "wang", "cafe\u0301 and a croissant", asked())


@pytest.mark.parametrize("who", [None, {"locked": True}, {"password": None}, {"demo": True}])
def test_whatever_is_wrong_is_told_alike(who: dict[str, object] | None) -> None:
    at = desk() if who is None else desk(account(**who))
    assert refusal(at, PASSWORD) == "wrong"
    assert refusal(desk(account()), "wrong one") == "wrong"


def test_after_five_failures_even_the_right_password_waits() -> None:
    at = desk(account())
    for _ in range(5):
        refusal(at, "wrong one")
    assert refusal(at, PASSWORD, 0.49) == "wrong"
    with_password(at, "wang", PASSWORD, asked(0.5))
    assert held(at).failures == 0


def test_a_hundred_guesses_at_once_are_five() -> None:
    at = desk(account())
    start, looked = threading.Barrier(20), []

    class Slow:
        def __getattr__(self, name: str) -> object:
            return getattr(PROOFS, name)

        def matches(self, hashed: str | None, password: str) -> bool:
            if hashed is not None:  # else it only takes as long
                looked.append(password)
            return PROOFS.matches(hashed, password)

    slow = Desk(at.accounts, Slow(), at.terms, at.audit)  # type: ignore[arg-type]

    def guess(n: int) -> None:
        start.wait(10)
        with pytest.raises(Refused):
            with_password(slow, "wang", f"guess {n}", asked())

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(guess, range(20)))
    assert len(looked) <= 5


@pytest.mark.parametrize("login", ["wang", "nobody"])
def test_a_name_that_waits_takes_as_long_as_none(login: str) -> None:
    at = desk(account())
    for _ in range(6):
        with pytest.raises(Refused):
            with_password(at, "wang", "wrong", asked())
    hashed: list[str | None] = []

    class Counting:
        def __getattr__(self, name: str) -> object:
            return getattr(PROOFS, name)

        def matches(self, held: str | None, password: str) -> bool:
            hashed.append(held)
            return PROOFS.matches(held, password)

    counting = Desk(at.accounts, Counting(), at.terms, at.audit)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        with_password(counting, login, "x", asked())
    assert hashed == [None]


def test_a_new_password_that_will_not_do_is_no_wrong_try() -> None:
    at, held = desk(account()), account()
    for _ in range(8):
        with pytest.raises(BadInput):
            own_account.change_password(
                at, held, old=PASSWORD, new="short", but=None, now_us=asked().now_us
            )
    assert with_password(at, "wang", PASSWORD, asked())


def test_second_proof_is_asked_for_and_a_code_is_good_once() -> None:
    at, totp = with_totp(desk(account()))
    _, waiting = with_password(at, "wang", PASSWORD, asked(1))
    assert waiting.stage is Stage.SECOND
    code = totp.at(NOW_US // 1_000_000 + 60)
    _, opened = with_code(at, waiting, f" {code[:3]} {code[3:]} ", asked(1))
    assert opened.stage is Stage.FULL
    assert at.accounts.session(waiting.key).ended_us is not None  # type: ignore[union-attr]
    _, again = with_password(at, "wang", PASSWORD, asked(1))
    with pytest.raises(Refused, match="wrong_code"):
        with_code(at, again, code, asked(1))


def test_right_passwords_buy_no_guesses_at_the_code() -> None:
    at, _ = with_totp(desk(account()))
    told = []
    for _ in range(20):
        try:
            _, waiting = with_password(at, "wang", PASSWORD, asked())
            with_code(at, waiting, "000000", asked())
        except Refused as no:
            told.append(no.code)
    assert 1 <= told.count("wrong_code") <= 3, told


def test_recovery_code_works_once_in_any_writing() -> None:
    at, _ = with_totp(desk(account()))
    codes = own_account.renew_codes(at, held(at))
    assert len(set(codes)) == 10
    assert not set(codes) & set(held(at).recovery), "only hashes are kept"
    for _ in range(2):
        _, waiting = with_password(at, "wang", PASSWORD, asked())
        if len(held(at).recovery) == 10:
            with_code(at, waiting, codes[3].upper().replace("-", " "), asked())
    with pytest.raises(Refused, match="wrong_code"):
        with_code(at, waiting, codes[3], asked())


def test_secret_is_sealed_and_another_key_does_not_open_it() -> None:
    at, totp = with_totp(desk(account()))
    sealed = held(at).totp or ""
    assert totp.secret not in repr(held(at))
    assert Seal("another key").open(sealed) is None
    assert Seal("a key for tests").open(sealed) == totp.secret


def test_passkey_is_both_proofs_in_one() -> None:
    at = desk(account())
    at.accounts.add_passkey(passkey())
    assert with_password(at, "wang", PASSWORD, asked())[1].stage is Stage.SECOND
    _, opened = with_passkey(at, passkey(), 4, asked())
    assert opened.stage is Stage.FULL
    assert at.accounts.passkeys_of("p-wang")[0].signed == 4


def test_identity_provider_opens_known_subjects_alone() -> None:
    at = desk(account(sso="sub-1", password=None))
    assert with_sso(at, "sub-1", asked())[1].person == "p-wang"
    with pytest.raises(Refused, match="sso_unknown"):
        with_sso(at, "wang", asked())


def test_wall_stays_signed_in() -> None:
    at = desk(account(roles=frozenset({Role.WALL})))
    _, opened = with_password(at, "wang", PASSWORD, asked())
    assert opened.lives(NOW_US + 300 * 1440 * MINUTE_US)
    assert not opened.lives(NOW_US + 401 * 1440 * MINUTE_US)


def test_session_ends_when_idle_when_old_and_when_ended() -> None:
    _, opened = with_password(desk(account()), "wang", PASSWORD, asked())
    assert opened.lives(NOW_US + 30 * MINUTE_US - 1)
    assert not opened.lives(NOW_US + 30 * MINUTE_US)
    used = replace(opened, seen_us=NOW_US + 719 * MINUTE_US)
    assert used.lives(NOW_US + 720 * MINUTE_US - 1)
    assert not used.lives(NOW_US + 720 * MINUTE_US), "however much it was used"
    assert not replace(opened, ended_us=NOW_US).lives(NOW_US)


def test_demo_accounts_open_only_where_they_may_and_have_no_password() -> None:
    at = desk(allow_demo=True)
    made = make_demo_accounts(at, department="water", now_us=NOW_US)
    assert make_demo_accounts(at, department="water", now_us=NOW_US) == made
    assert {role for one in made for role in one.roles} == set(Role)
    assert all(one.demo and one.password is None for one in made)
    as_demo(at, "demo-leader", asked())
    elsewhere = Desk(at.accounts, at.proofs, terms(), at.audit)
    with pytest.raises(Refused):
        as_demo(elsewhere, "demo-leader", asked())
    at.accounts.add(account())
    with pytest.raises(Refused):
        as_demo(at, "wang", asked())


def test_password_is_changed_with_the_old_one_and_others_are_signed_out() -> None:
    at = desk(account())
    _, here = with_password(at, "wang", PASSWORD, asked())
    with_password(at, "wang", PASSWORD, asked())
    with pytest.raises(Refused):
        own_account.change_password(at, held(at), old="wrong", new=NEW, but=here.key, now_us=NOW_US)
    ended = own_account.change_password(
        at, held(at), old=PASSWORD, new=NEW, but=here.key, now_us=NOW_US
    )
    assert ended == 1
    assert [one.key for one in at.accounts.sessions_of("p-wang")] == [here.key]
    assert refusal(at, PASSWORD) == "wrong"
    with_password(at, "wang", NEW, asked())
    with pytest.raises(BadInput, match="before"):
        own_account.change_password(at, held(at), old=NEW, new=NEW, but=None, now_us=NOW_US)


def test_dengbao_asks_for_what_is_lacking() -> None:
    rules = terms(profile="dengbao").rules
    late = NOW_US + 90 * 1440 * MINUTE_US
    assert unfinished(account(), rules, passkeys=0, now_us=NOW_US) == "second"
    assert unfinished(account(), rules, passkeys=1, now_us=NOW_US) is None
    assert unfinished(account(totp="x"), rules, passkeys=0, now_us=late) == "password"
    assert unfinished(account(password=None), rules, passkeys=0, now_us=late) is None
    plain = terms().rules
    assert unfinished(account(), plain, passkeys=0, now_us=late) is None
    assert unfinished(account(must_change=True), plain, passkeys=0, now_us=NOW_US) == "password"


def test_last_second_proof_stays_under_dengbao() -> None:
    at, _ = with_totp(desk(account(), profile="dengbao"))
    with pytest.raises(BadInput, match="totp"):
        own_account.drop_totp(at, held(at))
    at.accounts.add_passkey(passkey())
    own_account.drop_totp(at, held(at))
    with pytest.raises(BadInput, match="passkey"):
        own_account.drop_passkey(at, held(at), "cred-1")
    assert len(at.accounts.passkeys_of("p-wang")) == 1


def test_only_administrators_look_through_a_role_and_it_is_noted() -> None:
    at = desk(account(roles=frozenset({Role.SECURITY_ADMIN})), account(login="li"))
    _, opened = with_password(at, "wang", PASSWORD, asked())
    look_as(at, held(at), opened, Role.LEADER)
    assert at.accounts.session(opened.key).as_role is Role.LEADER  # type: ignore[union-attr]
    assert ("wang", "view_as", "session", "own view", "leader") in at.audit  # type: ignore[operator]
    _, others = with_password(at, "li", PASSWORD, asked())
    with pytest.raises(BadInput):
        look_as(at, held(at, "p-li"), others, Role.LEADER)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"login": "张三"}, "login"), ({"login": "x"}, "login"), ({"login": "wang"}, "login"),
        ({"password": "short"}, "password"),
        ({"roles": frozenset({Role.DEPARTMENT_HANDLER})}, "department"),
    ],
)  # fmt: skip
def test_account_that_cannot_be_is_not_made(changes: dict[str, object], field: str) -> None:
    at = desk(account())
    values = {
        "account_id": "n", "login": "new.one", "name": "", "roles": frozenset({Role.LEADER}),
        "where": Place(), "password": NEW, "sso": None, "by": ROOT,
    }  # fmt: skip
    with pytest.raises(BadInput) as no:
        make_account(at, **(values | changes))  # type: ignore[arg-type]
    assert no.value.field == field
    make_account(at, **values)  # type: ignore[arg-type]
    with_password(at, "New.One", NEW, asked())


def test_ring_needs_its_place() -> None:
    for ring, place in ((Ring.COUNTY, None), (Ring.CITY, "370681")):
        with pytest.raises(BadInput, match="place"):
            Place(ring=ring, place=place)


def test_locking_and_new_roles_end_sessions() -> None:
    at = desk(account())
    with_password(at, "wang", PASSWORD, asked())
    assert keeping.lock(at, held(at), locked=True, by=ROOT) == 1
    assert refusal(at, PASSWORD) == "wrong"
    keeping.lock(at, held(at), locked=False, by=ROOT)
    with_password(at, "wang", PASSWORD, asked())
    keeping.give_roles(at, held(at), frozenset({Role.LEADER}), Place(), by=ROOT)
    assert at.accounts.sessions_of("p-wang") == []


def test_reset_takes_second_proofs_and_sessions() -> None:
    at, _ = with_totp(desk(account()))
    at.accounts.add_passkey(passkey())
    keeping.reset(at, held(at), NEW, by=ROOT)
    assert (held(at).totp, at.accounts.passkeys_of("p-wang"), held(at).must_change) == (
        None, [], True,
    )  # fmt: skip
    assert with_password(at, "wang", NEW, asked())[1].stage is Stage.FULL


@pytest.mark.parametrize("long", ["quay 7 " * 10 + "x", "海风 and tide " * 18])
def test_password_is_taken_to_its_last_letter(long: str) -> None:
    assert 64 <= len(long) <= 256
    at = desk(account())
    own_account.change_password(
        at, held(at), old=PASSWORD, new=long, but=None, now_us=asked().now_us
    )
    for near in (long[:-1], long + "y", long[:64], long.upper(), f" {long}"):
        assert near != long
        assert refusal(desk(held(at)), near) == "wrong"
    with_password(at, "wang", long, asked())


def test_every_try_is_noted() -> None:
    at, totp = with_totp(desk(account()))
    notes = at.audit
    notes.clear()  # type: ignore[attr-defined]
    refusal(at, "wrong one")
    refusal(at, "any", login="nobody")
    _, waiting = with_password(at, "wang", PASSWORD, asked(1))
    with pytest.raises(Refused):
        with_code(at, waiting, "000000", asked(1))
    with_code(at, waiting, totp.at(NOW_US // 1_000_000 + 60), asked(1))
    with pytest.raises(Refused):
        with_sso(at, "sub-9", asked())
    assert [(one[0], one[1], one[4]) for one in notes] == [  # type: ignore[attr-defined]
        ("wang", "sign_in_refused", "wrong"), ("nobody", "sign_in_refused", "wrong"),
        ("wang", "sign_in_refused", "wrong_code"), ("wang", "signed_in", "10.0.0.9"),
        ("sub-9", "sign_in_refused", "sso_unknown"),
    ]  # fmt: skip
