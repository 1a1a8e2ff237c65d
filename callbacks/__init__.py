"""What happens on a screen: `register_all` joins every screen's callbacks to the app."""

from typing import Any

from dash import Dash

from callbacks import (
    account,
    cluster,
    clusters,
    dispute,
    owed,
    pages,
    people,
    person,
    screens,
    ticket,
    ticket_clocks,
    ticket_duplicates,
)
from callbacks.desk import Desk


def register_all(app: Dash, sources: Any, desk: Desk) -> None:
    """Register every callback; sources arrive here and are passed on, never kept globally."""
    pages.register(app, sources, desk)
    cluster.register(app, sources, desk)
    clusters.register(app, sources, desk)
    dispute.register(app, sources, desk)
    owed.register(app, sources, desk)
    ticket.register(app, sources, desk)
    ticket_clocks.register(app, sources, desk)
    ticket_duplicates.register(app, sources, desk)
    if desk.people is not None:
        account.register(app, sources, desk)
        screens.register(app, sources, desk)
        people.register(app, sources, desk)
        person.register(app, sources, desk)
        desk.people.watch(app)
