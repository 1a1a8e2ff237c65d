"""The registry of partners as who asks may see and change it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dash import html

from callbacks.asking import asked, asked_language
from callbacks.books import StoreBeside
from callbacks.desk import Desk
from callbacks.incident_acting import signed_now
from callbacks.incident_rows import face_of
from callbacks.ticket_rows import named, reader_of, table_mark
from layouts.document import Shell, document
from layouts.incident_face import IncidentFace
from layouts.partners import PartnerRow, partners_page
from layouts.wording import Language, language_of
from operations.errors import BadInput, Conflict, OperationsError
from operations.people.permissions import Act, Field, Subject
from operations.response.partner import COLUMNS, KINDS, Partner, partner_of

SCRIPT_WORDS = ("incident_away", "incident_not_yours")


class Partners:
    """Everything the routes of partners give out; the gate has asked whether who asks may.

    `read` reads a registry from the text of a table.
    """

    def __init__(
        self, sources: Any, desk: Desk, shell: Shell, read: Callable[[str], list[Partner]]
    ) -> None:
        self._sources, self._desk, self._shell, self._read = sources, desk, shell, read
        self._book = StoreBeside(sources.partner_book, desk)

    def page(self, query: str) -> str:
        """Write the page: every partner in whose words all that is looked for stands."""
        language = asked_language(query, self._sources.settings.language)
        face = face_of(self._sources, self._desk, language)
        kinds = [(one, face.words[f"partner_kind_{one}"]) for one in KINDS]
        face = replace(face, choices={**face.choices, "kind": kinds})
        words = (asked(query, "words") or "").strip()[:80]
        rows = [self._row(one, language) for one in self._book.all()]
        shown = [one for one in rows if _holds(one, face, words)]
        said = {name: face.words[name] for name in SCRIPT_WORDS}
        facts = html.Script(
            json.dumps({"words": said}), id="incident-facts", type="application/json"
        )
        body = partners_page(
            shown,
            face,
            facts,
            asked=words,
            keeps=self._desk.allows(Act.KEEP_PARTNERS, Subject()),
            releases=self._desk.allows(Act.RELEASE, Subject(Field.AGGREGATE)),
        )
        title = face.words["partners_title"]
        return document(body, self._shell, language=language, title=title)

    def _row(self, one: Partner, language: Language) -> PartnerRow:
        return PartnerRow(
            name=one.named(1 if language == "en" else 0),
            code=one.code,
            kind=one.kind,
            telephone=one.telephone,
            department=named(self._sources, "departments", one.department, language),
            active=one.active,
            version=one.version,
            released=one.released,
            told=one.as_row(),
        )

    def told(self) -> list[Mapping[str, Any]]:
        """Give every partner as data."""
        return [
            {
                **one.as_row(),
                "active": one.active,
                "released": one.released,
                "version": one.version,
            }
            for one in self._book.all()
        ]

    def table(self, language: str) -> tuple[str, list[list[str]]]:
        """Give the registry as rows under their heads, and who takes it."""
        told = language_of(language, self._sources.settings.language)
        mark = table_mark(reader_of(self._sources, self._desk, told))
        rows = [[one.as_row()[name] for name in COLUMNS] for one in self._book.all()]
        return mark, [list(COLUMNS), *rows]

    def keep(self, said: Mapping[str, Any], language: str) -> tuple[bool, Mapping[str, Any]]:
        """Write one partner, as it was seen; tell whether that was done, and what to say."""
        face = self._face(language)
        try:
            given = {name: said[name] for name in COLUMNS if isinstance(said.get(name), str)}
            one = replace(partner_of(given, self._is_department), version=_seen(said))
            self._book.keep([one], signed_now(self._desk))
        except OperationsError as error:
            return False, _refused(error, face)
        return True, {"done": True, "told": face.words["partners_kept"]}

    def take_in(self, words: str, language: str) -> tuple[bool, Mapping[str, Any]]:
        """Take in a table: what it names is written over what is held."""
        face = self._face(language)
        try:
            found = self._read(words)
            versions = {one.code: one.version for one in self._book.all()}
            wanted = [replace(one, version=versions.get(one.code, 0)) for one in found]
            changed = self._book.keep(wanted, signed_now(self._desk))
        except OperationsError as error:
            return False, _refused(error, face)
        told = face.words["partners_taken"].format(n=len(changed), whole=len(found))
        return True, {"done": True, "told": told}

    def release(
        self, code: str, said: Mapping[str, Any], language: str
    ) -> tuple[bool, Mapping[str, Any]] | None:
        """Let a partner's names onto walls or take them off; None where there is none."""
        face, released = self._face(language), said.get("released")
        try:
            if not isinstance(released, bool):
                raise BadInput("released", "true or false")
            found = self._book.release(
                code, version=_seen(said), released=released, signed=signed_now(self._desk)
            )
        except OperationsError as error:
            return False, _refused(error, face)
        if found is None:
            return None
        told = face.words["partners_let" if released else "partners_withdrawn"]
        return True, {"done": True, "told": told, "version": found.version}

    def _face(self, language: str) -> IncidentFace:
        told = language_of(language, self._sources.settings.language)
        return face_of(self._sources, self._desk, told)

    def _is_department(self, code: str) -> bool:
        return code in self._sources.names.departments


def _seen(said: Mapping[str, Any]) -> int:
    version = said.get("version", 0)
    if type(version) is not int or not 0 <= version < 2**31:
        raise BadInput("version", "the version that was seen")
    return version


def _holds(row: PartnerRow, face: IncidentFace, words: str) -> bool:
    """Tell whether every word that is looked for stands in a row."""
    kind = face.words[f"partner_kind_{row.kind}"]
    text = " ".join([*row.told.values(), row.department, kind]).casefold()
    return all(word in text for word in words.casefold().split())


def _refused(error: OperationsError, face: IncidentFace) -> Mapping[str, Any]:
    """Say why it was not done; of somebody who came first, what is held then."""
    said = face.words
    if isinstance(error, Conflict):
        held = error.held
        version = held.version if isinstance(held, Partner) else 0
        return {"done": False, "told": said["partners_conflict"], "version": version,
                "error": {"field": "version", "reason": said["partners_conflict"]}}  # fmt: skip
    if not isinstance(error, BadInput):
        raise error
    other = said["partner_bad_other"].format(field=error.field, reason=error.reason)
    told = said.get(f"partner_bad_{error.field}", other)
    return {"done": False, "told": told, "error": {"field": error.field, "reason": told}}
