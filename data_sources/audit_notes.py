"""What people do with accounts, written down in the audit log."""

import time
from collections.abc import Callable

from operations.people.audit import Deed
from operations.people.ports import Audit


class AuditNotes:
    """Notes acts of people in an audit log.

    An account stands behind who did them, save for a sign-in that failed.
    """

    def __init__(self, audit: Audit, *, clock_ns: Callable[[], int] = time.time_ns) -> None:
        self._audit, self._clock_ns = audit, clock_ns

    def note(
        self, actor: str, act: str, subject: str, before: str, after: str, *, device: str = ""
    ) -> None:
        """Note an act: by whom, on what, how it was and how it is."""
        self._audit.append(
            Deed(
                at_us=self._clock_ns() // 1000,
                actor=actor,
                act=f"people.{act}",
                subject=subject,
                verified=not act.endswith("refused"),
                device=device,
                before=before,
                after=after,
            )
        )
