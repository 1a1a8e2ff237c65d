"""The first paragraphs of a report: the period in whole sentences."""

from operations.bulletin.contents import Bulletin, Measure
from operations.pulse.figure import Better
from operations.pulse.figures import FIGURE
from papers.days import Days
from papers.wording import Language, words

RATES = ("on_time_rate", "response_rate", "solved_rate", "satisfaction_rate")
MOST_NAMED = 3


class Headline:
    """Says what a leader has to know, in the order it matters."""

    def __init__(self, bulletin: Bulletin, language: Language) -> None:
        self._of, self._language = bulletin, language
        self._said = words(language)
        self._days = Days(language, bulletin.terms.zone)

    @property
    def whose(self) -> str:
        """Say in a sentence whose requests they are; in English nothing of the whole city."""
        issue = self._of.issue
        name = self._name(issue.axis, issue.place) if issue.axis else ""
        return self._said[f"of_{issue.axis or 'city'}"].format(name=name)

    @property
    def titled(self) -> str:
        """Say the same in the title, where the city stands above it."""
        return self.whose if self._of.issue.axis else ""

    def paragraphs(self) -> list[str]:
        """Give the paragraphs, those with nothing to say left out."""
        found = [
            self._joined(self._opened(), self._flow()),
            self._quality(),
            self._joined(self._rose(), self._watch(), self.overdue()),
        ]
        return [one for one in found if one]

    def _joined(self, *sentences: str) -> str:
        between = "" if self._language == "zh" else " "
        return between.join(one for one in sentences if one)

    def _opened(self) -> str:
        said, period = self._said, self._days.period(self._of.issue)
        opened = self._of.measure("opened")
        if opened is None or not opened.now.n:
            return said["head_none"].format(period=period, of=self.whose)
        against = ""
        before = said[f"before_{self._of.issue.kind.value}"]
        if opened.before is not None:
            moved = self._moved(opened.now.n, opened.before.n)
            against += said["against_before"].format(before=before, moved=moved)
        if opened.last_year is not None:
            moved = self._moved(opened.now.n, opened.last_year.n)
            against += said["against_year"].format(moved=moved)
        told = "head_opened_own" if self._of.issue.axis == "department" else "head_opened"
        n = f"{opened.now.n:,}"
        return said[told].format(period=period, n=n, against=against, of=self.whose)

    def _moved(self, now: int, before: int) -> str:
        """Say by how much a count moved."""
        if now == before:
            return self._said["same"]
        way = "more" if now > before else "fewer"
        if not before:
            return self._said["more_bare"].format(n=f"{now:,}")
        share = f"{abs(now - before) / before * 100:.1f}%"
        return self._said[way].format(n=f"{abs(now - before):,}", share=share)

    def _flow(self) -> str:
        numbers = {}
        for code in ("dispatched", "closed", "direct"):
            found = self._of.measure(code)
            numbers[code] = f"{found.now.n if found else 0:,}"
        return self._said["head_flow"].format(**numbers)

    def _quality(self) -> str:
        told = [
            self._rate(found)
            for code in RATES
            if (found := self._of.measure(code)) is not None and found.now.value is not None
        ]
        if not told:
            return ""
        return self._said["head_quality"].format(sentences=self._said["joined"].join(told))

    def _rate(self, found: Measure) -> str:
        said, figure = self._said, FIGURE[found.code]
        value = found.now.value or 0.0
        judged = ""
        if found.before is not None and found.before.value is not None and not found.few:
            points = round(value * 100, 1) - round(found.before.value * 100, 1)
            way = "rate_up" if points > 0 else "rate_down"
            if abs(points) >= 0.05:
                judged += said[way].format(n=f"{abs(points):.1f}")
        if found.target is not None and not found.few:
            met = (value >= found.target) == (figure.better is Better.HIGHER)
            target = f"{found.target * 100:.1f}%"
            judged += said["rate_met"] if met else said["rate_missed"].format(target=target)
        name = figure.zh if self._language == "zh" else figure.en
        return said["head_rate"].format(
            name=name, value=f"{value * 100:.1f}%", n=f"{found.now.n:,}", judged=judged
        )

    def _rose(self) -> str:
        names = [
            self._said["rose_one"].format(
                name=self._name("category", one.code), n=f"+{one.opened - one.before:,}"
            )
            for one in self._of.sorts[:MOST_NAMED]
        ]
        if not names:
            return ""
        return self._said["head_rose"].format(names=self._said["listed"].join(names))

    def _watch(self) -> str:
        clusters, alarms = self._of.gatherings_in_all, self._of.alarms.total
        if not clusters and not alarms:
            return ""
        return self._said["head_watch"].format(clusters=f"{clusters:,}", alarms=f"{alarms:,}")

    def overdue(self) -> str:
        """Say how much is overdue, and who holds most of it."""
        said, time = self._said, self._days.moment(self._of.made_at)
        holders = self._of.holders
        if not holders:
            return said["head_no_overdue"].format(time=time)
        names = [
            said["held_one"].format(name=self._held_by(one.code), n=f"{one.overdue:,}")
            for one in holders[:MOST_NAMED]
        ]
        many = sum(one.overdue for one in holders)
        if self._of.issue.axis == "department":
            oldest = min(one.oldest_due_at for one in holders)
            return said["head_overdue_own"].format(
                time=time, n=f"{many:,}", days=(self._of.made_at - oldest).days, of=self.whose
            )
        held = said["held_most"].format(names=said["listed"].join(names))
        return said["head_overdue"].format(time=time, n=f"{many:,}", held=held)

    def _held_by(self, code: str) -> str:
        return self._name("department", code) if code else self._said["unit_none"]

    def _name(self, axis: str, code: str) -> str:
        return self._of.name(axis, code)[0 if self._language == "zh" else 1]
