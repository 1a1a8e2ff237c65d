"""An incident is opened: from a cluster, from an alarm, from tickets or by hand."""

from dataclasses import dataclass, field
from hashlib import blake2b

from operations.errors import BadInput
from operations.response.asked import LONGEST_NAME, LONGEST_TITLE, Asked
from operations.response.chain import Template, links_of
from operations.response.incident import (
    LIFE,
    SEVERITIES,
    Change,
    Incident,
    Kind,
    Line,
    Part,
    Signed,
)
from operations.response.incident_actions import line_of
from operations.response.party import called
from operations.tickets.handling_entering import key_taken

MOST_TICKETS = 5_000
"""So many tickets join at once when an incident is opened."""

Identity = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What an incident is opened from, found by the server: never taken from who asks.

    Where it tells no category, who opens the incident may.
    """

    category: str = ""
    district: str | None = None
    cluster: str | None = None
    alarm: str | None = None
    tickets: tuple[Identity, ...] = ()
    templates: tuple[Template, ...] = field(default=())


def identity_of(key: str, actor: str) -> str:
    """Give the incident's own name by the client's key, so that a repeated send opens one."""
    return "sj-" + blake2b(f"{actor}\n{key}".encode(), digest_size=8).hexdigest()


def refuse_other(begun: Incident, line: Line | None, change: Change) -> None:
    """Raise BadInput where an incident that is there under a key was opened as another."""
    made = change.head
    assert made is not None
    of = (begun.cluster, begun.alarm, begun.exercise)
    same = line is not None and line.detail == change.line.detail
    if not same or of != (made.cluster, made.alarm, made.exercise):
        raise key_taken()


def opened(asked: Asked, signed: Signed, origin: Origin) -> Change:
    """Give the first version of an incident with its chain and its leading party.

    The book numbers it. Raises BadInput.
    """
    lead = asked.text("lead", LONGEST_NAME)
    head = Incident(
        id=identity_of(asked.key, signed.actor),
        number="",
        state=LIFE.first,
        severity=asked.whole("severity", SEVERITIES[0], SEVERITIES[-1]),
        lead=lead,
        title=asked.text("title", LONGEST_TITLE),
        opened_us=signed.at_us,
        changed_us=signed.at_us,
        exercise=asked.given.get("exercise") is True,
        category=_category(asked, origin),
        district=origin.district,
        cluster=origin.cluster,
        alarm=origin.alarm,
    )
    codes = ("", *(one.code for one in origin.templates))
    chosen = asked.one_of("chain", codes) if asked.given.get("chain") else ""
    links = next((links_of(one) for one in origin.templates if one.code == chosen), ())
    parts = (*links, Part(kind=Kind.PARTY, number=1, body=called(lead, signed.at_us)))
    return Change(head=head, parts=parts, line=line_of(asked, signed, detail=head.title))


def _category(asked: Asked, origin: Origin) -> str:
    """Give the category of what it is opened from, else the one that is told; empty for none."""
    told = asked.maybe("category", LONGEST_NAME)
    if origin.category and told not in ("", origin.category):
        raise BadInput("category", "it is told by what the incident is opened from")
    return origin.category or told
