"""What is known of the city before its tickets, and the sums that are kept of them."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from data_sources.basemap import Basemap, load_basemap
from data_sources.chains import read_chains
from data_sources.connect_kept import KeptSources
from data_sources.cubes import Cubes
from data_sources.feeds.mapping import read_mapping
from data_sources.figure_reads import FigureReads
from data_sources.reference import Reference, city_file, load_reference
from operations.pulse.picture import Draughtsman, Names
from operations.response.chain import Template
from operations.tickets.cards import Cards
from operations.tickets.deadlines import Deadlines
from operations.tickets.loose_ends import Patience, Thresholds
from operations.tickets.reckoning import Reckoner


class CitySources(KeptSources):
    """The city's tables, clocks and rules, what everything is called, and its figures."""

    @cached_property
    def reference(self) -> Reference:
        """The city's tables: districts, departments, categories, places."""
        return load_reference(self.settings)

    @cached_property
    def basemap(self) -> Basemap:
        """The layers of the city's map."""
        return load_basemap(self.settings)

    @cached_property
    def cubes(self) -> Cubes:
        """Sums by day and hour, kept up with the ledger."""
        return Cubes(self.engine, self.reference, kept_hours_d=self.settings.keep_hours_d)

    @property
    def figures(self) -> FigureReads:
        """Reads of what figures are made of."""
        return self.cubes.reads

    @cached_property
    def reckoner(self) -> Reckoner:
        """Gives tickets their class, their ring and, by the city's rules, their due time."""
        city = self.reference
        if city.rules is None:
            return Reckoner(rings=city.rings)
        return Reckoner(Deadlines(city.rules, city.calendar, city.zone), city.rings)

    @cached_property
    def cards(self) -> Cards | None:
        """The city's cards; None where no rules give any."""
        city = self.reference
        return None if city.rules is None else Cards(city.rules.cards, city.calendar, city.zone)

    @cached_property
    def thresholds(self) -> Thresholds:
        """What is too long ago in this city: silence, a callback, a card."""
        city, told = self.reference, self.settings
        patience = Patience(told.orphan_d, told.unowned_d, told.callback_d)
        return Thresholds(patience, city.calendar, city.zone, self.cards)

    @cached_property
    def names(self) -> Names:
        """What every code of this city is called."""
        reference = self.reference

        def called(rows: Iterable[Any]) -> dict[str, tuple[str, str]]:
            return {row.code: (row.name_zh, row.name_en or row.name_zh) for row in rows}

        return Names(
            categories=called(reference.categories) | self._mapped_names("category"),
            districts=called(reference.districts) | self._mapped_names("district"),
            departments=called(reference.departments) | self._mapped_names("department"),
            towns=called(reference.towns),
            zones=called(reference.zones),
        )

    @cached_property
    def draughtsman(self) -> Draughtsman:
        """Draws the pictures, in this city's names."""
        return Draughtsman(self.names, least_callers=self.settings.least_callers)

    def _mapped_names(self, table: str) -> dict[str, tuple[str, str]]:
        """Give what a city known only by its mapping calls the codes of its tickets."""
        kind, _, name = self.settings.city.partition(":")
        if kind != "mapping":
            return {}
        return dict(getattr(read_mapping(name), table).names)

    def knows_scope(self, scope: str) -> bool:
        """Tell whether a scope can have pictures; names that grow from the data always can."""
        kind, _, code = scope.partition("-")
        return kind == "city" or self.reference.knows(kind, code)

    @cached_property
    def chains(self) -> tuple[Template, ...]:
        """The usual chains of a matter in this city."""
        return read_chains(city_file(self.settings.city)[1])
