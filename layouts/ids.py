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

# Signing in, and one's own account
PASSKEY_IN = "passkey-in"
PASSKEY_ADD = "passkey-add"
PASSKEYS = "account-passkeys"
OLD_PASSWORD = "account-old"  # noqa: S105 - ids of fields
NEW_PASSWORD = "account-new"  # noqa: S105
NEW_AGAIN = "account-again"
CHANGE_PASSWORD = "account-change-password"  # noqa: S105
PASSWORD_TOLD = "account-password-told"  # noqa: S105
TOTP = "account-totp"
TOTP_TOLD = "account-totp-told"
TOTP_CODE = "account-totp-code"
CODES = "account-codes"
RENEW_CODES = "account-renew-codes"
DEVICES = "account-devices"
VIEW = "account-view"
VIEW_ROLE = "account-view-role"
VIEW_SET = "account-view-set"

# The list of clusters
CLUSTER_LIST = "cluster-list"
COUNTS_TOLD = "counts-told"
COUNTS_ACTOR = "counts-actor"

# A ticket, and the search for tickets
TICKET_SEEN = "ticket-seen"
TICKET_SEEN_ANEW = "ticket-seen-anew"
SEARCH_WORDS = "search-words"
SEARCH_NUMBER = "search-number"


def act(name: Any) -> dict[str, Any]:
    """Give the id of a button that acts on an alarm."""
    return {"act": name}


def act_on_count(name: Any, alarm: Any, version: Any) -> dict[str, Any]:
    """Give the id of a button that acts on one alarm of a list, as it was seen."""
    return {"on_count": name, "alarm": alarm, "version": version}


def totp(step: Any) -> dict[str, Any]:
    """Give the id of a button of the authenticator."""
    return {"totp": step}


def drop_passkey(passkey: Any) -> dict[str, Any]:
    """Give the id of a button that takes a passkey off."""
    return {"drop": passkey}


def end_device(name: Any) -> dict[str, Any]:
    """Give the id of a button that signs a device out."""
    return {"end": name}
