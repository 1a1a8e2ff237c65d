"""The doors of incidents: pages, interfaces, and who acts as whom."""

from dataclasses import replace

from api.door import Door, Finders, Values
from operations.people.permissions import Act, Field, Subject
from operations.response.incident_origin import kind_of

INCIDENTS, INCIDENT = "/api/v1/incidents", "/api/v1/incidents/<incident>"
PARTNERS, PARTNERS_CSV = "/partners", "/api/v1/partners.csv"
LISTS = ("/incidents", INCIDENTS)
"""Lists, which hold the incidents one may look at."""
READS = ("/incidents/<incident>", INCIDENT, f"{INCIDENT}/changes", f"{INCIDENT}/lines",
         f"{INCIDENT}/live", f"{INCIDENT}/files/<number>", f"{INCIDENT}/places")  # fmt: skip


def incident_reads(find: Finders) -> dict[str, Door]:
    """Give the doors of what is read: one that may not be looked at is not there."""
    one = Door(Act.ATTEND, lambda values: find.incident(values["incident"]), hidden=True)
    return dict.fromkeys(LISTS, Door(Act.ATTEND)) | dict.fromkeys(READS, one)


def partner_doors() -> dict[tuple[str, str], Door]:
    """Give the doors of the registry: whoever looks at incidents reads it, its keepers write it.

    A partner is the whole city's, so its name is for who may release words of the whole city.
    """
    read, write = Door(Act.ATTEND), Door(Act.KEEP_PARTNERS)
    release = Door(Act.RELEASE, lambda _values: Subject(Field.AGGREGATE))
    return {
        **{("GET", path): read for path in (PARTNERS, f"/api/v1{PARTNERS}", PARTNERS_CSV)},
        **{("POST", path): write for path in (f"/api/v1{PARTNERS}", PARTNERS_CSV)},
        ("POST", f"/api/v1{PARTNERS}/<partner>/release"): release,
    }


def incident_writes(find: Finders) -> dict[str, Door]:
    """Give the doors of acts: a department acts as itself, on what is its own."""

    def own(values: Values) -> Subject | None:
        found = find.incident(values["incident"])
        return None if found is None else replace(found, department=values["department"])

    def of(act: Act) -> Door:
        return Door(act, lambda values: find.incident(values["incident"]), hidden=True)

    return {
        INCIDENTS: Door(Act.COMMAND, lambda values: _origin(values, find)),
        **dict.fromkeys((f"{INCIDENT}/acts", f"{INCIDENT}/files"), of(Act.COMMAND)),
        f"{INCIDENT}/release": of(Act.RELEASE),
        **dict.fromkeys(
            (f"{INCIDENT}/answers/<department>", f"{INCIDENT}/answers/<department>/files"),
            Door(Act.REPORT_IN, own, hidden=True),
        ),
    }


def _origin(values: Values, find: Finders) -> Subject | None:
    """Give whose an incident would be: where its cluster or alarm lies, or the district named."""
    kind = kind_of(values)
    if kind in ("cluster", "alarm"):
        return find.watched(values)
    if kind == "ticket":
        found = find.ticket(values.get("source", ""), values.get("external_id", ""))
        if found is None or found.field is Field.CALLER:
            return found  # a confidential one is for who may see who called, and for no incident
        return replace(found, field=Field.AGGREGATE)
    return Subject(Field.AGGREGATE, district=values.get("district") or None)
