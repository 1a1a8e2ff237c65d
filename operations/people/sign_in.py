"""Signing in: a password, then a second proof where there is one, and a session of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from operations.errors import BadInput, Conflict, OperationsError
from operations.people.account import (
    Account,
    Passkey,
    Session,
    Stage,
    next_version,
    person_of,
)
from operations.people.passwords import PasswordRules, plain, wait_s
from operations.people.permissions import Act, Subject, may
from operations.people.roles import Role
from operations.people.stores import Accounts, Proofs
from operations.ports import Audited

SECOND_US = 1_000_000
SECOND_FACTOR_US = 5 * 60 * SECOND_US
"""How long the second proof may take after the first."""

WALL_US = 400 * 86_400 * SECOND_US
"""How long a wall stays signed in: nobody stands before it to sign it in again."""

MOST_TRIES = 8


class Refused(OperationsError):
    """A proof was not taken; `code` names why, in a word the login page knows."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms people sign in: idle and absolute limits of a session, rules of passwords."""

    rules: PasswordRules
    idle_us: int
    absolute_us: int
    allow_demo: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks: from which address, on which device, when."""

    now_us: int
    device: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """The stores and terms that signing in works with."""

    accounts: Accounts
    proofs: Proofs
    terms: Terms
    audit: Audited


def safe_next(said: str | None) -> str:
    """Give where to go after signing in: a path of this server, nothing else."""
    path = said or "/"
    if not path.startswith("/") or path.startswith(("//", "/\\", "/login")):
        return "/"
    return path if path.isprintable() and "\\" not in path else "/"


def with_password(desk: Desk, login: str, password: str, asked: Asked) -> tuple[str, Session]:
    """Take a password; give a token and its session, which may still await a second proof.

    Raises Refused: `wrong`, whatever was wrong, so that nobody learns which names there are.
    """
    account = desk.accounts.by_login(login)
    if account is None or not opens(account, desk.terms):
        desk.proofs.matches(None, plain(password))  # as slow as for a name that is there
        raise _refusal(desk, login, "wrong")
    try:
        account = count_try(desk, account, asked.now_us)
    except Refused:  # it waits: that takes as long as an unknown name, too
        desk.proofs.matches(None, plain(password))
        raise
    if not desk.proofs.matches(account.password, plain(password)):
        raise _refusal(desk, account.login, "wrong")
    if account.totp or desk.accounts.passkeys_of(account.id):
        # The count stands until the second proof: else each right password bought a free guess.
        return open_session(desk, account, Stage.SECOND, asked)
    account = put(desk, account.id, {"failures": 0})
    return open_session(desk, account, Stage.FULL, asked)


def with_code(desk: Desk, waiting: Session, code: str, asked: Asked) -> tuple[str, Session]:
    """Take an authenticator's or a recovery code for a session that awaits one."""
    account = desk.accounts.account(waiting.person)
    if account is None or waiting.stage is not Stage.SECOND or not opens(account, desk.terms):
        raise _refusal(desk, waiting.person, "wrong")
    account = count_try(desk, account, asked.now_us)
    written = code.strip().replace(" ", "")
    if not _take_totp(desk, account, written, asked.now_us):
        _take_recovery(desk, account, written)
    account = put(desk, account.id, {"failures": 0})
    desk.accounts.end_session(waiting.key, asked.now_us)
    return open_session(desk, account, Stage.FULL, asked)


def with_passkey(desk: Desk, passkey: Passkey, signed: int, asked: Asked) -> tuple[str, Session]:
    """Open a session for a passkey that signed with its user verified: both proofs in one."""
    account = desk.accounts.account(passkey.person)
    if account is None or not opens(account, desk.terms):
        raise _refusal(desk, passkey.person, "wrong")
    desk.accounts.use_passkey(passkey.id, signed, asked.now_us)
    return open_session(desk, account, Stage.FULL, asked)


def with_sso(desk: Desk, subject: str, asked: Asked) -> tuple[str, Session]:
    """Open a session for whom the identity provider vouches; its proofs are its business."""
    account = desk.accounts.by_sso(subject)
    if account is None or not opens(account, desk.terms):
        raise _refusal(desk, subject, "sso_unknown")
    return open_session(desk, account, Stage.FULL, asked)


def as_demo(desk: Desk, login: str, asked: Asked) -> tuple[str, Session]:
    """Open a session for a demo account."""
    account = desk.accounts.by_login(login)
    if account is None or not account.demo or not opens(account, desk.terms):
        raise _refusal(desk, login, "wrong")
    return open_session(desk, account, Stage.FULL, asked)


def opens(account: Account, terms: Terms) -> bool:
    """Tell whether an account lets anybody in."""
    return not account.locked and (terms.allow_demo or not account.demo)


def _refusal(desk: Desk, who: str, code: str) -> Refused:
    desk.audit.note(who[:60], "sign_in_refused", "session", "", code)
    return Refused(code)


def count_try(desk: Desk, account: Account, now_us: int) -> Account:
    """Count a try before it is looked at: a hundred at once are a hundred, not one."""

    def counted(held: Account) -> dict[str, object]:
        if now_us - held.failed_us < wait_s(held.failures) * SECOND_US:
            raise _refusal(desk, held.login, "wrong")
        return {"failures": held.failures + 1, "failed_us": now_us}

    return change(desk, account.id, counted)


def put(desk: Desk, name: str, fields: Mapping[str, object]) -> Account:
    """Set fields of an account, whoever else changes it."""
    return change(desk, name, lambda _held: fields)


def change(desk: Desk, name: str, how: Callable[[Account], Mapping[str, object]]) -> Account:
    """Change an account as it is now, whoever else changes it."""
    for _ in range(MOST_TRIES):
        held = desk.accounts.account(name)
        if held is None:
            break
        after = next_version(held, **how(held))
        try:
            desk.accounts.save(after)
        except Conflict:
            continue
        return after
    raise Refused("wrong")


def _take_totp(desk: Desk, account: Account, code: str, now_us: int) -> bool:
    if account.totp is None:
        return False
    step = desk.proofs.totp_step(account.totp, code, now_us)
    if step is None:
        return False

    def taken(held: Account) -> dict[str, object]:
        if step <= held.totp_step:  # a code is good once
            raise _refusal(desk, held.login, "wrong_code")
        return {"totp_step": step}

    change(desk, account.id, taken)
    return True


def _take_recovery(desk: Desk, account: Account, code: str) -> None:
    key = desk.proofs.key_of(code.lower().replace("-", ""))

    def taken(held: Account) -> dict[str, object]:
        if key not in held.recovery:
            raise _refusal(desk, held.login, "wrong_code")
        return {"recovery": tuple(one for one in held.recovery if one != key)}

    change(desk, account.id, taken)


def open_session(desk: Desk, account: Account, stage: Stage, asked: Asked) -> tuple[str, Session]:
    """Open a session and give its token; the proofs were taken before."""
    terms, token = desk.terms, desk.proofs.new_token()
    lasting_us = WALL_US if account.is_wall else terms.absolute_us
    idle_us = 0 if account.is_wall else terms.idle_us
    session = Session(
        key=desk.proofs.key_of(token),
        person=account.id,
        stage=stage,
        opened_us=asked.now_us,
        seen_us=asked.now_us,
        until_us=asked.now_us + (SECOND_FACTOR_US if stage is Stage.SECOND else lasting_us),
        idle_us=0 if stage is Stage.SECOND else idle_us,
        device=asked.device[:200],
        address=asked.address[:60],
    )
    desk.accounts.open_session(session)
    if stage is not Stage.SECOND:
        put(desk, account.id, {"signed_in_us": asked.now_us})
        desk.audit.note(
            account.login, "signed_in", "session", "", asked.address, device=session.device
        )
    return token, session


def sign_out(desk: Desk, session: Session, login: str, now_us: int) -> None:
    """End a session."""
    desk.accounts.end_session(session.key, now_us)
    desk.audit.note(login, "signed_out", "session", "", session.address, device=session.device)


def unfinished(account: Account, rules: PasswordRules, *, passkeys: int, now_us: int) -> str | None:
    """Name what has to be set before anything else: `password`, `second`, or None.

    Whoever has no password here (a demo account, one of an identity provider) has nothing to
    set; and on a wall nobody could.
    """
    if account.is_wall or account.password is None:
        return None
    if account.must_change or rules.is_stale(account.password_us, now_us):
        return "password"
    return "second" if rules.needs_second and not account.totp and not passkeys else None


def look_as(desk: Desk, account: Account, session: Session, role: Role | None) -> None:
    """Let an administrator look through a role, or no longer. Raises BadInput for others."""
    if role is not None and not may(person_of(account), Act.VIEW_AS, Subject()):
        raise BadInput("role", "only administrators look through another role")
    desk.accounts.look_as(session.key, role)
    desk.audit.note(
        account.login, "view_as", "session", session.as_role or "own view", role or "own view",
        device=session.device,
    )  # fmt: skip
