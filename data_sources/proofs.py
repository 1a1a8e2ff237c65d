"""What proves a person: argon2id for passwords, one-time codes, tokens, and the seal on secrets."""

import secrets
from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.fernet import Fernet, InvalidToken

COMMON = Path(__file__).parent / "files" / "common_passwords.txt"
ISSUER = "Lianxin 连心"
PERIOD_S = 30
NEAR = 1  # periods to either side: clocks differ, and people type slowly
CODES = 10
CODE_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


@cache
def common_passwords() -> frozenset[str]:
    """Read the shipped list (made by scripts/build_common_passwords.py)."""
    return frozenset(COMMON.read_text("utf-8").split())


class Seal:
    """Seals what has to be read again with a key kept in the data folder."""

    def __init__(self, key: str) -> None:
        self._fernet = Fernet(urlsafe_b64encode(sha256(key.encode()).digest()))

    def close(self, said: str) -> str:
        """Seal a text."""
        return self._fernet.encrypt(said.encode()).decode()

    def open(self, sealed: str, *, within_s: int | None = None) -> str | None:
        """Open what this key sealed, at most so long ago; None for anything else."""
        try:
            return self._fernet.decrypt(sealed.encode(), ttl=within_s).decode()
        except (InvalidToken, UnicodeError):
            return None


class ArgonProofs:
    """`operations.people.stores.Proofs` with argon2id, TOTP (RFC 6238) and SHA-256."""

    def __init__(self, seal: Seal, hasher: PasswordHasher | None = None) -> None:
        self._seal = seal
        # RFC 9106's second recommended choice: 64 MiB, three passes, about 60 ms.
        self._hasher = hasher or PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4)
        self._nobody = ""

    def hash_password(self, password: str) -> str:
        """Hash a password."""
        return self._hasher.hash(password)

    def matches(self, hashed: str | None, password: str) -> bool:
        """Tell whether a password is the hashed one; as slow without a hash as with one."""
        self._nobody = self._nobody or self._hasher.hash(secrets.token_hex())
        try:
            return self._hasher.verify(hashed or self._nobody, password) and hashed is not None
        except (VerificationError, InvalidHashError):
            return False

    def new_token(self) -> str:
        """Make a token of 256 bits."""
        return secrets.token_urlsafe(32)

    def new_password(self) -> str:
        """Make a password of 99 bits, in four groups that can be read out."""
        groups = ["".join(secrets.choice(CODE_CHARACTERS) for _ in range(5)) for _ in range(4)]
        return "-".join(groups)

    def key_of(self, token: str) -> str:
        """Give what is kept of a token; it has 256 bits (a code 118), so no salt is needed."""
        return sha256(token.encode()).hexdigest()

    def new_totp(self) -> str:
        """Make an authenticator's secret, sealed."""
        return self._seal.close(pyotp.random_base32())

    def totp_uri(self, sealed: str, login: str) -> str:
        """Give the otpauth URI of a sealed secret; empty where the seal does not open it."""
        secret = self._seal.open(sealed)
        return (
            ""
            if secret is None
            else pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
        )

    def totp_step(self, sealed: str, code: str, now_us: int) -> int | None:
        """Give the period a code is of, None where it is of none near now."""
        secret = self._seal.open(sealed)
        if secret is None or not code.isascii() or not code.isdigit():
            return None
        now = now_us // 1_000_000 // PERIOD_S
        totp = pyotp.TOTP(secret)
        for step in range(now - NEAR, now + NEAR + 1):
            if secrets.compare_digest(totp.at(step * PERIOD_S), code):
                return step
        return None

    def new_codes(self) -> list[str]:
        """Make ten recovery codes of 118 bits: long enough to be kept as plain hashes."""
        return [
            "-".join("".join(secrets.choice(CODE_CHARACTERS) for _ in range(6)) for _ in range(4))
            for _ in range(CODES)
        ]
