"""What figures are to reach: a city's own goals, or ones to begin with."""

from collections.abc import Mapping

from operations.errors import BadInput
from operations.pulse.figure import Better, Unit
from operations.pulse.figures import FIGURE

USUAL: Mapping[str, float] = {
    "on_time_rate": 0.95,
    "solved_rate": 0.9,
    "satisfaction_rate": 0.9,
    "first_right_rate": 0.95,
    "reopened_rate": 0.05,
}
"""Goals to begin with; no rule names them. A city that has goals writes its own."""


def read_targets(said: Mapping[str, object]) -> dict[str, float]:
    """Read a table of targets by figure code; raises BadInput with the code of what cannot be.

    Shares are written as 0.95, times in minutes.
    """
    found = {}
    for code, target in said.items():
        figure = FIGURE.get(code)
        if figure is None or figure.better is Better.NEITHER:
            raise BadInput(f"targets.{code}", "is no figure that can be good or bad")
        if isinstance(target, bool) or not isinstance(target, int | float) or target <= 0:
            raise BadInput(f"targets.{code}", "must be a number above 0")
        if figure.unit is Unit.SHARE and target > 1:
            raise BadInput(f"targets.{code}", "is a share: write 95 % as 0.95")
        found[code] = float(target)
    return found
