"""What an incident is opened from, as an address names it: the gate and the act ask the same."""

from collections.abc import Mapping

from operations.errors import BadInput
from operations.ports import Watchbook
from operations.pulse.alarm import Cause
from operations.response.incident_opening import Origin

KINDS: Mapping[str, tuple[str, ...]] = {
    "cluster": ("cluster",),
    "alarm": ("alarm",),
    "ticket": ("source", "external_id"),
    "district": ("district",),
}
"""What it may be opened from, and by which names of an address."""
BY_HAND = ""


def kind_of(asked: Mapping[str, str]) -> str:
    """Tell which one thing is named, `BY_HAND` for none.

    Raises BadInput where more are named: they may lie in different places.
    """
    named = [kind for kind, names in KINDS.items() if any(asked.get(one) for one in names)]
    if len(named) > 1:
        raise BadInput("origin", f"name one only: not {' and '.join(named)} at once")
    return named[0] if named else BY_HAND


def watched(asked: Mapping[str, str], book: Watchbook) -> Origin:
    """Give the cluster or the alarm that is named, with its matter and its place.

    An alarm for a cluster is opened where that cluster lies. Raises BadInput where there is none.
    """
    alarm, of = None, asked.get("cluster")
    if kind_of(asked) == "alarm":
        alarm = book.alarm(asked["alarm"])
        if alarm is None:
            raise BadInput("alarm", "there is no such alarm: open it from the list at /clusters")
        subjects = (one.subject for one in alarm.reasons if one.cause is Cause.CLUSTER)
        of = next(subjects, None)
    cluster = book.cluster(of) if of else None
    name = None if alarm is None else alarm.id
    if cluster is not None:
        place = cluster.evidence.district
        return Origin(category=cluster.category, district=place, cluster=cluster.id, alarm=name)
    if alarm is None:
        raise BadInput("cluster", "there is no such cluster: open it from the list at /clusters")
    return Origin(category=alarm.category or "", district=alarm.district, alarm=name)
