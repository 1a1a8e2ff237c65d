"""The escalation ladders, read from the city's own file, else from the shipped one."""

from pathlib import Path

from data_sources.chains import FILES
from data_sources.city_files import read_rows
from operations.errors import BadInput
from operations.response.escalation import Ladder, Ladders, refused

FILE, NAME = "ladders.toml", "ladder"


def read_ladders(folder: Path | None, report_every_min: tuple[int, ...]) -> Ladders:
    """Read the ladders; raises BadInput for one that cannot be climbed, or is there twice."""
    found = read_rows(folder, FILE, Ladder, NAME) or read_rows(FILES, FILE, Ladder, NAME)
    by_cause: dict[str, Ladder] = {}
    for ladder in found:
        reason = "it is there twice" if ladder.cause in by_cause else refused(ladder)
        if reason is not None:
            raise BadInput(f"{FILE}: {ladder.cause}", reason)
        by_cause[ladder.cause] = ladder
    return Ladders({one.cause: one for one in found}, report_every_min)
