"""The views people saved, in SQL."""

import json
from typing import Any

from sqlalchemy import Engine, text

from data_sources.database import reading, writing
from operations.errors import BadInput
from operations.tickets.views import MOST_VIEWS, SavedView


class SqlViews:
    """`operations.tickets.views.Views` on SQLite or PostgreSQL; `migrate` must have run."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, person: str) -> list[SavedView]:
        """Give a person's views, the oldest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(text(_OF), {"person": person}).all()
        return [SavedView(row[0], row[1], row[2], json.loads(row[3]), row[4]) for row in rows]

    def save(self, view: SavedView) -> None:
        """Keep a new view; raises BadInput where a person has too many."""
        values = {
            "id": view.id, "person": view.person, "name": view.name, "made": view.made_us,
            "asked": json.dumps(view.asked, ensure_ascii=False, sort_keys=True),
        }  # fmt: skip
        with writing(self._engine) as connection:
            held = connection.execute(text(_COUNT), {"person": view.person}).scalar_one()
            if held >= MOST_VIEWS:
                raise BadInput("name", f"at most {MOST_VIEWS} views; delete one first")
            connection.execute(text(_SAVE), values)

    def rename(self, person: str, view: str, name: str) -> bool:
        """Name a view anew; False where there is none."""
        return self._changed(_RENAME, person=person, id=view, name=name)

    def drop(self, person: str, view: str) -> bool:
        """Forget a view; False where there is none."""
        return self._changed(_DROP, person=person, id=view)

    def _changed(self, statement: str, **values: Any) -> bool:
        if "\0" in values["id"]:
            return False  # PostgreSQL takes no such text, and no view is called so
        with writing(self._engine) as connection:
            return connection.execute(text(statement), values).rowcount == 1


_OF = (
    "SELECT id, person, name, asked, made_us FROM saved_views"
    " WHERE person = :person ORDER BY made_us, id"
)
_COUNT = "SELECT count(*) FROM saved_views WHERE person = :person"
_SAVE = (
    "INSERT INTO saved_views (id, person, name, asked, made_us)"
    " VALUES (:id, :person, :name, :asked, :made)"
)
_RENAME = "UPDATE saved_views SET name = :name WHERE id = :id AND person = :person"
_DROP = "DELETE FROM saved_views WHERE id = :id AND person = :person"
