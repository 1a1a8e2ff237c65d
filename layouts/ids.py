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

# The walls
WALL_PAIR = "screens-pair"
WALL_PAIR_FORM = "screens-pair-form"
WALL_PAIR_TOLD = "screens-pair-told"
WALL_LIST = "screens-list"
WALL_LIST_TOLD = "screens-told"
WALLS_TICK = "screens-tick"
WALL_SEEN = "screen-seen"
WALL_SAVE = "screen-save"
WALL_SAVE_TOLD = "screen-save-told"
WALL_FORMS = "screen-forms"
WALL_REVOKE = "screen-revoke"
WALL_REVOKE_SURE = "screen-revoke-sure"
WALL_REVOKE_TOLD = "screen-revoke-told"

# The administrators' pages on people
MAKE = "people-make"
MADE = "people-made"
MADE_LOGIN = "made-login"
MADE_NAME = "made-name"
MADE_DEPARTMENT = "made-department"
MADE_RING = "made-ring"
MADE_PLACE = "made-place"
PERSON = "person"
PERSON_SEEN = "person-seen"
PERSON_TOLD = "person-told"
PERSON_ACTED = "person-acted"
PERSON_GIVEN = "person-given"
GIVE = "person-give"
GIVEN_TOLD = "given-told"
GIVEN_ROLES = "given-roles"
GIVEN_DEPARTMENT = "given-department"
GIVEN_RING = "given-ring"
GIVEN_PLACE = "given-place"

# The list of clusters
CLUSTER_LIST = "cluster-list"
COUNTS_TOLD = "counts-told"
COUNTS_ACTOR = "counts-actor"

# A ticket, and the search for tickets
TICKET_SEEN = "ticket-seen"
TICKET_SEEN_ANEW = "ticket-seen-anew"
TICKET_HISTORY = "ticket-history"
CLOCKS = "clocks"
CLOCK_SEEN = "clock-seen"
CLOCK_WAY = "clock-way"
CLOCK_REASON = "clock-reason"
CLOCK_DAYS = "clock-days"
CLOCK_ACTOR = "clock-actor"
CLOCK_TOLD = "clock-told"
TICKET_DECIDED = "ticket-decided"
TICKET_ANEW = "ticket-anew"
WATCH = "watch"
DESK_WITHIN = "desk-within"
OWED_LIST = "owed-list"
OWED_ANEW = "owed-anew"
OWED_REASON = "owed-reason"
WATCH_REASON = "watch-reason"
WATCH_WITHIN = "watch-within"
WATCH_SIGN = "watch-sign"
WATCH_LISTER = "watch-lister"
SEARCH_WORDS = "search-words"
SEARCH_NUMBER = "search-number"
DESK_TABLE = "desk-table"
VIEW_NAME = "view-name"
DESK_REASON = "desk-reason"


def act(name: Any) -> dict[str, Any]:
    """Give the id of a button that acts on an alarm."""
    return {"act": name}


DUPLICATES = "duplicates"
LIKELY_REASON = "likely-reason"
TICKET_MERGED = "ticket-merged"
DUPLICATES_TOLD = "duplicates-told"
DUPLICATES_REASON = "duplicates-reason"
DUPLICATES_ACTOR = "duplicates-actor"


def twin(act: Any, ticket: Any, version: Any) -> dict[str, Any]:
    """Give the id of a button that merges a ticket or takes it apart, as it was seen."""
    return {"twin": act, "ticket": ticket, "version": version}


def decide(name: Any) -> dict[str, Any]:
    """Give the id of a button that decides on a ticket."""
    return {"decide": name}


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


def wall_field(form: Any, name: Any) -> dict[str, Any]:
    """Give the id of a field of a wall, in the form that pairs one or in that which changes one."""
    return {"wall_field": name, "form": form}


def reload_wall(wall: Any, version: Any) -> dict[str, Any]:
    """Give the id of the button that tells a wall, as it was seen, to load itself anew."""
    return {"reload_wall": wall, "version": version}


def person_act(name: Any) -> dict[str, Any]:
    """Give the id of a button that does something with an account."""
    return {"person_act": name}


# A dispute
DISPUTE = "dispute"
DISPUTE_ANEW = "dispute-anew"
