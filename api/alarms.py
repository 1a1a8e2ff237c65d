"""The alarms that stand, and one cluster with its evidence and its history."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from api.answers import answer, problem
from operations.detection.cluster import Cluster, ClusterLine
from operations.errors import Unreachable
from operations.ports import Watchbook
from operations.pulse.alarm import Alarm, Cause, Reason
from operations.pulse.alarm_turns import pressing
from operations.pulse.alarm_words import says
from operations.pulse.view import Names
from operations.pulse.windows import iso

MOST_CLEARED = 100

PUBLIC = ("id", "version", "state", "severity", "category", "district", "flooded")
TIMES = ("since", "raised", "changed", "announced", "acknowledged", "shelved_until", "cleared")
"""What may leave without an account of an alarm: not who acted on it."""

MEASURED = (
    *("extent", "place", "latitude", "longitude", "radius_km", "tickets", "callers"),
    *("addresses", "expected", "statistic", "p", "recurrence_d", "basis", "coverage", "bulk"),
)
"""What may leave of a cluster's evidence where there are enough callers."""


def public_alarm(alarm: Alarm, names: Names) -> dict[str, Any]:
    """Give the public fields of an alarm; times are ISO 8601 in UTC."""
    fields = {name: getattr(alarm, name) for name in PUBLIC}
    fields["reasons"] = [public_reason(one, names) for one in alarm.reasons]
    return fields | {_at(name): _time(getattr(alarm, f"{name}_us")) for name in TIMES}


def public_reason(reason: Reason, names: Names) -> dict[str, Any]:
    """Give a reason; of what is no cluster also in words, with what it was when it became one."""
    told: dict[str, Any] = {"cause": reason.cause, "subject": reason.subject}
    if reason.cause is Cause.CLUSTER:
        return told
    chinese, english = says(reason, names)
    return told | {"says_zh": chinese, "says_en": english, "seen": reason.seen}


def public_cluster(
    cluster: Cluster, lines: list[ClusterLine], least_callers: int
) -> dict[str, Any]:
    """Give a cluster with its evidence and history, without members; times as of an alarm.

    Of one of fewer than `least_callers` callers only the category and the district, and of a
    line of its history from when it had fewer only what happened.
    """
    evidence = cluster.evidence
    known = {"id": cluster.id, "category": cluster.category, "district": evidence.district}
    if evidence.callers < least_callers:
        return known | {"withheld": True}
    return {
        **known,
        "withheld": False,
        "town": evidence.town,
        **{name: getattr(cluster, name) for name in ("phase", "threshold", "parent", "into")},
        **{
            _at(name): _time(getattr(cluster, f"{name}_us"))
            for name in ("born", "changed", "quiet_since", "ended")
        },
        "evidence": {
            **{name: getattr(evidence, name) for name in MEASURED},
            **{
                _at(name): _time(getattr(evidence, f"{name}_us"))
                for name in ("start", "newest", "as_of")
            },
        },
        "history": [_public_line(line, least_callers) for line in lines],
    }


def _public_line(line: ClusterLine, least_callers: int) -> dict[str, Any]:
    told = {"at": _time(line.at_us), "turn": line.turn, "other": line.other}
    if line.callers < least_callers:
        return told | {"withheld": True}
    measured = ("callers", "expected", "statistic", "radius_km", "latitude", "longitude")
    return {
        **told,
        "withheld": False,
        **{name: getattr(line, name) for name in measured},
        "start_at": _time(line.start_us),
    }


def _at(name: str) -> str:
    """Name a time as the interfaces do: `raised_at`, but `shelved_until` and `as_of`."""
    return name if name in ("shelved_until", "quiet_since", "as_of") else f"{name}_at"


def _time(us: int | None) -> str | None:
    return None if us is None else iso(us)


def blueprint(
    book: Watchbook, in_thread: Callable[..., Any], names: Names, *, least_callers: int
) -> Blueprint:
    """Make the routes `/api/v1/alarms` and `/api/v1/clusters/<id>`.

    `in_thread(function, *arguments)` runs what waits for a database outside the event loop.
    """
    routes = Blueprint("alarms", __name__, url_prefix="/api/v1")

    def read_alarms(cleared: bool) -> list[Alarm]:
        standing = sorted(book.standing(), key=pressing)
        return [*standing, *(book.cleared(most=MOST_CLEARED) if cleared else ())]

    def read_cluster(name: str) -> tuple[Cluster | None, list[ClusterLine]]:
        return book.cluster(name), book.cluster_lines(name)

    @routes.get("/alarms")
    def get_alarms() -> Response:
        """Give the alarms that are not cleared, the most severe first; `?cleared=1`: all."""
        cleared = request.args.get("cleared", "0")
        if cleared not in ("0", "1"):
            return problem(400, "cleared", "say 1 to have the newest cleared ones too")
        try:
            found = in_thread(read_alarms, cleared == "1")
        except Unreachable:
            return problem(503, "database", "cannot be read now; try again", retry_after_s=2)
        return answer(200, {"alarms": [public_alarm(alarm, names) for alarm in found]})

    @routes.get("/clusters/<name>")
    def get_cluster(name: str) -> Response:
        """Give one cluster, living or not."""
        try:
            found, lines = in_thread(read_cluster, name)
        except Unreachable:
            return problem(503, "database", "cannot be read now; try again", retry_after_s=2)
        if found is None:
            return problem(404, "id", "no such cluster")
        return answer(200, public_cluster(found, lines, least_callers))

    return routes
