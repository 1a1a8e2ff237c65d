"""The words of what is done about a matter beyond its ticket: supervision, disputes, incidents."""

from typing import Literal

from layouts import (
    accountability_wording,
    campaigns_wording,
    cases_wording,
    disputes_wording,
    disputing_wording,
    escalation_wording,
    incident_act_wording,
    incident_course_wording,
    incident_file_wording,
    incident_wording,
    partner_wording,
    supervision_wording,
)

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    **supervision_wording.WORDS,
    **accountability_wording.WORDS,
    **campaigns_wording.WORDS,
    **cases_wording.WORDS,
    **disputes_wording.WORDS,
    **disputing_wording.WORDS,
    **incident_wording.WORDS,
    **incident_act_wording.WORDS,
    **incident_course_wording.WORDS,
    **incident_file_wording.WORDS,
    **escalation_wording.WORDS,
    **partner_wording.WORDS,
}
