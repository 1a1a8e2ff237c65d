"""The worker's part in partners: an empty registry begins with what the city's folder names.

The names the demo city is shipped with are ours and made up, so they are released for its walls, as
somebody would release them. What a city has written itself waits for its own people.
"""

from datetime import UTC, datetime

import structlog

from data_sources.connect import Sources
from data_sources.partner_book import FILE, read_city_partners
from data_sources.reference import CITIES
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
    signed = Signed(FILE, False, to_us(datetime.now(UTC)))
    try:
        begun = sources.partner_book.keep(found, signed)
    except Conflict:  # another worker has just begun it
        return
    folder = sources.reference.folder
    if sources.settings.demo and folder is not None and folder.parent == CITIES:
        for one in begun:
            sources.partner_book.release(
                one.code, version=one.version, released=True, signed=signed
            )
    if found:
        log.info("partners_read", partners=len(found))
