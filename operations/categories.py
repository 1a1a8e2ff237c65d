"""Categories of tickets (诉求分类), and the table that knows their names."""

from dataclasses import dataclass
from enum import StrEnum

from operations.names import NameTable


class Answer(StrEnum):
    """What kind of answer a question takes; the words are those of Open311's GeoReport v2."""

    STRING = "string"
    NUMBER = "number"
    DATETIME = "datetime"
    TEXT = "text"
    ONE_OF = "singlevaluelist"
    SOME_OF = "multivaluelist"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers a question can have."""

    key: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Question:
    """What whoever hands in a request of this category from outside is asked besides."""

    code: str
    name_zh: str
    name_en: str
    answer: Answer = Answer.STRING
    required: bool = False
    hint_zh: str = ""
    hint_en: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """A category under its parent; `aliases` are names other systems give it.

    `public` says that it is offered and shown to the public; `questions` are asked of whoever
    hands in a request from outside.
    """

    code: str
    name_zh: str
    name_en: str
    parent_zh: str = ""
    parent_en: str = ""
    aliases: tuple[str, ...] = ()
    public: bool = True
    questions: tuple[Question, ...] = ()


class CategoryTable(NameTable[Category]):
    """The categories of a city."""

    def named(self, code: str) -> Category:
        """Give the category of a code; one that came with the data is called by its code."""
        return self.get(code) or Category(code, code, code)
