"""Departments that handle tickets (承办单位), and the table that knows their names."""

from collections.abc import Iterable
from dataclasses import dataclass

from operations.names import NameTable


@dataclass(frozen=True, slots=True)
class Department:
    """A unit that handles tickets; `district` is set for a unit of one district.

    `stands_for` are the kinds of unit whose work it does there: codes of municipal units, or a
    kind that has none, as `government`. `short_en` is its everyday English name, "" where it has
    none beside the whole one; the Chinese one is among its aliases.
    """

    code: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...] = ()
    district: str | None = None
    stands_for: tuple[str, ...] = ()
    short_en: str = ""


class DepartmentTable(NameTable[Department]):
    """The departments of a city."""

    def __init__(self, things: Iterable[Department] = ()) -> None:
        super().__init__(things)
        self._local: dict[tuple[str, str], str] = {}
        for one in self:
            for kind in one.stands_for if one.district is not None else ():
                self._local.setdefault((kind, str(one.district)), one.code)
        self.kinds = frozenset(kind for kind, _ in self._local)

    def in_district(self, kind: str, district: str | None) -> str | None:
        """Give the unit of a district that does the work of a kind, else the municipal one.

        None where neither is there.
        """
        own = None if district is None else self._local.get((kind, district))
        return own or (kind if kind in self else None)

    def named(self, code: str) -> Department:
        """Give the department of a code; one that came with the data is called by its code."""
        return self.get(code) or Department(code, code, code)
