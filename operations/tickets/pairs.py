"""Texts as pairs of neighbouring characters.

A Chinese text has no blanks between its words; in pairs of characters every word of two or more
is found.
"""

import re
from itertools import pairwise

_RUNS = re.compile(r"[^\W_]{2,}")


def pairs_of(*texts: str) -> list[str]:
    """Give the pairs of neighbouring letters, digits and characters, each once."""
    found: dict[str, None] = {}
    for one in texts:
        for run in _RUNS.findall(one.casefold()):
            for pair in pairwise(run):
                found["".join(pair)] = None
    return list(found)
