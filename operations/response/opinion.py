"""A final opinion (终诊) and its order (明责交办单): signed, numbered, never changed.

Only a newer opinion takes its place. `digest` is what is signed: SHA-256 over the canonical JSON
of everything the opinion says, so that a printed order can be held against the kept one.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from operations.errors import BadInput
from operations.response.clinic import Clinic, Session
from operations.response.dispute import DISPUTE, Act, Dispute, Draft, Identity
from operations.response.dispute_actions import LONGEST_TEXT, Table, cooperating_units

FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a clinic decided of a dispute: exactly one lead, who cooperates, until when, and why.

    `replaces` is the opinion that bound the same tickets before.
    """

    number: str
    dispute: str
    clinic: str
    chair: str
    tickets: tuple[Identity, ...]
    lead: str
    cooperating: tuple[str, ...]
    due_at: datetime
    basis: str
    decision: str
    signed_by: str
    signed_at: datetime
    verified: bool
    replaces: str | None = None

    @property
    def digest(self) -> str:
        """Give the SHA-256 of what the opinion says, 64 hexadecimal digits."""
        told = json.dumps(asdict(self), default=datetime.isoformat, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def signed(
    dispute: Dispute, clinic: Clinic, draft: Draft, table: Table, *, verified: bool
) -> Opinion:
    """Sign a draft; the book gives the number and what it replaces.

    Raises BadInput where the dispute does not stand on that clinic's agenda, where the clinic has
    not begun or was called off, and where lead, due time, basis or decision are missing.
    """
    DISPUTE.move(dispute.state, Act.RULE)
    if dispute.clinic != clinic.number or clinic.state is Session.CANCELLED:
        raise BadInput("clinic", "it does not stand on the agenda of this clinic")
    if table.now < clinic.at:
        raise BadInput("clinic", "the clinic has not begun yet")
    if not table.knows(draft.lead):
        raise BadInput("lead", "name exactly one department that leads")
    if draft.due_at is None or not table.now < draft.due_at <= table.now + FURTHEST:
        raise BadInput("due_at", "a time after now, within a year")
    return Opinion(
        number="", dispute=dispute.number, clinic=clinic.number, chair=clinic.chair,
        tickets=dispute.tickets, lead=draft.lead,
        cooperating=cooperating_units(draft.lead, draft.cooperating, table),
        due_at=draft.due_at, basis=_text("basis", draft.basis),
        decision=_text("decision", draft.decision),
        signed_by=table.actor, signed_at=table.now, verified=verified,
    )  # fmt: skip


def _text(field: str, given: str) -> str:
    text = given.strip()
    if not 0 < len(text) <= LONGEST_TEXT:
        raise BadInput(field, f"1 to {LONGEST_TEXT} characters")
    return text
