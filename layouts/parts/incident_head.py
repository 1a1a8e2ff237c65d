"""The head of an incident, and the stages it goes through."""

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import Head, IncidentFace
from layouts.parts.incident_forms import BECAUSE, act
from layouts.parts.incident_raised import raised
from layouts.parts.marks import aria, data

STATES = ("watching", "assessing", "responding", "controlled", "closed", "reviewed")
WITH_REASON = {"relapse", "ask_close", "reopen"}


def head(one: Head, face: IncidentFace) -> list[Component]:
    """Draw what it is, where, since when, who leads, and what is due."""
    said = face.words
    facts = [
        (said["incident_lead"], face.named(one.lead)),
        (said["incident_since"], f"{face.moment(one.opened_us)} · {_age(one, face)}"),
        (said["incident_category"], one.category),
        (said["incident_where"], one.district or said["incidents_whole_city"]),
        (said["incident_tickets"], str(one.tickets)),
    ]
    late = face.is_late(one.report_us)
    due = one.report_us
    report = None
    if due is not None:
        word = "incidents_report_late" if late else "incidents_report_due"
        told = said[word].format(time=face.moment(due), age=face.age(due))
        report = html.Span(told, className="inc-due", **data(due_us=str(due), late=_mark(late)))
    cluster = None
    if one.cluster:
        cluster = html.A(
            said["incident_cluster"], href=f"/clusters/{one.cluster}?lang={face.language}",
            className="inc-fine",
        )  # fmt: skip
    return [
        html.Div(
            [
                html.H1(one.title),
                html.Span(one.number, className="inc-number"),
                html.Span(said["incidents_drill"], className="inc-drill")
                if one.exercise
                else None,
                html.Span(
                    said[f"incident_severity_{one.severity}"], className="inc-severity",
                    **data(severity=str(one.severity)),
                ),
                report,
                raised(one.reached, face),
                _waits(one, face),
            ],
            className="inc-title",
        ),
        html.Dl(
            [html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts if value],
            className="inc-facts",
        ),
        html.P(
            f"{said['incident_on_wall']}: {one.released}" if one.released else "",
            hidden=not one.released,
        ),
        html.Div([cluster, _cases(one, face), *_ways(one, face)], className="inc-ways"),
    ]  # fmt: skip


def _age(one: Head, face: IncidentFace) -> str:
    if one.closed_us is not None:
        return face.lasted(one.opened_us, one.closed_us)
    return face.age(one.opened_us)


def _waits(one: Head, face: IncidentFace) -> Component | None:
    """Draw what is overdue and has climbed, which leads to the tasks; a page counts on by itself.

    What is overdue follows the clock, so a page is told when each is due.
    """
    if not one.dues_us and not one.climbed:
        return None
    said, overdue = face.words, sum(face.is_late(due_us) for due_us in one.dues_us)
    return html.A(
        [
            html.Span(
                said["incidents_overdue"].format(n=overdue), className="inc-late",
                hidden=not overdue, **data(dues_us=" ".join(map(str, one.dues_us))),
            ),
            html.Span(said["escalation_board"].format(n=one.climbed), className="inc-raised")
            if one.climbed
            else None,
        ],
        href="#incident-tasks",
        className="inc-waits",
    )  # fmt: skip


def _cases(one: Head, face: IncidentFace) -> Component | None:
    """Lead to the cases of the library that are like it."""
    if not one.matter:
        return None
    query = urlencode({"category": one.matter, "lang": face.language})
    return html.A(face.words["incident_cases"], href=f"/cases?{query}", className="inc-fine")


def _ways(one: Head, face: IncidentFace) -> list[Component]:
    if one.state not in STATES[:4]:
        return [act("retitle", face, version=one.version, title=one.title)]
    return [
        act("hand_over", face, version=one.version),
        act("grade", face, version=one.version, severity=str(one.severity)),
        act("classify", face, version=one.version, category=one.matter),
        act("retitle", face, version=one.version, title=one.title),
        act("release", face, version=one.version, needs="release", released=one.released),
    ]


def stages(one: Head, face: IncidentFace) -> list[Component]:
    """Draw the six stages, which of them it is in, and what may be done now."""
    said = face.words
    here = STATES.index(one.state)
    steps = [
        html.Li(
            said[f"incident_state_{state}"],
            **data(
                step="past" if place < here else "here" if place == here else "ahead", state=state
            ),
            **(aria(current="step") if place == here else {}),
        )
        for place, state in enumerate(STATES)
    ]
    buttons = [
        act(
            name, face, version=one.version, form=BECAUSE if name in WITH_REASON else "",
            main=name not in WITH_REASON,
        )
        for name in one.acts
    ]  # fmt: skip
    if one.state == STATES[-1] and not one.exercise:
        library = html.A(
            said["case_act_begin"], href=f"/cases?lang={face.language}", className="inc-act",
            **data(needs="keep"),
        )  # fmt: skip
        buttons.append(library)
    told = [html.P(line, className="inc-fine") for line in _told(one, face)]
    return [
        html.Ol(steps, className="inc-steps"),
        *told,
        html.Div(buttons, className="inc-ways"),
    ]


def _told(one: Head, face: IncidentFace) -> list[str]:
    """Say what it may be closed on, who asked for it, and what it was closed on."""
    said, told = face.words, []
    if one.state == "controlled" and one.baseline is not None:
        days, wanted = one.baseline
        told.append(said["incident_baseline"].format(n=days, wanted=wanted))
    if one.asked is not None:
        who, reason = one.asked
        told.append(said["incident_asked_close"].format(who=who, reason=reason))
    if one.closed is not None:
        days, reason, asked, confirmed = one.closed
        word = "incident_closed_days" if days else "incident_closed_reason"
        told.append(said[word].format(n=days, reason=reason, asked=asked, confirmed=confirmed))
    return told


def _mark(late: bool) -> str:
    return "yes" if late else ""
