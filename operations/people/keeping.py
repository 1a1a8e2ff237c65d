"""What administrators do with accounts: make, lock, reset, retire, give roles.

The same rules for the pages and for the terminal. Every act is kept together with its line of
the audit log, or not at all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from operations.errors import BadInput, Conflict, Unreachable
from operations.people.account import Account, next_version
from operations.people.audit import Deed
from operations.people.own_account import new_password
from operations.people.person import Ring
from operations.people.roles import ADMINISTRATORS, Role
from operations.people.sign_in import MOST_TRIES, Desk, opens

CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._-@")
LONGEST_LOGIN = 60
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class By:
    """Who acts on an account: how the audit log names them, on which device, when.

    `account` is the id of their own account; None at a terminal, for which none vouches.
    """

    actor: str
    now_us: int
    device: str = ""
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the city somebody works: department, ring, and the place of the ring."""

    department: str | None = None
    ring: Ring = Ring.CITY
    place: str | None = None

    def __post_init__(self) -> None:
        if (self.place is None) is not (self.ring is Ring.CITY):
            raise BadInput(
                "place", "ring county needs the code of a district, ring town that of a town"
            )


@dataclass(frozen=True, slots=True)
class _Change:
    """What is changed of an account: the fields as it is held, and what goes with it."""

    act: str
    fields: Callable[[Account], Mapping[str, object]]
    ends_sessions: bool = True
    drops_passkeys: bool = False
    note: str = ""


def standing(account: Account) -> str:
    """Tell in few words what administrators decide of an account; a sign-in changes none of it."""
    state = "retired" if account.retired else "locked" if account.locked else "open"
    where = account.ring.value + (f" {account.place}" if account.place else "")
    told = [state, "roles " + (", ".join(sorted(account.roles)) or "none")]
    if account.department:
        told.append(f"department {account.department}")
    return "; ".join([*told, f"ring {where}"])


def read_login(login: str) -> str:
    """Read a login; raises BadInput for one that cannot be."""
    said = login.strip().casefold()
    if not 2 <= len(said) <= LONGEST_LOGIN or not set(said) <= CHARACTERS:
        raise BadInput("login", "2 to 60 of the letters a-z, digits and . _ - @")
    return said


def make_account(
    desk: Desk,
    *,
    account_id: str,
    login: str,
    name: str,
    roles: frozenset[Role],
    where: Place,
    password: str | None,
    sso: str | None,
    by: By,
    must_change: bool = False,
) -> Account:
    """Make an account; without a password only the identity provider opens it.

    Without a role it opens nothing but itself.
    """
    check_place(roles, where)
    made = Account(
        id=account_id,
        login=read_login(login),
        name=name.strip()[:LONGEST_NAME] or login.strip(),
        roles=roles,
        made_us=by.now_us,
        department=where.department,
        ring=where.ring,
        place=where.place,
        sso=sso,
    )
    if password is not None:
        fields = new_password(desk.terms.rules, desk.proofs, made, password, by.now_us)
        made = replace(made, **(fields | {"must_change": must_change}))  # type: ignore[arg-type]
    desk.accounts.add(made, _deed(by, "account_made", made.login, "", standing(made)))
    return made


def first_password(desk: Desk, *, login: str, name: str) -> str:
    """Make a password for a first sign-in that the house's rules take."""
    rules = desk.terms.rules
    for _ in range(MOST_TRIES):
        made = desk.proofs.new_password()
        while len(made) < rules.least:
            made = f"{made}-{desk.proofs.new_password()}"
        try:
            rules.check(made, login=login, name=name)
        except BadInput:
            continue
        return made
    raise BadInput("password", "the rules of this house take none that is made here")


def check_place(roles: frozenset[Role], where: Place) -> None:
    """Raise BadInput where a role needs a department that is not said."""
    if Role.DEPARTMENT_HANDLER in roles and where.department is None:
        raise BadInput("department", "a department's handler needs the code of the department")


def lock(desk: Desk, account: Account, *, locked: bool, by: By, seen: str | None = None) -> int:
    """Lock an account and end its sessions, or open it again; tell how many sessions ended.

    `seen` is the standing the account was seen in: Conflict where it is another by now.
    """
    act = "account_locked" if locked else "account_unlocked"
    change = _Change(act, lambda _held: {"locked": locked, "failures": 0}, ends_sessions=locked)
    return _changed(desk, account, change, by, seen)


def retire(desk: Desk, account: Account, *, by: By, seen: str | None = None) -> int:
    """Close an account for good: nothing opens it again, and its login is never given anew.

    Who did what under its name stays told apart from everybody who comes later.
    """
    gone: dict[str, object] = {
        "locked": True, "retired": True, "password": None, "old_passwords": (), "sso": None,
        "totp": None, "totp_pending": None, "recovery": (), "must_change": False,
    }  # fmt: skip
    change = _Change("account_retired", lambda _held: gone, drops_passkeys=True)
    return _changed(desk, account, change, by, seen)


def give_roles(
    desk: Desk,
    account: Account,
    roles: frozenset[Role],
    where: Place,
    *,
    by: By,
    seen: str | None = None,
) -> int:
    """Give an account other roles or another place; its sessions end, so that none is left over."""
    check_place(roles, where)
    given: dict[str, object] = {
        "roles": roles, "department": where.department, "ring": where.ring, "place": where.place,
    }  # fmt: skip
    return _changed(desk, account, _Change("roles_given", lambda _held: given), by, seen)


def reset(desk: Desk, account: Account, password: str, *, by: By, seen: str | None = None) -> int:
    """Give an account a first password again, without second proof; its sessions end."""
    if account.demo:
        raise BadInput("password", "a demo account has none")
    fields = new_password(desk.terms.rules, desk.proofs, account, password, by.now_us)
    cleared = {"totp": None, "totp_pending": None, "recovery": (), "must_change": True}
    change = _Change(
        "account_reset", lambda _held: fields | cleared, drops_passkeys=True,
        note="a first password, no second proof",
    )  # fmt: skip
    return _changed(desk, account, change, by, seen)


def drop_second(desk: Desk, account: Account, *, by: By, seen: str | None = None) -> int:
    """Take authenticator, passkeys and recovery codes off; the password stays, sessions end."""
    cleared: dict[str, object] = {"totp": None, "totp_pending": None, "recovery": ()}
    change = _Change(
        "second_dropped", lambda _held: cleared, drops_passkeys=True, note="no second proof"
    )
    return _changed(desk, account, change, by, seen)


def end_sessions(desk: Desk, account: Account, *, by: By, seen: str | None = None) -> int:
    """End all sessions of an account and tell how many; it may sign in again."""
    change = _Change("sessions_ended", lambda _held: {}, note="signed out everywhere")
    return _changed(desk, account, change, by, seen)


def _changed(desk: Desk, account: Account, change: _Change, by: By, seen: str | None) -> int:
    """Change an account as it is now, and tell how many sessions ended.

    A sign-in meanwhile is no conflict; another administrator's decision is, where `seen` is given.
    """
    for _ in range(MOST_TRIES):
        held = desk.accounts.account(account.id)
        if held is None:
            raise BadInput("login", f"there is no account {account.login!r}")
        _check_may_change(held, by, seen)
        after = next_version(held, **change.fields(held))
        told = "; ".join(filter(None, (standing(after), change.note)))
        try:
            return desk.accounts.administer(
                after,
                _deed(by, change.act, held.login, standing(held), told),
                rule=_rule_of(desk, held, after),
                ends_us=by.now_us if change.ends_sessions else None,
                drops_passkeys=change.drops_passkeys,
            )
        except Conflict:
            continue
    raise Unreachable("the account changes all the time: try again")


def _check_may_change(held: Account, by: By, seen: str | None) -> None:
    if by.account == held.id:
        raise BadInput("own", "another administrator does this to your own account")
    if seen is not None and seen != standing(held):
        raise Conflict(f"account {held.login} has changed since you saw it", held)
    if held.retired:
        raise BadInput("retired", f"{held.login} is retired: make a new account instead")


def _rule_of(desk: Desk, held: Account, after: Account) -> Callable[[Sequence[Account]], None]:
    """Give the rule that of each kind of administrator one stays who can come in."""

    def kinds(one: Account) -> frozenset[Role]:
        return one.roles & ADMINISTRATORS if opens(one, desk.terms) else frozenset()

    lost = kinds(held) - kinds(after)

    def check(everyone: Sequence[Account]) -> None:
        missing = lost - frozenset(role for one in everyone for role in kinds(one))
        if missing:
            raise BadInput(
                "administrator", f"{held.login} is the last {min(missing)}; name another one first"
            )

    return check


def _deed(by: By, act: str, subject: str, before: str, after: str) -> Deed:
    return Deed(
        at_us=by.now_us, actor=by.actor, verified=by.account is not None, device=by.device,
        act=f"people.{act}", subject=subject, before=before, after=after,
    )  # fmt: skip
