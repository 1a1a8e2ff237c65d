"""A request handed in from outside, checked and made into a record as the intake takes it."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from operations.categories import Answer, Category, Question
from operations.errors import BadInput
from operations.open311.query import read_moment

SOURCE = "open311"
"""The source of every ticket that was handed in this way."""

LONGEST_DESCRIPTION = 4_000
LONGEST_LINE = 500
LONGEST_NUMBER = 30
_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,128})\](?:\[\])?")
_LINE_BREAKS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_WEB = re.compile(r"https?://[^\s<>\"]+")

Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a call: a code, mostly that of the answer, and what to do."""

    code: int
    description: str


class Unfit(BadInput):
    """A request that cannot be taken, with everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("request", "; ".join(one.description for one in problems))
        self.problems = tuple(problems)


def read_submission(
    form: Form, category: Category, *, token: str, now: datetime, language: str
) -> dict[str, Any]:
    """Make the record of a request of a category; raises Unfit with all that is wrong."""
    problems: list[Problem] = []
    values = _Values(form, problems)
    place = _place(values)
    words = _words(values, category, language)
    name = _name(values.line("first_name"), values.line("last_name"))
    record = {
        "source": SOURCE,
        "external_id": token,
        "created_at": now,
        "status": "accepted",
        "type": "help",
        "channel": "app",
        "category": category.code,
        "title": category.name_en if language == "en" else category.name_zh,
        "text": words,
        "caller": {"name": name, "phone": values.line("phone")},
        # Where somebody can be written to is no part of the words, and is sealed as they are.
        "contact_address": values.line("email"),
        **place,
    }
    if problems:
        raise Unfit(problems)
    return record


class _Values:
    """Reads single fields of a form, and collects what is wrong with them."""

    def __init__(self, form: Form, problems: list[Problem]) -> None:
        self._form, self._problems = form, problems
        self.attributes: dict[str, list[str]] = {}
        for key, given in form.items():
            found = _ATTRIBUTE.fullmatch(key)
            if found:
                said = self.attributes.setdefault(found[1], [])
                said += [value.strip() for value in given if value.strip()]

    def wrong(self, description: str) -> None:
        """Note what is wrong."""
        self._problems.append(Problem(400, description))

    def text(self, name: str, most: int) -> str:
        """Read a text; an empty one counts as absent."""
        given = [value.strip() for value in self._form.get(name, ()) if value.strip()]
        if len(given) > 1:
            self.wrong(f"{name} was given more than once")
        if given and len(given[0]) > most:
            self.wrong(f"{name} has more than {most:,} characters")
        return given[0] if given else ""

    def line(self, name: str, most: int = LONGEST_LINE) -> str | None:
        """Read one line of text, None where there is none."""
        return _LINE_BREAKS.sub(" ", self.text(name, most)) or None

    def degrees(self, name: str, most: float) -> float | None:
        """Read degrees, None where none are given."""
        given = self.text(name, LONGEST_NUMBER)
        if not given:
            return None
        number = _number(given)
        if number is None or abs(number) > most:
            self.wrong(f"{name} must be degrees between -{most:g} and {most:g}")
            return None
        return number


def _place(values: _Values) -> dict[str, Any]:
    latitude, longitude = values.degrees("lat", 90), values.degrees("long", 180)
    address, address_id = values.line("address_string"), values.line("address_id")
    if (latitude is None) != (longitude is None):
        values.wrong("lat and long go together")
    elif latitude is None and not address and not address_id:
        values.wrong("give lat and long, address_string or address_id")
    place: dict[str, Any] = {"address": address or address_id}
    if latitude is not None and longitude is not None:
        place |= {"latitude": latitude, "longitude": longitude, "crs": "WGS84"}
    return place


def _words(values: _Values, category: Category, language: str) -> str:
    """Write what was said: the description, then the answers, then where a picture is."""
    lines = [values.text("description", LONGEST_DESCRIPTION)]
    for question in category.questions:
        answers = _answers(values, question, language)
        if answers:
            asked = question.name_en if language == "en" else question.name_zh
            lines.append(f"{asked}: {', '.join(answers)}")
    for code in values.attributes.keys() - {one.code for one in category.questions}:
        values.wrong(f"attribute[{code[:60]}] is not asked for {category.code}")
    media = values.line("media_url")
    if media and not _WEB.fullmatch(media):
        values.wrong("media_url must be an address that begins with http:// or https://")
    lines.append(media or "")
    return "\n".join(line for line in lines if line)


def _answers(values: _Values, question: Question, language: str) -> list[str]:
    given = values.attributes.get(question.code, [])
    where = f"attribute[{question.code}]"
    if not given and question.required:
        values.wrong(f"{where} is required")
    if len(given) > 1 and question.answer is not Answer.SOME_OF:
        values.wrong(f"{where} takes one value")
    return [_answer(values, where, question, one, language) for one in given]


def _answer(values: _Values, where: str, question: Question, given: str, language: str) -> str:
    if question.answer in (Answer.ONE_OF, Answer.SOME_OF):
        for choice in question.choices:
            if choice.key == given:
                return choice.name_en if language == "en" else choice.name_zh
        values.wrong(f"{where} must be one of {', '.join(one.key for one in question.choices)}")
    elif question.answer is Answer.NUMBER and _number(given) is None:
        values.wrong(f"{where} must be a number")
    elif question.answer is Answer.DATETIME:
        try:
            read_moment(where, given)
        except BadInput as error:
            values.wrong(f"{where} {error.reason}")
    most = LONGEST_DESCRIPTION if question.answer is Answer.TEXT else LONGEST_LINE
    if len(given) > most:
        values.wrong(f"{where} has more than {most:,} characters")
    return given if question.answer is Answer.TEXT else _LINE_BREAKS.sub(" ", given)


def _number(given: str) -> float | None:
    try:
        number = float(given)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _name(first: str | None, last: str | None) -> str | None:
    """Put a name together as its language does: 王芳, John Smith."""
    if first and last:
        return f"{first} {last}" if (first + last).isascii() else f"{last}{first}"
    return first or last
