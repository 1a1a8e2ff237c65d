"""What people do with their own account: password, second factor, devices."""

from operations.errors import BadInput
from operations.people.account import Account
from operations.people.passwords import REMEMBERED, PasswordRules, plain
from operations.people.sign_in import Desk, Refused, count_try, put
from operations.people.stores import Proofs

MOST_PASSKEYS = 20


def change_password(
    desk: Desk, account: Account, *, old: str, new: str, but: str | None, now_us: int
) -> int:
    """Set a new password, end every other session, and tell how many those were.

    Raises Refused `wrong` for a wrong old password, BadInput for a new one that will not do.
    """
    count_try(desk, account, now_us)
    if not desk.proofs.matches(account.password, plain(old)):
        desk.audit.note(account.login, "password_refused", account.login, "", "wrong")
        raise Refused("wrong")
    put(desk, account.id, {"failures": 0})  # a new one that will not do is no wrong try
    rules = desk.terms.rules
    fields = new_password(rules, desk.proofs, account, new, now_us)
    put(desk, account.id, fields)
    ended = desk.accounts.end_sessions_of(account.id, now_us, but=but)
    desk.audit.note(account.login, "password_changed", account.login, "", "")
    return ended


def new_password(
    rules: PasswordRules, proofs: Proofs, account: Account, new: str, now_us: int
) -> dict[str, object]:
    """Check a new password and give the fields of an account that has it."""
    rules.check(new, login=account.login, name=account.name)
    said = plain(new)
    past = tuple(filter(None, (account.password, *account.old_passwords)))
    used = past if rules.profile == "dengbao" else past[:1]
    if any(proofs.matches(one, said) for one in used):
        raise BadInput("password", "it was in use before; choose another")
    return {
        "password": proofs.hash_password(said),
        "password_us": now_us,
        "must_change": False,
        "old_passwords": past[: REMEMBERED - 1],
        "failures": 0,
    }


def begin_totp(desk: Desk, account: Account) -> str:
    """Make a secret for an authenticator and give its otpauth URI; it counts once confirmed."""
    sealed = desk.proofs.new_totp()
    put(desk, account.id, {"totp_pending": sealed})
    return desk.proofs.totp_uri(sealed, account.login)


def confirm_totp(desk: Desk, account: Account, code: str, now_us: int) -> None:
    """Take the first code of an authenticator. Raises Refused `wrong_code`."""
    pending = account.totp_pending
    step = (
        desk.proofs.totp_step(pending, code.strip().replace(" ", ""), now_us) if pending else None
    )
    if step is None:
        raise Refused("wrong_code")
    fields = {"totp": pending, "totp_pending": None, "totp_step": step}
    put(desk, account.id, fields)
    desk.audit.note(account.login, "totp_set", account.login, "", "")


def drop_totp(desk: Desk, account: Account) -> None:
    """Take the authenticator off. Raises BadInput where it is the last second factor asked for."""
    others = len(desk.accounts.passkeys_of(account.id))
    if desk.terms.rules.needs_second and not others:
        raise BadInput("totp", "a second proof is required here; add a passkey first")
    put(desk, account.id, {"totp": None, "totp_pending": None})
    desk.audit.note(account.login, "totp_dropped", account.login, "", "")


def drop_passkey(desk: Desk, account: Account, passkey: str) -> None:
    """Forget a passkey. Raises BadInput where it is the last second factor asked for."""
    held = desk.accounts.passkeys_of(account.id)
    if desk.terms.rules.needs_second and not account.totp and len(held) <= 1:
        raise BadInput("passkey", "a second proof is required here; add another first")
    desk.accounts.drop_passkey(passkey, account.id)
    desk.audit.note(account.login, "passkey_dropped", passkey[:16], "", "")


def renew_codes(desk: Desk, account: Account) -> list[str]:
    """Make ten recovery codes in place of those there are; they can be read this once."""
    codes = desk.proofs.new_codes()
    keys = tuple(desk.proofs.key_of(code.replace("-", "")) for code in codes)
    put(desk, account.id, {"recovery": keys})
    desk.audit.note(account.login, "codes_renewed", account.login, "", "")
    return codes


def end_device(desk: Desk, account: Account, start_of_key: str, now_us: int) -> None:
    """End one of a person's own sessions, named by the start of its key."""
    for session in desk.accounts.sessions_of(account.id):
        if start_of_key and session.key.startswith(start_of_key):
            desk.accounts.end_session(session.key, now_us)
            desk.audit.note(account.login, "session_ended", session.key[:12], "", "")
