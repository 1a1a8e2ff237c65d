"""Which door leads where: every route, page and callback, and the act it takes to pass.

What stands in no table is refused. A route's row names the act and how the subject is found;
None is a door that is open: it shows nothing of the city, or has a lock of its own.
"""

from dataclasses import replace
from urllib.parse import parse_qs, unquote

from api.accountability_doors import (
    accountability_page,
    accountability_reads,
    accountability_writes,
)
from api.campaign_doors import READS as CAMPAIGN_READS
from api.campaign_doors import campaign_writes
from api.case_doors import READS as CASE_READS
from api.case_doors import case_writes
from api.door import Door, Finder, Finders, Values, ticket_door, ticket_finder
from api.incident_doors import incident_reads, incident_writes, partner_doors
from api.open_doors import OPEN_TO_POST, OPEN_TO_READ
from api.response_doors import DISPUTE_READS, dispute_doors
from operations.people.permissions import Act, Field, Subject

OPEN = Door(None)
ENTER = Door(Act.ENTER)
OWN = Door(Act.KEEP_ACCOUNT)
SEE_PEOPLE = Door(Act.SEE_PEOPLE)
SEARCH = Door(Act.SEARCH, lambda _values: Subject(Field.TICKET))


def of_scope(values: Values) -> Subject:
    """Give the subject of a scope's pictures."""
    kind, _, code = str(values.get("scope", "city")).partition("-")
    place = {kind: code} if kind in ("department", "district") else {}
    return Subject(Field.AGGREGATE, **place)


BRIEF = Door(Act.BRIEF, of_scope)
"""Reports: whose they are stands in the query."""


def of_department(values: Values) -> Subject:
    """Give the subject of a department's figures, narrowed to a district where one is named."""
    return Subject(
        Field.AGGREGATE, department=values.get("department"), district=values.get("district")
    )


CLUSTER_READS = ("/api/v1/clusters/<name>", "/api/v1/clusters/<cluster>/evidence",
                 "/api/v1/clusters/<cluster>/version")  # fmt: skip
DESK_READS = ("/api/v1/tickets.csv", "/api/v1/tickets.xlsx", "/api/v1/desk/tickets",
              "/api/v1/desk/count", "/api/v1/desk/fresh",
              "/api/v1/supervision.<any(csv, xlsx):form>",
              "/api/v1/duties.<any(csv, xlsx):form>")  # fmt: skip
SUPERVISION = "/api/v1/supervision"
SUPERVISION_WAYS = {"report": Act.REPORT, "watch": Act.SUPERVISE, "refer": Act.REFER}
REPORTS = ("/api/v1/reports", "/api/v1/reports/<kind>/<period>.<any(pdf, docx):form>")
CENTRE_READS = dict.fromkeys(
    (*DESK_READS, *DISPUTE_READS, *CAMPAIGN_READS, *CASE_READS), SEARCH
) | dict.fromkeys(REPORTS, BRIEF)
FIGURE_READS = {
    # the rows in it are those of whom one may see, as on the page
    "/api/v1/departments.<any(csv, xlsx):form>": ENTER,
    "/api/v1/departments/<department>.<any(csv, xlsx):form>": Door(Act.LOOK, of_department),
}
DESK_ACTS = ("triage", "merge", "distinct")
DESK_POSTS = ("/api/v1/desk/views", "/api/v1/desk/views/<view>/<act>")
CENTRE_POSTS = dict.fromkeys(DESK_POSTS, SEARCH) | {"/api/v1/reports": BRIEF}


def route_doors(find: Finders) -> dict[tuple[str, str], Door]:
    """Give the door of every route, by method and rule."""
    look = Door(Act.LOOK, of_scope)
    study = Door(Act.STUDY, lambda _values: Subject(Field.AGGREGATE))
    cluster = Door(Act.STUDY, lambda values: find.cluster(_name(values)))
    handle = Door(Act.HANDLE, lambda values: find.alarm(_name(values)))
    audit, screens = Door(Act.READ_AUDIT), Door(Act.KEEP_SCREENS)
    record = "/api/v1/tickets/<source>/<path:external_id>"
    ticket, decide = ticket_door(find, Act.LOOK), ticket_door(find, Act.DECIDE)
    get = {
        "/metrics": Door(Act.OPERATE),
        "/api/v1/audit": audit,
        "/api/v1/audit.csv": audit,
        "/api/v1/screens": screens,
        "/api/v1/pictures/<path:scope>": look,
        "/api/v1/live/<path:scope>": look,
        "/api/v1/cells/<path:scope>": look,
        "/api/v1/basemap/<name>.json": ENTER,
        "/leader": Door(Act.LOOK, lambda _values: Subject(Field.AGGREGATE)),
        "/leader/<scope>": look,
        record: ticket,
        f"{record}/reveal": Door(Act.LOOK, _reveal_finder(find), hidden=True),
        "/api/v1/alarms": Door(Act.LOOK, lambda _values: Subject(Field.AGGREGATE)),
        "/api/v1/clusters": study,
        "/api/v1/clusters/version": study,
    } | dict.fromkeys(CLUSTER_READS, cluster)
    get |= dict.fromkeys(OPEN_TO_READ, OPEN) | CENTRE_READS | FIGURE_READS
    get |= incident_reads(find) | accountability_reads(find)
    post = {
        **dict.fromkeys(("/account/passkey/options", "/account/passkey"), OWN),
        **dict.fromkeys(("/api/v1/screens", "/api/v1/screens/<identity>/<act>"), screens),
        "/leader/alarms/<name>/acknowledge": handle,
        f"{record}/reveal": Door(Act.LOOK, ticket_finder(find, Field.CALLER), hidden=True),
        **{f"/api/v1/desk/{act}/<source>/<path:external_id>": decide for act in DESK_ACTS},
    }
    post |= _supervision_doors(find) | _matter_writes(find)
    post |= dict.fromkeys(OPEN_TO_POST, OPEN) | CENTRE_POSTS
    both = {"GET": get, "POST": post}
    told = {(way, rule): one for way, doors in both.items() for rule, one in doors.items()}
    return told | partner_doors()


def _matter_writes(find: Finders) -> dict[str, Door]:
    """Give the doors of acts on what is larger than a ticket."""
    matters = dispute_doors(find) | incident_writes(find)
    matters |= accountability_writes(find) | campaign_writes(find)
    return matters | case_writes(find)


def _supervision_doors(find: Finders) -> dict[str, Door]:
    """Give the doors of acts of supervision: what a department owes is answered as that one."""
    ticket = "<source>/<path:external_id>"
    doors = {
        f"{SUPERVISION}/{way}/{ticket}": ticket_door(find, act)
        for way, act in SUPERVISION_WAYS.items()
    }
    owed = Door(Act.ANSWER, _owing_finder(find), hidden=True)
    return doors | {f"{SUPERVISION}/answer/<department>/{ticket}": owed}


def _owing_finder(find: Finders) -> Finder:
    """Give what finds a ticket as one of the department that owes something on it."""
    found = ticket_finder(find, Field.TICKET)

    def owed(values: Values) -> Subject | None:
        ticket = found(values)
        return None if ticket is None else replace(ticket, department=values["department"])

    return owed


def _reveal_finder(find: Finders) -> Finder:
    """Give what finds a ticket whose reveals are asked for, or one field opened before."""
    listed, opened = ticket_finder(find, Field.TICKET), ticket_finder(find, Field.CALLER)
    return lambda values: (opened if values.get("field") else listed)(values)


HOUSE_PAGES = {
    "account": OWN,
    "screens": Door(Act.KEEP_SCREENS),
    "people": SEE_PEOPLE,
    "audit": Door(Act.READ_AUDIT),
    "desk": SEARCH,
    "campaigns": SEARCH,
    "cases": SEARCH,
    "clinics": SEARCH,
    "disputes": SEARCH,  # what is in it is for whom it concerns
    "duties": SEARCH,
    "supervision": SEARCH,  # the list holds what is owed on tickets one sees, or by oneself
}
"""The doors of pages that are of no part of the city, and of what stands below them."""


def page_door(pathname: str, find: Finders, query: str = "") -> tuple[Door, Values]:
    """Give the door of a screen by its address; an unknown one is for whoever may enter."""
    parts = [unquote(part) for part in pathname.strip("/").split("/") if part]
    match parts:
        case ["login"] | ["pair"] | []:
            return OPEN, {}  # the start page shows nobody but signed-in people the screens
        case [page] | [page, _] if page in HOUSE_PAGES:
            return HOUSE_PAGES[page], {}
        case ["accountability"] | ["accountability", _]:
            return accountability_page(parts[1:], find)
        case ["wall"] | ["wall", _]:
            return Door(Act.LOOK, of_scope), {"scope": (parts[1:] or ["city"])[0]}
        case ["reports"]:
            return BRIEF, {"scope": parse_qs(query.lstrip("?")).get("scope", ["city"])[0]}
        case ["departments"] | ["departments", _]:
            return _department_door(parts[1:], query)
        case ["tickets", source, *rest] if rest:
            values = {"source": source, "external_id": "/".join(rest)}
            return Door(Act.LOOK, ticket_finder(find, Field.TICKET), hidden=True), values
        case ["clusters"]:
            return Door(Act.STUDY, lambda _values: Subject(Field.AGGREGATE)), {}
        case ["clusters", name]:
            return Door(Act.STUDY, lambda values: find.cluster(_name(values))), {"name": name}
        case _:
            return ENTER, {}


def _department_door(named: list[str], query: str) -> tuple[Door, Values]:
    """Give the door of departments' figures: of one, of a district's, or the list of them all.

    The list holds only the rows of those whose figures are for who asks.
    """
    told = parse_qs(query.lstrip("?")).get("district", [""])[0]
    values = ({"department": named[0]} if named else {}) | ({"district": told} if told else {})
    return (Door(Act.LOOK, of_department), values) if values else (ENTER, {})


PAGE, CLUSTER, ALARM, COUNTS, ACCOUNT = "page", "cluster", "alarm", "counts", "account"
PERSON, MAKE, GIVE, SCREENS, DECIDE = "person", "make", "give", "screens", "decide"
TICKET, OWED, DISPUTE = "ticket", "owed", "dispute"

CALLBACKS: dict[str, str] = {
    "screen.children": PAGE,
    "..cluster-summary.children...cluster-alarm.children..": CLUSTER,
    "..cluster-layers.children...cluster-proof.children...cluster-past.children..": CLUSTER,
    "..act-told.children...acted.data...act-note.value..": ALARM,
    "counts-told.children": COUNTS,
    "..account-password-told.children...account-old.value...account-new.value"
    "...account-again.value..": ACCOUNT,
    "..account-totp.children...account-totp-told.children..": ACCOUNT,
    "account-codes.children": ACCOUNT,
    "account-devices.children": ACCOUNT,
    "account-passkeys.children": ACCOUNT,
    "account-view.children": ACCOUNT,
    "screens-list.children": SCREENS,
    "screens-told.children": SCREENS,
    "..screens-pair-told.children...screens-pair-form.children..": SCREENS,
    "..screen-save-told.children...screen-seen.data..": SCREENS,
    "..screen-revoke-told.children...screen-forms.children..": SCREENS,
    "person.children": PERSON,
    "..people-made.children...made-login.value...made-name.value..": MAKE,
    "..person-told.children...person-acted.data..": MAKE,
    "..given-told.children...person-given.data..": GIVE,
    "ticket-seen.children": TICKET,
    "owed-list.children": OWED,
    "dispute.children": DISPUTE,
    "..clock-told.children...ticket-decided.data..": DECIDE,
    "..clocks.children...watch.children...ticket-history.children..": TICKET,
    "..duplicates-told.children...duplicates.children...ticket-merged.data..": DECIDE,
}
"""Every callback by its output, and whose subject it acts on."""

BY_ITSELF = frozenset({"screens-list.children", "owed-list.children", "dispute.children"})
"""Callbacks a page asks for by itself, with nobody before it: no use of a session."""


WHOLE_HOUSE = {
    ACCOUNT: OWN,
    PERSON: SEE_PEOPLE,
    MAKE: Door(Act.MAKE_ACCOUNTS),
    GIVE: Door(Act.GIVE_ROLES),
    SCREENS: Door(Act.KEEP_SCREENS),
    OWED: SEARCH,
    DISPUTE: SEARCH,
}
"""The doors of callbacks that act on no part of the city."""


def callback_door(output: str, given: Values, find: Finders) -> tuple[Door, Values] | None:
    """Give the door of a callback by its output and what it was given; None for an unknown one."""
    kind = CALLBACKS.get(output)
    if kind == PAGE:
        return page_door(
            str(given.get("address.pathname") or "/"), find, str(given.get("address.search") or "")
        )
    if kind == CLUSTER:  # the callback reads the last part, whatever stands before it
        name = ([""] + [part for part in str(given.get("address.pathname")).split("/") if part])[-1]
        study = Door(Act.STUDY, lambda values: find.cluster(values["name"]))
        return study, {"name": unquote(name)}
    if kind in WHOLE_HOUSE:
        return WHOLE_HOUSE[kind], {}
    if kind == TICKET:
        door, values = page_door(str(given.get("address.pathname")), find)
        return (door, values) if "external_id" in values else None
    if kind == DECIDE:
        door, values = page_door(str(given.get("address.pathname")), find)
        decide = Door(Act.DECIDE, ticket_finder(find, Field.TICKET), hidden=True)
        return (decide, values) if "external_id" in values else None
    if kind == COUNTS:  # the list names alarms of the whole city
        return Door(Act.HANDLE, lambda _values: Subject(Field.AGGREGATE)), {}
    if kind == ALARM:
        seen = given.get("alarm-seen.data")
        name = str(seen.get("id", "")) if isinstance(seen, dict) else ""
        return Door(Act.HANDLE, lambda values: find.alarm(values["name"])), {"name": name}
    return None


def _name(values: Values) -> str:
    return str(values.get("name") or values.get("cluster") or "")
