"""What happened so far: the cluster's history with its alarms, and clusters like it before."""

from dash import html
from dash.development.base_component import Component

from layouts.evidence.face import Data, EvidenceFace, Seen
from layouts.evidence.summary import address, section
from layouts.evidence.telling import expected, kilometres, length, moment

SHOWN = 12
GREW = "grew"


def history(seen: Seen, face: EvidenceFace) -> Component:
    """Draw the history, the newest line first; what is long ago is folded in."""
    said = face.words
    lines = [("turn", one) for one in seen.evidence.get("history", ())]
    lines += [("step", one) for one in seen.alarm_lines]
    lines.sort(key=lambda line: line[1]["at"])
    told: list[list[Data]] = []
    kinds: list[str] = []
    for kind, line in lines:
        if told and kind == kinds[-1] == "turn" and line["turn"] == told[-1][-1]["turn"] == GREW:
            told[-1].append(line)
        else:
            told.append([line])
            kinds.append(kind)
    drawn = [
        _turn(group, face) if kind == "turn" else _step(group[0], face)
        for kind, group in zip(reversed(kinds), reversed(told), strict=True)
    ]
    if not drawn:
        return section("history", said["dossier_history"], [html.P(said["dossier_no_history"])])
    body: list[Component | None] = [html.Ol(drawn[:SHOWN], className="timeline")]
    if drawn[SHOWN:]:
        word = said["dossier_earlier"].format(n=len(drawn) - SHOWN)
        body.append(
            html.Details([html.Summary(word), html.Ol(drawn[SHOWN:], className="timeline")])
        )
    return section("history", said["dossier_history"], body)


def _turn(group: list[Data], face: EvidenceFace) -> Component:
    """Draw a line of the cluster's own; of many steps of growth one after another only the last."""
    said, line = face.words, group[-1]
    if line["callers"] is None:
        figures = said["dossier_few"].format(n=face.least_callers)
    else:
        callers = said["dossier_callers"].format(
            n=line["callers"], expected=expected(line["expected"], face)
        )
        figures = f"{callers} · {kilometres(line['radius_km'], face)}"
    other = steps = None
    if line["other"]:
        other = html.A(said["dossier_see_other"], href=address(line["other"], face))
    if len(group) > 1:
        since = moment(group[0]["at"], face)
        steps = said["dossier_steps"].format(n=len(group), time=since)
    word = said[f"dossier_turn_{line['turn']}"]
    return _line(line["at"], word, [figures, steps, other], face, "turn")


def _step(line: Data, face: EvidenceFace) -> Component:
    said, step = face.words, line["step"]
    parts: list[Component | str | None] = []
    if line["actor"]:
        parts.append(line["actor"])
        if not line["verified"]:
            parts.append(html.Span(said["dossier_unverified"], className="unverified"))
    if step == "shelved":
        until, _, why = line["note"].partition(" · ")
        if until:
            parts.append(said["dossier_until"].format(time=moment(until, face)))
        parts.append(why or None)
    elif step in ("raised", "worsened", "announced"):
        parts.append(said[f"dossier_severity_{line['severity']}"])
    return _line(line["at"], said[f"dossier_step_{step}"], parts, face, "step")


def _line(
    at: str,
    word: str,
    parts: list[Component | str | None],
    face: EvidenceFace,
    kind: str,
) -> Component:
    said = [html.Span(part) if isinstance(part, str) else part for part in parts if part]
    return html.Li(
        [
            html.Time(moment(at, face), dateTime=at),
            html.Strong(word),
            html.Span(said, className="line-more"),
        ],
        className=f"line line-{kind}",
    )


def similar(told: Data, face: EvidenceFace) -> Component:
    """List the clusters like this one, the newest first."""
    said, found = face.words, told["similar"]
    rows = [_similar(one, face) for one in found["rows"]]
    left_out = None
    if found["left_out"]:
        words = said["dossier_similar_left_out"]
        left_out = html.P(words.format(n=found["left_out"]), className="fine")
    body = html.Ul(rows, className="alike") if rows else html.P(said["dossier_similar_none"])
    return section("similar", said["dossier_similar"], [body, left_out])


def _similar(one: Data, face: EvidenceFace) -> Component:
    said = face.words
    near = (
        said["dossier_similar_zone"]
        if one["same_zone"]
        else said["dossier_similar_km"].format(km=one["distance_km"])
    )
    words = [
        said["dossier_similar_most"].format(n=one["callers"]),
        said["dossier_lasted"].format(time=length(max(one["hours"], 0), face)),
        near,
        said[f"dossier_phase_{one['phase']}"],
    ]
    link = [html.Strong(moment(one["start"], face)), *(html.Span(word) for word in words)]
    return html.Li(html.A(link, href=address(one["id"], face)))
