"""Values as pages and reports write them, in both languages."""

from layouts.wording import Language, words

HOUR_MIN, DAY_MIN = 60, 1440


def told(value: float | None, unit: str, language: Language) -> str:
    """Say a value: 93.4%, 12,345, 3.2 d; a dash where there is none."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{value * 100:.1f}%"
    if unit == "minutes":
        return _length(value, language)
    return f"{value:,.0f}"


def _length(minutes: float, language: Language) -> str:
    said = words(language)
    if minutes < HOUR_MIN:
        return said["departments_minutes"].format(n=f"{minutes:.0f}")
    if minutes < 2 * DAY_MIN:
        return said["departments_hours"].format(n=f"{minutes / HOUR_MIN:.1f}")
    return said["departments_length_days"].format(n=f"{minutes / DAY_MIN:.1f}")


def difference(now: float | None, before: float | None, unit: str, language: Language) -> str:
    """Say by how much a value moved, with its sign; nothing where one of the two is not known."""
    if now is None or before is None:
        return ""
    moved = now - before
    sign = "+" if moved > 0 else "−" if moved < 0 else "±"
    if unit == "share":
        return f"{sign}{abs(moved) * 100:.1f}"
    return f"{sign}{told(abs(moved), unit, language)}"


def signed(n: int) -> str:
    """Write a number with its sign: +3, −1, ±0."""
    return f"{'+' if n > 0 else '−' if n < 0 else '±'}{abs(n):,}"
