"""The door's part that writes commands and settings into the audit log, and checks the log."""

import getpass
import json
import os
import socket
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import click

from data_sources.connect import Sources
from operations.people.audit import AuditSearch, Deed, Flaw, Head, compare, head_said, verify
from operations.people.known_settings import ACT, fingerprints, settings_deed
from operations.people.ports import Audit
from operations.pulse.windows import to_us
from settings import Settings

SEEN_FILE = "settings_seen.json"
MACHINE_OWN = ("data_dir",)  # a folder that was moved is no other setting


def note_command(
    sources: Sources, act: str, subject: str, *, before: str = "", after: str = "", reason: str = ""
) -> None:
    """Write a command that changes something into the audit log, under who runs it."""
    sources.audit.append(
        Deed(
            at_us=to_us(datetime.now(UTC)), actor=person(), device=socket.gethostname(),
            act=act, subject=subject, before=before, after=after, reason=reason,
        )
    )  # fmt: skip


def person() -> str:
    """Name who runs this process, and through sudo who is behind it."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container's number without a name
        name = str(os.getuid())
    behind = os.environ.get("SUDO_USER")
    return f"{behind} (sudo {name})" if behind and behind != name else name


def note_settings(sources: Sources) -> None:
    """Write down which settings are others than at the last start, and hand waiting lines on."""
    audit, path = sources.audit, sources.settings.data_dir / SEEN_FILE
    known = fingerprints(_values(sources.settings), sources.caller_key)
    last = audit.find(AuditSearch(act=ACT), most=1)
    deed = settings_deed(
        _seen(path), known,
        last_hash=last[0].after if last else None,
        actor=person(), device=socket.gethostname(), now_us=to_us(datetime.now(UTC)),
    )  # fmt: skip
    if deed is None:
        audit.hand_on()
        return
    audit.append(deed)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        json.dump(known, file)


def _values(settings: Settings) -> dict[str, str]:
    """Give every setting's value by the name of its variable."""
    values = {}
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        variable = str(alias.choices[0]) if alias else f"LIANXIN_{name.upper()}"  # type: ignore[union-attr]
        if name not in MACHINE_OWN:
            values[variable] = str(getattr(settings, name))
    return values


def _seen(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def check_audit(sources: Sources, kept_head: str | None) -> int:
    """Go through the audit log and its keeping beside the database; give 0 where all fits."""
    anchors = () if kept_head is None else (head_said(kept_head),)
    audit, file = sources.audit, sources.audit_file
    found = _whole(audit, *anchors)
    if isinstance(found, Flaw):
        click.echo(f"the audit log in the database does not fit at {found}")
    beside = verify(file.lines())
    flaw = beside if isinstance(beside, Flaw) else None
    # Lines may come in while this goes on: the file is compared as far as it went just now.
    if flaw is None and isinstance(beside, Head):
        flaw = compare(islice(audit.lines(), beside.number), islice(file.lines(), beside.number))
    if flaw is None and isinstance(beside, Head) and isinstance(found, Head):
        flaw = _waiting(beside, found)
    if flaw is not None:
        click.echo(f"the audit log and {file.path} differ at {flaw}")
    if isinstance(found, Flaw) or flaw is not None:
        return 1
    click.echo(f"audit log: {found.number} lines, every one fits; {file.path} has the same")
    click.echo(f"head {found}\nkeep it elsewhere: check --audit --head finds hashes made anew")
    return 0


def _whole(audit: Audit, *anchors: Head) -> Flaw | Head:
    """Verify the chain, also against the head its writers go by, before and after."""
    found = verify(audit.lines(), audit.head(), *anchors)
    after = audit.head()
    if isinstance(found, Head) and found.number > after.number:
        return Flaw(after.number + 1, "is behind the head the writers go by")
    if isinstance(found, Head) and found.number == after.number and found != after:
        return Flaw(after.number, "is not the line the writers' head tells of")
    return found


def _waiting(beside: Head, found: Head) -> Flaw | None:
    if beside.number >= found.number:
        return None
    return Flaw(
        beside.number + 1,
        "is in the database alone; a start of Lianxin hands on what a crash kept back: "
        "start it, and check again",
    )
