"""The steps of accountability, read from the city's own file, else from the shipped one."""

from pathlib import Path

from data_sources.city_files import read_rows
from operations.errors import BadInput
from operations.response.accountability_steps import MOST_STEPS, Step, Steps

FILES = Path(__file__).resolve().with_name("files")
FILE, NAME = "accountability.toml", "step"
LONGEST_D = 3_660


def read_steps(folder: Path | None) -> Steps:
    """Read the steps; raises BadInput for none or too many, and for days that cannot be."""
    found = read_rows(folder, FILE, Step, NAME) or read_rows(FILES, FILE, Step, NAME)
    if not 0 < len(found) <= MOST_STEPS:
        raise BadInput(FILE, f"1 to {MOST_STEPS} steps")
    for step in found:
        for name, days in (("stands_d", step.stands_d), ("appeal_d", step.appeal_d)):
            if not 1 <= days <= LONGEST_D:
                raise BadInput(f"{FILE}: {step.code}: {name}", f"1 to {LONGEST_D} days")
    return Steps(found)
