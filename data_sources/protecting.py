"""What of a ticket is sealed, and the masked copies that stand beside it."""

from dataclasses import dataclass
from typing import NamedTuple

from data_sources.sealing import Sealer
from operations.people.masking import mask
from operations.people.naming import looks_like_name
from operations.tickets.ticket import Sealed

SHORTEST_PLAIN_NAME = 3


@dataclass(frozen=True, slots=True)
class Person:
    """Who a ticket tells of, as delivered; `caller` is what the caller is hashed by."""

    name: str | None = None
    phone: str | None = None
    id_number: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    contact_id_number: str | None = None
    contact_address: str | None = None
    caller: str | None = None

    def fields(self) -> dict[str, str]:
        """Give what is known, by its name in the sealed message."""
        known = {
            "name": self.name,
            "phone": self.phone,
            "id_number": self.id_number,
            "contact_name": self.contact_name,
            "contact_phone": self.contact_phone,
            "contact_id_number": self.contact_id_number,
            "contact_address": self.contact_address,
        }
        return {name: value for name, value in known.items() if value}

    def known_words(self) -> list[str]:
        """Give the words to hide wherever they stand; a name that is also a word does not count."""
        return [
            word
            for word in self.fields().values()
            if len(word) >= SHORTEST_PLAIN_NAME or looks_like_name(word)
        ]


NOBODY = Person()


class Guarded(NamedTuple):
    """A ticket's masked copies, its sealed message, and the mark of what is in it."""

    title: str
    text: str
    address: str
    sealed: Sealed | None
    sealed_mark: str


def guard(
    sealer: Sealer,
    identity: tuple[str, str],
    person: Person,
    words: dict[str, str],
    *,
    phone: str | None = None,
    id_number: str | None = None,
) -> Guarded:
    """Mask a ticket's words (`title`, `text`, `address`) and seal them with its person."""
    known = person.known_words() if person is not NOBODY else ()
    fields = person.fields() | {name: value for name, value in words.items() if value}
    sealed, mark = sealer.seal_ticket(identity, fields, phone=phone, id_number=id_number)
    return Guarded(
        mask(words["title"], known),
        mask(words["text"], known),
        mask(words["address"], known),
        sealed if fields else None,
        mark,
    )
