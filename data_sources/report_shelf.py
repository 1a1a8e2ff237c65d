"""Reports that were made, one file each in the data folder: numbers and names, no person."""

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from operations.bulletin.contents import Bulletin
from operations.bulletin.issue import CITY, Issue, Kind, read_issue
from operations.bulletin.kept import read_back, written
from operations.errors import BadInput

OWNER_ALONE = 0o600


class Shelved(NamedTuple):
    """A report that is there, and when it was made."""

    issue: Issue
    made_at: datetime


class ReportShelf:
    """A folder of reports."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, bulletin: Bulletin) -> None:
        """Write a report, whole or not at all; the same number made again takes its place."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(bulletin.issue)
        part = path.with_suffix(f".{os.getpid()}.part")
        handle = os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, OWNER_ALONE)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(written(bulletin))
        made = bulletin.made_at.timestamp()
        os.utime(part, (made, made))
        part.replace(path)

    def find(self, issue: Issue) -> Bulletin | None:
        """Give a report; None where it was not made, or by a version that wrote otherwise."""
        try:
            return read_back(self._path(issue).read_text("utf-8"))
        except (OSError, BadInput):
            return None

    def listed(self) -> list[Shelved]:
        """Give what is there, the newest period first."""
        found = []
        for path in self._folder.glob("*_*.json"):
            kind, code, scope = [*path.stem.split("_", 2), CITY][:3]
            try:
                made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                found.append(Shelved(read_issue(Kind(kind), code, unquote(scope)), made_at))
            except (OSError, ValueError, BadInput):  # no file of ours, or gone meanwhile
                continue
        return sorted(found, key=lambda one: one.issue.first, reverse=True)

    def known_before(self, issue: Issue) -> Mapping[str, tuple[int, ...]]:
        """Give the corrections as the last number before this one knew them."""
        for one in self.listed():
            same = one.issue.kind is issue.kind and one.issue.scope == issue.scope
            if same and one.issue.first < issue.first:
                found = self.find(one.issue)
                if found is not None:
                    return found.known
        return {}

    def forget(self, before: date) -> int:
        """Take away the reports of periods that ended before a day; tell how many."""
        old = [one.issue for one in self.listed() if one.issue.period.last < before]
        for issue in old:
            self._path(issue).unlink(missing_ok=True)
        return len(old)

    def _path(self, issue: Issue) -> Path:
        of = "" if issue.scope == CITY else "_" + quote(issue.scope, safe="").replace(".", "%2E")
        return self._folder / f"{issue.kind.value}_{issue.code}{of}.json"
