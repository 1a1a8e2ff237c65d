"""Tickets that carry unique phones, identity numbers and names in every field that can."""

import json
from dataclasses import dataclass
from typing import Any

from operations.people.masking import is_identity_number

CREATED = "2026-11-24T10:00:00+08:00"
GIVEN = [chr(0x9F00 + n) for n in range(0xA0)]  # characters no wording of ours uses


@dataclass(frozen=True, slots=True)
class Canary:
    """What must be found nowhere."""

    name: str
    phone: str
    id_number: str
    other: str

    def words(self) -> tuple[str, ...]:
        """Give every word of it."""
        return (self.name, self.phone, self.id_number, self.other)


def canary(number: int) -> Canary:
    """Make the canary of a number."""
    first = f"3706811985{number % 12 + 1:02d}{number % 28 + 1:02d}{number // 28 % 1000:03d}"
    last = next(digit for digit in "0123456789X" if is_identity_number(first + digit))
    name = f"栾{GIVEN[number % len(GIVEN)]}{GIVEN[number // len(GIVEN) % len(GIVEN)]}"
    return Canary(name, f"139{70_000_000 + number}", first + last, f"187{20_000_000 + number}")


def delivered(number: int) -> dict[str, Any]:
    """Give the record of a canary; every fifth is refused, each in another way."""
    bird = canary(number)
    record = {
        "source": "canary",
        "external_id": f"C-{number}",
        "created_at": CREATED,
        "status": "办理中",
        "category": "水质发黄" if number % 3 else f"{bird.name}{bird.other}",
        "department": f"{bird.name}的单位{bird.other}",
        "caller": {"name": bird.name, "phone": bird.phone, "id_number": bird.id_number},
        "contact_name": bird.name,
        "contact_phone": f"+86 {bird.other[:3]}-{bird.other[3:7]}-{bird.other[7:]}",
        "contact_address": f"芝罘区某路{bird.other}号{bird.name}收",
        "title": f"{bird.name}反映停水 {bird.phone}",
        "text": f"我叫{bird.name},身份证{bird.id_number},请回电{bird.other}或{bird.phone}。",
        "address": f"芝罘区通世路{bird.name}家,电话{bird.other}",
    }
    if number % 2:
        record["caller"] = bird.phone
    return record | REFUSED[number // 5 % len(REFUSED)](bird) if number % 5 == 0 else record


REFUSED = (
    lambda bird: {"status": bird.name},
    lambda bird: {"status": f"{bird.name} {bird.phone}"},
    lambda bird: {"created_at": bird.phone},
    lambda bird: {"closed_at": f"{bird.name}{bird.id_number}"},
    lambda bird: {"latitude": f"{bird.phone}{bird.name}"},
    lambda bird: {"callback": bird.other},
    lambda bird: {"source": f"/{bird.phone}"},
    lambda bird: {bird.name: bird.phone, "category": {"name": bird.name, "a": [bird.other]}},
)


def lines(first: int, last: int) -> bytes:
    """Give canaries as NDJSON, some of whose lines are broken in the middle."""
    texts = []
    for number in range(first, last):
        text = json.dumps(delivered(number), ensure_ascii=False)
        texts.append(text[:-9] if number % 11 == 0 else text)
    return "\n".join(texts).encode()
