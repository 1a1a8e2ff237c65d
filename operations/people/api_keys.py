"""Keys of programs from outside that may hand requests in: made, looked up, taken away."""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from operations.errors import BadInput

LONGEST_NAME = 60
LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is kept: whose it is, and a hash from which nobody gets it back."""

    id: str
    name: str
    digest: str
    made_us: int
    made_by: str
    revoked_us: int | None = None


class ApiKeys(Protocol):
    """The kept keys. Errors: `Unreachable` when the database does not answer."""

    def valid(self, digest: str) -> ApiKey | None:
        """Find the key of a digest, None where there is none or it was revoked."""


def digest_of(key: str) -> str:
    """Give what is kept of a key. It has 256 bits of chance, so a plain hash is not guessed."""
    return hashlib.sha256(f"open311 {key[:LONGEST_KEY]}".encode()).hexdigest()


def read_name(given: str) -> str:
    """Read whose a key is to be; raises BadInput."""
    name = " ".join(given.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadInput("name", f"say in 1 to {LONGEST_NAME} characters whose key it is")
    return name
