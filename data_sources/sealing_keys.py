"""The keys that seal: a file for its owner alone, outside the database and its backups."""

import fcntl
import json
import os
import secrets
import tempfile
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from operations.errors import BadInput

SETTING = "LIANXIN_SEALING_KEYS_FILE"
KEY_BYTES = 32
LOOK_AGAIN_S = 1.0
SETTLES_S = 3.0
"""After that nobody seals with the key before any more, and what was sealed has come in."""


@dataclass(frozen=True, slots=True)
class SealingKey:
    """One key: its id, when it was made, and the cipher it drives."""

    id: str
    made_at: str
    cipher: AESGCM = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Ring:
    keys: tuple[SealingKey, ...]
    lookup: bytes
    stamp: tuple[int, int]


class SealingKeys:
    """The key file. The last key seals, all of them open; made at the first use.

    A file changed by another process (a rotation) is read again within a second.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ring: _Ring | None = None
        self._looked = 0.0
        self._one_reader = threading.Lock()

    def newest(self) -> SealingKey:
        """Give the key that seals now."""
        return self._present().keys[-1]

    def all(self) -> tuple[SealingKey, ...]:
        """Give every key, the oldest first."""
        return self._present().keys

    def find(self, key_id: str) -> SealingKey | None:
        """Find a key; one not known yet may have been made by another process just now."""
        for again in (False, True):
            for key in self._present(again=again).keys:
                if key.id == key_id:
                    return key
        return None

    def lookup_key(self) -> bytes:
        """Give the key of the keyed hashes; it does not change, or nothing would be found."""
        return self._present().lookup

    def add(self, now: datetime) -> SealingKey:
        """Make a new key, which seals from now on."""
        with self._alone():
            held = self._held()
            held["keys"].append(_new_key(now))
            self._write(held)
        return self.newest()

    def settles_in_s(self) -> float:
        """Tell how long somebody may still seal with a key that was the newest before."""
        changed_s: float = _stamp(self.path)[0] / 1e9
        return min(max(0.0, changed_s + SETTLES_S - time.time()), SETTLES_S)

    def forget(self, key_ids: set[str]) -> None:
        """Take keys out of the file; what is sealed with them never opens again."""
        with self._alone():
            held = self._held()
            held["keys"] = [key for key in held["keys"] if key["id"] not in key_ids]
            self._write(held)

    def _present(self, *, again: bool = False) -> _Ring:
        ring, now = self._ring, time.monotonic()
        if ring is not None and not again and now - self._looked < LOOK_AGAIN_S:
            return ring
        with self._one_reader:
            self._looked = now
            if self._ring is None or self._ring.stamp != _stamp(self.path):
                self._ring = self._read()
            return self._ring

    def _read(self) -> _Ring:
        if self._ring is None and not self.path.exists():
            self._make()  # but never in place of one that vanished: what it sealed is still there
        stamp, held = _stamp(self.path), self._held()
        try:
            keys = tuple(
                SealingKey(key["id"], key["made_at"], AESGCM(b64decode(key["key"])))
                for key in held["keys"]
            )
            ring = _Ring(keys, b64decode(held["lookup"]), stamp)
        except (KeyError, TypeError, ValueError) as error:
            raise _unusable(self.path) from error
        if not ring.keys or len(ring.lookup) < KEY_BYTES:
            raise _unusable(self.path)
        return ring

    def _held(self) -> dict[str, Any]:
        try:
            held: dict[str, Any] = json.loads(self.path.read_text("ascii"))
        except (OSError, ValueError) as error:
            raise _unusable(self.path) from error
        return held

    def _make(self) -> None:
        """Make the file whole; of processes that start at once one makes it for all."""
        made = {"lookup": _random(), "keys": [_new_key(datetime.now(UTC))]}
        aside = self._aside(made)
        with suppress(FileExistsError):
            os.link(aside, self.path)
        aside.unlink()

    def _write(self, held: dict[str, Any]) -> None:
        self._aside(held).replace(self.path)
        self._present(again=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let nobody else change the file meanwhile: of two that do at once one key is lost."""
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def _aside(self, held: dict[str, Any]) -> Path:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=self.path.parent, prefix=self.path.name)  # mode 0600
        with os.fdopen(handle, "w") as file:
            json.dump(held, file)
            file.flush()
            os.fsync(file.fileno())  # a key that is lost loses everything sealed with it
        return Path(aside)


def _new_key(now: datetime) -> dict[str, str]:
    return {"id": f"k{secrets.token_hex(3)}", "made_at": f"{now:%Y-%m-%d}", "key": _random()}


def _random() -> str:
    return b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _stamp(path: Path) -> tuple[int, int]:
    try:
        told = path.stat()
    except OSError:
        return (0, 0)
    return (told.st_mtime_ns, told.st_ino)


def _unusable(path: Path) -> BadInput:
    return BadInput(SETTING, f"{path} is no key file of Lianxin; put back the one from the backup")
