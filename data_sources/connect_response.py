"""What many departments' answer to one matter rests on: the books of disputes and opinions."""

from functools import cached_property

from data_sources.clinic_book import SqlClinicBook
from data_sources.connect_kept import KeptSources
from data_sources.dispute_book import SqlDisputeBook
from data_sources.opinion_book import SqlOpinionBook


class ResponseSources(KeptSources):
    """The books of what is decided on matters that are nobody's, or everybody's."""

    @cached_property
    def dispute_book(self) -> SqlDisputeBook:
        """Matters nobody wants to own."""
        return SqlDisputeBook(self.engine, self.audit)

    @cached_property
    def clinic_book(self) -> SqlClinicBook:
        """Sessions at which leaders hear them."""
        return SqlClinicBook(self.engine, self.audit)

    @cached_property
    def opinion_book(self) -> SqlOpinionBook:
        """Final opinions, and what they bind."""
        return SqlOpinionBook(self.engine, self.audit)
