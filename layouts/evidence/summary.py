"""The cluster for somebody with a minute: one sentence, five numbers, how sure, who holds it."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts.evidence.face import Data, EvidenceFace, Seen
from layouts.evidence.telling import (
    between,
    expected,
    length,
    moment,
    named,
    number,
    probability,
    reach,
    recurrence,
    sentence,
    years,
)
from layouts.parts.marks import aria, data

SURE_D, FAIRLY_D = 365.0, 100.0
MOST_HOLDERS = 8
STEADY, SOME = 0.5, 0.2  # of the table's choices


def head(seen: Seen, face: EvidenceFace) -> Component:
    """Draw the title, the sentence and what has to be known before anything else."""
    told, said = seen.evidence, face.words
    return html.Div(
        [
            html.H1(
                [
                    html.Span(named(told, face)),
                    html.Span(said[f"dossier_phase_{told['phase']}"], className="phase"),
                ]
            ),
            html.P(sentence(told, face), className="sentence"),
            *_warnings(told, face),
        ],
        className="dossier-head",
        **data(phase=told["phase"]),
    )


def _warnings(told: Data, face: EvidenceFace) -> list[Component]:
    said, found = face.words, []
    if told["withheld"]:
        found.append(html.P(said["dossier_withheld"].format(n=face.least_callers)))
    if told["phase"] == "merged" and told["into"]:
        link = html.A(said["dossier_to_other"], href=address(told["into"], face))
        found.append(html.P([said["dossier_merged"], link]))
    elif told["phase"] == "ended":
        at_largest = not told["withheld"] and told["at_largest"]
        key = "dossier_ended" if at_largest else "dossier_ended_now"
        when = moment(told["as_of"], face) if at_largest else ""
        found.append(html.P(said[key].format(time=when)))
    if not told["withheld"] and told["bulk"]:
        found.append(html.P(said["dossier_bulk"], className="warning"))
    if not told["withheld"] and told["parent"]:
        link = html.A(said["dossier_see_other"], href=address(told["parent"], face))
        found.append(html.P([said["dossier_split_from"], link]))
    return [html.Div(found, className="dossier-notes")] if found else []


def address(cluster: str, face: EvidenceFace) -> str:
    """Give the address of a cluster's page."""
    return f"/clusters/{cluster}?lang={face.language}"


def figures(told: Data, face: EvidenceFace) -> Component:
    """Draw the five numbers."""
    return html.Dl(
        [_observed(told, face), _began(told, face), _where(told, face), _rarity(told, face),
         _pace(told, face)],
        className="figures",
    )  # fmt: skip


def _figure(name: str, value: str, note: str, kpi: str) -> Component:
    return html.Div(
        [
            html.Dt(name),
            html.Dd(value, className="figure-value", **data(kpi=kpi)),
            html.Dd(note, className="figure-note"),
        ],
        className="figure",
    )


def _observed(told: Data, face: EvidenceFace) -> Component:
    times = told["callers"] / max(told["expected"], 0.01)
    note = face.words["dossier_times_expected"].format(
        expected=expected(told["expected"], face), times=number(times)
    )
    return _figure(face.words["dossier_observed"], f"{told['callers']:,}", note, "callers")


def _began(told: Data, face: EvidenceFace) -> Component:
    """Tell the clock large where it was within a day, else the date."""
    end = told["ended"] or face.now.isoformat()
    hours = max(between(told["start"], end), 0)
    key = "dossier_lasting" if told["living"] else "dossier_lasted"
    date, clock = moment(told["start"], face).rsplit(" ", 1)
    recent = between(told["start"], face.now.isoformat()) < 24
    value, other = (clock, date) if recent else (date, clock)
    note = f"{other} · {face.words[key].format(time=length(hours, face))}"
    return _figure(face.words["dossier_began"], value, note, "start")


def _where(told: Data, face: EvidenceFace) -> Component:
    town = face.name("town", told["town"])
    parts = [town if told["extent"] == "circle" else "",
             face.words["dossier_addresses"].format(n=told["addresses"])]  # fmt: skip
    note = " · ".join(filter(None, parts))
    return _figure(face.words["dossier_where"], reach(told, face), note, "reach")


def _rarity(told: Data, face: EvidenceFace) -> Component:
    said = face.words
    value = recurrence(told["recurrence_d"], face)
    return _figure(said["dossier_rarity"], value, said["dossier_rarity_about"], "recurrence")


def _pace(told: Data, face: EvidenceFace) -> Component:
    said, growth = face.words, told["growth"]
    if not told["living"] and told["ended"]:
        date, clock = moment(told["ended"], face).rsplit(" ", 1)
        return _figure(said[f"dossier_phase_{told['phase']}"], date, clock, "ended")
    notes = [said["dossier_pace_before"].format(n=growth["before_per_h"])]
    if growth["doubling_h"] is not None and told["phase"] == "growing":
        notes.append(said["dossier_doubled"].format(time=length(growth["doubling_h"], face)))
    return _figure(said["dossier_pace"], str(growth["now_per_h"]), " · ".join(notes), "pace")


def sure(told: Data, face: EvidenceFace) -> Component:
    """Say how sure it is and what that rests on."""
    said, days = face.words, told["recurrence_d"]
    grade = "high" if days >= SURE_D else "middle" if days >= FAIRLY_D else "low"
    lines = [
        html.P(said[f"dossier_sure_{grade}"], className=f"grade grade-{grade}"),
        html.P(said["dossier_chance"].format(time=_chance(days, face))),
        html.P(said["dossier_counted"].format(**_counts(told))),
        _hangs(told["sensitivity"], face),
        html.P(
            [
                said[f"dossier_basis_{told['basis']}"],
                html.Span(
                    said["dossier_figures"].format(
                        statistic=told["statistic"],
                        threshold=told["threshold"],
                        p=probability(told["p"]),
                    ),
                    className="fine",
                ),
            ]
        ),
    ]
    return section("sure", said["dossier_sure"], lines)


def _counts(told: Data) -> dict[str, Any]:
    return {name: f"{told[name]:,}" for name in ("callers", "addresses", "tickets")}


def _chance(days: float, face: EvidenceFace) -> str:
    said = face.words
    if years(days):
        return said["dossier_chance_years"].format(n=years(days))
    if days < 1:
        return said["dossier_chance_often"]
    return said["dossier_chance_days"].format(n=f"{days:,.0f}")


def _hangs(table: Data | None, face: EvidenceFace) -> Component | None:
    if table is None:
        return None
    share = table["sure"] / table["of"]
    key = "no" if share >= STEADY else "some" if share >= SOME else "much"
    word = face.words[f"dossier_hangs_{key}"]
    return html.P(face.words["dossier_hangs"].format(of=table["of"], n=table["sure"], word=word))


def holders(seen: Seen, face: EvidenceFace) -> Component:
    """Say which departments hold the open members, in counts alone."""
    said = face.words
    rows = [row for row in seen.holders if row[1]]
    done = sum(ended for _, _, ended in seen.holders)
    total = sum(open_ for _, open_, _ in rows)
    body: list[Component] = [html.P(said["dossier_no_members"])] if not rows else []
    if rows:
        shown = [_holder(name, n, face) for name, n, _ in rows[:MOST_HOLDERS]]
        body.append(html.Ul(shown, className="holders"))
    if rows[MOST_HOLDERS:]:
        others = said["dossier_other_holders"].format(
            n=len(rows) - MOST_HOLDERS, open=sum(row[1] for row in rows[MOST_HOLDERS:])
        )
        body.append(html.P(others, className="fine"))
    counts = [said["dossier_open"].format(n=total) if rows else ""]
    counts.append(said["dossier_done"].format(n=done) if done else "")
    body.append(html.P(" · ".join(filter(None, counts)), className="fine"))
    return section("holders", said["dossier_holders"], body)


def _holder(department: str | None, count: int, face: EvidenceFace) -> Component:
    nobody = face.words["dossier_nobody"]
    name = nobody if department is None else face.name("department", department)
    look = "holder holder-nobody" if department is None else "holder"
    return html.Li([html.Span(name), html.Strong(str(count))], className=look)


def section(name: str, title: str, body: Sequence[Component | None], note: str = "") -> Component:
    """Frame a part of the page."""
    return html.Section(
        [html.H2([title, html.Small(note) if note else None]), *body],
        className=f"part part-{name}",
        **aria(label=title),
    )
