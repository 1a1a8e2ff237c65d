"""Who lets walls in: gives them their codes and tokens, and does what an administrator says."""

import re
import secrets
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from operations.errors import BadInput, Conflict, Full
from operations.people.ports import Screens
from operations.people.screens import (
    CODE_LASTS_US,
    Contact,
    Screen,
    ScreenState,
    Show,
    code_lasts,
    code_of,
    code_said,
    new_screen,
    opens,
    pair,
    reload,
    rename,
    revoke,
    screen_deed,
    turned,
)
from operations.pulse.windows import SECOND_US, iso, to_us

MOST_WAITING = 200
TRIES = 5
HEARD_EVERY_US = 30 * SECOND_US
SOFTWARE = re.compile(r"[\w.+-]{1,32}")


class Token(NamedTuple):
    """What a wall's browser holds."""

    id: str
    secret: str

    def __str__(self) -> str:
        return f"{self.id}.{self.secret}"


def recognized(screens: Screens, token: Token | None, now_us: int) -> Screen | None:
    """Give the wall whose token this is, None where it opens nothing."""
    held = None if token is None else screens.find(token.id)
    if token is None or held is None:
        return None
    screen, contact = held
    return screen if opens(screen, token.secret, seen_us=contact.seen_us, now_us=now_us) else None


def address(screen: Screen) -> str:
    """Give the address of what a wall shows: scope, scenes, and what its letters' size needs."""
    show = screen.show
    query = {"rotate": show.scenes} if show.scenes else {}
    query["distance"] = f"{show.distance_m:g}"
    if show.pitch_mm is not None:
        query["pitch"] = f"{show.pitch_mm:g}"
    where = "/wall" if show.scope == "city" else f"/wall/{quote(show.scope, safe='')}"
    return f"{where}?{urlencode(query, safe=':,')}"


def own(screen: Screen) -> dict[str, Any]:
    """Give what a wall is told of itself."""
    if screen.state is not ScreenState.PAIRED:
        ends = iso(screen.created_us + CODE_LASTS_US)
        return {"state": screen.state, "code": screen.code, "code_until": ends}
    show = asdict(screen.show)
    told = {"state": screen.state, "name": screen.name, "address": address(screen), "show": show}
    return told | {"reload_at": None if screen.reload_us is None else iso(screen.reload_us)}


def listed(screen: Screen, contact: Contact) -> dict[str, Any]:
    """Give a wall as its administrators see it."""
    paired_at = None if screen.paired_us is None else iso(screen.paired_us)
    return {
        **{name: getattr(screen, name) for name in ("id", "version", "state", "name")},
        "show": asdict(screen.show),
        "paired_at": paired_at,
        "paired_by": screen.paired_by,
        "seen_at": iso(contact.seen_us),
        "software": contact.software,
    }


class Doorkeeper:
    """Lets walls in; every call waits for the database."""

    def __init__(self, screens: Screens, now: Callable[[], datetime]) -> None:
        self._screens, self._now = screens, now

    def meet(self, token: Token | None, software: str = "") -> tuple[Screen, Token]:
        """Give the wall a request comes from and the token it is to hold from now on.

        One that is not known, or whose code ran out, gets a code. `software` is the version its
        page says it is of.
        """
        software = software if SOFTWARE.fullmatch(software) else ""
        now_us = to_us(self._now())
        screen = recognized(self._screens, token, now_us)
        waits_in_vain = screen is not None and (
            screen.state is ScreenState.PAIRING and not code_lasts(screen, now_us)
        )
        if token is None or screen is None or waits_in_vain:
            return self._new(now_us, software)
        self._screens.heard(screen.id, Contact(now_us, software))
        fresh = secrets.token_urlsafe(32)
        after = turned(screen, token.secret, fresh=fresh, now_us=now_us)
        if after is None:
            return screen, token
        try:
            self._screens.change(after)
        except Conflict:  # somebody changed the wall just now: it turns next time
            return screen, token
        return after, Token(screen.id, fresh) if after.token != screen.token else token

    def _new(self, now_us: int, software: str) -> tuple[Screen, Token]:
        for _ in range(TRIES):
            token = Token(secrets.token_hex(8), secrets.token_urlsafe(32))
            code = code_of(secrets.token_bytes(4))
            screen = new_screen(token.id, code=code, secret=token.secret, now_us=now_us)
            contact = Contact(now_us, software)
            forget = now_us - CODE_LASTS_US
            if self._screens.add(screen, contact, forget_before_us=forget, most=MOST_WAITING):
                return screen, token
        raise Full("too many walls wait for pairing; try again in ten minutes")

    def look(self, token: Token | None) -> Screen | None:
        """Give the wall a token opens, None where it opens nothing."""
        return recognized(self._screens, token, to_us(self._now()))

    def follow(self, identity: str) -> Screen | None:
        """Give a wall that was let in by its token, as it is now; None once it is shut out.

        Its token may turn meanwhile. Twice a minute it is noted that it is there.
        """
        now_us, held = to_us(self._now()), self._screens.find(identity)
        if held is None or held[0].state is ScreenState.REVOKED:
            return None
        if now_us - held[1].seen_us >= HEARD_EVERY_US:
            self._screens.heard(identity, Contact(now_us, held[1].software))
        return held[0]

    def let_in(self, told: dict[str, Any], actor: str) -> dict[str, Any]:
        """Pair the wall that shows a code; raises BadInput, Conflict."""
        before = self._screens.by_code(code_said(_text(told, "code")))
        if before is None:
            raise BadInput("code", "no wall shows this code now; look at the wall again")
        now_us = to_us(self._now())
        after = pair(before, name=_text(told, "name"), show=_show(told), actor=actor, now_us=now_us)
        return self._keep("pair", before, after, actor)

    def act(self, name: str, identity: str, told: dict[str, Any], actor: str) -> dict[str, Any]:
        """Change a wall that was let in, at the version an administrator saw."""
        held = self._screens.find(identity)
        if held is None:
            raise BadInput("id", "there is no such wall")
        before = held[0]
        if told.get("version") != before.version:
            raise Conflict("this wall has changed since you saw it: look at it again", before)
        now_us = to_us(self._now())
        if name == "rename":
            after = rename(before, name=_text(told, "name"), show=_show(told))
        else:
            after = reload(before, now_us=now_us) if name == "reload" else revoke(before)
        return self._keep(name, before, after, actor)

    def _keep(self, act: str, before: Screen, after: Screen, actor: str) -> dict[str, Any]:
        now_us = to_us(self._now())
        if after != before:
            self._screens.change(after, screen_deed(act, before, after, actor=actor, now_us=now_us))
        held = self._screens.find(after.id)
        return listed(after, Contact(now_us, "") if held is None else held[1])

    def all(self) -> list[dict[str, Any]]:
        """Give every wall that is or was let in."""
        return [listed(screen, contact) for screen, contact in self._screens.known()]


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str):
        raise BadInput(name, "give a text")
    return value


def _show(told: dict[str, Any]) -> Show:
    distance, pitch = told.get("distance_m", 4.0), told.get("pitch_mm")
    for name, value in (("distance_m", distance), ("pitch_mm", 1 if pitch is None else pitch)):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise BadInput(name, "give a number")
    said = {"scope": "city", "scenes": "", "room": ""}
    texts = {name: str(told.get(name, usual)).strip() for name, usual in said.items()}
    return Show(distance_m=distance, pitch_mm=pitch, **texts)
