"""The doors of campaigns: run by the centre in its ring, each measure by its own department too."""

from dataclasses import replace

from api.door import Door, Finders, Values
from operations.people.permissions import Act, Field, Subject

CAMPAIGNS, ONE = "/api/v1/campaigns", "/api/v1/campaigns/<number>"
READS = (CAMPAIGNS, ONE, f"{ONE}/version")
"""What is in them is for whom it concerns: asked again where it is read."""
ACTS = "begin, add, drop, prolong, end, review, call_off"


def campaign_writes(find: Finders) -> dict[str, Door]:
    """Give the doors of acts on campaigns."""

    def found(values: Values) -> Subject | None:
        one = find.campaign(values["number"])
        return None if one is None else Subject(Field.AGGREGATE, district=one.district)

    def measured(values: Values) -> Subject | None:
        one = find.campaign(values["number"])
        measure = None if one is None else one.measure(int(values["measure"]))
        if one is None or measure is None:
            return None
        whole = Subject(Field.AGGREGATE, district=one.district)
        return replace(whole, department=measure.owner)

    own = Door(
        Act.CAMPAIGN,
        lambda values: Subject(Field.AGGREGATE, district=values.get("district") or None),
    )
    return {
        CAMPAIGNS: own,
        f"{ONE}/<any({ACTS}):act>": Door(Act.CAMPAIGN, found, hidden=True),
        f"{ONE}/finish/<int:measure>": Door(Act.CAMPAIGN, measured, hidden=True),
    }
