"""Counts per stretch of time (five minutes, an hour), kept for pairs of names on a ring."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from operations.pulse.windows import Ints

Counts = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int32]


class PairNumbers:
    """Numbers pairs of codes from 1 in the order they are first seen; 0 is for unseen pairs."""

    def __init__(self) -> None:
        self._table = np.zeros((8, 8), np.int32)
        self.pairs: list[tuple[int, int]] = [(-1, -1)]

    def numbers(self, firsts: Ints, seconds: Ints) -> Numbers:
        """Give the number of each pair, adding those not seen before."""
        try:
            found: Numbers = self._table[firsts, seconds]
        except IndexError:
            self._grow(int(firsts.max()), int(seconds.max()))
            found = self._table[firsts, seconds]
        if np.count_nonzero(found) == found.size:
            return found
        new = found == 0
        for first, second in sorted(
            set(zip(firsts[new].tolist(), seconds[new].tolist(), strict=True))
        ):
            self._table[first, second] = len(self.pairs)
            self.pairs.append((first, second))
        return self._table[firsts, seconds]

    def known(self, firsts: Ints | int, seconds: Ints | int) -> Numbers:
        """Give the number of each pair (broadcast), 0 where the pair was not seen."""
        try:
            known: Numbers = self._table[firsts, seconds]
        except IndexError:  # a name that came after the last pair, or none at all
            ones, twos = np.broadcast_arrays(firsts, seconds)
            inside = (ones < self._table.shape[0]) & (twos < self._table.shape[1])
            known = self._table[np.where(inside, ones, 0), np.where(inside, twos, 0)]
            return np.where(inside, known, np.int32(0))
        return known

    def _grow(self, first: int, second: int) -> None:
        rows, columns = self._table.shape
        if first >= rows or second >= columns:
            old = self._table
            self._table = np.zeros(
                (doubled(rows, first + 1), doubled(columns, second + 1)), np.int32
            )
            self._table[:rows, :columns] = old


def doubled(size: int, needed: int) -> int:
    """Double a size until it is enough."""
    while size < needed:
        size *= 2
    return size


class TimedCounts:
    """How many tickets came in per stretch of `bucket_us`, the newest `kept` stretches.

    counts: (pairs, kept), tickets. A stretch that has left the ring is forgotten, and what
    is added for it is ignored, so the counts depend on the tickets and the clock alone.
    Nothing later than the clock may be added.
    """

    def __init__(self, bucket_us: int, kept: int, now_us: int, *, phase_us: int = 0) -> None:
        self.bucket_us, self.kept, self._phase_us = bucket_us, kept, phase_us
        self.newest = self.bucket_of(now_us)
        self.keys = PairNumbers()
        self._counts: Counts = np.zeros((8, kept), np.int32)

    def bucket_of(self, us: int) -> int:
        """Give the number of the stretch a moment lies in."""
        return (us - self._phase_us) // self.bucket_us

    def start_us(self, bucket: int) -> int:
        """Give the moment a stretch starts."""
        return bucket * self.bucket_us + self._phase_us

    def add(self, firsts: Ints, seconds: Ints, times_us: Ints, signs: Ints) -> None:
        """Count `signs` at `times_us` for each of a ticket's pairs: (tickets, pairs)."""
        numbers = self.keys.numbers(firsts, seconds)  # also of names that came in long ago
        self._reserve()
        buckets = (times_us - self._phase_us) // self.bucket_us
        kept = buckets > self.newest - self.kept
        if not kept.all():
            numbers, buckets, signs = numbers[kept], buckets[kept], signs[kept]
        places = numbers * np.int64(self.kept) + (buckets % self.kept)[:, None]
        amounts = np.broadcast_to(signs.astype(np.int32)[:, None], places.shape)
        np.add.at(self._counts.reshape(-1), places.reshape(-1), amounts.reshape(-1))

    def advance(self, now_us: int) -> None:
        """Move on to a later moment, forgetting what leaves the ring."""
        newest = self.bucket_of(now_us)
        if newest > self.newest:
            fresh = np.arange(max(self.newest + 1, newest - self.kept + 1), newest + 1)
            self._counts[:, fresh % self.kept] = 0
            self.newest = newest

    def at(self, numbers: Numbers, buckets: Ints) -> Ints:
        """Give counts of pairs by stretch: (pairs, *buckets.shape); 0 outside the ring."""
        inside = (buckets <= self.newest) & (buckets > self.newest - self.kept)
        picked = self._counts[numbers[(..., *(None,) * buckets.ndim)], buckets % self.kept]
        return np.where(inside, picked, 0).astype(np.int64)

    def since(self, numbers: Numbers, first: int) -> Ints:
        """Give each pair's count from stretch `first` up to the newest."""
        first = max(first, self.newest - self.kept + 1)
        sums: Ints = self.at(numbers, np.arange(first, self.newest + 1)).sum(axis=-1)
        return sums

    def merge(
        self, other: "TimedCounts", translated: Callable[[int, int], tuple[int, int]]
    ) -> None:
        """Add the counts of another city at the same clock; `translated` gives its pairs here."""
        pairs = [translated(*pair) for pair in other.keys.pairs[1:]]
        if pairs:
            firsts, seconds = np.array(pairs, np.int64).T
            numbers = self.keys.numbers(firsts, seconds)
            self._reserve()
            self._counts[numbers] += other._counts[1 : len(pairs) + 1]

    def _reserve(self) -> None:
        have, needed = self._counts.shape[0], len(self.keys.pairs)
        if needed > have:
            grown = np.zeros((doubled(have, needed), self.kept), np.int32)
            grown[:have] = self._counts
            self._counts = grown
