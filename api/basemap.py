"""The map's own layers, for the screens."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from api.answers import problem


def blueprint(layer: Callable[[str], bytes | None], etag: Callable[[str], str]) -> Blueprint:
    """Make the route `/api/v1/basemap/<layer>.json`; a layer that is not there is None."""
    routes = Blueprint("basemap", __name__, url_prefix="/api/v1/basemap")

    @routes.get("/<name>.json")
    def get_layer(name: str) -> Response:
        """Give one layer as GeoJSON, cached by the browser until it changes."""
        body = layer(name)
        if body is None:
            return problem(404, "layer", "no such layer")
        made = Response(body, mimetype="application/geo+json")
        made.set_etag(etag(name))
        made.headers["Cache-Control"] = "no-cache"
        return made.make_conditional(request)  # type: ignore[return-value]

    return routes
