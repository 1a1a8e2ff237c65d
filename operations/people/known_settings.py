"""What the audit log tells of settings between two starts: which changed, never to what."""

import hashlib
import hmac
from collections.abc import Mapping

from operations.people.audit import Deed

ACT = "settings.change"
SUBJECT = "settings"
UNKNOWN = "which changed is not known: the folder has no record of the start before"


def fingerprints(values: Mapping[str, str], key: bytes) -> dict[str, str]:
    """Give each setting's value as a keyed hash, from which nobody guesses a short secret."""
    return {
        name: hmac.new(key, f"{name}={value}".encode(), hashlib.sha256).hexdigest()[:16]
        for name, value in sorted(values.items())
    }


def whole_hash(known: Mapping[str, str]) -> str:
    """Give one hash of all settings."""
    told = "\n".join(f"{name} {value}" for name, value in sorted(known.items()))
    return hashlib.sha256(told.encode()).hexdigest()


def settings_deed(
    before: Mapping[str, str],
    after: Mapping[str, str],
    *,
    last_hash: str | None,
    actor: str,
    device: str,
    now_us: int,
) -> Deed | None:
    """Give what is to be written at a start, None where nothing changed.

    `before` are the fingerprints the folder keeps of the start before, `last_hash` is what the
    audit log says of it, None in a log that says nothing.
    """
    found = whole_hash(after)
    if found == last_hash:
        return None
    if last_hash is None:
        reason = "first start"
    elif whole_hash(before) != last_hash:
        reason = UNKNOWN
    else:
        names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
        reason = "changed: " + ", ".join(names)
    return Deed(
        at_us=now_us, actor=actor, device=device, act=ACT, subject=SUBJECT,
        before=last_hash or "", after=found, reason=reason,
    )  # fmt: skip
