"""Where a line of Chinese ends: numbers stay whole, no line begins with a comma (禁则)."""

import re
from collections.abc import Callable

OPENING = "（《“‘【"
CLOSING = "，。；：、？！）》”’】％"
_PIECES = re.compile(
    rf"[{OPENING}]*(?:[\w.,:%+−±–=()/-]*[A-Za-z0-9%)]|[^{OPENING}])[{CLOSING}]*|.", re.ASCII
)


def broken(said: str, room: float, first: float, width: Callable[[str], float]) -> list[str]:
    """Break a text into lines no wider than `room`, the first one shorter by `first`."""
    lines, line, left = [], "", room - first
    for piece in _PIECES.findall(said):
        if line and width(line + piece.rstrip()) > left:
            lines.append(line.rstrip())
            line, left = "", room
            piece = piece.lstrip()  # noqa: PLW2901 - a line begins with no space
        line += piece
    return [*lines, line.rstrip()]
