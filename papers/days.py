"""Days, weeks and months as a report names them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from operations.bulletin.issue import Issue, Kind
from papers.wording import Language, words


class Days:
    """Names days in one language and one zone."""

    def __init__(self, language: Language, zone: str) -> None:
        self._said, self._zone, self._language = words(language), ZoneInfo(zone), language

    def day(self, day: date) -> str:
        """Name a day of this year: 11月27日, 27 November."""
        return self._said["day"].format(month=day.month, day=day.day, name=self._month(day))

    def whole_day(self, day: date) -> str:
        """Name a day with its year."""
        return self._said["whole_day"].format(
            year=day.year, month=day.month, day=day.day, name=self._month(day)
        )

    def moment(self, at: datetime) -> str:
        """Name a moment in the city's time to the minute, with the offset it is in."""
        local = at.astimezone(self._zone)
        return f"{self.whole_day(local.date())} {local:%H:%M}"

    def short(self, at: datetime) -> str:
        """Name a moment of this year: 11-27 14:05."""
        return f"{at.astimezone(self._zone):%m-%d %H:%M}"

    def local(self, at: datetime) -> date:
        """Give a moment's day in the city."""
        return at.astimezone(self._zone).date()

    def period(self, issue: Issue) -> str:
        """Name the days a number is of."""
        first, last = issue.period.first, issue.period.last
        if issue.kind is Kind.MONTHLY:
            return self._said["month"].format(
                year=first.year, month=first.month, name=self._month(first)
            )
        if issue.kind is Kind.WEEKLY:
            return self._week(first, last)
        names = self._named("weekdays")
        day = self.whole_day(first)
        return self._said["weekday"].format(day=day, weekday=names[first.weekday()])

    def _week(self, first: date, last: date) -> str:
        if (first.year, first.month) == (last.year, last.month):
            return self._said["span_of_month"].format(
                year=last.year, month=last.month, name=self._month(last),
                first=first.day, last=last.day,
            )  # fmt: skip
        # The year stands once: in Chinese before the first day, in English after the last.
        one_year, chinese = first.year == last.year, self._language == "zh"
        begun = self.day(first) if one_year and not chinese else self.whole_day(first)
        ended = self.day(last) if one_year and chinese else self.whole_day(last)
        return self._said["span"].format(first=begun, last=ended)

    def labels(self, issue: Issue, columns: int) -> list[str]:
        """Name what stands under the columns of a chart, every one or every few."""
        if issue.kind is Kind.DAILY:
            return [f"{hour}" if hour % 3 == 0 else "" for hour in range(columns)]
        first = issue.period.first.toordinal()
        days = [date.fromordinal(first + place) for place in range(columns)]
        every = 1 if columns <= 7 else 3
        return [
            f"{day.month}-{day.day}" if place % every == 0 else "" for place, day in enumerate(days)
        ]

    def _month(self, day: date) -> str:
        return self._named("months")[day.month - 1]

    def _named(self, key: str) -> list[str]:
        said = self._said[key]
        return said.split(" ") if " " in said else list(said)
