"""Kept answers for tests: a shelf in a dictionary, and what is kept on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from api.kept_answers import KeptAnswers


class DictShelf(dict[str, Any]):
    """A shelf of this process alone."""

    def set(self, key: str, value: Any) -> None:
        self[key] = value

    @contextmanager
    def claim(self, key: str, *, for_s: float) -> Iterator[bool]:
        yield True


def kept(shelf: DictShelf | None = None) -> KeptAnswers:
    """Give answers that are kept in a dictionary and asked for at once."""
    return KeptAnswers(DictShelf() if shelf is None else shelf, lambda work: work())
