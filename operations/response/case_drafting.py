"""How a case is drafted from a reviewed incident: its figures, and its texts without names."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from operations.errors import BadInput
from operations.people.anonymity import anonymous
from operations.response.case import (
    LOCAL,
    LONGEST,
    Case,
    CaseDay,
    CaseFinding,
    CaseLink,
    CaseMeasure,
    Facts,
    Of,
    Passage,
    State,
)
from operations.response.chain import Template, bound_of, in_order
from operations.response.closing import Day
from operations.response.course import day_of
from operations.response.effect import Effect
from operations.response.incident import Incident, Kind, Part, Whole

HOUR_US = 3_600_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a case is drafted from.

    `days` are the matter's, `opened` the one of the opening. `names` are the words that would tell
    who or where (places, partners, numbers of tickets), beside those the incident itself holds.
    Fewer than `least` tickets are not told. An office is the city's own, or local to a district.
    """

    whole: Whole
    tickets: int
    least: int
    days: Sequence[Day]
    effects: Sequence[Effect]
    templates: Sequence[Template]
    names: frozenset[str]
    is_office: Callable[[str], bool]
    is_local: Callable[[str], bool]
    zone: ZoneInfo

    @property
    def opened(self) -> date:
        """Give the day of the opening."""
        return self.day_of(self.whole.head.opened_us)

    def day_of(self, us: int) -> date:
        """Give the day of a moment."""
        return day_of(us, self.zone)

    def known(self) -> frozenset[str]:
        """Give every word that would tell who or where."""
        return self.names | frozenset(_named_in(self.whole, self.is_office))


def drafted(material: Material, *, actor: str, now: datetime) -> Case:
    """Draft a case; the book gives its number. Raises BadInput for what makes none."""
    head = material.whole.head
    if head.exercise:
        raise BadInput("incident", "an exercise makes no case")
    if head.state != "reviewed":
        raise BadInput("incident", "it has to be reviewed first")
    return Case(
        number="", version=1, state=State.DRAFT, incident=head.id, facts=_facts(material),
        passages=_passages(material), drafted_by=actor, drafted_at=now,
    )  # fmt: skip


def _facts(material: Material) -> Facts:
    whole, head = material.whole, material.whole.head
    offices = [one.body["code"] for one in whole.of(Kind.PARTY)]
    named = [_office(one, material) for one in offices if one != head.lead]
    units = tuple(one for one in named if one and one != LOCAL)
    until = head.closed_us or head.changed_us
    return Facts(
        category=head.category, chain=_chain(whole, material.templates), severity=head.severity,
        month=material.opened.strftime("%Y-%m"), lead=_office(head.lead, material), units=units,
        local=named.count(LOCAL), outside=named.count(""),
        tickets=material.tickets if material.tickets >= material.least else None,
        lasted_h=round((until - head.opened_us) / HOUR_US),
        links=tuple(_links(material)), findings=tuple(_findings(material)),
        measures=tuple(_measures(material)),
        days=tuple(
            CaseDay((one.day - material.opened).days, one.count, one.usual, one.bound)
            for one in material.days
        ),
    )  # fmt: skip


def _office(code: str, material: Material) -> str:
    if not material.is_office(code):
        return ""
    return LOCAL if material.is_local(code) else code


def _chain(whole: Whole, templates: Iterable[Template]) -> str:
    """Tell which usual chain it is: that with most of the links' names, "" for none."""
    names = {one.body["name_zh"] for one in whole.of(Kind.LINK)}
    shared = {one.code: sum(stage.name_zh in names for stage in one.stages) for one in templates}
    best = max(shared, key=lambda code: shared[code], default="")
    return best if shared.get(best) else ""


def _links(material: Material) -> Iterator[CaseLink]:
    usual = _usual(material.templates)
    path = in_order(material.whole.of(Kind.LINK))
    failed = [one.number for one in path if one.body["failed_us"] is not None]
    for one in path:
        names = (one.body["name_zh"], one.body["name_en"])
        name_zh, name_en = names if names in usual else ("", "")
        yield CaseLink(
            number=one.number, name_zh=name_zh, name_en=name_en,
            owner=_office(one.body["owner"], material), failed=one.number in failed,
            cleared=one.state == "cleared", began_here=one.number in failed[:1],
        )  # fmt: skip


def _usual(templates: Iterable[Template]) -> set[tuple[str, str]]:
    return {(stage.name_zh, stage.name_en) for one in templates for stage in one.stages}


def _findings(material: Material) -> Iterator[CaseFinding]:
    known = material.known()
    for one in material.whole.of(Kind.FINDING):
        body = one.body
        yield CaseFinding(
            number=one.number, link=body["link"], value=body["value"], limit=body["limit"],
            bound=bound_of(body),
            quantity=anonymous(body["quantity"], known), unit=anonymous(body["unit"], known),
        )  # fmt: skip


def _measures(material: Material) -> Iterator[CaseMeasure]:
    effects = {one.number: one for one in material.effects}
    for one in _taken(material.whole):
        effect = effects.get(one.number)
        told = {} if effect is None else {
            "verdict": effect.verdict, "ratio": effect.ratio, "low": effect.low,
            "high": effect.high,
        }  # fmt: skip
        yield CaseMeasure(
            number=one.number, link=one.body["link"], owner=_office(one.body["owner"], material),
            began_d=_days_after(one.body["began_us"], material),
            done_d=_days_after(one.body["done_us"], material), **told,  # type: ignore[arg-type]
        )  # fmt: skip


def _taken(whole: Whole) -> list[Part]:
    return [one for one in whole.of(Kind.MEASURE) if one.state in ("running", "done")]


def _days_after(us: int | None, material: Material) -> int | None:
    return None if us is None else (material.day_of(us) - material.opened).days


def _passages(material: Material) -> tuple[Passage, ...]:
    """Give every typed text that would be in it, with what tells who or where hidden."""
    whole, known = material.whole, material.known()
    usual = _usual(material.templates)
    given: list[tuple[Of, int, str]] = [
        (Of.TITLE, 0, whole.head.title), (Of.SUMMARY, 0, _summary(whole)),
    ]  # fmt: skip
    given += [
        (Of.LINK, one.number, one.body["name_zh"])
        for one in in_order(whole.of(Kind.LINK))
        if (one.body["name_zh"], one.body["name_en"]) not in usual
    ]
    given += [(Of.FINDING, one.number, one.body["text"]) for one in whole.of(Kind.FINDING)]
    given += [(Of.MEASURE, one.number, one.body["title"]) for one in _taken(whole)]
    given += [(Of.DECISION, one.number, one.body["text"]) for one in whole.of(Kind.DECISION)]
    given += [(Of.LESSON, one.number, one.body["text"]) for one in whole.of(Kind.LESSON)]
    return tuple(
        Passage(of, number, anonymous(text[: LONGEST[of]].strip(), known))
        for of, number, text in given
    )


def _summary(whole: Whole) -> str:
    """Give what the last situation report says, to begin from."""
    reports = whole.of(Kind.REPORT)
    if not reports:
        return ""
    body = reports[-1].body
    return "\n".join(str(body[name]) for name in ("situation", "done"))


def _named_in(whole: Whole, is_office: Callable[[str], bool]) -> Iterator[str]:
    """Give the words in an incident that name somebody: who acted, who was called, its numbers."""
    head: Incident = whole.head
    yield from (head.number, head.cluster or "", head.alarm or "")
    if head.closing is not None:
        yield from (head.closing.asked_by, head.closing.confirmed_by)
    for one in whole.parts.values():
        yield from (str(one.body.get(name) or "") for name in ("actor", "person"))
        named = (str(one.body.get(name) or "") for name in ("code", "owner"))
        yield from (word for word in named if not is_office(word))
