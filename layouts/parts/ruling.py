"""A ticket's dispute and ruling on its page."""

from dash import html
from dash.development.base_component import Component

from layouts.disputes_face import RulingFace
from layouts.parts.acting import acts, form, line
from layouts.parts.disputes import DISPUTES, opinion


def ruling(face: RulingFace) -> Component:
    """Draw the opinion that binds it, its disputes, and how one is opened."""
    said, language = face.reader.words, face.reader.language
    disputes = [
        html.Li([html.A(number, href=f"{DISPUTES}/{number}?lang={language}"), html.Span(state)])
        for number, state in face.disputes
    ]
    opening = None
    if face.may_open and not face.living:
        post = f"/api/v1/disputes/open/{face.path}"
        reason = [line(said["dispute_reason"], "reason")]
        opening = html.Details(
            [
                html.Summary(said["dispute_act_open"]),
                form(post, "open", said["dispute_act_open"], reason, main=True),
            ]
        )
    found = ((face.gather, "ruling_gather"), (face.incident, "ruling_incident"))
    ways = [html.A(said[word], href=href, className="press") for href, word in found if href]
    bound = face.opinion
    nothing = None if disputes or bound else html.P(said["ruling_none"], className="fine")
    return acts(
        face.reader,
        [
            *(opinion(bound, face.reader) if bound is not None else []),
            html.P(face.agreed, className="ruling-agreed") if face.agreed else None,
            html.Ul(disputes, className="docket-list") if disputes else nothing,
            opening if face.may_open else html.P(said["ruling_may_not"], className="fine"),
            html.Div(ways, className="search-ways") if ways else None,
        ],
    )
