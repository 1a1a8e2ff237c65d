"""A ticket's rings and supervision on its page: how they stand, and what may be done."""

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.parts.marks import aria, data
from layouts.parts.people import field
from layouts.supervision_face import CalledRow, RecordRow, SummonsRow, WatchFace

RINGS = ("town", "county", "city")
OPENING = ("internal", "government", "public", "listed", "summons")
USUAL_WITHIN = 3


def watch(face: WatchFace) -> Component:
    """Draw how it stands; the hands are beside what they act on."""
    said = face.reader.words
    nothing = html.P(said["supervision_none"], className="fine")
    return html.Div(
        [
            _rings(face),
            _state(face),
            html.Ul([_record(one, face) for one in reversed(face.records)], className="see-list")
            if face.records
            else nothing,
            html.Ul([_summons(one, face) for one in reversed(face.summonses)], className="see-list")
            if face.summonses
            else None,
        ],
        className="see-face",
        **data(version=str(face.version), ticket=face.path, lang=face.reader.language),
    )


def hands(face: WatchFace) -> Component:
    """Draw the form. It is never drawn again, so that nothing typed is lost."""
    said = face.reader.words
    told = html.P(className="told see-told", role="status")
    if not face.acts:
        return html.Div([html.P(said["supervision_may_not"], className="fine"), told])
    reason = dcc.Input(id=ids.WATCH_REASON, type="text", maxLength=300, autoComplete="off")
    return html.Div(
        [
            _opening(face) if "watch" in face.may else None,
            field(said["supervision_reason"], reason),
            html.Div(_whole(face), className="search-ways"),
            told,
        ],
        className="see-hands",
        **data(
            sure=said["supervision_sure"], away=said["clock_away"],
            refused=said["supervision_bad_refused"],
        ),
    )  # fmt: skip


def act(
    name: str, door: str, words: str, *, sure: bool = False, number: int = 0, owing: str = ""
) -> Component:
    """Draw a button that does something; `sure` asks again before it does."""
    about = {"see": name, "door": door, "number": str(number), "owing": owing}
    if sure:
        about["confirm"] = "yes"
    return html.Button(words, type="button", className="press", **data(**about))


def _rings(face: WatchFace) -> Component:
    said = face.reader.words
    rule = said.get(f"ring_rule_{face.rule}", face.rule)
    steps = [
        html.Li(
            said[f"ticket_ring_{ring}"],
            **(aria(current="step") if ring == face.ring else {}),
        )
        for ring in RINGS
    ]
    return html.Div(
        [
            html.Ol(steps, className="see-rings", **aria(label=said["supervision_rings"])),
            html.P(said["clock_by_rule"].format(rule=rule), className="fine"),
        ]
    )


def _state(face: WatchFace) -> Component | None:
    if not face.state:
        return None
    said = face.reader.words
    why = [html.Span(face.referred_because)] if face.referred_because else []
    way = []
    if face.accountability:
        way = [html.A(said["accountability_propose"], href=face.accountability)]
    state = html.Strong(said[f"supervision_state_{face.state}"], **data(state=face.state))
    return html.P([state, *why, *way], className="see-state")


def _whole(face: WatchFace) -> list[Component]:
    """Draw what is done to the ticket as a whole; what cannot be now is refused with its reason."""
    said, drawn = face.reader.words, []
    if "report" in face.may:
        drawn += [
            act("report", "report", said["supervision_act_report"], sure=True),
            act("take_back", "report", said["supervision_act_take_back"]),
        ]
    if "refer" in face.may:
        drawn += [
            act("refer", "refer", said["supervision_act_refer"], sure=True),
            act("withdraw_referral", "refer", said["supervision_act_withdraw_referral"]),
        ]
    return drawn


def _opening(face: WatchFace) -> Component:
    """Draw what opens a record, lists a case or summons departments."""
    said = face.reader.words
    kinds = [html.Option(said[f"supervision_line_{name}"], value=name) for name in OPENING]
    options = [html.Option(name, value=code) for code, name in face.choices]
    within = dcc.Input(
        id=ids.WATCH_WITHIN, type="text", inputMode="numeric", maxLength=2,
        value=str(USUAL_WITHIN), autoComplete="off",
    )  # fmt: skip
    texts = [
        field(word, dcc.Input(id=made, maxLength=40, autoComplete="off"))
        for word, made in (
            (said["supervision_sign"], ids.WATCH_SIGN),
            (said["supervision_lister"], ids.WATCH_LISTER),
        )
    ]
    return html.Details(
        [
            html.Summary(said["supervision_open"]),
            html.Div(
                [
                    field(said["supervision_kind"], html.Select(kinds, className="see-kind")),
                    field(said["supervision_within"], within),
                    field(
                        said["supervision_departments"],
                        html.Select(options, multiple=True, size=5, className="see-departments"),
                    ),
                    html.Div(texts, className="see-listed", hidden=True),
                    act("supervise", "watch", said["supervision_act_open"], sure=True),
                ],
                className="see-opening",
            ),
        ]
    )


def _record(row: RecordRow, face: WatchFace) -> Component:
    said, moment = face.reader.words, face.reader.moment
    late = "yes" if row.late else "no"
    facts = [
        html.Strong(f"{said[f'supervision_line_{row.line}']}{f' {row.sign}' if row.sign else ''}"),
        html.Span(said[f"supervision_standing_{row.standing}"], className="see-standing"),
        html.Span(said["supervision_owes"].format(name=row.department)),
        html.Span(
            [said["supervision_due"], " ", html.Time(moment(row.due_at), dateTime=str(row.due_at))]
        ),
    ]
    if row.lister:
        facts.append(html.Span(said["supervision_by"].format(name=row.lister)))
    if row.sent_back:
        facts.append(html.Span(said["supervision_sent_back"].format(n=row.sent_back)))
    told = [html.P(row.reason)]
    if row.replied_at is not None:
        told.append(html.P(said["supervision_replied"].format(
            time=moment(row.replied_at), words=row.reply)))  # fmt: skip
    if row.ended_at is not None:
        told.append(html.P(said["supervision_ended"].format(
            time=moment(row.ended_at), words=row.ruling)))  # fmt: skip
    return html.Li(
        [html.P(facts, className="see-facts"), *told, _record_hands(row, face)],
        **data(standing=row.standing, late=late),
    )


def _record_hands(row: RecordRow, face: WatchFace) -> Component | None:
    said, drawn = face.reader.words, []
    if row.ended_at is not None:
        return None
    if row.replied_at is None and row.may_answer:
        reply = said["supervision_act_reply"]
        drawn.append(act("reply", "answer", reply, number=row.number, owing=row.code))
    if "watch" in face.may:
        names = ["accept", "send_back"] if row.replied_at is not None else []
        names += ["withdraw"] if row.line != "listed" else []
        drawn += [
            act(name, "watch", said[f"supervision_act_{name}"], sure=name == "accept",
                number=row.number)
            for name in names
        ]  # fmt: skip
    return html.Div(drawn, className="search-ways") if drawn else None


def _summons(row: SummonsRow, face: WatchFace) -> Component:
    said, moment = face.reader.words, face.reader.moment
    standing = "withdrawn" if row.withdrawn else "open" if row.is_open else "came"
    facts = [
        html.Strong(said["supervision_line_summons"]),
        html.Span(said[f"ticket_ring_{row.ring}"]),
        html.Span(f"{said['supervision_called']} {moment(row.called_at)}"),
        html.Span(f"{said['supervision_due']} {moment(row.due_at)}"),
        html.Span(said["supervision_withdrawn"]) if row.withdrawn else None,
    ]
    words = said["supervision_act_withdraw_summons"]
    offered = row.is_open and "watch" in face.may
    back = act("withdraw_summons", "watch", words, number=row.number)
    return html.Li(
        [
            html.P(facts, className="see-facts"),
            html.P(row.reason),
            html.Ul([_called(one, row, face) for one in row.called], className="see-called"),
            html.Div(back, className="search-ways") if offered else None,
        ],
        **data(standing=standing, late="no"),
    )


def _called(one: CalledRow, summons: SummonsRow, face: WatchFace) -> Component:
    said = face.reader.words
    when = "" if one.came_at is None else f" {face.reader.moment(one.came_at)}"
    hand = None
    if one.may_answer and one.came_at is None and summons.is_open:
        words = said["supervision_act_check_in"]
        hand = act("check_in", "answer", words, number=summons.number, owing=one.code)
    standing = said[f"supervision_called_{one.standing}"]
    return html.Li(
        [html.Span(one.department), html.Span(f"{standing}{when}", className="see-standing"), hand],
        **data(standing=one.standing),
    )
