"""The registry of partners in plain Python, for tests."""

from collections.abc import Iterable

from data_sources.memory_audit import MemoryAudit
from operations.errors import BadInput
from operations.people.ports import Audit
from operations.response.incident import Signed
from operations.response.partner import (
    MOST,
    Partner,
    partner_deed,
    release_deed,
    released_as,
    released_names,
    written_over,
)


class MemoryPartnerBook:
    """`operations.response.partner.PartnerBook` for one process."""

    def __init__(self, partners: Iterable[Partner] = (), audit: Audit | None = None) -> None:
        self._held = {one.code: one for one in partners}
        self._audit = audit or MemoryAudit()

    def all(self) -> list[Partner]:
        """Give every partner, by code."""
        return [self._held[code] for code in sorted(self._held)]

    def keep(self, partners: list[Partner], signed: Signed) -> list[Partner]:
        """Write partners and the audit log's lines; give those that changed."""
        held, changed = dict(self._held), list[tuple[Partner | None, Partner]]()
        for one in partners:
            before = held.get(one.code)
            after = written_over(before, one)
            if after is not None:
                held[one.code] = after
                changed.append((before, after))
        if len(held) > MOST:
            raise BadInput("code", f"at most {MOST} partners")
        self._held = held
        for before, after in changed:
            self._audit.append(partner_deed(before, after, signed))
        return [after for _, after in changed]

    def release(self, code: str, *, version: int, released: bool, signed: Signed) -> Partner | None:
        """Let a partner's names onto walls or take them off; None where there is none."""
        before = self._held.get(code)
        if before is None:
            return None
        after = released_as(before, version, released=released)
        if after is not before:
            self._held[code] = after
            self._audit.append(release_deed(before, after, signed))
        return after

    def released(self) -> dict[str, tuple[str, str]]:
        """Give the names that may stand on walls by code, Chinese and English."""
        return released_names(self.all())
