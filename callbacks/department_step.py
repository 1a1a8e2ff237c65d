"""One step of the drill-down: where it stands, where it leads, and what its page is told."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from callbacks import department_faces as faces
from callbacks.department_reads import WEEK_D, Read
from callbacks.desk import Desk
from callbacks.names import city_name, place_name
from callbacks.ticket_rows import named, reader_of
from layouts.departments_face import Choice, DepartmentsFace, FiguresFace, Table
from layouts.wording import Language, words
from operations.errors import BadInput
from operations.people.permissions import Act, Field, Subject, standing
from operations.pulse.drill import PERIODS_D, Drill, Level, months_back, read_drill
from operations.pulse.figures import FIGURE
from operations.pulse.sums import Slice, Units

PATH = "/departments"
KINDS = {"department": "departments", "category": "categories", "district": "districts"}


class Step:
    """A step as an address asks for it; raises BadInput for what cannot be."""

    def __init__(
        self,
        sources: Any,
        desk: Desk,
        language: Language,
        asked: Mapping[str, str],
        department: str | None,
    ) -> None:
        self._sources, self._desk, self.language = sources, desk, language
        self.said = words(language)
        self._today = desk.now().astimezone(sources.reference.zone).date()
        self.drill = read_drill(asked, department, self._today)
        whole = asked.get("all", "")
        self._whole = whole if whole in KINDS else ""
        if self.drill.district and not sources.reference.knows("district", self.drill.district):
            raise BadInput("district", "there is no such district")

    def wrong(self, error: BadInput) -> str:
        """Say what the address asks for that cannot be."""
        if error.field in ("days", "month", "from", "to", "period"):
            return self.said["departments_bad_period"]
        return self.said["departments_bad_other"].format(name=error.field)

    def may_look(self, **where: str | None) -> bool:
        """Tell whether figures of a place or department are for who asks."""
        return self._desk.allows(Act.LOOK, Subject(Field.AGGREGATE, **where))

    @cached_property
    def units(self) -> Units:
        """Name the departments that are counted; None for all, none where none is for who asks."""
        drill, reference = self.drill, self._sources.reference
        if drill.department is not None:
            return None
        whole = self.may_look(district=drill.district)
        if whole and drill.level is None:
            return None
        return frozenset(
            one.code
            for one in reference.departments
            if (drill.level is None or (one.district is None) == (drill.level is Level.CITY))
            and (whole or self.may_look(department=one.code, district=drill.district))
        )

    def listed(self) -> Slice | None:
        """Give the slice whose open tickets are listed; None where it would be of many units."""
        units = self.units
        if units is None:
            return self.drill.slice
        return replace(self.drill.slice, department=min(units)) if len(units) == 1 else None

    def axes(self) -> tuple[str, ...]:
        """Name what the figures are told apart by here: what does not narrow them yet."""
        codes = self.drill.slice.codes()
        return tuple(axis for axis in KINDS if axis not in codes)

    def refused(self, told: str) -> DepartmentsFace:
        """Give the page with nothing but what is wrong."""
        return replace(self._frame(), told=told)

    def face(self, live: str, *, counted: float) -> DepartmentsFace:
        """Give the page around the figures; `live` is the scope whose picture is shown.

        `counted` tells how much of the tickets is in the sums.
        """
        return replace(self._frame(), live=live, live_whole=self._live_whole(live), counted=counted)

    def figures(self, read: Read) -> FiguresFace:
        """Give the figures."""
        terms, live = self._terms, self._live(read)
        return FiguresFace(
            language=self.language,
            days=[day.isoformat() for day, _ in read.days[WEEK_D - 1 :]],
            live=live,
            score=faces.score_face(read, terms) if terms.targets else None,
            groups=faces.groups_of(read, terms, self.said),
            tables=[self._table(axis, read, live) for axis in self.axes() if axis in read.by],
            ranks=self._ranks,
        )

    def decided_by(self) -> str:
        """Name all that decides what the figures look like but the sums they are of.

        The step and its address, whose departments are counted, where who asks may go from here,
        and what is the same for everybody: terms, names, and the version that draws them.
        """
        who, sources = self._desk.who(), self._sources
        rights = "everybody" if self._desk.people is None else "nobody"
        same = (self._terms, self._ranks, sources.names, self._has_counties, self._desk.software)
        units = None if self.units is None else sorted(self.units)
        step = (self.drill, self.language, self._whole, units)
        named = repr((step, rights if who is None else standing(who.person), same))
        return hashlib.sha256(named.encode()).hexdigest()

    @cached_property
    def _terms(self) -> faces.Terms:
        return faces.Terms(
            self._sources.reference.targets, self._sources.settings.few_cases, self.language
        )

    @property
    def _ranks(self) -> bool:
        return bool(self._sources.settings.ranks)

    def _frame(self) -> DepartmentsFace:
        drill, period = self.drill, self.drill.period
        crumbs = self._crumbs()
        first, last = period.first.isoformat(), period.last.isoformat()
        before = period.before
        return DepartmentsFace(
            reader=reader_of(self._sources, self._desk, self.language),
            title=self._title(),
            path=self._path(drill),
            query=drill.asked(),
            crumbs=crumbs,
            periods=[self._period_choice(str(n), n) for n in PERIODS_D],
            months=[self._month_choice(month) for month in months_back(self._today)],
            levels=[] if drill.department else self._level_choices(),
            kept=self._kept(),
            first=first,
            last=last,
            before=f"{before.first.isoformat()} – {before.last.isoformat()}",
        )

    def _title(self) -> str:
        codes = self.drill.slice.codes()
        order = [axis for axis in ("district", "department", "category") if axis in codes]
        names = [self._name(axis, codes[axis]) for axis in order]
        if not names and self.drill.level is not None:
            names = [self.said[f"departments_of_{self.drill.level.value}"]]
        return " · ".join(names) or self.said["departments_link"]

    # Addresses

    def _path(self, drill: Drill) -> str:
        return PATH if drill.department is None else f"{PATH}/{quote(drill.department, safe='')}"

    def href(self, drill: Drill) -> str:
        """Give the address of another step."""
        return f"{self._path(drill)}?{urlencode({**drill.asked(), 'lang': self.language})}"

    def _kept(self) -> dict[str, str]:
        periods = ("days", "month", "from", "to")
        kept = {name: one for name, one in self.drill.asked().items() if name not in periods}
        return {**kept, **({"all": self._whole} if self._whole else {}), "lang": self.language}

    def _chosen(self, choice: Mapping[str, str]) -> str:
        return f"{self._path(self.drill)}?{urlencode({**choice, **self._kept()})}"

    def _period_choice(self, choice: str, days: int) -> Choice:
        name = self.said["departments_days"].format(n=days)
        asked = {"days": choice}
        return Choice(name, self._chosen(asked), self.drill.choice == choice)

    def _month_choice(self, month: str) -> Choice:
        return Choice(month, self._chosen({"month": month}), self.drill.choice == month)

    @property
    def _has_counties(self) -> bool:
        return any(one.district for one in self._sources.reference.departments)

    def _level_choices(self) -> list[Choice]:
        if not self._has_counties:
            return []
        names = {None: "departments_all_units", Level.CITY: "departments_of_city",
                 Level.COUNTY: "departments_of_county"}  # fmt: skip
        return [
            Choice(
                self.said[name], self.href(self.drill.at(level=level)), level is self.drill.level
            )
            for level, name in names.items()
        ]

    def _crumbs(self) -> list[Choice]:
        drill, said = self.drill, self.said
        up = Drill(drill.period, drill.choice)
        steps = [Choice(city_name(self._sources.reference).told(self.language), self.href(up))]
        level = drill.level or self._level_of(drill.department)
        if level is not None:
            here = up.at(level=level)
            steps.append(Choice(said[f"departments_of_{level.value}"], self.href(here)))
        for axis in ("district", "department", "category"):
            code = getattr(drill, axis)
            if code is not None:
                up = up.at(**{axis: code})
                steps.append(Choice(self._name(axis, code), self.href(up)))
        return steps

    def _level_of(self, department: str | None) -> Level | None:
        table = self._sources.reference.departments
        if department is None or not self._has_counties:
            return None
        return Level.CITY if table.named(department).district is None else Level.COUNTY

    # What is shown

    def _name(self, axis: str, code: str) -> str:
        if not code:
            return self.said["departments_none"]
        return named(self._sources, KINDS[axis], code, self.language)

    def _table(self, axis: str, read: Read, live: str) -> Table:
        terms, scored = self._terms, axis == "department"

        def name(code: str) -> str:
            return self._name(axis, code)

        def leads(code: str) -> str | None:
            return self._leads(axis, code)

        lines = faces.lines_of(read.by[axis], terms, name=name, href=leads)
        if scored and self._ranks:
            lines = faces.by_score(lines)
        return Table(
            name=axis,
            title=self.said[f"departments_by_{axis}"],
            lead=self.said[f"ticket_{axis}"],
            heads=[terms.name(FIGURE[code]) for code in faces.IN_TABLES],
            aims=[faces.aim(FIGURE[code], terms) for code in faces.IN_TABLES],
            lines=lines,
            scored=scored and bool(terms.targets),
            live=scored and bool(live),
            whole=axis == self._whole,
            other=self._other(axis),
        )

    def _other(self, axis: str) -> str:
        """Give where all lines of a table stand, or the first alone where all of them do."""
        here = self.href(self.drill)
        return f"{here}#by-{axis}" if axis == self._whole else f"{here}&all={axis}#by-{axis}"

    def _leads(self, axis: str, code: str) -> str | None:
        """Give where a row leads, if that is for who asks."""
        further = self.drill.at(**{axis: code}, level=None)
        where = {"department": further.department, "district": further.district}
        return self.href(further) if code and self.may_look(**where) else None

    def _live(self, read: Read) -> str:
        """Name the scope whose picture tells what is so here and now, of those one may see."""
        drill = self.drill
        codes = [("department", drill.department), ("district", drill.district)]
        if not drill.department and not self.may_look(district=drill.district):
            only = list(read.by.get("department", {}))
            codes = [("department", only[0] if len(only) == 1 else None)]
            if codes[0][1] is None:
                return ""
        for kind, code in codes:
            if code is not None:
                scope = f"{kind}-{code}"
                return scope if self.may_look(**{kind: code}) else ""
        return "city" if self.may_look() else ""

    def _live_whole(self, live: str) -> str:
        """Say whose all tickets the numbers of now are, where the figures below are of fewer."""
        drill = self.drill
        narrower = drill.category or drill.level or (drill.department and drill.district)
        place = place_name(self._sources.reference, live) if live and narrower else None
        if place is None:
            return ""
        return self.said["departments_now_whole"].format(name=place.told(self.language))
