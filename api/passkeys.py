"""Passkeys over HTTP: registering one, and signing in with one (WebAuthn Level 3)."""

import json
from functools import partial
from typing import Any, Protocol

from flask import Blueprint, Response, request
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from api.answers import answer, problem
from api.gate import current
from api.sign_in import Doorkeeper
from api.signed_in import SignedIn
from operations.errors import BadInput
from operations.people.account import Passkey
from operations.people.own_account import MOST_PASSKEYS
from operations.people.sign_in import Refused, with_passkey

CHALLENGE = "lianxin_challenge"
WITHIN_S = 300
NAME = "Lianxin 连心"
REQUIRED = UserVerificationRequirement.REQUIRED


class Seal(Protocol):
    """Seals what the browser keeps for us for a while."""

    def close(self, said: str) -> str: ...

    def open(self, sealed: str, *, within_s: int | None = None) -> str | None: ...


def blueprint(keeper: Doorkeeper, seal: Seal) -> Blueprint:
    """Make the routes of passkeys; a challenge waits in a sealed cookie, for one purpose."""
    routes = Blueprint("passkeys", __name__)
    _add_signing_in(routes, keeper, seal)
    _add_registering(routes, keeper, seal)
    return routes


def _add_signing_in(routes: Blueprint, keeper: Doorkeeper, seal: Seal) -> None:
    @routes.post("/login/passkey/options")
    def post_login_options() -> Response:
        """Give a challenge to whoever has a passkey of this house."""
        options = generate_authentication_options(rp_id=_name(), user_verification=REQUIRED)
        return _challenge(options, seal, "in")

    @routes.post("/login/passkey")
    def post_login() -> Response:
        """Take what a passkey signed."""
        try:
            given, challenge = _given(), _challenged(seal, "in")
            given["asked"] = keeper.asked()
            token, session = keeper.in_thread(partial(_signed, keeper, given, challenge))
        except (BadInput, Refused, WebAuthnException, ValueError, TypeError, KeyError):
            made = problem(401, "passkey", "this passkey is not known here; try another way")
        else:
            made = answer(200, {"login": True})
            keeper.let_in(made, token, session)
        made.delete_cookie(CHALLENGE, path="/")
        return made


def _signed(keeper: Doorkeeper, given: dict[str, Any], challenge: bytes, /) -> Any:
    held = keeper.desk.accounts.passkey(str(given["credential"]["id"]))
    if held is None:
        raise Refused("wrong")
    seen = verify_authentication_response(
        credential=given["credential"],
        expected_challenge=challenge,
        expected_rp_id=given["rp"],
        expected_origin=given["origin"],
        credential_public_key=base64url_to_bytes(held.public_key),
        credential_current_sign_count=held.signed,
        require_user_verification=True,
    )
    return with_passkey(keeper.desk, held, seen.new_sign_count, given["asked"])


def _add_registering(routes: Blueprint, keeper: Doorkeeper, seal: Seal) -> None:
    accounts = keeper.desk.accounts

    @routes.post("/account/passkey/options")
    def post_options() -> Response:
        """Give a challenge for a new passkey of who is signed in."""
        who = _who()
        held = keeper.in_thread(accounts.passkeys_of, who.account.id)
        known = [PublicKeyCredentialDescriptor(base64url_to_bytes(one.id)) for one in held]
        options = generate_registration_options(
            rp_id=_name(),
            rp_name=NAME,
            user_name=who.person.login,
            user_id=who.account.id.encode(),
            user_display_name=who.person.name,
            exclude_credentials=known,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=REQUIRED
            ),
        )
        return _challenge(options, seal, who.account.id)

    @routes.post("/account/passkey")
    def post_passkey() -> Response:
        """Keep a new passkey."""
        who = _who()
        try:
            given, challenge = _given(), _challenged(seal, who.account.id)
            keeper.in_thread(partial(_register, keeper, who, given, challenge))
        except BadInput as error:
            return problem(409, error.field, error.reason)
        except (WebAuthnException, ValueError, TypeError, KeyError):
            return problem(400, "passkey", "this passkey could not be read; try again")
        made = answer(201, {"added": True})
        made.delete_cookie(CHALLENGE, path="/")
        return made


def _register(
    keeper: Doorkeeper, who: SignedIn, given: dict[str, Any], challenge: bytes, /
) -> None:
    seen = verify_registration_response(
        credential=given["credential"],
        expected_challenge=challenge,
        expected_rp_id=given["rp"],
        expected_origin=given["origin"],
        require_user_verification=True,
    )
    accounts, account = keeper.desk.accounts, who.account
    if len(accounts.passkeys_of(account.id)) >= MOST_PASSKEYS:
        raise BadInput("passkey", f"at most {MOST_PASSKEYS}; take one off first")
    made = Passkey(
        id=bytes_to_base64url(seen.credential_id),
        person=account.id,
        public_key=bytes_to_base64url(seen.credential_public_key),
        signed=seen.sign_count,
        name=str(given.get("name") or "")[:60],
        made_us=keeper.book.now_us(),
    )
    accounts.add_passkey(made)
    keeper.desk.audit.note(account.login, "passkey_added", made.id[:16], "", made.name)


def _who() -> SignedIn:
    who = current()
    assert who is not None, "the gate lets nobody else here"
    return who


def _name() -> str:
    return request.host.rsplit(":", 1)[0]


def _given() -> dict[str, Any]:
    """Read the credential, and what belongs to the request before it goes to another thread."""
    said = request.get_json(silent=True)
    if not isinstance(said, dict) or not isinstance(said.get("credential"), dict):
        raise BadInput("credential", "a JSON object is wanted")
    origin = request.host_url.rstrip("/")
    return {
        "credential": said["credential"], "name": said.get("name"), "rp": _name(),
        "origin": origin,
    }  # fmt: skip


def _challenge(options: Any, seal: Seal, purpose: str) -> Response:
    made = Response(options_to_json(options), mimetype="application/json")
    said = json.dumps([purpose, bytes_to_base64url(options.challenge)])
    made.set_cookie(
        CHALLENGE, seal.close(said), max_age=WITHIN_S, path="/", httponly=True, samesite="Strict",
        secure=request.is_secure,
    )  # fmt: skip
    made.headers["Cache-Control"] = "no-store"
    return made


def _challenged(seal: Seal, purpose: str) -> bytes:
    said = seal.open(request.cookies.get(CHALLENGE, ""), within_s=WITHIN_S)
    found = json.loads(said) if said else ["", ""]
    if found[0] != purpose:
        raise BadInput("challenge", "it took too long; try again")
    return base64url_to_bytes(found[1])
