"""The web door's part for what many departments do about one matter: disputes and orders."""

from functools import partial

from flask import Blueprint

from api import disputes
from callbacks.desk import Desk
from callbacks.disputing import DisputeActs
from callbacks.ticket_rows import named
from data_sources.connect import Sources
from layouts.ticket_face import Reader
from operations.response.opinion import Opinion
from papers.order import OrderTerms, order_of
from papers.pdf import write


def dispute_routes(sources: Sources, desk: Desk) -> Blueprint:
    """Make the routes of disputes, clinics and orders."""
    acts = DisputeActs(sources, desk, partial(printed, sources))
    settings = sources.settings
    return disputes.blueprint(acts, language=settings.language, zone=sources.reference.zone)


def printed(sources: Sources, opinion: Opinion, titles: list[str], reader: Reader) -> bytes:
    """Write an opinion as a PDF, with who takes it on every page."""
    city = sources.reference

    def unit(code: str) -> str:
        return named(sources, "departments", code, reader.language)

    terms = OrderTerms(
        city=(city.name_zh, city.name_en), hotline=city.hotline, zone=city.zone.key,
        demo=sources.settings.demo, unit=unit, titles=titles,
        mark="".join(one for one in reader.mark if one.isprintable()),
    )  # fmt: skip
    return write(order_of(opinion, terms, reader.language))
