"""Random numbers for replicates: one stream each, whatever thread draws it.

The generator is xoshiro256++ (Blackman and Vigna 2021, ACM Trans Math Softw 47:36). Replicate
r draws from the seed's state jumped r times by 2**128 numbers, so that no two streams ever
meet and a replicate's numbers do not depend on how the work is shared out.
"""

from math import log

import numba
import numpy as np
from numpy.typing import NDArray

from operations.errors import BadInput

_JUMP = np.array(
    [0x180EC6D33CFD0ABA, 0xD5A61266F0C9392C, 0xA9582618E03FC9AA, 0x39ABDC4529B1661C], np.uint64
)
_LOW = np.uint64(0xFFFFFFFF)


@numba.njit(cache=True, nogil=True, inline="always")
def _turned(x: np.uint64, by: int) -> np.uint64:
    return np.uint64((x << np.uint64(by)) | (x >> np.uint64(64 - by)))


@numba.njit(cache=True, nogil=True)
def next_number(state: NDArray[np.uint64]) -> np.uint64:
    """Give the next 64 random bits of a stream and move it on: (4,)."""
    found = _turned(state[0] + state[3], 23) + state[0]
    held = state[1] << np.uint64(17)
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= held
    state[3] = _turned(state[3], 45)
    return np.uint64(found)


@numba.njit(cache=True, nogil=True)
def below(state: NDArray[np.uint64], most: int) -> int:
    """Give a whole number from 0 to `most` - 1, all equally likely; `most` up to 2**32.

    Lemire 2019, ACM Trans Model Comput Simul 29:3.
    """
    many = np.uint64(most)
    product = (next_number(state) >> np.uint64(32)) * many
    if product & _LOW < many:
        least = (np.uint64(1 << 32) - many) % many
        while product & _LOW < least:
            product = (next_number(state) >> np.uint64(32)) * many
    return int(np.int64(product >> np.uint64(32)))  # unsigned would turn indices into floats


@numba.njit(cache=True, nogil=True)
def uniform(state: NDArray[np.uint64]) -> float:
    """Give a number from 0 up to, but never, 1."""
    return (next_number(state) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@numba.njit(cache=True, nogil=True)
def poisson_count(state: NDArray[np.uint64], mean: float) -> int:
    """Give a Poisson number by counting arrivals in unit time; the work grows with the mean."""
    count, at = 0, -log(1.0 - uniform(state))
    while at < mean:
        count += 1
        at -= log(1.0 - uniform(state))
    return count


@numba.njit(cache=True, nogil=True)
def _jumped(start: NDArray[np.uint64], first: int, count: int) -> NDArray[np.uint64]:
    found = np.empty((count, 4), np.uint64)
    state = start.copy()
    for r in range(first + count):
        if r >= first:
            found[r - first] = state
        far = np.zeros(4, np.uint64)
        for word in _JUMP:
            for bit in range(64):
                if word & (np.uint64(1) << np.uint64(bit)):
                    far ^= state
                next_number(state)
        state[:] = far
    return found


def streams(seed: int, first: int, count: int) -> NDArray[np.uint64]:
    """Give the streams of replicates `first` to `first + count - 1`: (count, 4).

    Any whole number from 0 on is a seed. Raises BadInput for a negative one.
    """
    if seed < 0:
        raise BadInput("seed", f"{seed} is negative; take a whole number from 0 on")
    start = np.random.SeedSequence(seed).generate_state(4, np.uint64).astype(np.uint64)
    found: NDArray[np.uint64] = _jumped(start, first, count)
    return found
