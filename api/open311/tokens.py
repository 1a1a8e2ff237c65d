"""Tokens that stand for a request until it has its number."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

_TOKEN = re.compile(r"([0-9a-f]{24})-([0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Makes tokens, and knows its own again: so one that waits is told from one made up."""

    key: bytes

    def make(self) -> str:
        """Make a token nobody guesses."""
        seed = secrets.token_hex(12)
        return f"{seed}-{self._signature(seed)}"

    def made(self, token: str) -> bool:
        """Tell whether a token was made here."""
        found = _TOKEN.fullmatch(token)
        return found is not None and hmac.compare_digest(self._signature(found[1]), found[2])

    def _signature(self, seed: str) -> str:
        said = f"open311 {seed}".encode()
        return hmac.new(self.key, said, hashlib.sha256).hexdigest()[:12]
