"""The book of who has seen a protected field of which ticket: lines are only ever added."""

from sqlalchemy import Engine, insert, select

from data_sources.database import reading, writing
from data_sources.rows import time_of, us_of
from data_sources.sealed_book import SealedBook
from data_sources.tables import reveals
from operations.people.reveal import Reveal


class Reveals:
    """Shows protected fields, and never one without its line."""

    def __init__(self, engine: Engine, book: SealedBook) -> None:
        self._engine, self._book = engine, book

    def show(self, asked: Reveal) -> str | None:
        """Write the line, then open the field; None where the ticket protects no such field.

        In this order: what cannot be written down is not shown.
        """
        with writing(self._engine) as connection:
            connection.execute(insert(reveals).values(_row(asked)))
        return self.again(asked)

    def again(self, asked: Reveal) -> str | None:
        """Open the field of a line that is written already and still covers it."""
        return self._book.fields(asked.source, asked.external_id).get(asked.field)

    def of(self, source: str, external_id: str) -> list[Reveal]:
        """Give who has seen a ticket, the newest first."""
        wanted = select(reveals).where(
            reveals.c.source == source, reveals.c.external_id == external_id
        )
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(reveals.c.id.desc())).mappings().all()
        return [
            Reveal(
                **{name: row[name] for name in _TEXTS},
                at=time_of(row["at_us"]),
                until=time_of(row["until_us"]),
            )
            for row in rows
        ]


_TEXTS = ("source", "external_id", "field", "who", "reason")


def _row(asked: Reveal) -> dict[str, str | int]:
    texts = {name: getattr(asked, name) for name in _TEXTS}
    return texts | {"at_us": us_of(asked.at), "until_us": us_of(asked.until)}
