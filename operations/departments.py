"""Departments that handle tickets (承办单位), and the table that knows their names."""

from dataclasses import dataclass

from operations.names import NameTable


@dataclass(frozen=True, slots=True)
class Department:
    """A unit that handles tickets; `district` is set for a unit of one district."""

    code: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...] = ()
    district: str | None = None


class DepartmentTable(NameTable[Department]):
    """The departments of a city."""

    def named(self, code: str) -> Department:
        """Give the department of a code; one that came with the data is called by its code."""
        return self.get(code) or Department(code, code, code)
