"""The chain of an incident: its links, what was found at each, and the measures there."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import IncidentFace, Piece, limit_said
from layouts.parts.incident_effect import effect
from layouts.parts.incident_files import attach, files
from layouts.parts.incident_forms import BECAUSE, act
from layouts.parts.incident_raised import late_mark, raised
from layouts.parts.marks import data

NEXT = {
    "planned": ("begin",),
    "running": ("complete",),
}
VERDICTS = {
    "unknown": ("suspect", "fail", "clear"),
    "suspected": ("fail", "clear"),
    "failing": ("suspect", "clear"),
    "cleared": ("suspect", "fail"),
}


def chain(
    links: Sequence[Piece],
    findings: Sequence[Piece],
    measures: Sequence[Piece],
    first: int | None,
    face: IncidentFace,
) -> list[Component]:
    """Draw the path in its order; the link where it begins, or is suspected to, stands out."""
    said = face.words
    path = [_link(one, findings, measures, one.number == first, face) for one in links]
    others = [one for one in measures if not one.body["link"]]
    return [
        html.Ol(path, className="inc-chain")
        if path
        else html.P(said["incident_chain_none"], className="inc-fine"),
        html.Div([act("add_link", face), act("plan", face, link=0)], className="inc-ways"),
        html.Div(
            [
                html.H3(said["incident_elsewhere"]),
                html.Ul([_measure(one, face) for one in others], className="inc-measures"),
            ],
            hidden=not others,
        ),
    ]


def _link(
    link: Piece,
    findings: Sequence[Piece],
    measures: Sequence[Piece],
    is_first: bool,
    face: IncidentFace,
) -> Component:
    said, body, state = face.words, link.body, link.state
    name = str(body["name_en" if face.language == "en" else "name_zh"])
    owner = str(body["owner"])
    whose = face.named(owner) if owner else said["incident_owner_none"]
    verdict = html.Span(said[f"incident_link_{state}"], className="inc-mark")
    here = [one for one in findings if one.body["link"] == link.number]
    doing = [one for one in measures if one.body["link"] == link.number]
    return html.Li(
        [
            html.P(said[f"incident_first_{state}"], className="inc-first") if is_first else None,
            html.Div([html.Strong(name), verdict], className="inc-link-head"),
            html.P(whose, className="inc-fine"),
            html.Ul([_finding(one, owner, face) for one in here[-4:]], className="inc-findings")
            if here
            else None,
            html.Ul([_measure(one, face) for one in doing], className="inc-measures")
            if doing
            else None,
            html.Div(_link_acts(link, name, owner, face), className="inc-ways"),
        ],
        className="inc-link",
        **data(state=state, first="yes" if is_first else "", link=str(link.number)),
    )  # fmt: skip


def _link_acts(link: Piece, name: str, owner: str, face: IncidentFace) -> list[Component]:
    back = BECAUSE if link.state == "cleared" else ""
    return [
        act("find", face, owner=owner, needs="own", link=link.number),
        *(
            act(one, face, form="" if one == "clear" else back, of=link)
            for one in VERDICTS[link.state]
        ),
        act("plan", face, link=link.number, owner_is=owner),
        html.Details(
            [
                html.Summary(face.words["incident_more"]),
                html.Div(
                    [
                        act("edit_link", face, of=link, name=name, owner_is=owner),
                        act("add_link", face, behind=link.number),
                        act("drop_link", face, form=BECAUSE, of=link),
                    ],
                    className="inc-ways",
                ),
            ],
            className="inc-more",
        ),
    ]


def _finding(finding: Piece, owner: str, face: IncidentFace) -> Component:
    body, said = finding.body, face.words
    measured = None
    if body["value"] is not None:
        value, limit, bound = body["value"], body["limit"], str(body.get("bound", "most"))
        over = limit is not None and (value < limit if bound == "least" else value > limit)
        told = f"{body['quantity']} {value:g} {body['unit']}".strip()
        if limit is not None:
            told += f" ({limit_said(limit, bound, said)})"
        measured = html.Strong(told, **data(over="yes" if over else ""))
    return html.Li(
        [
            measured,
            html.Span(str(body["text"])),
            html.Span(f"{face.moment(body['at_us'])} · {body['actor']}", className="inc-fine"),
            files(finding.files, face),
            html.Div(attach("finding", finding.number, face, owner=owner), className="inc-ways"),
        ]
    )


def _measure(measure: Piece, face: IncidentFace) -> Component:
    body, said = measure.body, face.words
    owner = str(body["owner"])
    facts = [face.named(owner)]
    if measure.due_us is not None:
        facts.append(said["incident_due_by"].format(time=face.moment(measure.due_us)))
    if body["effect"]:
        facts.append(str(body["effect"]))
    return html.Li(
        [
            html.Div(
                [
                    html.Strong(str(body["title"])),
                    html.Span(said[f"incident_measure_{measure.state}"], className="inc-mark"),
                    late_mark(measure.due_us, face),
                    raised(measure.reached, face),
                ],
                className="inc-link-head",
            ),
            html.P(" · ".join(facts), className="inc-fine"),
            effect(measure.effect, face) if measure.effect is not None else None,
            files(measure.files, face),
            html.Div(
                [
                    *(
                        act(one, face, owner=owner, needs="own", of=measure)
                        for one in NEXT.get(measure.state, ())
                    ),
                    act("call_off", face, form=BECAUSE, of=measure)
                    if measure.state in NEXT
                    else None,
                    attach("measure", measure.number, face, owner=owner),
                ],
                className="inc-ways",
            ),
        ],
        **data(state=measure.state),
    )
