"""Which texts can be kept and shown: PostgreSQL holds no NUL, and UTF-8 no half of a pair."""

import re

ILLEGIBLE = re.compile("[\0\ud800-\udfff]")


def is_legible(text: str) -> bool:
    """Tell whether a text has neither NUL nor half of a surrogate pair (half an emoji)."""
    return ILLEGIBLE.search(text) is None
