"""The web door's part for what many departments do about one matter: disputes and orders."""

from functools import partial

from flask import Blueprint

from api import accountability, campaigns, cases, disputes
from callbacks.accountability_rows import in_words
from callbacks.accounting import AccountabilityActs
from callbacks.campaigning import CampaignActs
from callbacks.case_acting import CaseActs
from callbacks.desk import Desk
from callbacks.dispute_rows import Namer
from callbacks.disputing import DisputeActs
from callbacks.ticket_rows import named
from data_sources.connect import Sources
from layouts.ticket_face import Reader
from operations.response.accountability import Evidence
from operations.response.accountability_paper import AccountabilityPaper
from operations.response.opinion import Opinion
from papers.accountability import PaperTerms
from papers.accountability import paper_of as accountability_paper_of
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


def accountability_routes(sources: Sources, desk: Desk) -> Blueprint:
    """Make the routes of accountability."""
    acts = AccountabilityActs(sources, desk, partial(accounted, sources))
    settings = sources.settings
    return accountability.blueprint(acts, language=settings.language, zone=sources.reference.zone)


def campaign_routes(sources: Sources, desk: Desk) -> Blueprint:
    """Make the routes of campaigns."""
    return campaigns.blueprint(CampaignActs(sources, desk), sources.reference.zone)


def case_routes(sources: Sources, desk: Desk) -> Blueprint:
    """Make the routes of the library of cases."""
    return cases.blueprint(CaseActs(sources, desk), sources.reference.zone)


def accounted(sources: Sources, paper: AccountabilityPaper, reader: Reader) -> bytes:
    """Write a paper of accountability as a PDF, with who takes it on every page."""
    city = sources.reference

    def unit(code: str) -> str:
        return named(sources, "departments", code, reader.language)

    def told(one: Evidence) -> tuple[str, str]:
        row = in_words(one, Namer(sources, reader))
        return reader.words[f"accountability_kind_{one.kind.value}"], row

    terms = PaperTerms(
        city=(city.name_zh, city.name_en), hotline=city.hotline, zone=city.zone.key,
        demo=sources.settings.demo, unit=unit, told=told,
        mark="".join(one for one in reader.mark if one.isprintable()),
    )  # fmt: skip
    return write(accountability_paper_of(paper, terms, reader.language))
