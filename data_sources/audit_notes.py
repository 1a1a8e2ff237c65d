"""What people do with accounts, written down in the audit log."""

import time
from collections.abc import Callable

from operations.people.audit import Deed
from operations.people.ports import Audit


class AuditNotes:
    """Notes acts of people in an audit log.

    Where `vouched`, an account stands behind who did them, save for a sign-in that failed; at a
    terminal none does.
    """

    def __init__(
        self, audit: Audit, *, vouched: bool = True, clock_ns: Callable[[], int] = time.time_ns
    ) -> None:
        self._audit, self._vouched, self._clock_ns = audit, vouched, clock_ns

    def note(self, actor: str, act: str, subject: str, before: str, after: str) -> None:
        """Note an act: by whom, on what, how it was and how it is."""
        self._audit.append(
            Deed(
                at_us=self._clock_ns() // 1000,
                actor=actor,
                act=f"people.{act}",
                subject=subject,
                verified=self._vouched and not act.endswith("refused"),
                before=before,
                after=after,
            )
        )
