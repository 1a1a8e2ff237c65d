"""Where the tickets of an incident lie, and whose they are: for its map, within one's sight."""

from sqlalchemy import Engine, text

from data_sources.database import reading
from operations.response.ports_incident import Place
from operations.tickets.ticket import GeoQuality

PLACED = (GeoQuality.EXACT.value, GeoQuality.STREET.value)
"""A point that stands for a whole district tells of no place."""


class IncidentPlaces:
    """Places of incidents' tickets in SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, incident: str, *, most: int) -> list[Place]:
        """Give the tickets that are in an incident, the last to join first."""
        with reading(self._engine) as connection:
            rows = connection.execute(text(_PLACES), {"incident": incident, "most": most}).all()
        return [
            Place(
                (row.source, row.external_id),
                (row.latitude, row.longitude) if row.geo_quality in PLACED else None,
                row.department, row.district, row.town, bool(row.confidential),
            )
            for row in rows
        ]  # fmt: skip


_PLACES = (
    "SELECT source, external_id, latitude, longitude, geo_quality, department, district, town,"
    " confidential FROM incident_tickets JOIN tickets ON tickets.id = ticket_id"
    " WHERE incident_id = :incident AND NOT out"
    " ORDER BY joined_us DESC, ticket_id DESC LIMIT :most"
)
