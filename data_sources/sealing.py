"""Sealing: AES-256-GCM with keys kept outside the database, and keyed hashes for looking up.

A sealed value reads `key id.base64(nonce, message, tag)`. It is bound to what it belongs to
(`bound`, the message's associated data): moved to another ticket or another purpose it does not
open. Nonces are 96 random bits (NIST SP 800-38D, 8.2.2), which allows 2^32 messages to a key.
"""

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data_sources.sealing_keys import SealingKeys
from operations.errors import OperationsError
from operations.tickets.ticket import Sealed

NONCE_BYTES = 12
MARK_BYTES = 16
PERSON = (
    *("name", "phone", "id_number"),
    *("contact_name", "contact_phone", "contact_id_number", "contact_address"),
)
WORDS = ("title", "text", "address")
FIELDS = (*PERSON, *WORDS)
"""What a ticket's sealed message can hold: the person, and the words as delivered."""


class Unsealable(OperationsError):
    """A sealed value that does not open: no such key, or it was changed or moved."""

    permanent = True


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals and opens; every process that has the key file has the same."""

    keys: SealingKeys

    def seal(self, value: object, bound: bytes) -> str:
        """Seal a JSON value with the newest key."""
        key = self.keys.newest()
        nonce = os.urandom(NONCE_BYTES)
        sealed = key.cipher.encrypt(nonce, orjson.dumps(value), bound)
        return f"{key.id}.{b64encode(nonce + sealed).decode()}"

    def open(self, body: str, bound: bytes) -> Any:
        """Open a sealed value; raises Unsealable."""
        key_id, _, packed = body.partition(".")
        cipher = self._cipher(key_id)
        try:
            raw = b64decode(packed, validate=True)
            return orjson.loads(cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound))
        except (InvalidTag, ValueError) as error:
            raise Unsealable(
                "a sealed value does not open: it was changed, or belongs to another ticket"
            ) from error

    def seal_bytes(self, value: bytes, bound: bytes) -> tuple[str, bytes]:
        """Seal bytes with the newest key; give its id and the nonce, message and tag."""
        key, nonce = self.keys.newest(), os.urandom(NONCE_BYTES)
        return key.id, nonce + key.cipher.encrypt(nonce, value, bound)

    def open_bytes(self, key_id: str, sealed: bytes, bound: bytes) -> bytes:
        """Open sealed bytes; raises Unsealable."""
        try:
            return self._cipher(key_id).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
        except (InvalidTag, ValueError) as error:
            raise Unsealable(
                "sealed bytes do not open: they were changed, or belong elsewhere"
            ) from error

    def _cipher(self, key_id: str) -> AESGCM:
        key = self.keys.find(key_id)
        if key is None:
            raise Unsealable(
                f"no key {key_id!r} in {self.keys.path}: put back the key file this was sealed with"
            )
        return key.cipher

    def lookup(self, kind: str, value: str) -> str:
        """Hash a whole number or a content, for finding the same again (HMAC-SHA-256)."""
        return self._hash(kind, value.encode("utf-8", "replace"))

    def _hash(self, kind: str, value: bytes) -> str:
        message = kind.encode() + b"\0" + value
        return hmac.digest(self.keys.lookup_key(), message, hashlib.sha256)[:MARK_BYTES].hex()

    def seal_ticket(
        self,
        identity: tuple[str, str],
        fields: dict[str, str],
        *,
        phone: str | None = None,
        id_number: str | None = None,
    ) -> tuple[Sealed, str]:
        """Seal what a ticket protects, in one message; give it with the mark of its content.

        `phone` and `id_number` are in the one form they are looked up by.
        """
        plain = orjson.dumps(fields)
        bound = bound_to(*identity)
        key, nonce = self.keys.newest(), os.urandom(NONCE_BYTES)
        packed = b64encode(nonce + key.cipher.encrypt(nonce, plain, bound)).decode()
        return Sealed(
            body=f"{key.id}.{packed}",
            phone_key=self.lookup("phone", phone) if phone else None,
            id_key=self.lookup("id_number", id_number) if id_number else None,
        ), self._hash("content", bound + plain)

    def open_ticket(self, identity: tuple[str, str], body: str) -> dict[str, str]:
        """Open what a ticket protects; raises Unsealable."""
        fields: dict[str, str] = self.open(body, bound_to(*identity))
        return fields


def key_id_of(body: str) -> str:
    """Tell which key a value is sealed with."""
    return body.partition(".")[0]


def bound_to(source: str, external_id: str) -> bytes:
    """Give what a ticket's sealed message is bound to: its identity, and this form of it."""
    return f"ticket\0{source}\0{external_id}\0fields-1".encode()


def bound_to_refused(key: str) -> bytes:
    """Give what a refused record is bound to: its line of the set-aside list."""
    return f"refused\0{key}\0record".encode()
