"""A clinic: when and with whom, what is on its agenda, and its minutes."""

from dash import html
from dash.development.base_component import Component

from layouts.disputes_face import ClinicFace, ClinicRow, Note
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
                *(_note(one, face) for one in row.notes),
                *(_convening(face) if face.may_convene else []),
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


def _note(note: Note, face: ClinicFace) -> Component:
    """Draw a further note with who wrote it and when."""
    about = f"{face.reader.moment(note.at)} · {note.actor}"
    return html.Div(
        [html.P(about, className="fine"), html.P(note.said, className="clinic-minutes")]
    )


def _convening(face: ClinicFace) -> list[Component]:
    """Draw what may be done with it: one that was held takes further notes alone."""
    said, row = face.reader.words, face.clinic
    if row.state == "held":
        return [_act("hold", said["clinic_act_note"], [_typed(said["clinic_note"])], row)]
    if row.state != "planned":
        return []
    forms = {
        "hold": [_typed(said["clinic_minutes"])],
        "move": [
            line(said["clinic_at"], "at", value=face.reader.moment(row.at), most=20),
            line(said["clinic_chair"], "chair", value=row.chair, most=60),
            line(said["clinic_place"], "place", value=row.place, most=100),
            line(said["dispute_reason"], "reason"),
        ],
        "cancel": [line(said["dispute_reason"], "reason")],
    }
    return [_act(act, said[f"clinic_act_{act}"], fields, row) for act, fields in forms.items()]


def _typed(name: str) -> Component:
    return area(name, "minutes", most=4_000)


def _act(act: str, name: str, fields: list[Component], row: ClinicRow) -> Component:
    at = f"/api/v1/clinics/{row.number}/{act}"
    drawn = form(at, act, name, fields, seen=row.version, sure=act == "cancel")
    return html.Details([html.Summary(name), drawn])
