"""What the interfaces are, for programs: `GET /api/v1/openapi.json`."""

from flask import Blueprint, Response


def blueprint(description: bytes) -> Blueprint:
    """Make the route; `description` is docs/openapi.json."""
    routes = Blueprint("described", __name__, url_prefix="/api/v1")

    @routes.get("/openapi.json")
    def get_description() -> Response:
        """Give the description of every interface (OpenAPI 3.1)."""
        return Response(description, mimetype="application/json")

    return routes
