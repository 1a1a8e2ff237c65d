"""Incidents for tests: opened with a chain, and acts on them."""

from dataclasses import replace
from itertools import count

from data_sources.memory import MemoryStream
from data_sources.memory_incident_files import MemoryIncidentFiles
from data_sources.memory_incidents import MemoryIncidentBook
from operations.response.asked import Asked
from operations.response.chain import Stage, Template
from operations.response.content import Content
from operations.response.incident import Signed
from operations.response.incident_entering import Command, enter
from operations.response.incident_opening import Origin, opened

YEAR = 2026
MINUTE_US = 60_000_000
T0_US = 1_795_000_000_000_000
WATER = Template(
    "water", "供水", "Water supply",
    (Stage("source", "源头", "Source"), Stage("main", "管道", "Mains"),
     Stage("home", "居民家中", "Homes")),
    ("water_",),
)  # fmt: skip
CATEGORIES = frozenset({"water_yellow", "water_outage"})
KNOWN = frozenset({"water_company", "health", "housing", "water_bureau"})

_keys = count(1)


def key():
    return f"key{next(_keys):020d}"


def signed(actor="王 (wang)", minute=0):
    return Signed(actor, True, T0_US + minute * MINUTE_US)


def asked(
    act, *, number=0, version=0, reason="", sent=None, baseline_d=None, typed_us=None, **given
):
    return Asked(act, sent or key(), given, number, version, reason, baseline_d, typed_us)


def attaching(at="finding", of=1, data=b"photograph", *, sent=None, most=9, own="", **more):
    """Ask to put a file beside something, cleaned already."""
    content = Content("image/jpeg", data, b"small " + data, 40, 30)
    once = asked("attach", sent=sent, at=at, of=of, name="IMG.jpg", **more)
    return replace(once, content=content, most_files=most, own=own)


def opening(*, sent=None, exercise=False, lead="water_company", severity=3, by=None, **origin):
    wanted = asked("open", sent=sent, lead=lead, severity=severity, title="黄水",
                   exercise=exercise, chain="water")  # fmt: skip
    found = Origin(category="water_yellow", district="370602", templates=(WATER,), **origin)
    return opened(wanted, by or signed(), found)


class Scene:
    """An incident in a book, and hands to act on it with what is held."""

    def __init__(self, book=None, tickets=(), name=None, files=None, **more):
        self.files = files or MemoryIncidentFiles()
        self.book = book or MemoryIncidentBook(files=self.files)
        self.stream, self.rung = MemoryStream(), []
        self.command = Command(self.book, self.stream, KNOWN.__contains__,
                               lambda incident, seq: self.rung.append((incident, seq)),
                               category=CATEGORIES.__contains__)  # fmt: skip
        first = opening(**more)
        if name is not None:
            first = replace(first, head=replace(first.head, id=name))
        self.id = self.book.begin(first, tickets, year=YEAR).id
        self.minute = 0

    @property
    def head(self):
        return self.book.head(self.id)

    @property
    def whole(self):
        return self.book.whole(self.id)

    def act(self, act, *, by="王 (wang)", own=None, **more):
        """Act on the head as it is held."""
        self.minute += 1
        more.setdefault("version", self.head.version)
        return enter(self.command, self.id, asked(act, **more), signed(by, self.minute), own=own)

    def attach(self, *, by="王 (wang)", own=None, **more):
        """Put a file beside something."""
        self.minute += 1
        once = attaching(own=own or "", **more)
        return enter(self.command, self.id, once, signed(by, self.minute), own=own)

    def on(self, kind, number, act, **more):
        """Act on a part as it is held."""
        return self.act(act, number=number, version=self.whole.parts[kind, number].version, **more)
