"""What the audit log says of disputes, clinics and final opinions."""

from operations.people.audit import Deed
from operations.pulse.windows import to_us
from operations.response.clinic import Clinic, ClinicAct
from operations.response.dispute import Dispute, DisputeLine
from operations.response.opinion import Opinion


def dispute_deed(before: Dispute | None, after: Dispute, line: DisputeLine) -> Deed:
    """Tell of an act on a dispute, never of a ticket's words or its caller."""
    return Deed(
        at_us=to_us(line.at),
        actor=line.actor,
        verified=line.verified,
        act=f"dispute.{line.act}",
        subject=after.number,
        before="" if before is None else _dispute_in_words(before),
        after=" · ".join(filter(None, (_dispute_in_words(after), line.detail))),
        reason=line.reason,
    )


def _dispute_in_words(dispute: Dispute) -> str:
    said = f"{len(dispute.words)}/{len(dispute.candidates)} said"
    return f"v{dispute.version} · {dispute.state} · {len(dispute.tickets)} tickets · {said}"


def clinic_deed(
    before: Clinic | None, after: Clinic, act: ClinicAct, actor: str, verified: bool, reason: str
) -> Deed:
    """Tell of an act on a clinic; its minutes are in the book."""
    return Deed(
        at_us=to_us(after.changed_at),
        actor=actor,
        verified=verified,
        act=f"clinic.{act}",
        subject=after.number,
        before="" if before is None else _clinic_in_words(before),
        after=_clinic_in_words(after),
        reason=reason,
    )


def _clinic_in_words(clinic: Clinic) -> str:
    return f"v{clinic.version} · {clinic.state} · {clinic.at.isoformat()} · {clinic.chair}"


def opinion_deed(opinion: Opinion) -> Deed:
    """Tell of an opinion that was signed; the digest holds the paper to it."""
    told = [opinion.lead, *opinion.cooperating, f"due {opinion.due_at.isoformat()}"]
    return Deed(
        at_us=to_us(opinion.signed_at),
        actor=opinion.signed_by,
        verified=opinion.verified,
        act="ruling.sign",
        subject=opinion.number,
        before=opinion.replaces or "",
        after=" · ".join([*told, f"{len(opinion.tickets)} tickets", opinion.digest]),
        reason=opinion.dispute,
    )
