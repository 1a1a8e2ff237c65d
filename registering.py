"""The worker's part in partners: an empty registry begins with what the city's folder names."""

from datetime import UTC, datetime

import structlog

from data_sources.connect import Sources
from data_sources.partner_book import FILE, read_city_partners
from operations.errors import Conflict
from operations.pulse.windows import to_us
from operations.response.incident import Signed

log = structlog.get_logger()


def begin_registry(sources: Sources) -> None:
    """Take in the city's own partners where there is none yet."""
    if sources.partner_book.all():
        return
    known = sources.names.departments.__contains__
    found = read_city_partners(sources.reference.folder, known)
    try:
        sources.partner_book.keep(found, Signed(FILE, False, to_us(datetime.now(UTC))))
    except Conflict:  # another worker has just begun it
        return
    if found:
        log.info("partners_read", partners=len(found))
