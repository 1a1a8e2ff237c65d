"""What happens on a screen: `register_all` joins every screen's callbacks to the app."""

from typing import Any

from dash import Dash

from callbacks import pages


def register_all(app: Dash, sources: Any) -> None:
    """Register every callback; sources arrive here and are passed on, never kept globally."""
    pages.register(app, sources)
