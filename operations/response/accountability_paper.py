"""The paper of a matter of accountability: numbered, never changed.

A newer one takes its place where an appeal lowers the step. `digest` is SHA-256 over the canonical
JSON of all it says, so that a printed paper can be held against the kept one.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from operations.response.accountability import Approval, Evidence, Matter, Signatory
from operations.response.accountability_steps import Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountabilityPaper:
    """What is issued to a department: the step, the ground, the evidence, who approved it."""

    number: str
    matter: str
    department: str
    step: str
    name: tuple[str, str]
    asks: tuple[str, str]
    why: str
    evidence: tuple[Evidence, ...]
    proposed_by: Signatory
    approvals: tuple[Approval, ...]
    issued_by: Signatory
    issued_at: datetime
    stands_until: datetime
    appeal_until: datetime | None
    ground: str = ""
    replaces: str | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of all it says."""
        told = json.dumps(asdict(self), default=_written, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def paper_of(matter: Matter, steps: Steps, by: Signatory, now: datetime) -> AccountabilityPaper:
    """Write the paper of a matter two have approved; the book gives its number."""
    step = steps.of(matter.step)
    return AccountabilityPaper(
        number="", matter=matter.number, department=matter.department, step=step.code,
        name=(step.name_zh, step.name_en), asks=(step.asks_zh, step.asks_en), why=matter.why,
        evidence=matter.evidence, proposed_by=matter.proposed_by, approvals=matter.approvals,
        issued_by=by, issued_at=now, stands_until=steps.until(step.code, now),
        appeal_until=steps.appeal_until(step.code, now),
    )  # fmt: skip


def lowered(matter: Matter, steps: Steps, code: str, by: Signatory, now: datetime,
            ground: str) -> AccountabilityPaper:  # fmt: skip
    """Write the paper of a lower step that an appeal ended in; it takes the first one's place.

    It stands from the day of the first, and there is no second appeal.
    """
    step, issued_at = steps.of(code), matter.issued_at or now
    return AccountabilityPaper(
        number="", matter=matter.number, department=matter.department, step=code,
        name=(step.name_zh, step.name_en), asks=(step.asks_zh, step.asks_en), why=matter.why,
        evidence=matter.evidence, proposed_by=matter.proposed_by, approvals=matter.approvals,
        issued_by=by, issued_at=now, stands_until=steps.until(code, issued_at),
        appeal_until=None, ground=ground, replaces=matter.paper,
    )  # fmt: skip


def _written(value: object) -> str:
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
