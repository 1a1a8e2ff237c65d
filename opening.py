"""The door's part that opens a counter for everybody: Open311, joined to the city's stores."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint

from api.open311 import routes
from api.open311.answers import PREFIX
from api.open311.counter import Counter, Terms
from api.open311.map_cells import MapCells
from api.open311.tokens import Tokens
from api.rates import Bound, Rates
from data_sources.api_keys import SqlApiKeys
from data_sources.connect import Sources
from data_sources.public_tickets import PublicTickets
from data_sources.reference import city_file
from operations.open311.request import Public
from operations.open311.services import CityServices, discovery
from operations.people.api_keys import ApiKey
from settings import Settings

NO_CONTACT = "Ask this city's hotline."


def open311_routes(
    sources: Sources,
    rates: Rates,
    *,
    clock: Callable[[], datetime],
    in_thread: Callable[..., Any],
) -> Blueprint:
    """Make the routes of Open311; while it is off every one of them says so."""
    settings, reference = sources.settings, sources.reference
    hidden = [one.code for one in reference.categories if not one.public]
    grown = partial(sources.history.codes, "category", settings.most_names)
    counter = Counter(
        terms=_terms(settings, rates),
        reads=PublicTickets(sources.engine, hidden),
        services=CityServices(reference.categories, sources.names.categories, grown),
        public=lambda language: Public(sources.names, language, settings.open311_words),
        valid_key=SqlApiKeys(sources.engine, sources.audit).valid,
        tokens=Tokens(sources.page_key),
        now=clock,
    )
    told = partial(
        discovery,
        changed_at=_changed_at(settings),
        contact=settings.open311_contact or NO_CONTACT,
        key_service=settings.open311_contact or NO_CONTACT,
    )
    return routes.blueprint(
        counter,
        sources.intake,
        shown=MapCells(sources.board),
        discovery=told,
        in_thread=in_thread,
    )


def public_bound(settings: Settings) -> Bound:
    """Give how often anybody may ask at the counter."""
    return Bound.per_minute("open311", settings.open311_per_minute)


def public_paths(settings: Settings) -> tuple[str, ...]:
    """Name what pages of other houses may read: the counter, while it is open."""
    return (PREFIX,) if settings.open311 != "off" else ()


def _terms(settings: Settings, rates: Rates) -> Terms:
    bound = Bound.per_minute("open311_post", settings.open311_per_minute)

    def allow(key: ApiKey) -> float:
        return rates.wait_s(bound, key.id)

    return Terms(settings.open311, settings.open311_jurisdiction, settings.language, allow)


def _changed_at(settings: Settings) -> datetime:
    """Tell when the city's categories were last changed."""
    path, folder = city_file(settings.city)
    files = (path, *([folder / "categories.toml"] if folder else []))
    return datetime.fromtimestamp(max(map(_modified_s, files)), UTC)


def _modified_s(path: Path) -> float:
    return path.stat().st_mtime if path.is_file() else 0.0
