"""Categories of tickets (诉求分类), and the table that knows their names."""

from dataclasses import dataclass

from operations.names import NameTable


@dataclass(frozen=True, slots=True)
class Category:
    """A category under its parent; `aliases` are names other systems give it."""

    code: str
    name_zh: str
    name_en: str
    parent_zh: str = ""
    parent_en: str = ""
    aliases: tuple[str, ...] = ()


class CategoryTable(NameTable[Category]):
    """The categories of a city."""

    def named(self, code: str) -> Category:
        """Give the category of a code; one that came with the data is called by its code."""
        return self.get(code) or Category(code, code, code)
