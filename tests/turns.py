"""Which pairs of cases a test goes through: all in the whole form, else the second in turn."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from tests.injections import WHOLE

First, Second = TypeVar("First"), TypeVar("Second")


def in_turn(first: Iterable[First], second: Sequence[Second]) -> list[tuple[First, Second]]:
    """Pair every first with one second, each in its turn; with LIANXIN_TEST_WHOLE=1 with all."""
    return [
        (one, other)
        for place, one in enumerate(first)
        for turn, other in enumerate(second)
        if WHOLE or place % len(second) == turn
    ]
