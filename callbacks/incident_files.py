"""Files of incidents for their routes: cleaned, put where they belong, given out with a line."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from callbacks.desk import Desk
from callbacks.incident_acting import Done, refused, signed_now
from callbacks.incident_rows import face_of
from layouts.wording import language_of
from operations.errors import BadInput, OperationsError
from operations.people.audit import Deed
from operations.response.asked import Asked
from operations.response.content import JPEG, PICTURES, Bounds, Content, FileGiven
from operations.response.file_actions import KEPT
from operations.response.incident import Kind, Part, Signed
from operations.response.incident_entering import Command, checked, enter

AT_ONCE = 2
"""So many photographs are read at once: each may take some hundred megabytes meanwhile."""


class IncidentFiles:
    """What the routes of files do; the gate has asked whether who asks may."""

    def __init__(self, sources: Any, desk: Desk, command: Command) -> None:
        self._sources, self._desk, self._command = sources, desk, command
        self._bounds: Bounds = sources.settings.file_bounds
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    @property
    def most_bytes(self) -> int:
        """How large a file may be."""
        return self._bounds.most_bytes

    def attach(
        self, incident: str, said: Mapping[str, Any], data: bytes, own: str | None
    ) -> Done | None:
        """Clean a file and put it where it belongs; None where there is no such incident."""
        language = language_of(said["lang"], self._sources.settings.language)
        face, signed = face_of(self._sources, self._desk, language), signed_now(self._desk)
        if own is not None and own not in self._command.book.parties(incident):
            return None
        given = {"at": said["at"], "of": said["of"], "name": said["name"]}
        asked = Asked("attach", said["once"], given, own=own or "")
        try:
            checked(asked, signed)
            asked = replace(asked, content=self._cleaned(data), most_files=self._bounds.most_files)
            line = enter(self._command, incident, asked, signed, own=own)
        except OperationsError as error:
            done = refused(error, self._command, incident, face)
            return replace(done, words=self._told(done.words, error))
        return None if line is None else Done(
            True, face.words["incident_done"], incident, line.seq
        )  # fmt: skip

    def _cleaned(self, data: bytes) -> Content:
        """Read a file beside the event loop; who comes meanwhile waits for their turn."""
        with self._turns:
            found: Content = self._desk.beside(self._sources.cleaned_file, data, self._bounds)
        return found

    def _told(self, words: str, error: OperationsError) -> str:
        """Fill what a refusal says of the bounds."""
        if not isinstance(error, BadInput):
            return words
        return words.format(
            mb=f"{self._bounds.most_bytes / 1_000_000:g}",
            files=self._bounds.most_files,
            pixels=self._bounds.most_pixels // 1_000_000,
        )

    def file(self, incident: str, number: int, *, small: bool) -> FileGiven | None:
        """Give a file that is still there; a whole one is written down before it is given."""
        part: Part | None = self._command.book.part(incident, Kind.FILE, number)
        if part is None or part.state != KEPT:
            return None
        body = part.body
        if small and body["media"] not in PICTURES:
            return None
        digest = body["digest"]
        if not small:
            self._note(incident, part)
        data: bytes | None = self._desk.beside(self._read, incident, digest, small)
        if data is None:
            return None
        return FileGiven(JPEG if small else body["media"], body["name"], data)

    def _read(self, incident: str, digest: str, small: bool) -> bytes | None:
        found: bytes | None = self._sources.incident_files.read(incident, digest, small=small)
        return found

    def _note(self, incident: str, part: Part) -> None:
        """Write down who has looked at a file: what cannot be written down is not shown."""
        signed: Signed = signed_now(self._desk)
        deed = Deed(
            at_us=signed.at_us, actor=signed.actor, verified=signed.verified,
            act="incident.read_file", subject=incident, before="",
            after=f"file {part.number} {part.body['media']} {part.body['digest']}", reason="",
        )  # fmt: skip
        self._desk.beside(self._sources.audit.append, deed)
