"""The services a city offers: its public categories, and what is asked for each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from operations.categories import Answer, Category, CategoryTable, Question

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


def service(category: Category, language: str) -> dict[str, Any]:
    """Give a category as an entry of the list of services."""
    name, other = _said(category, language), _said(category, "zh" if language == "en" else "en")
    group = category.parent_en if language == "en" else category.parent_zh
    words = dict.fromkeys((other, *category.aliases))
    return {
        "service_code": category.code,
        "service_name": name,
        "description": f"{group} · {name}" if group else name,
        "metadata": bool(category.questions),
        "type": "batch",
        "keywords": ", ".join(word for word in words if word and word != name),
        "group": group,
    }


def definition(category: Category, language: str) -> dict[str, Any]:
    """Give what is asked for a category, in the order of its table."""
    asked = enumerate(category.questions, start=1)
    return {
        "service_code": category.code,
        "attributes": [_attribute(one, order, language) for order, one in asked],
    }


def _attribute(question: Question, order: int, language: str) -> dict[str, Any]:
    hint = question.hint_en if language == "en" else question.hint_zh
    told: dict[str, Any] = {
        "variable": True,
        "code": question.code,
        "datatype": question.answer.value,
        "required": question.required,
        "datatype_description": hint or None,
        "order": order,
        "description": _said(question, language),
    }
    if question.answer in (Answer.ONE_OF, Answer.SOME_OF):
        choices = question.choices
        told["values"] = [{"key": one.key, "name": _said(one, language)} for one in choices]
    return told


def _said(named: Any, language: str) -> str:
    return str(named.name_en if language == "en" else named.name_zh)


class CityServices:
    """The services of a city: its public categories, without a table those its tickets have.

    `grown` gives the codes of such a city's tickets, `names` what they are called.
    """

    def __init__(
        self,
        table: CategoryTable,
        names: Mapping[str, tuple[str, str]],
        grown: Callable[[], Sequence[str]],
    ) -> None:
        self._table, self._names, self._grown = table, names, grown

    def all(self) -> list[Category]:
        """Give every service, in the order of the table."""
        if len(self._table):
            return [one for one in self._table if one.public]
        return [Category(code, *self._names.get(code, (code, code))) for code in self._grown()]

    def find(self, code: str) -> Category | None:
        """Find a service by its code."""
        if len(self._table):
            found = self._table.get(code)
            return found if found is not None and found.public else None
        return next((one for one in self.all() if one.code == code), None)


def discovery(
    address: str, *, changed_at: datetime, contact: str, key_service: str
) -> dict[str, Any]:
    """Give what there is at an address: GeoReport v2, in XML and JSON."""
    changeset = f"{changed_at.astimezone(UTC):%Y-%m-%d %H:%M}"
    return {
        "changeset": changeset,
        "contact": contact,
        "key_service": key_service,
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": address,
                "changeset": changeset,
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }
