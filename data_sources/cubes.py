"""The cubes of one ledger: what keeps them up, makes them anew, checks and reads them."""

from datetime import time
from functools import cached_property

from sqlalchemy import Engine

from data_sources.cube_building import CubeBuilding
from data_sources.cube_checking import CubeChecking
from data_sources.cube_keeping import CubeKeeping
from data_sources.figure_reads import FigureReads
from data_sources.reference import Reference
from operations.pulse.local_days import LocalDays

OPENS, CLOSES = time(8, 30), time(17, 30)
"""The office hours that working time is counted in, where the city's rules name none."""


class Cubes:
    """Sums over tickets by local day and hour, in a city's zone and calendar."""

    def __init__(self, engine: Engine, reference: Reference, *, kept_hours_d: int) -> None:
        self._engine, self._reference, self._kept_hours_d = engine, reference, kept_hours_d

    @cached_property
    def local(self) -> LocalDays:
        """What the city's clocks and calendar say."""
        city = self._reference
        opens, closes = (
            (OPENS, CLOSES) if city.rules is None else (city.rules.opens, city.rules.closes)
        )
        return LocalDays(city.zone, city.calendar.is_working_day, opens=opens, closes=closes)

    @cached_property
    def keeping(self) -> CubeKeeping:
        """Keeps the sums up as tickets are stored."""
        return CubeKeeping(self.local, kept_hours_d=self._kept_hours_d)

    @cached_property
    def building(self) -> CubeBuilding:
        """Makes the sums anew."""
        return CubeBuilding(self._engine, self.keeping)

    @cached_property
    def checking(self) -> CubeChecking:
        """Holds the sums against plain SQL over the tickets."""
        return CubeChecking(self._engine, self.keeping)

    @cached_property
    def reads(self) -> FigureReads:
        """Reads the sums."""
        return FigureReads(self._engine, self.local)
