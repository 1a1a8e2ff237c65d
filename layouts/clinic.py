"""A clinic: when and with whom, what is on its agenda, and its minutes."""

from dash import html
from dash.development.base_component import Component

from layouts.disputes_face import ClinicFace
from layouts.parts.acting import acts, area, form, line
from layouts.parts.disputes import CLINICS, DISPUTES, rows
from layouts.parts.ticket_page import ticket_page


def clinic(face: ClinicFace) -> Component:
    """Draw a clinic with its agenda and its minutes."""
    said, row, reader = face.reader.words, face.clinic, face.reader
    back = html.A(said["disputes_link"], href=f"{DISPUTES}?lang={reader.language}",
                  className="press")  # fmt: skip
    facts = [reader.moment(row.at), row.chair, row.place, said[f"clinic_state_{row.state}"]]
    inside = [
        html.Section(
            [
                html.P(html.Strong(" · ".join(filter(None, facts)))),
                html.P(row.minutes, className="clinic-minutes"),
                *(_convening(face) if face.may_convene and row.state == "planned" else []),
            ],
            className="card",
        ),
        html.H2(said["clinic_agenda"]),
        rows(face.agenda, reader)
        if face.agenda
        else html.P(said["clinic_agenda_none"], className="fine"),
    ]
    title = f"{said['clinic']} {row.number}"
    return ticket_page(reader, title, back, f"{CLINICS}/{row.number}", [acts(reader, inside)])


def _convening(face: ClinicFace) -> list[Component]:
    said, row = face.reader.words, face.clinic
    forms = {
        "hold": [area(said["clinic_minutes"], "minutes", most=4_000)],
        "move": [
            line(said["clinic_at"], "at", value=face.reader.moment(row.at), most=20),
            line(said["clinic_chair"], "chair", value=row.chair, most=60),
            line(said["clinic_place"], "place", value=row.place, most=100),
            line(said["dispute_reason"], "reason"),
        ],
        "cancel": [line(said["dispute_reason"], "reason")],
    }
    return [
        html.Details(
            [
                html.Summary(said[f"clinic_act_{act}"]),
                form(f"/api/v1/clinics/{row.number}/{act}", act, said[f"clinic_act_{act}"], fields,
                     seen=row.version, sure=act == "cancel"),
            ]
        )
        for act, fields in forms.items()
    ]  # fmt: skip
