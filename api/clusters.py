"""The list of clusters and the evidence on each, and the versions pages ask for."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response

from api.answers import answer, problem
from api.dossiers import Dossiers, Look
from operations.errors import Unreachable
from operations.pulse.windows import to_us

NO_STORE = {"Cache-Control": "no-store"}


def blueprint(dossiers: Dossiers, now: Callable[[], datetime]) -> Blueprint:
    """Make the routes under `/api/v1/clusters`."""
    routes = Blueprint("clusters", __name__, url_prefix="/api/v1/clusters")

    @routes.get("")
    def get_clusters() -> Response:
        """Give the living clusters and those ended in the last 30 days."""
        found = dossiers.listed(to_us(now()))
        if found is None:
            return _away()
        return answer(200, {"version": found.version, "clusters": found.rows}, **NO_STORE)

    @routes.get("/version")
    def get_list_version() -> Response:
        """Tell the version of the list."""
        try:
            return _version(dossiers.list_version(to_us(now())), now())
        except Unreachable:
            return _away()

    @routes.get("/<cluster>/evidence")
    def get_evidence(cluster: str) -> Response:
        """Give all that speaks for or against one cluster, without its alarms' actors."""
        return _answer(dossiers.look(cluster))

    @routes.get("/<cluster>/version")
    def get_version(cluster: str) -> Response:
        """Tell the version of what there is to see of one cluster."""
        try:
            version = dossiers.version(cluster)
        except Unreachable:
            return _away()
        return _unknown() if version is None else _version(version, now())

    return routes


def _version(version: str, at: datetime) -> Response:
    """Tell a version, and the city's time at which it still was that."""
    return answer(200, {"version": version, "now": at}, **NO_STORE)


def _answer(found: Look) -> Response:
    if found.state != "found":
        return _away() if found.state == "away" else _unknown()
    held = [
        {"department": name, "open": open_, "ended": ended} for name, open_, ended in found.holders
    ]
    return answer(200, {"version": found.version, **found.evidence, "holders": held}, **NO_STORE)


def _unknown() -> Response:
    return problem(404, "cluster", "no such cluster")


def _away() -> Response:
    return problem(503, "database", "cannot be read now; try again", retry_after_s=2)
