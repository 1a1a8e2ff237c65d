"""The section of a picture that tells of the open incidents.

Only coded values leave: categories, districts, departments, states, verdicts, counts and the names
of the usual links. Text that somebody typed leaves where somebody entitled released it, and then
only the text that was released, as is a partner's name: any other party, owner or link that is no
code has no name here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from operations.pulse.rows import DEPARTMENT, DISTRICT
from operations.pulse.view import Data, View, named, names_of
from operations.pulse.windows import from_us, iso
from operations.response.chain import findings_of, first_failing, in_order
from operations.response.closing import Day, days_back
from operations.response.incident import Kind, Part, Whole
from operations.response.standing import Brief, Full, OpenIncidents

MOST_ROWS = 18
"""A wall has lines for so many at most."""
MOST_FULL = 8
"""So many of a scope's gravest are told in full; a wall pages through them."""
MOST_PARTIES = 14
OVER = ("done", "called_off", "withdrawn", "released")
"""States of parts that nobody waits for any more."""

_NOTHING = ("", "")


class IncidentSection:
    """Draws the section of each scope when something changed, or has become late by itself."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[int, int], tuple[OpenIncidents, int | None, Data]] = {}

    def data(self, view: View, told: OpenIncidents) -> Data:
        """Give what the scope of a view is told."""
        scope, now_us = (view.scope.kind, view.scope.code), view.city.now_us
        last = self._drawn.get(scope)
        if last is not None and last[0] is told and (last[1] is None or now_us <= last[1]):
            return last[2]
        data = incidents(view, told)
        self._drawn[scope] = (told, told.turns_us(now_us), data)
        return data


def incidents(view: View, told: OpenIncidents) -> Data:
    """Give the open incidents of a scope; an exercise is shown, and counted in no figure."""
    own = [one for one in told.briefs if _is_in(view, one)]
    real = [one for one in own if not one.head.exercise]
    shown = own[:MOST_ROWS]
    rows = [
        _row(one, view, told) | {"whole": _whole(one, view, told) if place < MOST_FULL else None}
        for place, one in enumerate(shown)
    ]
    return {
        "rows": rows,
        "left_out": sum(not one.head.exercise for one in own[MOST_ROWS:]),
        "open": len(real),
        "late": sum(one.late(view.city.now_us) > 0 for one in real),
        "baseline_d": told.baseline_d,
    }


def _is_in(view: View, brief: Brief) -> bool:
    """Tell whether an incident is a scope's: of its district, or it leads or was called to it."""
    kind = view.scope.kind
    if kind not in (DISTRICT, DEPARTMENT):
        return True
    names = view.city.names.of(kind).names
    own = names[view.scope.code] if view.scope.code < len(names) else None
    if own is None:
        return False
    return own in brief.parties if kind == DEPARTMENT else own == brief.head.district


def _row(brief: Brief, view: View, told: OpenIncidents) -> Data:
    head, names, now_us = brief.head, view.names, view.city.now_us
    report_us, since_us = told.report_us(brief), brief.late_since_us(now_us)
    due = brief.next_due(now_us, report_us)
    return {
        "id": head.id,
        "number": head.number,
        "category": head.category,
        **_both("name", names_of(head.category, names.categories) if head.category else _NOTHING),
        **_known("district", head.district, names.districts),
        **_known("lead", head.lead, names.departments),
        "state": head.state,
        "severity": head.severity,
        "exercise": head.exercise,
        "released": head.released,
        "since": iso(head.opened_us),
        "tickets": brief.tickets,
        "due": None if due is None else iso(due.at_us),
        "due_of": None if due is None else due.kind,
        "late": brief.late(now_us),
        "late_since": None if since_us is None else iso(since_us),
        "report_late_since": iso(report_us)
        if report_us is not None and report_us < now_us
        else None,
    }


def _both(field: str, names: tuple[str, str]) -> Data:
    return {f"{field}_zh": names[0], f"{field}_en": names[1]}


def _known(field: str, code: str | None, names: Mapping[str, tuple[str, str]]) -> Data:
    """Name a code of the city's own; what is no code may have been typed and stays here."""
    if code is None or code not in names:
        return {field: None, **_both(field, _NOTHING)}
    return {field: code, **_both(field, names_of(code, names))}


def _whole(brief: Brief, view: View, told: OpenIncidents) -> Data | None:
    full = told.full.get(brief.head.id)
    if full is None:
        return None
    parties = _parties(full.whole, view, told)
    return {
        "links": _links(full.whole, view, told),
        "parties": parties[:MOST_PARTIES],
        "parties_left_out": max(0, len(parties) - MOST_PARTIES),
        "tasks": _tasks(full.whole.of(Kind.TASK), view.city.now_us),
        "series": _series(full, view),
    }


def _links(whole: Whole, view: View, told: OpenIncidents) -> list[Data]:
    """Give the chain from its source on, with the link where the matter begins."""
    links = whole.of(Kind.LINK)
    first = first_failing(links)
    measures = [one for one in whole.of(Kind.MEASURE) if one.state not in OVER]
    return [
        {
            **_both("name", _link_names(one, told)),
            **_owner(str(one.body["owner"]), view, told),
            "state": one.state,
            "first": first is not None and first.number == one.number,
            "findings": len(findings_of(whole, one.number)),
            "measures": sum(measure.body["link"] == one.number for measure in measures),
        }
        for one in in_order(links)
    ]


def _owner(code: str, view: View, told: OpenIncidents) -> Data:
    """Name who a link belongs to: a department, or a partner whose name was released."""
    if code in view.names.departments:
        return _known("owner", code, view.names.departments)
    return {"owner": None, **_both("owner", told.partners.get(code, _NOTHING))}


def _link_names(link: Part, told: OpenIncidents) -> tuple[str, str]:
    names = (str(link.body["name_zh"]), str(link.body["name_en"]))
    return names if names in told.links else _NOTHING


def _tasks(tasks: Iterable[Part], now_us: int) -> Data:
    """Count tasks: open, late of these, done."""
    states = [(one.state, one.due_us) for one in tasks]
    waiting = [due_us for state, due_us in states if state not in OVER]
    return {
        "open": len(waiting),
        "late": sum(due_us is not None and due_us < now_us for due_us in waiting),
        "done": sum(state == "done" for state, _ in states),
    }


def _parties(whole: Whole, view: View, told: OpenIncidents) -> list[Data]:
    """Give who was called or has a task, the lead first, then who is awaited or late."""
    states = {str(one.body["code"]): one.state for one in whole.of(Kind.PARTY)}
    of: dict[str, list[Part]] = {code: [] for code in (whole.head.lead, *states)}
    for task in whole.of(Kind.TASK):
        of.setdefault(str(task.body["owner"]), []).append(task)
    found = [
        {
            **named_or_outside(code, view.names.departments, told.partners),
            "state": states.get(code),
            "lead": code == whole.head.lead,
            "tasks": _tasks(tasks, view.city.now_us),
        }
        for code, tasks in of.items()
    ]
    return sorted(found, key=_awaited)


def named_or_outside(
    code: str, names: Mapping[str, tuple[str, str]], partners: Mapping[str, tuple[str, str]]
) -> Data:
    """Name a department, or a partner whose name was released.

    A party from outside has no code of the city's; without a release it has no name here.
    """
    if code in names:
        return named(code, names)
    return {"code": None, **_both("name", partners.get(code, _NOTHING))}


def _awaited(party: Data) -> tuple[bool, bool, int, int]:
    tasks = party["tasks"]
    return (not party["lead"], party["state"] != "summoned", -tasks["late"], -tasks["open"])


def _series(full: Full, view: View) -> Data | None:
    """Give the complaints by day with what is usual, and the days measures began or ended on."""
    if not full.days:
        return None
    marks: dict[int, Data] = {}
    for measure in full.whole.of(Kind.MEASURE):
        for kind, at_us in (("began", measure.body["began_us"]), ("done", measure.body["done_us"])):
            place = _place(at_us, full.days, view)
            if place is not None:
                mark = marks.setdefault(place, {"day": place, "began": 0, "done": 0})
                mark[kind] += 1
    opened = _place(full.whole.head.opened_us, full.days, view)
    whole_days = list(full.days[:-1])
    since = whole_days if opened is None else whole_days[opened:]
    return {
        "first": full.days[0].day.isoformat(),
        "days": [[one.count, round(one.usual, 1), round(one.bound, 1)] for one in full.days],
        "opened": opened,
        "marks": [marks[place] for place in sorted(marks)],
        "back_d": days_back(since),
    }


def _place(at_us: int | None, days: Sequence[Day], view: View) -> int | None:
    """Tell which of the days a moment lies on."""
    if at_us is None:
        return None
    place = (from_us(at_us).astimezone(view.city.local.zone).date() - days[0].day) // timedelta(1)
    return place if 0 <= place < len(days) else None
