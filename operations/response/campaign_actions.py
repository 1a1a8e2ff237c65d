"""What people do with a campaign: an act gives it as it is then, or says what is wrong."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from operations.errors import BadInput
from operations.response.campaign import (
    CAMPAIGN,
    LONGEST,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_CATEGORIES,
    MOST_DISTRICTS,
    MOST_MEASURES,
    MOST_PAIRS,
    MOST_TICKETS,
    MOST_UNITS,
    Act,
    Asked,
    Campaign,
    CampaignLine,
    Goal,
    Measure,
    Scope,
    State,
    Table,
    Target,
)
from operations.tickets.handling_entering import reason_given

PLANNED_ONCE = ("name", "owner", "cooperating", "district", "scope", "target", "first")
"""What a plan says and no act changes."""


def planned(asked: Asked, district: str | None, table: Table) -> Campaign:
    """Plan a campaign; the book gives its number. Raises BadInput naming the field."""
    scope = _scope(asked.scope, district, table)
    first, last = asked.first or table.today, asked.last
    if abs(first - table.today) > LONGEST:
        raise BadInput("first", "within a year of today")
    if last is None or not first < last <= first + LONGEST or last < table.today:
        raise BadInput("last", "a day after the first, today or later, within a year of the first")
    _known("owner", "department", asked.owner, table)
    cooperating = tuple(dict.fromkeys(one for one in asked.cooperating if one != asked.owner))
    for one in cooperating:
        _known("cooperating", "department", one, table)
    if len(cooperating) > MOST_UNITS:
        raise BadInput("cooperating", f"at most {MOST_UNITS}")
    return Campaign(
        number="", version=1, state=State.PLANNED,
        name=_text("name", asked.name, LONGEST_NAME), owner=asked.owner,
        cooperating=cooperating, district=district, scope=scope,
        target=_target(asked.target, scope), first=first, last=last, planned_by=table.actor,
        planned_at=table.now, changed_at=table.now,
    )  # fmt: skip


def begin(held: Campaign, _asked: Asked, table: Table) -> Campaign:
    """Let it run: not before its first day."""
    if table.today < held.first:
        raise BadInput("first", "it begins on its first day")
    return held


def add(held: Campaign, asked: Asked, table: Table) -> Campaign:
    """Add a measure, with who sees to it and until when."""
    _known("owner", "department", asked.owner, table)
    if asked.due is None or not held.first <= asked.due <= held.last:
        raise BadInput("due", "a day of the campaign's period")
    if len(held.measures) >= MOST_MEASURES:
        raise BadInput("title", f"at most {MOST_MEASURES} measures")
    one = Measure(
        number=len(held.measures) + 1, title=_text("title", asked.title, LONGEST_NAME * 2),
        owner=asked.owner, due=asked.due,
    )  # fmt: skip
    return replace(held, measures=(*held.measures, one))


def finish(held: Campaign, asked: Asked, table: Table) -> Campaign:
    """Say that a measure is done."""
    return _on_measure(held, asked, done_at=table.now, done_by=table.actor)


def drop(held: Campaign, asked: Asked, _table: Table) -> Campaign:
    """Drop a measure; it stays in sight with its reason."""
    return _on_measure(held, asked, dropped=asked.reason.strip())


def prolong(held: Campaign, asked: Asked, table: Table) -> Campaign:
    """Give it more time; what it is to reach stays."""
    if asked.last is None or not held.last < asked.last <= held.first + LONGEST:
        raise BadInput("last", "later than it is now, within a year of the first day")
    if asked.last < table.today:
        raise BadInput("last", "today or later")
    return replace(held, last=asked.last)


def unchanged(held: Campaign, _asked: Asked, _table: Table) -> Campaign:
    """End it, or call it off."""
    return held


def review(held: Campaign, asked: Asked, _table: Table) -> Campaign:
    """Write down what was learned."""
    return replace(held, lessons=_text("lessons", asked.lessons, LONGEST_TEXT))


ACTIONS: dict[Act, Callable[[Campaign, Asked, Table], Campaign]] = {
    Act.BEGIN: begin,
    Act.ADD: add,
    Act.FINISH: finish,
    Act.DROP: drop,
    Act.PROLONG: prolong,
    Act.END: unchanged,
    Act.REVIEW: review,
    Act.CALL_OFF: unchanged,
}


def done(held: Campaign, act: Act, asked: Asked, table: Table) -> Campaign:
    """Do an act; raises BadInput where the state, a rule or what is asked refuses it."""
    move = CAMPAIGN.move(held.state, act)
    if move.needs_reason:
        reason_given(asked.reason)
    after = ACTIONS[act](held, asked, table)
    at = max(table.now, held.changed_at)
    return replace(after, state=State(move.target), version=held.version + 1, changed_at=at)


def detail_of(after: Campaign, act: Act, asked: Asked) -> str:
    """Give what a line says beyond the act and its reason."""
    if act is Act.ADD:
        return asked.title.strip()
    if act in (Act.FINISH, Act.DROP):
        one = after.measure(asked.measure)
        return "" if one is None else one.title
    return str(asked.last) if act is Act.PROLONG else ""


def is_plan_of(held: Campaign, made: Campaign) -> bool:
    """Tell whether a campaign was planned as another is; what acts change is left out."""
    return all(getattr(held, name) == getattr(made, name) for name in PLANNED_ONCE)


def is_same(line: CampaignLine, held: Campaign, act: Act, asked: Asked) -> bool:
    """Tell whether an act that was done to a campaign, as it is since, is the one asked for."""
    told = (act, detail_of(held, act, asked), asked.reason.strip())
    if (line.act, line.detail, line.reason) != told:
        return False
    if act is Act.ADD:
        wanted = (told[1], asked.owner, asked.due)
        return wanted in [(one.title, one.owner, one.due) for one in held.measures]
    return act is not Act.REVIEW or held.lessons == asked.lessons.strip()


def _on_measure(held: Campaign, asked: Asked, **changes: object) -> Campaign:
    one = held.measure(asked.measure)
    if one is None or not one.is_open:
        raise BadInput("measure", "there is no such measure that is still to be done")
    after = replace(one, **changes)  # type: ignore[arg-type]
    return replace(held, measures=tuple(after if it is one else it for it in held.measures))


def _scope(scope: Scope, district: str | None, table: Table) -> Scope:
    if bool(scope.categories) is bool(scope.tickets):
        raise BadInput("categories", "say either categories or single tickets")
    for kind, codes in (("category", scope.categories), ("district", scope.districts)):
        for code in codes:
            _known("categories" if kind == "category" else "districts", kind, code, table)
    districts = (district,) if district else scope.districts
    if district and not set(scope.districts) <= {district}:
        raise BadInput("districts", "only your own district")
    pairs = len(scope.categories) * max(len(districts), 1)
    too_wide = len(scope.categories) > MOST_CATEGORIES or len(districts) > MOST_DISTRICTS
    if too_wide or pairs > MOST_PAIRS:
        raise BadInput("categories", f"at most {MOST_PAIRS} pairs of category and district")
    if len(scope.tickets) > MOST_TICKETS:
        raise BadInput("tickets", f"at most {MOST_TICKETS}")
    unique = _once(scope.categories), _once(districts)
    return Scope(*unique, tuple(dict.fromkeys(scope.tickets)))


def _once(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _target(target: Target | None, scope: Scope) -> Target:
    if target is None:
        raise BadInput("target", "say what is to be reached")
    if target.goal is Goal.SOLVED and (scope.tickets or not 0 < target.value <= 1):
        raise BadInput("target", "a share of what categories solve, above 0 % and at most 100 %")
    whole = target.value == int(target.value) and 0 <= target.value < 1_000_000
    if target.goal is Goal.OPEN and not whole:
        raise BadInput("target", "a whole number of open tickets")
    return target


def _known(field: str, kind: str, code: str, table: Table) -> None:
    if not table.knows(kind, code):
        raise BadInput(field, f"there is no {kind} {code!r}")


def _text(field: str, given: str, most: int) -> str:
    text = given.strip()
    if not 0 < len(text) <= most:
        raise BadInput(field, f"1 to {most} characters")
    return text
