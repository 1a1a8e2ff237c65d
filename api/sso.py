"""Signing in through an identity provider (OpenID Connect, authorization code with PKCE)."""

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import flask
import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from flask import Blueprint, Response, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from markupsafe import escape
from werkzeug.wrappers import Response as Redirect

from api.passkeys import Seal
from api.sign_in import Doorkeeper
from operations.people.sign_in import Refused, safe_next, with_sso

log = structlog.get_logger()

ASKED = "lianxin_sso"
WITHIN_S = 600
PATIENCE_S = 10
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
LEEWAY_S = 60

# A page of our own leads on: a browser that comes from another site would leave the session's
# cookie, which is SameSite=Strict, behind.
LEAD_ON = '<!doctype html><meta http-equiv="refresh" content="0;url={next}"><title>…</title>'


@dataclass(slots=True)
class Provider:
    """An identity provider: its issuer, what we are to it, and its endpoints, read once."""

    issuer: str
    client_id: str
    client_secret: str | None
    clock: Callable[[], float] = time.time
    _about: dict[str, Any] = field(default_factory=dict)

    def about(self) -> dict[str, Any]:
        """Give the provider's description; raises ValueError where it is another's."""
        if not self._about:
            url = self.issuer.rstrip("/") + "/.well-known/openid-configuration"
            found = _read(url)
            if found.get("issuer") != self.issuer:
                raise ValueError(f"{url} describes the issuer {found.get('issuer')!r}")
            self._about = found
        return self._about

    def session(self, back: str) -> OAuth2Session:
        """Give a client whose answers come back to an address."""
        return OAuth2Session(
            self.client_id, self.client_secret, scope="openid", redirect_uri=back,
            code_challenge_method="S256",
        )  # fmt: skip

    def subject(self, token: dict[str, Any], nonce: str) -> str:
        """Give the subject an ID token vouches for; raises JoseError or ValueError else."""
        keys = KeySet.import_key_set(_read(self.about()["jwks_uri"]))  # type: ignore[arg-type]
        found = jwt.decode(token["id_token"], keys, algorithms=ALGORITHMS)
        rules = jwt.JWTClaimsRegistry(
            now=lambda: int(self.clock()),
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self.about()["issuer"]},
            aud={"essential": True, "value": self.client_id},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        rules.validate(found.claims)
        return str(found.claims["sub"])


def _read(url: str) -> dict[str, Any]:
    """Read what a provider publishes, from the address itself and none it leads on to."""
    said = requests.get(url, timeout=PATIENCE_S, allow_redirects=False)
    said.raise_for_status()
    if said.is_redirect:
        raise ValueError(f"{url} leads elsewhere")
    found: dict[str, Any] = said.json()
    return found


def blueprint(keeper: Doorkeeper, seal: Seal, provider: Provider | None) -> Blueprint:
    """Make the routes `/login/sso` and `/login/sso/back`."""
    routes = Blueprint("sso", __name__)

    @routes.get("/login/sso")
    def ask() -> Redirect:
        """Lead to the provider."""
        if provider is None:
            return flask.redirect("/login?told=sso_off")
        if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
            return flask.redirect("/login")  # nobody is signed in by another site's link
        nonce, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        try:
            url, state = provider.session(_back()).create_authorization_url(
                provider.about()["authorization_endpoint"], nonce=nonce, code_verifier=verifier
            )
        except (requests.RequestException, ValueError, KeyError) as error:
            log.warning("sso_away", error=str(error))
            return flask.redirect("/login?told=sso_away")
        made = flask.redirect(url)
        kept = json.dumps([state, nonce, verifier, safe_next(request.args.get("next"))])
        # Lax: the way back comes from the provider's site.
        made.set_cookie(
            ASKED, seal.close(kept), max_age=WITHIN_S, path="/login/sso", httponly=True,
            samesite="Lax", secure=request.is_secure,
        )  # fmt: skip
        return made

    _add_way_back(routes, keeper, seal, provider)
    return routes


def _add_way_back(
    routes: Blueprint, keeper: Doorkeeper, seal: Seal, provider: Provider | None
) -> None:
    @routes.get("/login/sso/back")
    def come_back() -> Redirect | Response:
        """Take what the provider says."""
        try:
            subject, lead_to = _vouched(provider, seal)
            enter = partial(with_sso, keeper.desk, subject, keeper.asked())
            token, session = keeper.in_thread(enter)
        except Refused as refused:
            return flask.redirect(f"/login?told={refused.code}")
        except (AuthlibBaseError, JoseError, requests.RequestException, ValueError, KeyError) as no:
            log.warning("sso_refused", kind=type(no).__name__, error=str(no))
            return flask.redirect("/login?told=sso_failed")
        made = Response(LEAD_ON.format(next=escape(lead_to)), mimetype="text/html")
        keeper.let_in(made, token, session)
        made.delete_cookie(ASKED, path="/login/sso")
        return made


def _vouched(provider: Provider | None, seal: Seal) -> tuple[str, str]:
    """Give the subject the provider vouches for, and where the person wanted to go."""
    kept = seal.open(request.cookies.get(ASKED, ""), within_s=WITHIN_S)
    if provider is None or kept is None:
        raise ValueError("nothing was asked of a provider, or too long ago")
    state, nonce, verifier, lead_to = json.loads(kept)
    if not secrets.compare_digest(request.args.get("state", "").encode(), state.encode()):
        raise ValueError("the answer is to another question")
    token = provider.session(_back()).fetch_token(
        provider.about()["token_endpoint"],
        code=request.args["code"],
        code_verifier=verifier,
        timeout=PATIENCE_S,
        allow_redirects=False,
    )
    return provider.subject(token, nonce), lead_to


def _back() -> str:
    return f"{request.host_url}login/sso/back"
