"""One dispute: what it is about, who is asked and said what, and what may be done next."""

from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.disputes_face import CandidateRow, DisputeFace
from layouts.parts.acting import acts, area, box, choice, form, line
from layouts.parts.disputes import CLINICS, DISPUTES, age, opinion
from layouts.parts.disputing import finding
from layouts.parts.marks import aria, data
from layouts.parts.ticket_page import address, ticket_page
from layouts.parts.timeline import timeline
from layouts.ticket_face import Row

WAY = ("open", "consulting", "unresolved", "scheduled", "ruled")
STANCES = ("lead", "cooperate", "not_ours")
LIST_LINES = 6


def dispute(face: DisputeFace) -> Component:
    """Draw the page."""
    said, row = face.reader.words, face.row
    back = html.A(
        said["disputes_link"], href=f"{DISPUTES}?lang={face.reader.language}", className="press"
    )
    path = f"{DISPUTES}/{row.number}"
    title = f"{said['dispute']} {row.number}"
    inside = html.Div(body(face), id=ids.DISPUTE, className="dispute-body")
    anew = html.Button(id=ids.DISPUTE_ANEW, n_clicks=0, hidden=True, **data(anew="yes"))
    held = acts(face.reader, [inside, anew], version=f"/api/v1/disputes/{row.number}/version")
    return ticket_page(face.reader, title, back, path, [held])


def body(face: DisputeFace) -> list[Component | None]:
    """Draw what changes with every act."""
    return [
        _head(face),
        html.Div(
            [
                html.Div(
                    _in_turn(face),
                    className="ticket-column",
                ),
                html.Div([_clinic(face), _tickets(face), _history(face)],
                         className="ticket-column"),
            ],
            className="ticket-columns",
        ),
    ]  # fmt: skip


def _in_turn(face: DisputeFace) -> list[Component | None]:
    """Give the cards of the left column: who may sign finds that first."""
    cards = [_ruling(face), _candidates(face), _consulting(face)]
    return [_signing(face), *cards] if "rule" in face.acts else [*cards, _signing(face)]


def _card(title: str, *inside: Component | None) -> Component:
    return html.Section([html.H2(title), *inside], className="card")


def _head(face: DisputeFace) -> Component:
    said, row, reader = face.reader.words, face.row, face.reader
    way = [*WAY, *([row.state] if row.state not in WAY else [])]
    steps = [
        html.Li(
            said[f"dispute_state_{state}"],
            **(aria(current="step") if state == row.state else {}),
        )
        for state in way
    ]
    opened = said["dispute_opened"].format(time=reader.moment(face.opened_at), actor=face.opened_by)
    facts = [said[f"dispute_cause_{face.cause}"], opened, age(row.age_h, reader)]
    return html.Section(
        [
            html.Ol(steps, className="see-rings", **aria(label=said["dispute_state"])),
            html.P(html.Strong(face.why), className="dispute-why"),
            html.P(" · ".join(facts), className="fine"),
            html.P(row.next, className="docket-next", **data(late="yes" if row.late else "no"))
            if row.next
            else None,
        ],
        className="card dispute-head",
        **data(seen=str(face.version)),
    )


def _ruling(face: DisputeFace) -> Component | None:
    said = face.reader.words
    if face.opinion is not None:
        return _card(said["order"], *opinion(face.opinion, face.reader))
    if face.outcome:
        lead, cooperating, note = face.outcome
        told = [said["dispute_next_lead"].format(name=lead)]
        told += [f"{said['dispute_cooperating']} {cooperating}"] if cooperating else []
        return _card(
            said["dispute_state_agreed"], html.P(html.Strong(" · ".join(told))), html.P(note)
        )
    return None


def _candidates(face: DisputeFace) -> Component:
    said = face.reader.words
    drawn = [_candidate(one, face) for one in face.candidates]
    none = html.P(said["dispute_next_invite"], className="fine")
    return _card(
        said["dispute_candidates"],
        html.Ul(drawn, className="dispute-units") if drawn else none,
        _inviting(face) if "invite" in face.acts else None,
    )


def _candidate(row: CandidateRow, face: DisputeFace) -> Component:
    said = face.reader.words
    stance = said[f"dispute_stance_{row.stance}"] if row.stance else said["dispute_silent"]
    votes = [html.Span(said["dispute_votes"].format(n=row.votes))] if row.votes else []
    head = [html.Strong(row.name), html.Span(stance, className="see-standing"), *votes]
    told = [row.said, said["dispute_votes_for_name"].format(name=row.votes_for)
            if row.votes_for else ""]  # fmt: skip
    when = f"{row.actor} {face.reader.moment(row.at)}" if row.at else ""
    return html.Li(
        [
            html.P(head, className="see-facts"),
            html.P(" · ".join(row.reasons), className="fine") if row.reasons else None,
            html.P(" · ".join(filter(None, told))),
            html.P(when, className="fine"),
            _saying(row, face) if row.may_say and "say" in face.acts else None,
        ],
        **data(stance=row.stance or "silent"),
    )


def _saying(row: CandidateRow, face: DisputeFace) -> Component:
    said = face.reader.words
    stances = [(name, said[f"dispute_stance_{name}"]) for name in STANCES]
    names = [(one.code, one.name) for one in face.candidates if one.code != row.code]
    post = f"/api/v1/disputes/{face.row.number}/say/{row.code}"
    fields = [
        choice(said["dispute_stance"], "stance", stances, none="—"),
        choice(said["dispute_votes_for"], "votes_for", names, none="—"),
        area(said["dispute_ground"], "said"),
    ]
    inside = form(post, "say", said["dispute_act_say"], fields, seen=face.version)
    return html.Details([html.Summary(said["dispute_act_say"]), inside])


def _inviting(face: DisputeFace) -> Component:
    said = face.reader.words
    suggested = [
        box("departments", code,
            [html.Strong(name), html.Span(" · ".join(reasons), className="fine")], checked=True)
        for code, name, reasons in face.suggested
    ]  # fmt: skip
    legend = html.Legend(said["dispute_suggested"])
    fields = [
        html.Fieldset([legend, *suggested], className="acting-boxes") if suggested else None,
        choice(said["dispute_others"], "departments", face.others, several=LIST_LINES),
        None
        if face.candidates
        else line(said["dispute_deadline"], "deadline", value=face.usual_deadline, most=20),
    ]
    inviting = form(
        f"/api/v1/disputes/{face.row.number}/invite", "invite", said["dispute_act_invite"], fields,
        seen=face.version, main=True,
    )  # fmt: skip
    if not face.candidates:
        return inviting
    return html.Details([html.Summary(said["dispute_act_invite_more"]), inviting])


def _consulting(face: DisputeFace) -> Component | None:
    """Draw what the office does with a consultation."""
    said, number = face.reader.words, face.row.number
    names = [(one.code, one.name) for one in face.candidates]
    everybody = [*names, *face.others]

    def reason() -> Component:
        return line(said["dispute_reason"], "reason")

    forms = {
        "agree": [
            choice(said["dispute_lead"], "lead", names),
            choice(said["dispute_cooperating"], "cooperating", everybody, several=LIST_LINES),
            area(said["dispute_note"], "said"),
        ],
        "fail": [reason()],
        "prolong": [
            line(said["dispute_deadline"], "deadline", value=face.usual_deadline, most=20),
            reason(),
        ],
        "schedule": [
            choice(said["clinic"], "clinic", [
                (one.number, f"{one.number} · {face.reader.moment(one.at)} · {one.chair}")
                for one in face.clinics])
        ],
        "put_off": [reason()],
        "withdraw": [reason()],
    }  # fmt: skip
    drawn = [
        html.Details(
            [
                html.Summary(said[f"dispute_act_{act}"]),
                form(
                    f"/api/v1/disputes/{number}/{act}", act, said[f"dispute_act_{act}"], fields,
                    seen=face.version, sure=act in ("agree", "withdraw"),
                ),
            ]
        )
        for act, fields in forms.items()
        if act in face.acts
    ]  # fmt: skip
    return _card(said["dispute_next"], *drawn) if drawn else None


def _signing(face: DisputeFace) -> Component | None:
    """Draw the opinion as it is prepared and signed: by one press and a second one."""
    said, number = face.reader.words, face.row.number
    drawn: list[Component] = []
    if "rule" in face.acts:
        drawn.append(html.P(said["dispute_rule_about"], className="fine"))
        drawn.append(
            form(f"/api/v1/disputes/{number}/sign", "rule", said["dispute_act_rule"],
                 _opinion_fields(face), seen=face.version, sure=True, main=True)
        )  # fmt: skip
    elif "draft" in face.acts:
        drawn.append(
            form(f"/api/v1/disputes/{number}/draft", "draft", said["dispute_act_draft"],
                 _opinion_fields(face), seen=face.version)
        )  # fmt: skip
    name = "dispute_act_rule" if "rule" in face.acts else "dispute_act_draft"
    return _card(said[name], *drawn) if drawn else None


def _opinion_fields(face: DisputeFace) -> list[Component]:
    said, draft = face.reader.words, face.draft
    everybody = [*((one.code, one.name) for one in face.candidates), *face.others]
    return [
        choice(said["dispute_lead"], "lead", everybody, none="—", chosen=[draft.lead]),
        choice(said["dispute_cooperating"], "cooperating", everybody, several=LIST_LINES,
               chosen=draft.cooperating),
        line(said["dispute_due"], "due_at", value=draft.due, most=20),
        area(said["dispute_basis"], "basis", most=2_000, value=draft.basis),
        area(said["dispute_decision"], "decision", most=2_000, value=draft.decision),
    ]  # fmt: skip


def _clinic(face: DisputeFace) -> Component | None:
    clinic, said = face.clinic, face.reader.words
    if clinic is None:
        return None
    facts = [face.reader.moment(clinic.at), clinic.chair, clinic.place,
             said[f"clinic_state_{clinic.state}"]]  # fmt: skip
    link = html.A(clinic.number, href=f"{CLINICS}/{clinic.number}?lang={face.reader.language}")
    return _card(
        said["clinic"], html.P([link, " ", " · ".join(filter(None, facts))]), html.P(clinic.minutes)
    )


def _tickets(face: DisputeFace) -> Component:
    said = face.reader.words
    hidden = said["dispute_tickets_hidden"].format(n=face.hidden) if face.hidden else ""
    return _card(
        said["dispute_tickets"],
        html.Ul([_ticket(one, face) for one in face.tickets], className="docket-list"),
        html.P(hidden, className="fine"),
        finding(face.row.number, face.reader) if "join" in face.acts else None,
    )


def _ticket(row: Row, face: DisputeFace) -> Component:
    said, language = face.reader.words, face.reader.language
    path = address(row.source, row.external_id)
    facts = [said[f"ticket_status_{row.status}"], row.category, row.district,
             row.department or said["ticket_unassigned"]]  # fmt: skip
    out = None
    if "leave" in face.acts and face.row.tickets > 1:
        post = f"/api/v1/disputes/{face.row.number}/leave{path.removeprefix('/tickets')}"
        reason = [line(said["dispute_reason"], "reason")]
        leave = form(post, "leave", said["dispute_act_leave"], reason, seen=face.version, sure=True)
        out = html.Details([html.Summary(said["dispute_act_leave"]), leave])
    return html.Li(
        [
            html.A(row.title or row.external_id, href=f"{path}?lang={language}"),
            html.Span(f"{row.external_id} · " + " · ".join(filter(None, facts)), className="fine"),
            out,
        ]
    )


def _history(face: DisputeFace) -> Component:
    return _card(face.reader.words["dispute_lines"], timeline(face.steps, face.reader))
