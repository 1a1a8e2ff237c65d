"""Text in a table that a spreadsheet will open: shown, and never worked out.

A spreadsheet takes a cell that begins like a formula for one, and a formula can send what
stands beside it to anybody (OWASP, "CSV Injection").
"""

from typing import TypeVar

Value = TypeVar("Value")

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula begins with. In East Asian settings the full-width signs begin one too."""
BEFORE = " \u00a0\u3000\ufeff\u200b\"'\0"
MARK = "'"
"""Tells a spreadsheet that a cell is text."""


def plain_cell(value: Value) -> Value | str:
    """Give a value as a cell may hold it; only text can be dangerous, a number stays one.

    Blanks, invisible characters and quotes before the sign are looked past, for a program that
    trims or unquotes would bring the formula back.
    """
    if not isinstance(value, str):
        return value
    begun = value.lstrip(BEFORE)
    return MARK + value if begun.startswith(FORMULA) else value
