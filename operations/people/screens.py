"""A wall as a device of its own: paired by a code, known by a token that changes, revoked at once.

A wall that nobody knows shows a code. An administrator who stands before it types the code in,
gives the wall a name and says what it shows. From then on the wall's token, which only the
browser holds, opens the pictures of its scope and nothing else.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from operations.errors import BadInput
from operations.people.audit import Deed
from operations.people.person import Person, Ring
from operations.people.roles import Role
from operations.pulse.windows import SECOND_US

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What a code is made of: no 0 or O, no 1 or I, which look alike from across a room."""

CODE_LENGTH = 6
CODE_LASTS_US = 10 * 60 * SECOND_US
TOKEN_TURNS_US = 24 * 3600 * SECOND_US
TOKEN_LASTS_US = 400 * 24 * 3600 * SECOND_US
"""How long a wall may be switched off and still be known: browsers keep a cookie as long."""

FRESH_S, LATE_S = 75.0, 180.0
"""A wall is noted twice a minute: one note missed is still fresh, five are not late but lost."""

LONGEST_NAME = 60
LARGEST_DISTANCE_M, LARGEST_PITCH_MM = 50.0, 20.0
SCENES = re.compile(r"([a-z]+:\d{1,5}(,[a-z]+:\d{1,5})*)?")
SCOPE = re.compile(r"city|(?:district|department)-.{1,100}")


class ScreenState(StrEnum):
    """Where a wall stands."""

    PAIRING = "pairing"  # 待配对: shows its code
    PAIRED = "paired"  # 已配对
    REVOKED = "revoked"  # 已停用: its token opens nothing any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """What a wall shows: its scope, the scenes it goes through, and the room it hangs in."""

    scope: str = "city"
    scenes: str = ""
    distance_m: float = 4.0
    pitch_mm: float | None = None
    room: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One wall in its present state.

    `version` grows by one with every change but a contact. `token` is the SHA-256 of the secret its
    browser holds; `token_before` that of the secret before, which opens until the new one was used,
    so that an answer lost on the way locks no wall out. `reload_us` is when it was last told to
    load itself anew.
    """

    id: str
    version: int
    state: ScreenState
    code: str
    created_us: int
    token: str
    turned_us: int
    token_before: str = ""
    name: str = ""
    show: Show = Show()
    paired_us: int | None = None
    paired_by: str = ""
    reload_us: int | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """When a wall was last heard of, and the version of Lianxin its page says it is of."""

    seen_us: int
    software: str


def contact_state(age_s: float) -> str:
    """Say how it stands with a wall that was last heard of so long ago: fresh, late or dead."""
    return "fresh" if age_s < FRESH_S else "late" if age_s < LATE_S else "dead"


def code_of(drawn: bytes) -> str:
    """Make a pairing code of 30 random bits; `drawn` is at least four bytes."""
    bits = int.from_bytes(drawn[:4], "big")
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in range(CODE_LENGTH))


def code_said(typed: str) -> str:
    """Read a code as a person types it: small letters, spaces and hyphens do not matter.

    Raises BadInput for what can be no code.
    """
    code = re.sub(r"[\s-]", "", typed).upper()
    if len(code) != CODE_LENGTH or not set(code) <= set(ALPHABET):
        raise BadInput("code", f"type the {CODE_LENGTH} characters the wall shows")
    return code


def hash_of(secret: str) -> str:
    """Give what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_screen(identity: str, *, code: str, secret: str, now_us: int) -> Screen:
    """Let a wall that nobody knows show its code."""
    return Screen(
        id=identity, version=1, state=ScreenState.PAIRING, code=code, created_us=now_us,
        token=hash_of(secret), turned_us=now_us,
    )  # fmt: skip


def code_lasts(screen: Screen, now_us: int) -> bool:
    """Tell whether a wall's code can still be typed in."""
    return screen.state is ScreenState.PAIRING and now_us < screen.created_us + CODE_LASTS_US


def pair(screen: Screen, *, name: str, show: Show, actor: str, now_us: int) -> Screen:
    """Let a wall in, under a name, with what it is to show.

    Raises BadInput, naming the field, for a code that ran out and for what cannot be shown.
    """
    if not code_lasts(screen, now_us):
        raise BadInput("code", "this code has run out; type the one the wall shows now")
    return replace(
        screen,
        version=screen.version + 1,
        state=ScreenState.PAIRED,
        code="",
        name=_name(name),
        show=checked_show(show),
        paired_us=now_us,
        paired_by=actor,
    )


def rename(screen: Screen, *, name: str, show: Show) -> Screen:
    """Give a wall another name, or another thing to show; raises BadInput."""
    _expect_paired(screen)
    return replace(screen, version=screen.version + 1, name=_name(name), show=checked_show(show))


def reload(screen: Screen, *, now_us: int) -> Screen:
    """Tell a wall to load itself anew; raises BadInput where it is not paired."""
    _expect_paired(screen)
    return replace(screen, version=screen.version + 1, reload_us=now_us)


def revoke(screen: Screen) -> Screen:
    """Shut a wall out, at once and for good; one that is shut out stays so."""
    if screen.state is ScreenState.REVOKED:
        return screen
    return replace(
        screen, version=screen.version + 1, state=ScreenState.REVOKED, code="", token="",
        token_before="",
    )  # fmt: skip


def opens(screen: Screen, secret: str, *, seen_us: int, now_us: int) -> bool:
    """Tell whether a secret is this wall's; `seen_us` is when it was last heard of."""
    if screen.state is ScreenState.REVOKED or now_us - seen_us > TOKEN_LASTS_US:
        return False
    found = hash_of(secret)
    known = (token for token in (screen.token, screen.token_before) if token)
    return any(hmac.compare_digest(found, token) for token in known)


def turned(screen: Screen, secret: str, *, fresh: str, now_us: int) -> Screen | None:
    """Give the wall with its token turned on, None where it stays; `secret` opens it.

    With `fresh` as the wall's new secret where it changes from `secret`:

    1. the new secret was used: the one before opens nothing any more;
    2. the one before was used, its successor was lost on the way: another successor is made;
    3. a day has gone by: a successor is made, and the present one is the one before.
    """
    found = hash_of(secret)
    if found == screen.token_before:
        return replace(screen, version=screen.version + 1, token=hash_of(fresh), turned_us=now_us)
    if screen.state is ScreenState.PAIRED and now_us - screen.turned_us >= TOKEN_TURNS_US:
        return replace(
            screen, version=screen.version + 1, token=hash_of(fresh), token_before=found,
            turned_us=now_us,
        )  # fmt: skip
    if screen.token_before:
        return replace(screen, version=screen.version + 1, token_before="")
    return None


def person_of(screen: Screen) -> Person:
    """Give who a paired wall is where permissions are asked: a wall of its scope, and no more."""
    kind, _, code = screen.show.scope.partition("-")
    return Person(
        id=screen.id,
        name=screen.name,
        login=f"wall {screen.id}",
        roles=frozenset({Role.WALL}),
        department=code if kind == "department" else None,
        ring=Ring.CITY if kind == "city" else Ring.COUNTY,
        place=code if kind == "district" else None,
    )


def checked_show(show: Show) -> Show:
    """Give what a wall is to show; raises BadInput naming the field that cannot be."""
    if not SCOPE.fullmatch(show.scope):
        raise BadInput("scope", "use city, district-<code> or department-<code>")
    if not SCENES.fullmatch(show.scenes):
        raise BadInput("scenes", "scenes with seconds, such as overview:30,map:20; or nothing")
    if not 0 < show.distance_m <= LARGEST_DISTANCE_M:
        raise BadInput("distance_m", "metres from the wall to the farthest seat, up to 50")
    if show.pitch_mm is not None and not 0 < show.pitch_mm <= LARGEST_PITCH_MM:
        raise BadInput("pitch_mm", "millimetres from pixel to pixel, up to 20; or nothing")
    if len(show.room) > LONGEST_NAME:
        raise BadInput("room", f"at most {LONGEST_NAME} characters")
    return show


def _name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadInput("name", f"a name of 1 to {LONGEST_NAME} characters")
    return name


def _expect_paired(screen: Screen) -> None:
    if screen.state is not ScreenState.PAIRED:
        raise BadInput("id", f"this wall is {screen.state}; only a paired one can be told to")


def screen_deed(act: str, before: Screen, after: Screen, *, actor: str, now_us: int) -> Deed:
    """Tell the audit log what an administrator did with a wall."""
    return Deed(
        at_us=now_us, actor=actor, verified=True, act=f"screen.{act}", subject=before.id,
        before=_in_short(before), after=_in_short(after),
    )  # fmt: skip


def _in_short(screen: Screen) -> str:
    show = screen.show
    size = f"{show.distance_m:g} m, pitch {show.pitch_mm or 'from the width'}"
    return f"{screen.state} {screen.name!r} {show.room!r} {show.scope} [{show.scenes}] {size}"
