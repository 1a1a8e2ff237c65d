"""The id of every component, named once."""

from typing import Any

ADDRESS = "address"
SCREEN = "screen"
NOTICE = "notice"
WALL = "wall"
MAP = "map"
PAGE_FACTS = "page-facts"

# The evidence on a cluster
SUMMARY = "cluster-summary"
ALARM = "cluster-alarm"
PROOF = "cluster-proof"
PAST = "cluster-past"
LAYERS = "cluster-layers"
KIND = "cluster-kind"
REFRESH = "refresh"
ALARM_SEEN = "alarm-seen"
ACTED = "acted"
ACT_TOLD = "act-told"
ACT_NOTE = "act-note"
ACT_ACTOR = "act-actor"
SHELVE_HOURS = "shelve-hours"

# The list of clusters
CLUSTER_LIST = "cluster-list"
COUNTS_TOLD = "counts-told"
COUNTS_ACTOR = "counts-actor"


def act(name: Any) -> dict[str, Any]:
    """Give the id of a button that acts on an alarm."""
    return {"act": name}


def act_on_count(name: Any, alarm: Any, version: Any) -> dict[str, Any]:
    """Give the id of a button that acts on one alarm of a list, as it was seen."""
    return {"on_count": name, "alarm": alarm, "version": version}
