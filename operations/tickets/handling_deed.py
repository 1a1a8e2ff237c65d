"""What the audit log says of a decision on a ticket."""

from operations.people.audit import Deed
from operations.pulse.windows import to_us
from operations.tickets.handling import Handling, HandlingLine
from operations.tickets.ruling import Attempt


def handling_deed(
    identity: tuple[str, str], before: Handling, after: Handling, line: HandlingLine
) -> Deed:
    """Tell the audit log what a person decided on a ticket, never its words or its caller."""
    return Deed(
        at_us=to_us(line.at),
        actor=line.actor,
        verified=line.verified,
        act=f"ticket.{line.act}",
        subject="/".join(identity),
        before=_in_words(before),
        after=_in_words(after),
        reason=line.reason,
    )


def attempt_deed(attempt: Attempt) -> Deed:
    """Tell the audit log what a source asked against a final opinion, and did not get."""
    return Deed(
        at_us=to_us(attempt.at),
        actor=f"source {attempt.ticket[0]}",
        act="ruling.blocked",
        subject="/".join(attempt.ticket),
        before=f"{attempt.opinion} · {attempt.lead}",
        after=attempt.asked,
        reason=attempt.reason,
    )


def _in_words(handling: Handling) -> str:
    told = [f"v{handling.version}"]
    if handling.triage is not None:
        told.append(f"triage {handling.triage}")
    if handling.extension_d:
        told.append(f"extended {handling.extension_d}")
    if handling.pauses:
        told.append(f"paused {len(handling.pauses)}")
    if handling.stands_still:
        told.append("stands still")
    watch = handling.watch
    told += [f"reported {watch.reports[-1].ring}"] if watch.reports else []
    told += [
        " ".join(filter(None, (one.line, one.sign, one.department, one.outcome or "open")))
        for one in watch.records
    ]
    told += [
        f"summons {one.number} {sum(called.came_at is not None for called in one.called)}"
        f"/{len(one.called)}"
        for one in watch.summonses
    ]
    if watch.referral is not None:
        told.append("referred")
    if handling.ruling is not None:
        told.append(f"ruled {handling.ruling.opinion} {handling.ruling.lead}")
    return " · ".join(told)
