"""What a leader's page must be told before it is drawn: plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from layouts.face import Name
from layouts.wording import Language, words

LEADER = "/leader"

SCRIPT_WORDS = (
    # the numbers
    *("opened_today", "open_now", "overdue_now", "on_time_rate", "satisfaction_rate"),
    *("solved_rate", "expected_so_far", "no_expectation", "of_open", "net_more", "net_less"),
    *("direct_today", "rate_of_due", "rate_of_callbacks", "no_rate", "figures_period"),
    "sample_short",
    *("above", "usual", "against", "since", "no_usual", "times_usual", "today_count"),
    *("expected_range", "overdue_n", "column_open", "unknown_district", "urgent_mark"),
    *("cards", "red_n", "yellow_n", "duty_median", "duty_no_age"),
    # time and trust
    *("fresh", "late", "dead", "updated", "waiting", "line_cut", "redis_down", "worker_silent"),
    *("source_silent", "seconds", "minutes", "hours", "days", "just_now", "ago"),
    # alarms and clusters
    *("alarm_says", "alarms_raised", "alarms_flooded", "no_alarm", "alarm_acknowledged"),
    *("alarm_shelved", "severity_critical", "severity_high", "severity_medium", "bulk"),
    *("phase_growing", "phase_steady", "phase_quietening", "callers_expected", "cluster_since"),
    *("place_withheld", "radius", "recurrence", "over_year", "over_years", "about_days"),
    *("more_than_year", "more_than_years", "no_clusters", "not_watching", "chance", "newest"),
    *("tickets_n", "zone_share"),
)
"""Words of other screens that the page's scripts say too; its own begin with `leader_`."""


@dataclass(frozen=True, slots=True)
class ToSign:
    """What waits for a person's signature: its number, about what, since when, and its page.

    `word` names the kind of it among the words.
    """

    dispute: str
    about: str
    heard: str
    path: str = "/disputes"
    word: str = "leader_to_sign"


@dataclass(frozen=True, slots=True)
class Escalated:
    """What of an incident has climbed to the leaders: what waits, in which one, since when."""

    incident: str
    cause: str
    about: str
    since: str


@dataclass(frozen=True, slots=True)
class LeaderFace:
    """Whose page it is, and what whoever looks may open from it.

    `reader` is a mark that tells one person's device memory from another's, and names nobody.
    `until_ms` is when the session ends at the latest, None where nobody signs in. `scopes` are
    the other cuts of the city that may be looked at. `studies`, `searches` and `acts`
    tell whether clusters may be opened, tickets looked for, alarms acknowledged. `to_sign` are the
    final opinions that wait for who looks, `escalated` what of incidents has climbed to leaders.
    """

    scope: str
    language: Language
    city: Name
    place: Name
    zone: str
    scopes: Sequence[tuple[str, Name]] = ()
    demo: bool = False
    reader: str = ""
    until_ms: int | None = None
    as_role: str | None = None
    signed_in: bool = False
    studies: bool = True
    searches: bool = True
    acts: bool = False
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    short_names: dict[str, str] = field(default_factory=dict)
    targets: dict[str, float] = field(default_factory=dict)
    few: int = 20
    to_sign: Sequence[ToSign] = ()
    escalated: Sequence[Escalated] = ()

    @property
    def words(self) -> Mapping[str, str]:
        """Give every word in this page's language."""
        return words(self.language)

    def facts(self, version: str) -> dict[str, Any]:
        """Give what the page's scripts need to know, as JSON-able values."""
        said = self.words
        own = {name: word for name, word in said.items() if name.startswith("leader_")}
        return {
            "scope": self.scope,
            "language": self.language,
            "zone": self.zone,
            "reader": self.reader,
            "until_ms": self.until_ms,
            "version": version,
            "studies": self.studies,
            "searches": self.searches,
            "acts": self.acts,
            "names": self.names,
            "short_names": self.short_names,
            "targets": self.targets,
            "few": self.few,
            "words": {name: said[name] for name in SCRIPT_WORDS} | own,
        }
