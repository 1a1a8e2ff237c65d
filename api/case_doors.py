"""The doors of the library of cases: open to whoever works with tickets, kept by the centre."""

from dataclasses import replace

from api.door import Door, Finders, Values
from operations.people.permissions import Act, Field, Subject

CASES, ONE = "/api/v1/cases", "/api/v1/cases/<number>"
READS = (CASES, ONE, f"{ONE}/version")
"""A draft is for its keepers alone: asked again where it is read."""
ACTS = "revise, publish, withdraw, discard"


def case_writes(find: Finders) -> dict[str, Door]:
    """Give the doors of acts on cases: whoever keeps them, in the ring of their incident."""

    def of(incident: str) -> Subject | None:
        found = find.incident(incident)
        return None if found is None else replace(found, field=Field.AGGREGATE, department=None)

    def kept(values: Values) -> Subject | None:
        one = find.case(values["number"])
        return None if one is None else of(one.incident)

    return {
        f"{CASES}/of/<incident>": Door(
            Act.KEEP_CASES, lambda values: of(values["incident"]), hidden=True
        ),
        f"{ONE}/<any({ACTS}):act>": Door(Act.KEEP_CASES, kept, hidden=True),
    }
