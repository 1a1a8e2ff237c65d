"""Incidents' files in plain Python, for tests."""

from operations.response.content import Content


class MemoryIncidentFiles:
    """`ports_incident.IncidentFiles` for one process."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], Content] = {}

    def keep(self, incident: str, content: Content, *, within: object | None = None) -> None:  # noqa: ARG002
        """Keep the bytes."""
        self._held.setdefault((incident, content.digest), content)

    def drop(self, incident: str, digest: str, *, within: object | None = None) -> None:  # noqa: ARG002
        """Let the bytes go."""
        self._held.pop((incident, digest), None)

    def read(self, incident: str, digest: str, *, small: bool = False) -> bytes | None:
        """Give the bytes, or the small picture of them."""
        held = self._held.get((incident, digest))
        if held is None:
            return None
        return held.small if small else held.data
