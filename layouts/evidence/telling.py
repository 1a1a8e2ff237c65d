"""Numbers, times and a whole cluster, told as people say them."""

from datetime import datetime, timedelta
from math import floor
from typing import Any

from layouts.evidence.face import EvidenceFace

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment(iso: str, face: EvidenceFace, *, seconds: bool = False) -> str:
    """Say when: 07-12 14:00, with the year where it is another one; in the city's zone."""
    at = datetime.fromisoformat(iso).astimezone(face.zone)
    clock = at.strftime("%H:%M:%S" if seconds else "%H:%M")
    this_year = at.year == face.now.astimezone(face.zone).year
    if face.language == "en":
        day = f"{at.day} {MONTHS[at.month - 1]}"
        return f"{day} {clock}" if this_year else f"{day} {at.year} {clock}"
    return at.strftime("%m-%d " if this_year else "%Y-%m-%d ") + clock


def zone_name(face: EvidenceFace) -> str:
    """Name the zone with its offset: Asia/Shanghai, UTC+8."""
    offset = face.now.astimezone(face.zone).utcoffset() or timedelta()
    hours = offset / timedelta(hours=1)
    return f"{face.zone.key}, UTC{hours:+g}"


def number(value: float) -> str:
    """Say a number shortly: one decimal under ten, none above."""
    return f"{value:.1f}" if value < 9.95 else f"{value:,.0f}"


def expected(value: float, face: EvidenceFace) -> str:
    """Say what was expected; a very small number is under 0.1, never 0.0."""
    if value < 0.1:
        return face.words["dossier_below"].format(n="0.1")
    return number(value)


def probability(p: float) -> str:
    """Say a probability; below one in ten thousand the digits mean nothing."""
    return "< 0.0001" if p < 1e-4 else f"{p:.4f}".rstrip("0")


def length(hours: float, face: EvidenceFace) -> str:
    """Say a length of time in its largest unit."""
    said = face.words
    if hours < 1:
        return said["dossier_minutes"].format(n=max(round(hours * 60), 1))
    if hours < 48:
        return said["dossier_hours"].format(n=f"{hours:.1f}".removesuffix(".0"))
    return said["dossier_length_days"].format(n=f"{hours / 24:.1f}".removesuffix(".0"))


def between(start: str, end: str) -> float:
    """Give the hours from one time to another."""
    gone = datetime.fromisoformat(end) - datetime.fromisoformat(start)
    return gone / timedelta(hours=1)


def years(days: float) -> int:
    """Cut days down to 1, 10 or 100 years: more exactly nobody knows it."""
    return next((n for n in (100, 10, 1) if days >= n * 365), 0)


def recurrence(days: float, face: EvidenceFace) -> str:
    """Say a recurrence interval: > 1 年, 约 120 天, 不到 1 天."""
    said = face.words
    if years(days):
        return said["dossier_over_years"].format(n=years(days))
    if days < 1:
        return said["dossier_under_a_day"]
    return said["dossier_days"].format(n=f"{days:,.0f}")


def kilometres(km: float, face: EvidenceFace) -> str:
    """Say a radius; zero is one address."""
    if km < 0.01:
        return face.words["dossier_one_place"]
    return face.words["dossier_extent_circle"].format(km=f"{km:.2f}".rstrip("0").rstrip("."))


def reach(told: dict[str, Any], face: EvidenceFace) -> str:
    """Say how far a cluster reaches: its radius, or the zone, town or district it fills."""
    extent = told["extent"]
    if extent == "city":
        return face.words["dossier_extent_city"]
    if extent == "district":
        return face.words["dossier_extent_district"]
    if extent in ("zone", "town"):
        return face.name(extent, told["place"])
    return kilometres(told["radius_km"], face)


def named(told: dict[str, Any], face: EvidenceFace) -> str:
    """Name a cluster: 龙口市 · 自来水发黄."""
    district = None if told.get("extent") == "city" else told["district"]
    where = face.name("district", district) or face.city.told(face.language)
    return f"{where} · {face.name('category', told['category'])}"


def sentence(told: dict[str, Any], face: EvidenceFace) -> str:
    """Tell a cluster in a line: 12 起，预期 0.9 · 始于 07-12 14:00 · 0.5 km · 重现期 > 1 年."""
    said = face.words
    if told["withheld"]:
        return said["dossier_few"].format(n=face.least_callers)
    parts = [
        said["dossier_callers"].format(
            n=f"{told['callers']:,}", expected=expected(told["expected"], face)
        ),
        said["dossier_since"].format(time=moment(told["start"], face)),
        reach(told, face),
        said["dossier_recurrence"].format(time=recurrence(told["recurrence_d"], face)),
    ]
    return " · ".join(parts)


def share(value: float) -> str:
    """Say a share in whole per cent."""
    return str(floor(value * 100 + 0.5))
