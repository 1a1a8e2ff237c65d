"""The walls in plain Python, for tests: the same promises, kept by dictionaries."""

import threading

from data_sources.memory_audit import MemoryAudit
from operations.errors import Conflict
from operations.people.audit import Deed
from operations.people.ports import Audit
from operations.people.screens import Contact, Screen, ScreenState


class MemoryScreens:
    """`operations.people.ports.Screens` for one process and as long as it lives."""

    def __init__(self, audit: Audit | None = None) -> None:
        self._audit = audit or MemoryAudit()
        self._screens: dict[str, Screen] = {}
        self._contacts: dict[str, Contact] = {}
        self._one_writer = threading.Lock()

    def add(self, screen: Screen, contact: Contact, *, forget_before_us: int, most: int) -> bool:
        """Keep a wall that shows a code; forget those whose code nobody typed in before a time."""
        with self._one_writer:
            for old in list(self._screens.values()):
                if old.paired_us is None and old.created_us < forget_before_us:
                    del self._screens[old.id]
            held = self._screens.values()
            waiting = sum(one.state is ScreenState.PAIRING for one in held)
            if waiting >= most or screen.id in self._screens or self.by_code(screen.code):
                return False
            self._screens[screen.id], self._contacts[screen.id] = screen, contact
            return True

    def change(self, screen: Screen, deed: Deed | None = None) -> None:
        """Write a wall's next version, with the audit log's line where there is a deed."""
        with self._one_writer:
            held = self._screens.get(screen.id)
            if held is None or held.version != screen.version - 1:
                raise Conflict(f"wall {screen.id} has changed since it was seen", held)
            self._screens[screen.id] = screen
            if deed is not None:
                self._audit.append(deed)

    def heard(self, identity: str, contact: Contact) -> None:
        """Note when a wall was last heard of; never changes its version."""
        if identity in self._screens:
            self._contacts[identity] = contact

    def find(self, identity: str) -> tuple[Screen, Contact] | None:
        """Find one wall."""
        found = self._screens.get(identity)
        return None if found is None else (found, self._contacts[identity])

    def by_code(self, code: str) -> Screen | None:
        """Find the wall that shows a code."""
        return next((one for one in self._screens.values() if code and one.code == code), None)

    def known(self) -> list[tuple[Screen, Contact]]:
        """Give the walls that are or were let in, those let in first before others."""
        paired = [one for one in self._screens.values() if one.paired_us is not None]
        paired.sort(key=lambda one: (one.paired_us or 0, one.id))
        return [(one, self._contacts[one.id]) for one in paired]
