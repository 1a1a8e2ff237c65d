"""What a password must be, and how wrong tries slow the next ones down."""

import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from typing import Literal

from operations.errors import BadInput

LEAST_CHARACTERS = 10
MOST_CHARACTERS = 256
DENGBAO_KINDS = 3
DENGBAO_DAYS = 90
REMEMBERED = 5
"""Passwords of the past that may not come back under dengbao."""

OF_THE_HOUSE = ("lianxin", "连心", "12345", "hotline", "热线")
"""Words anybody who knows the house would try first; docs/people.md lists them."""

FREE_TRIES = 5
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 3600

Profile = Literal["plain", "dengbao"]


@dataclass(frozen=True, slots=True)
class PasswordRules:
    """Length, common ones, and under `dengbao` composition, rotation and a second factor.

    `plain` follows NIST SP 800-63B-4, 3.1.1.2: length and a list of common passwords instead
    of composition. `dengbao` adds what 等保 asks for (GB/T 22239-2019, 8.1.4.1: complexity,
    regular change, two kinds of proof).
    """

    profile: Profile
    common: Container[str]
    least: int = LEAST_CHARACTERS

    @property
    def needs_second(self) -> bool:
        """Tell whether a password alone is not enough."""
        return self.profile == "dengbao"

    def is_stale(self, set_us: int, now_us: int) -> bool:
        """Tell whether a password is due for a change."""
        days = (now_us - set_us) / 86_400_000_000
        return self.profile == "dengbao" and days >= DENGBAO_DAYS

    def check(self, password: str, *, login: str, name: str = "") -> None:
        """Raise BadInput where a password may not be taken, saying which one would be."""
        said = plain(password)
        if not self.least <= len(said) <= MOST_CHARACTERS:
            raise BadInput("password", f"use {self.least} to {MOST_CHARACTERS} characters")
        folded = said.casefold()
        if folded in self.common or folded.strip("0123456789!@#$%.*?_-") in self.common:
            raise BadInput("password", "this one is among the most common; choose another")
        if len(set(folded)) < 5:
            raise BadInput("password", "use at least five different characters")
        for own in filter(lambda one: len(one) >= 3, (login.casefold(), name.casefold())):
            if own in folded:
                raise BadInput("password", "it must not contain your own name")
        if any(word in folded for word in OF_THE_HOUSE):
            raise BadInput("password", f"leave out {', '.join(OF_THE_HOUSE)}: guessed first here")
        if self.profile == "dengbao" and _kinds(said) < DENGBAO_KINDS:
            raise BadInput(
                "password",
                "mix at least three of: small letters, capitals, digits, other characters",
            )


def plain(password: str) -> str:
    """Give a password as it is hashed: the same however a keyboard composes it."""
    return unicodedata.normalize("NFKC", password)


def _kinds(said: str) -> int:
    small, large = any(c.islower() for c in said), any(c.isupper() for c in said)
    digit, other = any(c.isdigit() for c in said), any(not c.isalnum() for c in said)
    return small + large + digit + other


def wait_s(failures: int) -> int:
    """Tell how long after its last wrong try an account takes no other: doubling, to an hour."""
    if failures < FREE_TRIES:
        return 0
    return int(min(FIRST_WAIT_S * 2 ** min(failures - FREE_TRIES, 20), LONGEST_WAIT_S))
