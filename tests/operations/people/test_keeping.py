"""What administrators may do with accounts, and what nobody may."""

from typing import Any

import pytest

from data_sources.memory_accounts import MemoryAccounts
from data_sources.memory_audit import MemoryAudit
from operations.errors import BadInput, Conflict, OperationsError
from operations.people import keeping
from operations.people.account import Account
from operations.people.audit import AuditLine, AuditSearch
from operations.people.keeping import By, Place, first_password, make_account, standing
from operations.people.person import Ring
from operations.people.roles import Role
from operations.people.sign_in import Desk, Refused, with_password
from tests.builders import NOW_US
from tests.people import PASSWORD, PROOFS, Notes, account, asked, passkey, terms

SYSTEM, SECURITY = Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN
BOSS = account(login="boss", roles=frozenset({SYSTEM}))
GUARD = account(login="guard", roles=frozenset({SECURITY}))
BY = By("boss", NOW_US, "10.0.0.9 Firefox", BOSS.id)
NEW = "a walk along the quay"

ACTS: dict[str, Any] = {
    "account_locked": lambda at, who, **how: keeping.lock(at, who, locked=True, **how),
    "account_retired": keeping.retire,
    "roles_given": lambda at, who, **how: keeping.give_roles(
        at, who, frozenset({Role.LEADER}), Place(), **how
    ),
    "account_reset": lambda at, who, **how: keeping.reset(at, who, NEW, **how),
    "second_dropped": keeping.drop_second,
    "sessions_ended": keeping.end_sessions,
}
COSTLY = ("account_locked", "account_retired", "roles_given")


class House:
    """A desk on memory with its audit log."""

    def __init__(self, *accounts: Account, **changes: Any) -> None:
        self.audit = MemoryAudit()
        kept = MemoryAccounts(self.audit)
        for one in (BOSS, GUARD, *accounts):
            kept.add(one)
        self.desk = Desk(kept, PROOFS, terms(**changes), Notes())

    def held(self, name: str = "p-wang") -> Account:
        """Give an account as it is."""
        found = self.desk.accounts.account(name)
        assert found is not None
        return found

    def lines(self) -> list[AuditLine]:
        """Give what was written down, the newest first."""
        return self.audit.find(AuditSearch(), most=99)


@pytest.mark.parametrize("act", ACTS)
def test_every_act_ends_sessions_and_is_written_down_with_who_and_where(act: str) -> None:
    at = House(account())
    with_password(at.desk, "wang", PASSWORD, asked())
    assert ACTS[act](at.desk, at.held(), by=BY) == 1
    (line,) = at.lines()
    assert (line.act, line.subject, line.actor) == (f"people.{act}", "wang", "boss")
    assert (line.verified, line.device, line.at_us) == (True, "10.0.0.9 Firefox", NOW_US)
    assert line.before == "open; roles centre_staff; ring city"
    assert line.after.startswith(standing(at.held()))
    assert line.before != line.after


@pytest.mark.parametrize("act", ACTS)
def test_nobody_does_it_to_their_own_account(act: str) -> None:
    at = House(account(login="other", roles=frozenset({SYSTEM})))
    with pytest.raises(BadInput, match="another administrator") as no:
        ACTS[act](at.desk, at.held("p-boss"), by=BY)
    assert (no.value.field, at.lines()) == ("own", [])
    assert at.held("p-boss") == BOSS


@pytest.mark.parametrize("act", COSTLY)
@pytest.mark.parametrize("others", [{"locked": True}, {"demo": True}, {"retired": True}])
def test_the_last_administrator_of_a_kind_stays(act: str, others: dict[str, Any]) -> None:
    shut = {"locked": True} | others if "retired" in others else others
    at = House(account(login="shut", roles=frozenset({SECURITY}), **shut))
    with pytest.raises(BadInput, match="last security_admin") as no:
        ACTS[act](at.desk, at.held("p-guard"), by=BY)
    assert (no.value.field, at.lines()) == ("administrator", [])
    at.desk.accounts.add(account(login="second", roles=frozenset({SECURITY})))
    ACTS[act](at.desk, at.held("p-guard"), by=BY)


def test_last_administrator_may_be_reset_and_signed_out() -> None:
    at = House()
    for act in ("account_reset", "second_dropped", "sessions_ended"):
        ACTS[act](at.desk, at.held("p-guard"), by=BY)
    assert len(at.lines()) == 3


@pytest.mark.parametrize("act", ACTS)
def test_what_another_administrator_did_meanwhile_is_told(act: str) -> None:
    at = House(account())
    seen = standing(at.held())
    keeping.give_roles(at.desk, at.held(), frozenset(), Place("water"), by=BY)
    with pytest.raises(Conflict) as no:
        ACTS[act](at.desk, at.held(), by=BY, seen=seen)
    assert no.value.held == at.held()
    assert len(at.lines()) == 1


def test_a_sign_in_meanwhile_is_no_conflict() -> None:
    at = House(account())
    read = at.held()
    with_password(at.desk, "wang", PASSWORD, asked())
    assert at.held().version > read.version
    keeping.lock(at.desk, read, locked=True, by=BY, seen=standing(read))
    assert at.held().locked


def test_retired_account_stays_closed_and_its_login_taken() -> None:
    at = House(account(sso="sub-1"))
    at.desk.accounts.add_passkey(passkey())
    keeping.retire(at.desk, at.held(), by=BY)
    assert (at.held().password, at.held().sso, at.desk.accounts.passkeys_of("p-wang")) == (
        None, None, [],
    )  # fmt: skip
    for act in ACTS.values():
        with pytest.raises(BadInput, match="retired"):
            act(at.desk, at.held(), by=BY)
    with pytest.raises(BadInput, match="retired"):
        keeping.lock(at.desk, at.held(), locked=False, by=BY)
    with pytest.raises(BadInput, match="taken"):
        made(at, login="wang")
    with pytest.raises(Refused):
        with_password(at.desk, "wang", PASSWORD, asked())


def test_second_proof_goes_and_the_password_stays() -> None:
    at = House(account(totp="sealed", recovery=("a",)))
    at.desk.accounts.add_passkey(passkey())
    keeping.drop_second(at.desk, at.held(), by=BY)
    assert (at.held().totp, at.held().recovery) == (None, ())
    assert at.desk.accounts.passkey_holders() == frozenset()
    with_password(at.desk, "wang", PASSWORD, asked())


def test_demo_account_gets_no_password() -> None:
    at = House(account(demo=True, password=None))
    with pytest.raises(BadInput, match="password"):
        keeping.reset(at.desk, at.held(), NEW, by=BY)


def test_account_without_a_role_is_made_and_signs_in() -> None:
    at = House()
    kept = made(at, login="New.One", password=NEW, must_change=True)
    assert (kept.login, kept.roles, kept.must_change, kept.signed_in_us) == (
        "new.one", frozenset(), True, 0,
    )  # fmt: skip
    (line,) = at.lines()
    assert (line.act, line.after) == ("people.account_made", "open; roles none; ring county 370681")
    with_password(at.desk, "new.one", NEW, asked())
    assert at.held("p-new").signed_in_us == NOW_US


def test_an_account_whose_act_cannot_be_written_down_stays_as_it_is() -> None:
    at = House(account())

    def away(*_given: Any, **_named: Any) -> None:
        raise OperationsError("away")

    at.audit.append = away  # type: ignore[method-assign]
    with pytest.raises(OperationsError):
        keeping.lock(at.desk, at.held(), locked=True, by=BY)
    assert not at.held().locked


@pytest.mark.parametrize(("profile", "least"), [("plain", 10), ("dengbao", 10), ("plain", 64)])
def test_first_password_is_one_the_house_takes(profile: Any, least: int) -> None:
    at = House(profile=profile)
    rules = at.desk.terms.rules
    strict = Desk(
        at.desk.accounts, PROOFS, terms(profile=profile), at.desk.audit,
    )  # fmt: skip
    object.__setattr__(strict.terms.rules, "least", least)
    some = {first_password(strict, login="wang", name="王芳") for _ in range(50)}
    assert len(some) == 50
    for one in some:
        strict.terms.rules.check(one, login="wang", name="王芳")
    assert rules.profile == profile


def made(at: House, **changes: Any) -> Account:
    values: dict[str, Any] = {
        "account_id": "p-new", "login": "new", "name": "新人", "roles": frozenset(),
        "where": Place(ring=Ring.COUNTY, place="370681"), "password": None, "sso": None, "by": BY,
    }  # fmt: skip
    return make_account(at.desk, **(values | changes))
