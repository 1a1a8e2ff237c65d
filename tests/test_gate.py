"""The gate, from the running app's own routes and callbacks: who passes where, written down.

A route, screen or callback that stands in no table here fails the first tests.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import flask
import pytest
from structlog.testing import capture_logs

from api import crossing, rates
from api.accountability_doors import ACTS as ACCOUNTING
from api.campaign_doors import ACTS as CAMPAIGNING
from api.case_doors import ACTS as CASE_ACTS
from api.crossing import Crossing
from api.doors import CALLBACKS
from api.response_doors import CONSULTING
from api.signed_in import COOKIE, Doorbook
from data_sources.connect import Sources
from operations.people.account import Stage
from operations.people.person import Ring
from operations.people.roles import Role
from operations.people.sign_in import Asked, open_session
from operations.ports import Watched
from operations.pulse.alarm import Cause as AlarmCause
from operations.pulse.alarm import Reason
from operations.pulse.windows import to_us
from operations.response import dispute_actions as acts
from operations.response.campaign import Act as CampaignAct
from operations.response.campaign import Asked as CampaignAsked
from operations.response.campaigning import Campaigning, Staff
from operations.response.case import Act as CaseAct
from operations.response.case import CaseLine
from operations.response.case_drafting import drafted
from operations.response.dispute import Act, Candidate, Cause, DisputeLine
from operations.response.incident import Kind
from settings import read_settings
from tests.accountability import Room
from tests.builders import NOW, ticket
from tests.campaigns import TODAY
from tests.campaigns import asked as campaign_asked
from tests.cases import material, reviewed
from tests.incidents import opening
from tests.people import PROOFS, account, desk
from tests.walls import let_in
from tests.watched import alarm, cluster, evidence
from webserver import create_app, now

OWN, FOREIGN = "370681", "370602"
W, C, H, I, L, S = (  # noqa: E741 - one letter a role, so that the table is read at a glance
    Role.WALL, Role.CENTRE_STAFF, Role.DEPARTMENT_HANDLER, Role.INCIDENT_MEMBER, Role.LEADER,
    Role.SUPERVISOR,
)  # fmt: skip
SEC, AUD, SYS = Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.SYSTEM_ADMIN
ALL = frozenset(Role)
WORKING = {C, I, L, S}
PICTURES = WORKING | {SEC, SYS}

PEOPLE: dict[str, dict[str, Any]] = {
    "city": {},
    "county": {"ring": Ring.COUNTY, "place": OWN},
    "town": {"ring": Ring.TOWN, "place": "370681104"},
}
"""Where each role works, in turn; a handler is of the department `water`."""

EVERYBODY = object()
DECIDED = "..clock-told.children...ticket-decided.data.."
ANEW = "..clocks.children...watch.children...ticket-history.children.."
MERGED = "..duplicates-told.children...duplicates.children...ticket-merged.data.."

OPEN311 = {
    f"/open311/v2/{rule}{end}": f"/open311/v2/{example}{end and '.json'}"
    for rule, example in {
        "discovery": "discovery", "services": "services", "services/<path:code>": "services/a/b",
        "requests": "requests", "requests/<number>": "requests/1", "tokens/<token>": "tokens/1",
    }.items()
    for end in ("", ".<any(json, xml):form>")
}  # fmt: skip


def alike(asked: list[str], city: Any, county: Any, town: Any) -> dict[str, dict[str, Any]]:
    """Give one row to many things that are asked for."""
    return {what: {"city": city, "county": county, "town": town} for what in asked}


# What is asked for → from which ring → the roles that may. Nobody else may.
EXPECTED: dict[str, dict[str, Any]] = {
    # open to the world
    **alike(
        [
            "GET /", "GET /login", "GET /healthz", "GET /api/v1/session", "GET /login/sso",
            "GET /login/sso/back", "GET /api/v1/openapi.json", "GET /api/v1/screens/me/live",
            "POST /api/v1/screens/me", "GET /pair", "CALL screen.children /pair",
            "GET /assets/01_tokens.css", "GET /assets/joined-screens.css",
            "GET /_dash-component-suites/dash/dcc/async-upload.js", "GET /_dash-layout",
            "GET /_dash-dependencies", "GET /_favicon.ico", "GET /_reload-hash",
            "POST /api/v1/tickets", "POST /login", "POST /login/second", "POST /login/demo",
            "POST /login/passkey/options", "POST /login/passkey", "POST /logout",
            "GET /leader/manifest.webmanifest", "GET /leader/worker.js",
            "CALL screen.children /", "CALL screen.children /login",
            *(f"GET {path}" for path in OPEN311.values()), "GET /open311/nothing",
            "POST /open311/v2/requests", "POST /open311/v2/requests.json",
        ],
        EVERYBODY, EVERYBODY, EVERYBODY,
    ),
    # whoever is signed in
    **alike(
        ["GET /nowhere", "GET /api/v1/basemap/land.json", "CALL screen.children /nowhere"],
        ALL, ALL, ALL,
    ),
    # one's own account: everybody but a wall
    **alike(
        [
            "GET /account", "POST /account/passkey/options", "POST /account/passkey",
            "CALL screen.children /account",
            *(f"CALL {output}" for output, kind in CALLBACKS.items() if kind == "account"),
        ],
        ALL - {W}, ALL - {W}, ALL - {W},
    ),
    **alike(
        ["GET /api/v1/audit", "GET /api/v1/audit.csv", "GET /audit", "CALL screen.children /audit"],
        {AUD}, {AUD}, {AUD},
    ),
    # accounts: two administrators see them, and each does one part
    **alike(
        [
            "GET /people", "GET /people/wang", "CALL screen.children /people",
            "CALL screen.children /people/wang", "CALL person.children",
        ],
        {SEC, SYS}, {SEC, SYS}, {SEC, SYS},
    ),
    **alike(
        [f"CALL {output}" for output, kind in CALLBACKS.items() if kind == "make"],
        {SYS}, {SYS}, {SYS},
    ),
    **alike(
        [f"CALL {output}" for output, kind in CALLBACKS.items() if kind == "give"],
        {SEC}, {SEC}, {SEC},
    ),
    **alike(
        [
            "GET /api/v1/screens", "POST /api/v1/screens", "POST /api/v1/screens/s-1/revoke",
            "GET /screens", "GET /screens/s-1", "CALL screen.children /screens",
            "CALL screen.children /screens/s-1",
            *(f"CALL {output}" for output, kind in CALLBACKS.items() if kind == "screens"),
        ],
        {SYS}, {SYS}, {SYS},
    ),
    "CALL counts-told.children": {"city": {C}, "county": set(), "town": set()},
    "GET /metrics": {"city": {SYS}, "county": {SYS}, "town": {SYS}},
    # the city's own pictures
    **alike(
        [
            "GET /wall", "GET /wall/city", "GET /api/v1/pictures/city", "GET /api/v1/live/city",
            "GET /api/v1/cells/city", "GET /api/v1/alarms", "CALL screen.children /wall",
            "GET /leader", "GET /leader/city",
        ],
        PICTURES | {W}, PICTURES, PICTURES,
    ),
    # a department's: its own handlers, and a wall of the whole city
    **alike(
        [
            "GET /wall/department-water", "GET /api/v1/pictures/department-water",
            "GET /api/v1/live/department-water", "GET /api/v1/cells/department-water",
            "CALL screen.children /wall/department-water", "GET /leader/department-water",
        ],
        PICTURES | {W, H}, PICTURES | {H}, PICTURES | {H},
    ),
    **alike(
        [
            "GET /wall/department-housing", "GET /api/v1/pictures/department-housing",
            "GET /api/v1/live/department-housing", "GET /api/v1/cells/department-housing",
            "CALL screen.children /wall/department-housing", "GET /leader/department-housing",
        ],
        PICTURES | {W}, PICTURES, PICTURES,
    ),
    # a district's: a wall of that district too
    **alike(
        [
            f"GET /wall/district-{OWN}", f"GET /api/v1/pictures/district-{OWN}",
            f"GET /api/v1/live/district-{OWN}", f"GET /api/v1/cells/district-{OWN}",
            f"CALL screen.children /wall/district-{OWN}", f"GET /leader/district-{OWN}",
        ],
        PICTURES | {W}, PICTURES | {W}, PICTURES,
    ),
    **alike(
        [
            f"GET /wall/district-{FOREIGN}", f"GET /api/v1/pictures/district-{FOREIGN}",
            f"GET /api/v1/live/district-{FOREIGN}", f"GET /api/v1/cells/district-{FOREIGN}",
            f"CALL screen.children /wall/district-{FOREIGN}", f"GET /leader/district-{FOREIGN}",
        ],
        PICTURES | {W}, PICTURES, PICTURES,
    ),
    # figures of departments: the list holds the rows of whom may see them, a page is like a wall's
    **alike(["GET /departments", "CALL screen.children /departments"], ALL, ALL, ALL),
    **alike(["GET /api/v1/departments.csv", "GET /api/v1/departments.xlsx"], ALL, ALL, ALL),
    **alike(
        [
            "GET /departments/water", "CALL screen.children /departments/water",
            "GET /api/v1/departments/water.csv", "GET /api/v1/departments/water.xlsx",
        ],
        PICTURES | {W, H}, PICTURES | {H}, PICTURES | {H},
    ),
    **alike(
        [
            "GET /departments/housing", "CALL screen.children /departments/housing",
            "GET /api/v1/departments/housing.csv",
        ],
        PICTURES | {W}, PICTURES, PICTURES,
    ),
    **alike(
        [
            f"GET /departments?district={OWN}",
            f"CALL screen.children /departments?lang=en&district={OWN}",
        ],
        PICTURES | {W}, PICTURES | {W}, PICTURES,
    ),
    **alike(
        [
            f"GET /departments/water?district={FOREIGN}",
            f"CALL screen.children /departments/water?district={FOREIGN}",
            f"GET /api/v1/departments/water.csv?district={FOREIGN}",
        ],
        PICTURES | {W, H}, PICTURES, PICTURES,
    ),
    # the list of clusters is the city's
    **alike(
        [
            "GET /clusters", "GET /api/v1/clusters", "GET /api/v1/clusters/version",
            "CALL screen.children /clusters",
        ],
        WORKING | {H}, WORKING, WORKING,
    ),
    # a cluster lies in a district
    **alike(
        [
            "GET /clusters/c-own", "GET /api/v1/clusters/c-own",
            "GET /api/v1/clusters/c-own/evidence", "GET /api/v1/clusters/c-own/version",
            "CALL screen.children /clusters/c-own",
            *(
                f"CALL {output} /clusters/c-own"
                for output, k in CALLBACKS.items()
                if k == "cluster"
            ),
        ],
        WORKING | {H}, WORKING | {H}, WORKING,
    ),
    **alike(
        [
            "GET /clusters/c-foreign", "GET /api/v1/clusters/c-foreign",
            "GET /api/v1/clusters/c-foreign/evidence", "GET /api/v1/clusters/c-foreign/version",
            "CALL screen.children /clusters/c-foreign",
            *(
                f"CALL {output} /login/c-foreign"
                for output, k in CALLBACKS.items()
                if k == "cluster"
            ),
        ],
        WORKING | {H}, WORKING, WORKING,
    ),
    # acting on alarms: the centre's staff, in their own ring
    **{
        f"CALL {output} {name}": {"city": {C}, "county": county, "town": set()}
        for output, kind in CALLBACKS.items()
        if kind == "alarm"
        for name, county in (("a-own", {C}), ("a-foreign", set()))
    },
    **{
        f"POST /leader/alarms/{name}/acknowledge": {"city": {C}, "county": county, "town": set()}
        for name, county in (("a-own", {C}), ("a-foreign", set()))
    },
    # one ticket: those who work with tickets, in their ring; handlers those of their department
    "GET /api/v1/tickets/demo/T-own/reveal": {
        "city": WORKING | {H}, "county": WORKING | {H}, "town": WORKING | {H},
    },
    "POST /api/v1/tickets/demo/T-own/reveal": {
        "city": {C, H}, "county": {C, H}, "town": {C, H},
    },
    "POST /api/v1/tickets/demo/T-foreign-department/reveal": {
        "city": {C}, "county": {C}, "town": {C},
    },
    **{
        f"POST /api/v1/desk/{act}/demo/{name}": {"city": city, "county": near, "town": near}
        for act in ("triage", "merge", "distinct")
        for name, city, near in (
            ("T-own", {C, S}, {C, S}),
            ("T-foreign-ring", {C, S}, set()),
            ("T-confidential", {C}, {C}),
            ("T-nowhere", set(), set()),
        )
    },
    # a ticket reported upward: by who holds it too; supervised, listed, summoned to; referred
    **{
        f"POST /api/v1/supervision/{way}/demo/{name}": {"city": city, "county": near, "town": near}
        for way, who, shut in (
            ("report", {C, S, H}, {C, H}), ("watch", {C, S}, {C}), ("refer", {S}, set()),
        )
        for name, city, near in (
            ("T-own", who, who),
            ("T-foreign-ring", who, set()),
            ("T-foreign-department", who - {H}, who - {H}),
            ("T-confidential", shut, shut),
            ("T-nowhere", set(), set()),
        )
    },
    # a dispute: run by the clarifying group's office in its ring, signed by leaders in theirs
    **{
        f"POST /api/v1/disputes/{what}": {"city": city, "county": near, "town": town}
        for what, city, near, town in (
            ("open/demo/T-own", {C, S}, {C, S}, {C, S}),
            ("open/demo/T-foreign-ring", {C, S}, set(), set()),
            ("open/demo/T-confidential", set(), set(), set()),
            ("ZY2026-0001/invite", {C, S}, {C, S}, set()),
            ("ZY2026-0009/invite", set(), set(), set()),
            ("ZY2026-0001/join/demo/T-own", {C, S}, {C, S}, set()),
            ("ZY2026-0001/join/demo/T-confidential", set(), set(), set()),
            ("ZY2026-0001/leave/demo/T-foreign-ring", {C, S}, set(), set()),
            # of another district's dispute, one's own ticket opens nothing
            ("ZY2026-0002/join/demo/T-own", {C, S}, set(), set()),
            ("ZY2026-0002/leave/demo/T-own", {C, S}, set(), set()),
            ("ZY2026-0009/join/demo/T-own", set(), set(), set()),
            ("ZY2026-0001/say/water", {C, S, H}, {C, S, H}, set()),
            ("ZY2026-0001/say/housing", {C, S}, {C, S}, set()),
            # a department that is asked says its word wherever it and the matter lie
            ("ZY2026-0002/say/water", {C, S, H}, {H}, {H}),
            ("ZY2026-0002/say/housing", {C, S}, set(), set()),
            ("ZY2026-0001/draft", {C, S}, {C, S}, set()),
            ("ZY2026-0001/sign", {L}, {L}, set()),
            ("ZY2026-0009/sign", set(), set(), set()),
        )
    },
    # campaigns: run by the centre in its ring, a measure done by its own department too
    **{
        f"POST /api/v1/campaigns{what}": {"city": city, "county": near, "town": town}
        for what, city, near, town in (
            ("", {C, S}, set(), set()),
            (f"?district={OWN}", {C, S}, {C, S}, set()),
            (f"?district={FOREIGN}", {C, S}, set(), set()),
            ("/GJ2026-0001/begin", {C, S}, set(), set()),
            ("/GJ2026-0002/begin", {C, S}, {C, S}, set()),
            ("/GJ2026-0009/begin", set(), set(), set()),
            ("/GJ2026-0001/finish/1", {C, S, H}, {H}, {H}),
            ("/GJ2026-0001/finish/2", {C, S}, set(), set()),
            ("/GJ2026-0001/finish/9", set(), set(), set()),
        )
    },
    # the library: a case is drafted and kept in the ring of its incident
    **{
        f"POST /api/v1/cases{what}": {"city": city, "county": near, "town": set()}
        for what, city, near in (
            ("/of/sj-own", {C, S}, {C, S}),
            ("/of/sj-foreign", {C, S}, set()),
            ("/of/none", set(), set()),
            ("/AL2026-0001/publish", {C, S}, {C, S}),
            ("/AL2026-0002/withdraw", {C, S}, set()),
            ("/AL2026-0009/revise", set(), set()),
        )
    },
    # accountability: proposed by supervisors, approved by leaders, issued to its department alone
    **alike(
        ["GET /accountability", "CALL screen.children /accountability",
         "GET /api/v1/accountability"],
        {L, S, H}, {L, S, H}, {L, S, H},
    ),
    **{
        f"{what}{number}{end}": {"city": city, "county": city & {H}, "town": city & {H}}
        for number, department in (("WZ2026-0001", {H}), ("WZ2026-0002", set()))
        for what, end, city in (
            *(("GET /api/v1/accountability/", end, {L, S} | department)
              for end in ("", "/version", "/papers/WS2026-0001.pdf")),
            ("GET /accountability/", "", {L, S} | department),
            ("CALL screen.children /accountability/", "", {L, S} | department),
            ("POST /api/v1/accountability/", "/issue", {S}),
            ("POST /api/v1/accountability/", "/approve", {L}),
            ("POST /api/v1/accountability/", "/appeal", department),
        )
    },
    **alike(["POST /api/v1/accountability/propose/water_bureau"], {S}, set(), set()),
    **alike(["POST /api/v1/accountability/propose/nobody"], set(), set(), set()),
    **alike(
        ["POST /api/v1/clinics", "POST /api/v1/clinics/ZZ2026-0001/move"],
        {C, S}, {C, S}, {C, S},
    ),
    # what a department owes: by its own handlers on whosever ticket, and by who supervises
    **{
        f"POST /api/v1/supervision/answer/{owing}/demo/{name}": {
            "city": city, "county": near, "town": near,
        }
        for owing, name, city, near in (
            ("water", "T-own", {C, S, H}, {C, S, H}),
            ("water", "T-foreign-department", {C, S, H}, {C, S, H}),
            ("housing", "T-own", {C, S}, {C, S}),
            ("water", "T-foreign-ring", {C, S, H}, set()),
            ("water", "T-confidential", {C, H}, {C, H}),
            ("water", "T-nowhere", set(), set()),
        )
    },
    "GET /api/v1/tickets/demo/T-own": {
        "city": WORKING | {H}, "county": WORKING | {H}, "town": WORKING | {H},
    },
    "GET /api/v1/tickets/demo/T-foreign-ring": {
        "city": WORKING | {H}, "county": set(), "town": set(),
    },
    "GET /api/v1/tickets/demo/T-foreign-department": {
        "city": WORKING, "county": WORKING, "town": WORKING,
    },
    "GET /api/v1/tickets/demo/T-nowhere": {"city": set(), "county": set(), "town": set()},
    # the search, whose results are narrowed to what the same people may look at
    **alike(
        [
            "GET /desk", "CALL screen.children /desk", "GET /api/v1/tickets.csv",
            "GET /desk/duplicates", "CALL screen.children /desk/duplicates",
            "GET /api/v1/tickets.xlsx",
            "GET /api/v1/desk/tickets", "GET /api/v1/desk/count", "GET /api/v1/desk/fresh",
            "POST /api/v1/desk/views", "POST /api/v1/desk/views/v-1/rename",
            "GET /supervision", "CALL screen.children /supervision", "CALL owed-list.children",
            "GET /api/v1/supervision.csv", "GET /api/v1/supervision.xlsx",
            "GET /duties", "CALL screen.children /duties",
            "GET /api/v1/duties.csv", "GET /api/v1/duties.xlsx",
            "GET /campaigns", "GET /campaigns/GJ2026-0001", "CALL screen.children /campaigns",
            "GET /api/v1/campaigns", "GET /api/v1/campaigns/GJ2026-0001",
            "GET /api/v1/campaigns/GJ2026-0001/version",
            "GET /cases", "GET /cases/AL2026-0001", "CALL screen.children /cases",
            "GET /api/v1/cases", "GET /api/v1/cases/AL2026-0001",
            "GET /api/v1/cases/AL2026-0001/version",
            "GET /disputes", "GET /disputes/ZY2026-0001", "GET /clinics/ZZ2026-0001",
            "CALL screen.children /disputes", "CALL dispute.children",
            "GET /api/v1/disputes/ZY2026-0001/version", "GET /api/v1/orders/MZ2026-0001.pdf",
        ],
        WORKING | {H}, WORKING | {H}, WORKING | {H},
    ),
    # the city's reports: who works with its figures, and signs them
    **alike(
        [
            "GET /reports", "CALL screen.children /reports", "GET /api/v1/reports",
            "GET /api/v1/reports/daily/2026-11-23.pdf", "POST /api/v1/reports",
        ],
        {C, L, S}, {C, L, S}, {C, L, S},
    ),
    # those of a department are its own people's too
    **alike(
        [
            "GET /reports?scope=department-water", "GET /api/v1/reports?scope=department-water",
            "CALL screen.children /reports?scope=department-water",
            "GET /api/v1/reports/daily/2026-11-23.pdf?scope=department-water",
            "POST /api/v1/reports?scope=department-water",
        ],
        {C, L, S, H}, {C, L, S, H}, {C, L, S, H},
    ),
    **alike(
        [
            "GET /reports?scope=department-housing", f"GET /reports?scope=district-{OWN}",
            "GET /api/v1/reports/daily/2026-11-23.docx?scope=department-housing",
            f"POST /api/v1/reports?scope=district-{OWN}",
        ],
        {C, L, S}, {C, L, S}, {C, L, S},
    ),
    # a ticket's page, and the list of who has seen it
    **alike(
        [
            "GET /tickets/demo/T-own", "CALL screen.children /tickets/demo/T-own",
            "CALL ticket-seen.children /tickets/demo/T-own", f"CALL {ANEW} /tickets/demo/T-own",
        ],
        WORKING | {H}, WORKING | {H}, WORKING | {H},
    ),
    **alike(
        [
            "GET /tickets/demo/T-foreign-ring", "CALL screen.children /tickets/demo/T-foreign-ring",
            "CALL ticket-seen.children /tickets/demo/T-foreign-ring",
            f"CALL {ANEW} /tickets/demo/T-foreign-ring",
        ],
        WORKING | {H}, set(), set(),
    ),
    **alike(
        [
            "GET /tickets/demo/T-foreign-department",
            "CALL screen.children /tickets/demo/T-foreign-department",
            "CALL ticket-seen.children /tickets/demo/T-foreign-department",
            f"CALL {ANEW} /tickets/demo/T-foreign-department",
        ],
        WORKING, WORKING, WORKING,
    ),
    # a decision on one: the centre's staff and supervisors, in their ring
    **{
        f"CALL {act} /tickets/demo/{name}": {"city": city, "county": near, "town": near}
        for act in (DECIDED, MERGED)
        for name, city, near in (
            ("T-own", {C, S}, {C, S}),
            ("T-foreign-ring", {C, S}, set()),
            ("T-foreign-department", {C, S}, {C, S}),
            ("T-confidential", {C}, {C}),
            ("T-nowhere", set(), set()),
        )
    },
    f"CALL {DECIDED} /desk": {"city": set(), "county": set(), "town": set()},
    f"CALL {MERGED} /desk": {"city": set(), "county": set(), "town": set()},
    # a confidential one: who may see who called
    **alike(
        [
            "GET /tickets/demo/T-confidential", "CALL screen.children /tickets/demo/T-confidential",
            "CALL ticket-seen.children /tickets/demo/T-confidential",
            f"CALL {ANEW} /tickets/demo/T-confidential",
            "GET /api/v1/tickets/demo/T-confidential",
            "GET /api/v1/tickets/demo/T-confidential/reveal",
            "POST /api/v1/tickets/demo/T-confidential/reveal",
        ],
        {C, H}, {C, H}, {C, H},
    ),
    # incidents: the list holds what one may look at; one of a district is for that ring and for
    # departments that are called to it
    **alike(["GET /incidents", "GET /api/v1/incidents"], *3 * (WORKING | {H},)),
    # the partners that incidents call: read by the same, written by the centre
    **alike(
        ["GET /partners", "GET /api/v1/partners", "GET /api/v1/partners.csv"],
        *3 * (WORKING | {H},),
    ),
    **alike(["POST /api/v1/partners", "POST /api/v1/partners.csv"], *3 * ({C},)),
    "POST /api/v1/partners/plant/release": {"city": {C}, "county": set(), "town": set()},
    **{
        f"GET {path}": {"city": city, "county": near, "town": town}
        for name, city, near, town in (
            ("sj-own", WORKING | {H}, WORKING | {H}, {H}), ("sj-foreign", WORKING, set(), set()),
            ("sj-called", WORKING | {H}, {H}, {H}), ("sj-nowhere", set(), set(), set()),
        )
        for path in (
            f"/incidents/{name}", f"/api/v1/incidents/{name}", f"/api/v1/incidents/{name}/changes",
            f"/api/v1/incidents/{name}/lines", f"/api/v1/incidents/{name}/live",
            f"/api/v1/incidents/{name}/files/1", f"/api/v1/incidents/{name}/places",
        )
    },
    **{
        f"POST /api/v1/incidents{path}": {"city": city, "county": near, "town": near & {H}}
        for path, city, near in (
            ("", {C, I}, set()),
            ("?cluster=c-own", {C, I}, {C, I}),
            ("?cluster=c-foreign", {C, I}, set()),
            ("?alarm=a-own", {C, I}, {C, I}),
            ("?alarm=a-foreign", {C, I}, set()),
            # an alarm is opened where its cluster lies, wherever it was raised itself
            ("?alarm=a-moved", {C, I}, set()),
            (f"?district={OWN}", {C, I}, {C, I}),
            # two origins at once are none: the gate looked at one, the act at the other
            ("?cluster=c-own&alarm=a-foreign", set(), set()),
            ("?cluster=c-nowhere", set(), set()),
            ("?alarm=a-nowhere", set(), set()),
            ("?source=demo&external_id=T-confidential", set(), set()),
            ("/sj-own/acts", {C, I}, {C, I}),
            ("/sj-foreign/acts", {C, I}, set()),
            ("/sj-nowhere/acts", set(), set()),
            ("/sj-own/files", {C, I}, {C, I}),
            ("/sj-foreign/files", {C, I}, set()),
            ("/sj-own/answers/water/files", {C, I, H}, {C, I, H}),
            ("/sj-own/answers/housing/files", {C, I}, {C, I}),
            ("/sj-nowhere/answers/water/files", set(), set()),
            ("/sj-own/release", {C}, {C}),
            ("/sj-foreign/release", {C}, set()),
            ("/sj-own/answers/water", {C, I, H}, {C, I, H}),
            ("/sj-own/answers/housing", {C, I}, {C, I}),
            ("/sj-called/acts", {C, I}, set()),
            ("/sj-called/answers/water", {C, I, H}, {H}),
            ("/sj-called/answers/water/files", {C, I, H}, {H}),
            ("/sj-called/answers/health", {C, I}, set()),
            ("/sj-nowhere/answers/water", set(), set()),
        )
    },
    "POST /api/v1/incidents?source=demo&external_id=T-own": {
        "city": {C, I}, "county": {C, I}, "town": {C, I},
    },
    **alike(
        [
            "GET /tickets/demo/T-nowhere", "CALL screen.children /tickets/demo/T-nowhere",
            "CALL ticket-seen.children /tickets/demo/T-nowhere", "CALL ticket-seen.children /desk",
        ],
        set(), set(), set(),
    ),
}  # fmt: skip

EXAMPLES = {
    "/assets/<path:filename>": "/assets/01_tokens.css",
    "/assets/joined-<name>": "/assets/joined-screens.css",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>":
        "/_dash-component-suites/dash/dcc/async-upload.js",
    "/api/v1/pictures/<path:scope>": "/api/v1/pictures/city",
    "/api/v1/live/<path:scope>": "/api/v1/live/city",
    "/api/v1/cells/<path:scope>": "/api/v1/cells/city",
    "/api/v1/basemap/<name>.json": "/api/v1/basemap/land.json",
    "/api/v1/tickets/<source>/<path:external_id>": "/api/v1/tickets/demo/T-own",
    "/api/v1/tickets/<source>/<path:external_id>/reveal": "/api/v1/tickets/demo/T-own/reveal",
    "/api/v1/partners/<partner>/release": "/api/v1/partners/plant/release",
    "/api/v1/screens/<identity>/<act>": "/api/v1/screens/s-1/revoke",
    **{
        f"/api/v1/desk/{act}/<source>/<path:external_id>": f"/api/v1/desk/{act}/demo/T-own"
        for act in ("triage", "merge", "distinct")
    },
    "/api/v1/desk/views/<view>/<act>": "/api/v1/desk/views/v-1/rename",
    **{
        f"/api/v1/supervision/{way}/<source>/<path:external_id>":
            f"/api/v1/supervision/{way}/demo/T-own"
        for way in ("report", "watch", "refer")
    },
    "/api/v1/supervision/answer/<department>/<source>/<path:external_id>":
        "/api/v1/supervision/answer/water/demo/T-own",
    "/api/v1/disputes/open/<source>/<path:external_id>": "/api/v1/disputes/open/demo/T-own",
    f"/api/v1/disputes/<number>/<any({CONSULTING[0]}):act>":
        "/api/v1/disputes/ZY2026-0001/invite",
    "/api/v1/disputes/<number>/<any(join, leave):act>/<source>/<path:external_id>":
        "/api/v1/disputes/ZY2026-0001/join/demo/T-own",
    "/api/v1/disputes/<number>/say/<department>": "/api/v1/disputes/ZY2026-0001/say/water",
    "/api/v1/disputes/<number>/draft": "/api/v1/disputes/ZY2026-0001/draft",
    "/api/v1/disputes/<number>/sign": "/api/v1/disputes/ZY2026-0001/sign",
    "/api/v1/disputes/<number>/version": "/api/v1/disputes/ZY2026-0001/version",
    "/api/v1/orders/<number>.pdf": "/api/v1/orders/MZ2026-0001.pdf",
    **{
        f"/api/v1/accountability/<number>{end}": f"/api/v1/accountability/WZ2026-0001{example}"
        for end, example in (
            ("", ""), ("/version", "/version"),
            ("/papers/<paper>.pdf", "/papers/WS2026-0001.pdf"),
            *((f"/<any({names}):act>", f"/{one}") for names, one in zip(
                ACCOUNTING, ("issue", "approve", "appeal"), strict=True)),
        )
    },
    f"/api/v1/campaigns/<number>/<any({CAMPAIGNING}):act>": "/api/v1/campaigns/GJ2026-0001/begin",
    "/api/v1/campaigns/<number>/finish/<int:measure>": "/api/v1/campaigns/GJ2026-0001/finish/1",
    **{
        f"/api/v1/campaigns/<number>{end}": f"/api/v1/campaigns/GJ2026-0001{end}"
        for end in ("", "/version")
    },
    "/api/v1/cases/of/<incident>": "/api/v1/cases/of/sj-own",
    f"/api/v1/cases/<number>/<any({CASE_ACTS}):act>": "/api/v1/cases/AL2026-0001/publish",
    "/api/v1/cases/<number>": "/api/v1/cases/AL2026-0001",
    "/api/v1/cases/<number>/version": "/api/v1/cases/AL2026-0001/version",
    "/api/v1/accountability/propose/<department>":
        "/api/v1/accountability/propose/water_bureau",
    "/api/v1/clinics/<number>/<any(move, hold, cancel):act>":
        "/api/v1/clinics/ZZ2026-0001/move",
    "/api/v1/reports/<kind>/<period>.<any(pdf, docx):form>": "/api/v1/reports/daily/2026-11-23.pdf",
    "/api/v1/departments.<any(csv, xlsx):form>": "/api/v1/departments.csv",
    "/api/v1/departments/<department>.<any(csv, xlsx):form>": "/api/v1/departments/water.csv",
    "/api/v1/supervision.<any(csv, xlsx):form>": "/api/v1/supervision.csv",
    "/api/v1/duties.<any(csv, xlsx):form>": "/api/v1/duties.csv",
    "/leader/<scope>": "/leader/city",
    "/incidents/<incident>": "/incidents/sj-own",
    **{
        f"/api/v1/incidents/<incident>{end}": f"/api/v1/incidents/sj-own{end}"
        for end in ("", "/changes", "/lines", "/live", "/acts", "/release", "/files",
                    "/places")
    },
    "/api/v1/incidents/<incident>/files/<number>": "/api/v1/incidents/sj-own/files/1",
    "/api/v1/incidents/<incident>/answers/<department>/files":
        "/api/v1/incidents/sj-own/answers/water/files",
    "/api/v1/incidents/<incident>/answers/<department>": "/api/v1/incidents/sj-own/answers/water",
    "/leader/alarms/<name>/acknowledge": "/leader/alarms/a-own/acknowledge",
    "/api/v1/clusters/<name>": "/api/v1/clusters/c-own",
    "/api/v1/clusters/<cluster>/evidence": "/api/v1/clusters/c-own/evidence",
    "/api/v1/clusters/<cluster>/version": "/api/v1/clusters/c-own/version",
    "/<path:path>": "/nowhere",
    "/open311/<path:_rest>": "/open311/nothing",
    **OPEN311,
}  # fmt: skip


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory, valkey_server: Any) -> Iterator[Sources]:
    settings = read_settings(
        data_dir=tmp_path_factory.mktemp("gate"), redis_url=valkey_server.url, demo=False,
        accounts="on", reads_per_minute=100_000_000, open311_per_minute=100_000_000,
    )  # fmt: skip
    made = Sources(settings)
    made.migrate()
    made.__dict__["proofs"] = PROOFS  # the quick ones of the tests
    where = {"category": "noise", "created_at": NOW}
    made.ledger.store(
        [
            ticket(external_id="T-own", department="water", district=OWN, town="370681104",
                   **where),
            ticket(external_id="T-foreign-ring", department="water", district=FOREIGN,
                   town="370602001", **where),
            ticket(external_id="T-foreign-department", department="housing", district=OWN,
                   town="370681104", **where),
            ticket(external_id="T-confidential", department="water", district=OWN,
                   town="370681104", confidential=True, **where),
            ticket(external_id="Z/100%41", department="water", district=OWN,
                   town="370681104", **where),
        ],
        clock=NOW,
    )  # fmt: skip
    for name in ("T-own", "T-foreign-ring"):
        line = DisputeLine(1, NOW, "王主任", True, Act.OPEN, f"demo/{name}", "三家都说不归自己")
        opened = acts.opened(("demo", name), Cause.HAND, line.reason,
                             acts.Table(NOW, line.actor, lambda _code: True))  # fmt: skip
        held = made.dispute_book.begin(opened, line, 2026)
    invited = replace(held, version=2, candidates=(Candidate("water"), Candidate("roads")))
    line = DisputeLine(2, NOW, "王主任", True, Act.INVITE, "water roads", "")
    made.dispute_book.act(invited, line)
    room = Room(made.engine)
    room.issued()
    room.proposed()
    planned_campaigns(made)
    kept_cases(made)
    elsewhere = Reason(AlarmCause.CLUSTER, "c-foreign")
    made.watchbook.keep(
        Watched(
            clusters=(
                cluster(id="c-own", evidence=evidence(district=OWN)),
                cluster(id="c-foreign", evidence=evidence(district=FOREIGN)),
            ),
            alarms=(
                alarm(id="a-own", district=OWN),
                alarm(id="a-foreign", district=FOREIGN),
                alarm(id="a-moved", district=OWN, reasons=(elsewhere,)),
            ),
        )
    )
    for name, lead, called, district in (
        ("sj-own", "water", "water", OWN), ("sj-foreign", "health", "health", FOREIGN),
        ("sj-called", "health", "water", FOREIGN),
    ):  # fmt: skip
        change = opening(lead=lead)
        assert change.head is not None
        head = replace(change.head, id=name, district=district)
        (party,) = (one for one in change.parts if one.kind is Kind.PARTY)
        parts = (replace(party, body={**party.body, "code": called}),)
        made.incident_book.begin(replace(change, head=head, parts=parts), (), year=2026)
    yield made
    made.close()


def kept_cases(made: Sources) -> None:
    """Keep the draft of a case of each of two incidents."""
    draft = drafted(material(reviewed()), actor="王", now=NOW)
    for name in ("sj-own", "sj-foreign"):
        line = CaseLine(version=1, at=NOW, actor="王", verified=True, act=CaseAct.BEGIN, key=name)
        made.case_book.begin(replace(draft, incident=name), line, 2026)


def planned_campaigns(made: Sources) -> None:
    """Keep a campaign of the city with a measure of two departments, and one of a district."""
    people = Campaigning(
        Staff(made.campaign_book, lambda *_: True, made.reference.zone), "王", NOW, verified=True
    )
    held = people.plan(campaign_asked(), None, key="city")
    for owner in ("water", "housing"):
        wanted = CampaignAsked(title=owner, owner=owner, due=TODAY)
        held = people.act(held.number, CampaignAct.ADD, wanted, expected_version=held.version)
    people.plan(campaign_asked(), OWN, key="district")


@pytest.fixture(scope="module")
def server(sources: Sources) -> Iterator[flask.Flask]:
    """Give the app, whose views answer 200 to whatever passes: only the gate is asked."""
    unbounded = pytest.MonkeyPatch()
    for name in ("LOGIN", "EXPORTS"):
        unbounded.setattr(rates, name, rates.Bound(name, 100_000_000, 300))
    made = create_app(sources)
    made.extensions["page_key"] = sources.page_key
    for name in list(made.view_functions):
        made.view_functions[name] = lambda **_values: "passed"
    yield made
    unbounded.undo()


@pytest.fixture(scope="module")
def wired(sources: Sources) -> dict[str, tuple[str, ...]]:
    """Give what each callback of the app is given."""
    made = create_app(sources)
    return dict(made.extensions["doormen"]._wired)


def signed_in(sources: Sources, **who: Any) -> str:
    """Keep an account, or take the one there is, and give the token of a session of it."""
    made = account(login=f"u{secrets.token_hex(4)}", **who)
    sources.accounts.add(made)
    token, _ = open_session(sources.sign_in, made, Stage.FULL, Asked(to_us(now())))
    return token


@pytest.fixture(scope="module")
def tokens(sources: Sources) -> dict[tuple[Role, str], str]:
    found = {}
    for role in Role:
        for ring, where in PEOPLE.items():
            department = "water" if role is H else None
            found[role, ring] = signed_in(
                sources, roles=frozenset({role}), department=department, **where
            )
    return found


def body_of(wired: dict[str, tuple[str, ...]], output: str, about: str) -> str:
    """Write what the browser would send for a callback."""
    path, mark, query = about.partition("?")
    values = {
        "address.pathname": path, "address.search": mark + query,
        "alarm-seen.data": {"id": about, "version": 1},
    }  # fmt: skip

    def one(name: str) -> Any:
        if name.startswith("{"):
            return []
        component, _, prop = name.rpartition(".")
        return {"id": component, "property": prop, "value": values.get(name)}

    listed = [one(name) for name in wired[output]]
    return json.dumps({"output": output, "inputs": listed, "state": []})


def page_of(server: flask.Flask) -> Any:
    """Give a client that shows, as a page of ours does, that no other site makes it ask."""
    client = server.test_client()
    page = Crossing(server.extensions["page_key"]).token()
    client.set_cookie(crossing.COOKIE, page)
    client.environ_base["HTTP_X_CSRF_TOKEN"] = page
    return client


def asks(
    server: flask.Flask, wired: dict[str, tuple[str, ...]], what: str, token: str | None
) -> int:
    client = page_of(server)
    if token is not None:
        client.set_cookie(COOKIE, token)
    how, _, path = what.partition(" ")
    if how == "CALL":
        output, _, about = path.partition(" ")
        body = body_of(wired, output, about)
        return client.post(
            "/_dash-update-component", data=body, content_type="application/json"
        ).status_code
    return client.open(path, method=how).status_code


def test_every_route_is_in_the_table(server: flask.Flask) -> None:
    routes = {
        f"{method} {EXAMPLES.get(rule.rule, rule.rule)}"
        for rule in server.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS") and rule.rule != "/_dash-update-component"
    }
    assert routes - set(EXPECTED) == set()


def test_every_callback_is_in_the_table(wired: dict[str, tuple[str, ...]]) -> None:
    listed = {what.split(" ")[1] for what in EXPECTED if what.startswith("CALL ")}
    assert set(wired) == listed == set(CALLBACKS)


@pytest.mark.parametrize("ring", PEOPLE)
def test_who_passes_is_who_is_written_down(
    server: flask.Flask, wired: Any, tokens: dict[tuple[Role, str], str], ring: str
) -> None:
    wrong = []
    for what, by_ring in EXPECTED.items():
        for role in Role:
            passed = asks(server, wired, what, tokens[role, ring]) == 200
            expected = by_ring[ring] is EVERYBODY or role in by_ring[ring]
            if passed is not expected:
                wrong.append((what, role.value, "passed" if passed else "refused"))
    assert wrong == []


def test_nobody_passes_unsigned_but_where_it_is_open(server: flask.Flask, wired: Any) -> None:
    for what, by_ring in EXPECTED.items():
        status = asks(server, wired, what, None)
        page = what.startswith("GET /") and not what.startswith(("GET /api", "GET /metrics"))
        refused = 302 if page else 401
        assert status == (200 if by_ring["city"] is EVERYBODY else refused), what


def test_what_no_table_names_is_refused_to_everybody(
    server: flask.Flask, sources: Sources, wired: Any
) -> None:
    token = signed_in(sources, roles=frozenset({Role.SYSTEM_ADMIN}))
    client = page_of(server)
    client.set_cookie(COOKIE, token)
    rule = "/new-and-forgotten"
    server._got_first_request = False  # type: ignore[attr-defined] # a route added late, as by a slip
    server.add_url_rule(rule, "forgotten", lambda: "passed")
    assert client.get(rule).status_code == 403
    assert server.test_client().get(rule).status_code == 302
    said = {"output": "unheard.of", "inputs": [], "state": []}
    assert client.post("/_dash-update-component", json=said).status_code == 403
    assert client.post("/_dash-update-component", data="{").status_code == 403
    assert client.delete("/wall").status_code in (403, 404, 405)


def test_a_value_out_of_place_is_refused(server: flask.Flask, wired: Any) -> None:
    """The gate would read the path of the sign-in page, and the callback another."""
    paths = [
        {"id": "address", "property": "search", "value": "/clusters"},
        {"id": "address", "property": "pathname", "value": "/login"},
    ]
    for inputs, state in ((paths[:1], paths[1:]), (paths, paths), ([], paths[1:])):
        said = {"output": "screen.children", "inputs": inputs, "state": state}
        answer = page_of(server).post("/_dash-update-component", json=said)
        assert answer.status_code == 401


def test_an_address_is_decoded_once(server: flask.Flask, tokens: Any, wired: Any) -> None:
    handler = tokens[Role.DEPARTMENT_HANDLER, "city"]
    assert asks(server, wired, "GET /wall/department-wat%65r", handler) == 200
    assert asks(server, wired, "GET /wall/department-wat%2565r", handler) == 403


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/pictures/city?scope=department-water", "/api/v1/live/city?scope=department-water",
        "/wall?scope=department-water", "/api/v1/pictures/city?scope=city&scope=department-water",
        "/leader?scope=department-water", "/leader/city?scope=department-water",
        "/api/v1/pictures/department-housing?department=water&district=370681",
    ],
)  # fmt: skip
def test_a_parameter_given_twice_opens_nothing(
    server: flask.Flask, tokens: Any, wired: Any, path: str
) -> None:
    assert asks(server, wired, f"GET {path}", tokens[Role.DEPARTMENT_HANDLER, "city"]) == 403


def test_a_refusal_is_logged_with_who_and_what(
    server: flask.Flask, sources: Sources, wired: Any
) -> None:
    token = signed_in(sources, roles=frozenset({Role.LEADER}))
    with capture_logs() as said:
        assert asks(server, wired, "GET /api/v1/audit?actor=x", token) == 403
        assert asks(server, wired, "GET /api/v1/alarms", token) == 200
    (line,) = said
    assert line.pop("login").startswith("u")
    assert line == {
        "event": "refused", "log_level": "info", "act": "read_audit", "path": "/api/v1/audit",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "own"), [("city", "city"), (f"district-{OWN}", f"district-{OWN}"),
                       ("department-water", "department-water")],
)  # fmt: skip
def test_a_paired_wall_passes_to_its_own_pictures_and_no_further(
    server: flask.Flask, sources: Sources, scope: str, own: str
) -> None:
    wall = let_in(sources.settings.data_dir, scope=scope)
    client = page_of(server)
    client.set_cookie(wall["name"], wall["value"])
    where = "/wall" if own == "city" else f"/wall/{own}"
    for path in (where, f"/api/v1/pictures/{own}", f"/api/v1/live/{own}", "/api/v1/session"):
        assert client.get(path).status_code == 200, path
    foreign = "district-370602"
    if scope != "city":
        assert client.get("/api/v1/pictures/city").status_code == 403
        assert client.get(f"/api/v1/pictures/{foreign}").status_code == 403
    for path in ("/clusters", "/account", "/screens", "/api/v1/screens", "/metrics"):
        assert client.get(path).status_code == 403, path
    assert client.get("/api/v1/tickets/demo/T-own").status_code == 404
    client.set_cookie(wall["name"], wall["value"][:-1] + "x")
    assert client.get(f"/api/v1/pictures/{own}").status_code == 401


def test_what_was_opened_before_is_read_again_only_by_who_may_still(
    server: flask.Flask, tokens: Any, wired: Any
) -> None:
    opened = "GET /api/v1/tickets/demo/T-own/reveal?field=phone"
    assert asks(server, wired, opened, tokens[Role.CENTRE_STAFF, "city"]) == 200
    assert asks(server, wired, opened, tokens[Role.LEADER, "city"]) == 404


def test_an_account_without_a_role_opens_itself_and_nothing_else(
    server: flask.Flask, sources: Sources, wired: Any
) -> None:
    token = signed_in(sources, roles=frozenset())
    for what, by_ring in EXPECTED.items():
        own = by_ring["city"] == ALL - {W} or by_ring["city"] is EVERYBODY
        assert (asks(server, wired, what, token) == 200) is own, what


def test_a_ticket_that_is_not_there_and_one_that_is_hidden_are_answered_alike(
    server: flask.Flask, tokens: Any
) -> None:
    client = page_of(server)
    client.set_cookie(COOKIE, tokens[Role.LEADER, "county"])
    names = ("T-nowhere", "T-foreign-ring", "T-confidential")
    told = [client.get(f"/tickets/demo/{name}") for name in names]
    assert {(one.status_code, one.mimetype, one.get_data()) for one in told} == {
        (404, "text/html", told[0].get_data())
    }
    assert "没有这个页面" in told[0].get_data(as_text=True)


def test_a_number_is_read_as_the_browser_writes_it(
    server: flask.Flask, wired: Any, tokens: Any
) -> None:
    token = tokens[Role.LEADER, "county"]
    for what in ("GET", "CALL screen.children"):
        assert asks(server, wired, f"{what} /tickets/demo/Z%2F100%2541", token) == 200, what
        assert asks(server, wired, f"{what} /tickets/demo/Z%2F100A", token) != 200, what


def test_a_program_reads_the_metrics_with_their_token(
    server: flask.Flask, sources: Sources
) -> None:
    client = server.test_client()
    right = {"Authorization": f"Bearer {sources.metrics_token}"}
    assert client.get("/metrics", headers=right).status_code == 200
    assert client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 401
    assert client.get("/api/v1/alarms", headers=right).status_code == 401


def test_through_a_role_nothing_opens(server: flask.Flask, sources: Sources, wired: Any) -> None:
    token = signed_in(sources, roles=frozenset({Role.SECURITY_ADMIN}))
    key = sources.proofs.key_of(token)
    before = {what for what in EXPECTED if asks(server, wired, what, token) == 200}
    for role in Role:
        sources.accounts.look_as(key, role.value)
        server.extensions["doormen"].book.forget(token)
        through = {what for what in EXPECTED if asks(server, wired, what, token) == 200}
        assert through <= before, role
        assert "GET /account" in through, "the way back stays open"


def test_of_a_hundred_thousand_guesses_none_is_answered(
    server: flask.Flask, sources: Sources, tokens: Any, wired: Any
) -> None:
    book = server.extensions["doormen"].book
    real = next(iter(tokens.values()))
    assert book.who(real) is not None
    key = sources.proofs.key_of(real)
    near = [real[:-1] + letter for letter in "ABCDEFGH" if letter != real[-1]]
    shapes = ["", " ", "0", key[:43], key, "../" + real, real + "=", real.swapcase(), "' OR 1=1--"]
    for guess in (*near, *shapes):
        assert book.who(guess) is None, guess
    in_memory = Doorbook(desk(account()), book.now_us, lambda work, *given: work(*given))
    token, _ = open_session(in_memory.desk, account(), Stage.FULL, Asked(book.now_us()))
    assert in_memory.who(token) is not None
    for _ in range(100_000):
        assert in_memory.who(secrets.token_urlsafe(32)) is None
    for _ in range(300):
        guess = secrets.token_urlsafe(32)
        assert asks(server, wired, "GET /api/v1/alarms", guess) == 401
    for _ in range(300):
        name = f"GET /api/v1/tickets/demo/{secrets.token_hex(6)}"
        assert asks(server, wired, name, tokens[Role.CENTRE_STAFF, "city"]) == 404
