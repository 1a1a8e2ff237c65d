"""What many departments' answer to one matter rests on: its books."""

from datetime import datetime
from functools import cached_property

from data_sources.accountability_book import SqlAccountabilityBook
from data_sources.accountability_steps import read_steps
from data_sources.campaign_book import SqlCampaignBook
from data_sources.campaign_counts import CampaignCounts
from data_sources.case_book import SqlCaseBook
from data_sources.case_material import material_of
from data_sources.clinic_book import SqlClinicBook
from data_sources.connect_city import CitySources
from data_sources.dispute_book import SqlDisputeBook
from data_sources.escalation_book import SqlEscalationBook
from data_sources.evidence_reads import EvidenceReads
from data_sources.incident_book import SqlIncidentBook
from data_sources.incident_files import SqlIncidentFiles
from data_sources.incident_places import IncidentPlaces
from data_sources.incident_remaining import IncidentRemaining
from data_sources.ladders import read_ladders
from data_sources.opinion_book import SqlOpinionBook
from data_sources.partner_book import SqlPartnerBook
from data_sources.pictures import cleaned
from data_sources.reference import city_file
from operations.response.accountability_steps import Steps
from operations.response.case_drafting import Material
from operations.response.content import Bounds, Content
from operations.response.escalation import Ladders


class ResponseSources(CitySources):
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

    @cached_property
    def incident_book(self) -> SqlIncidentBook:
        """The incidents."""
        return SqlIncidentBook(self.engine, self.audit, self.incident_files, self.ladders)

    @cached_property
    def incident_files(self) -> SqlIncidentFiles:
        """The bytes of their files."""
        return SqlIncidentFiles(self.engine, self.sealer)

    @cached_property
    def incident_places(self) -> IncidentPlaces:
        """Where their tickets lie."""
        return IncidentPlaces(self.engine)

    @cached_property
    def incident_remaining(self) -> IncidentRemaining:
        """What is still to be done in those that ended."""
        return IncidentRemaining(self.engine)

    @staticmethod
    def cleaned_file(data: bytes, bounds: Bounds) -> Content:
        """Give a file as it is kept; raises BadInput for what is not taken."""
        return cleaned(data, bounds)

    @cached_property
    def escalation_book(self) -> SqlEscalationBook:
        """What incidents wait for too long, and who was told."""
        return SqlEscalationBook(self.engine, self.ladders, self.audit)

    @cached_property
    def ladders(self) -> Ladders:
        """Who is told of it, and after how many minutes."""
        return read_ladders(city_file(self.settings.city)[1], self.settings.report_every_min)

    @cached_property
    def partner_book(self) -> SqlPartnerBook:
        """Utilities and plants that incidents call upon."""
        return SqlPartnerBook(self.engine, self.audit)

    @cached_property
    def accountability_book(self) -> SqlAccountabilityBook:
        """Matters of accountability."""
        return SqlAccountabilityBook(self.engine, self.audit)

    @cached_property
    def campaign_book(self) -> SqlCampaignBook:
        """Campaigns over many matters."""
        return SqlCampaignBook(self.engine, self.audit)

    @cached_property
    def campaign_counts(self) -> CampaignCounts:
        """Counts the tickets of their scopes."""
        return CampaignCounts(self.engine)

    @cached_property
    def case_book(self) -> SqlCaseBook:
        """The library of cases."""
        return SqlCaseBook(self.engine, self.audit)

    def case_material(self, incident: str, now: datetime) -> Material | None:
        """Give what a case of an incident is drafted from."""
        return material_of(incident, self, now, least=self.settings.least_callers)

    @cached_property
    def evidence_reads(self) -> EvidenceReads:
        """What evidence points to."""
        return EvidenceReads(self.engine)

    @cached_property
    def accountability_steps(self) -> Steps:
        """The steps of accountability in this city."""
        return read_steps(city_file(self.settings.city)[1])
