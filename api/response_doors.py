"""The doors of what many departments do about one matter."""

from dataclasses import replace

from api.door import Door, Finders, Values, ticket_door
from operations.people.permissions import Act, Subject

DISPUTE_READS = ("/api/v1/disputes/<number>/version", "/api/v1/orders/<number>.pdf")
"""What is in them is for whom it concerns: asked again where it is read."""
CONSULTING = ("invite, prolong, agree, fail, schedule, put_off, withdraw", "move, hold, cancel")


def dispute_doors(find: Finders) -> dict[str, Door]:
    """Give the doors of acts on disputes: a word is said as the department it is of."""
    one, ticket = "/api/v1/disputes/<number>", "<source>/<path:external_id>"
    acts, on_clinics = CONSULTING

    def said(values: Values) -> Subject | None:
        found = find.dispute(values["number"])
        return None if found is None else replace(found, department=values["department"])

    def held(values: Values) -> Subject | None:
        return find.dispute(values["number"])

    def door(act: Act) -> Door:
        return Door(act, held, hidden=True)

    convene = Door(Act.CONVENE)
    return {
        f"/api/v1/disputes/open/{ticket}": ticket_door(find, Act.CONSULT),
        f"{one}/<any({acts}):act>": door(Act.CONSULT),
        # One's own ticket opens no dispute of others: joining would make it the whole city's.
        f"{one}/<any(join, leave):act>/{ticket}": replace(
            ticket_door(find, Act.CONSULT), beside=held
        ),
        f"{one}/say/<department>": Door(Act.OPINE, said, hidden=True),
        f"{one}/draft": door(Act.CONSULT),
        f"{one}/sign": door(Act.SIGN),
        "/api/v1/clinics": convene,
        f"/api/v1/clinics/<number>/<any({on_clinics}):act>": convene,
    }
