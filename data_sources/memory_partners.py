"""The registry of partners in plain Python, for tests."""

from collections.abc import Iterable
from dataclasses import replace

from data_sources.memory_audit import MemoryAudit
from operations.errors import BadInput
from operations.people.ports import Audit
from operations.response.incident import Signed
from operations.response.partner import MOST, Partner, overtaken, partner_deed


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
            if before is not None and replace(one, version=before.version) == before:
                continue
            if one.version != (0 if before is None else before.version):
                raise overtaken(before)
            held[one.code] = replace(one, version=one.version + 1)
            changed.append((before, held[one.code]))
        if len(held) > MOST:
            raise BadInput("code", f"at most {MOST} partners")
        self._held = held
        for before, after in changed:
            self._audit.append(partner_deed(before, after, signed))
        return [after for _, after in changed]
