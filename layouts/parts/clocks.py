"""A ticket's clocks and its way on its page, and what may be decided on them."""

from collections.abc import Mapping

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.clock_face import ClockFace, ClockRow
from layouts.parts.marks import aria, data
from layouts.parts.people import field
from layouts.ticket_face import Reader

WAYS = ("ordinary", "urgent", "disputed", "hard")
LONGEST_REASON = 300


def clocks(face: ClockFace) -> Component:
    """Draw how the clocks stand; the form beside it shows what fits its `data-`."""
    said = face.reader.words
    return html.Div(
        [
            html.P(_marks(face), className="clock-marks"),
            html.P(_why(face), className="fine"),
            _warned(face),
            html.P(_beyond(face), className="told", role="alert") if face.beyond else None,
            html.Ul([_row(row, face.reader) for row in face.rows], className="clock-rows")
            if face.rows
            else html.P(said["clock_none"], className="fine"),
            _breaches(face),
            html.P(_foot(face), className="fine"),
            dcc.Store(id=ids.CLOCK_SEEN, data={"version": face.version}),
        ],
        className="clock-face",
        **data(
            clock=face.clock,
            decided="yes" if face.decided else "no",
            extended="yes" if face.extended_d else "no",
        ),
    )


def decisions(face: ClockFace) -> Component:
    """Draw what may be decided. It is never drawn again, so that nothing typed is lost."""
    if not face.may_decide:
        return html.P(face.reader.words["clock_may_not"], className="fine")
    said = face.reader.words
    ways = [
        dcc.RadioItems(
            options=[{"label": said[f"ticket_triage_{way}"], "value": way} for way in WAYS],
            value=None,
            id=ids.CLOCK_WAY,
            className="clock-ways",
            inline=True,
        )
    ]
    return html.Div(
        [
            html.Fieldset([html.Legend(said["clock_decide"]), *ways], className="clock-choice"),
            field(
                said["clock_reason"],
                dcc.Input(id=ids.CLOCK_REASON, type="text", maxLength=LONGEST_REASON,
                          autoComplete="off"),
            ),
            html.Div(
                [_button("triage", said), _button("withdraw_triage", said)],
                className="search-ways",
            ),
            _of_the_clock(face),
            field(
                said["clock_actor"],
                dcc.Input(id=ids.CLOCK_ACTOR, type="text", value=face.actor, maxLength=60,
                          readOnly=face.verified, autoComplete="off"),
            ),
            html.P(
                said["act_as" if face.verified else "dossier_unverified_about"], className="fine"
            ),
            html.P(id=ids.CLOCK_TOLD, className="told", role="status"),
        ],
        className="clock-form",
    )  # fmt: skip


def _of_the_clock(face: ClockFace) -> Component | None:
    """Draw what may be done to the clock; nothing where no rules are in force."""
    if not face.rules:
        return html.Div(dcc.Input(id=ids.CLOCK_DAYS, type="hidden"), hidden=True)
    said = face.reader.words
    days = field(
        said["clock_days"].format(n=face.most_d),
        dcc.Input(id=ids.CLOCK_DAYS, type="text", inputMode="numeric", maxLength=3,
                  autoComplete="off"),
    )  # fmt: skip
    names = ("pause", "resume", "extend", "withdraw_extension")
    buttons = html.Div([_button(name, said) for name in names], className="search-ways")
    return html.Div([days, buttons], className="clock-time")


def _button(name: str, said: Mapping[str, str]) -> Component:
    return html.Button(
        said[f"clock_act_{name}"], id=ids.decide(name), n_clicks=0, type="button",
        className="press", **data(decide=name),
    )  # fmt: skip


def _marks(face: ClockFace) -> list[Component]:
    said = face.reader.words
    drawn = [
        html.Span(said["clock_way"]),
        html.Strong(said[f"ticket_triage_{face.triage}"], **data(way=face.triage)),
    ]
    if face.card:
        shape = html.Span(className="clock-card", **data(card=face.card), **aria(hidden="true"))
        drawn += [shape, html.Span(said[f"clock_card_{face.card}"])]
    return drawn


def _warned(face: ClockFace) -> Component | None:
    """Draw the alarms of its matter; an ordinary ticket is then worth another look."""
    if not face.warned:
        return None
    said = face.reader.words
    rows = [
        html.Li(
            [
                html.A(one.what, href=one.href),
                html.Span(
                    said["clock_warned_since"].format(
                        severity=said[f"severity_{one.severity}"],
                        time=face.reader.moment(one.since),
                    ),
                    className="fine",
                ),
            ]
        )
        for one in face.warned
    ]
    advice = face.may_decide and face.decided is None and face.triage == "ordinary"
    return html.Div(
        [
            html.Strong(said["clock_warned"]),
            html.Ul(rows),
            html.P(said["clock_warned_about"], className="fine") if advice else None,
        ],
        className="clock-warned",
        role="note",
    )


def _why(face: ClockFace) -> str:
    said, decided = face.reader.words, face.decided
    if decided is None:
        rule = said.get(f"clock_rule_{face.rule}", face.rule)
        return said["clock_by_rule"].format(rule=rule)
    mark = "" if decided.verified else said["clock_unverified"]
    return said["clock_by_person"].format(
        reason=decided.reason, actor=decided.actor + mark, time=face.reader.moment(decided.at)
    )


def _beyond(face: ClockFace) -> str:
    assert face.beyond is not None
    return face.reader.words["clock_beyond"].format(day=face.beyond.isoformat())


def _row(row: ClockRow, reader: Reader) -> Component:
    said = reader.words
    when: Component | str = said["clock_stands"]
    if row.due_at is not None:
        when = html.Time(reader.moment(row.due_at), dateTime=row.due_at.isoformat())
    done = []
    if row.done_at is not None:
        done = [html.Span(said["clock_done"].format(time=reader.moment(row.done_at)))]
    return html.Li(
        [
            html.Span(said[f"clock_{row.name}"], className="clock-name"),
            html.Span(when, className="clock-due"),
            html.Strong(said[f"clock_state_{row.state}"], className="clock-state"),
            html.Span([_limit(row, said), *done], className="clock-from"),
        ],
        **data(state=row.state),
    )


def _limit(row: ClockRow, said: Mapping[str, str]) -> Component:
    if row.opinion:
        return html.Span(said["clock_by_opinion"].format(number=row.opinion))
    if not row.rule:
        return html.Span(said["clock_from_source"])
    long = ""
    if row.working_days is not None:
        long = said["clock_working_days"].format(n=row.working_days)
    elif row.clock_h is not None:
        long = said["clock_hours"].format(n=f"{row.clock_h:g}")
    return html.Span(said["clock_from_rule"].format(limit=long, rule=row.rule))


def _breaches(face: ClockFace) -> Component | None:
    if not face.breaches:
        return None
    said = face.reader.words
    told = said["ticket_list"].join(said[f"clock_breach_{name}"] for name in face.breaches)
    return html.P(said["clock_breaches"].format(told=told), className="clock-breaches")


def _foot(face: ClockFace) -> str:
    said = face.reader.words
    zone = said["ticket_times_zone"].format(zone=f"{face.reader.zone.key}, {face.reader.offset}")
    rules = face.rules or said["clock_no_rules"]
    return f"{rules} · {zone}"
