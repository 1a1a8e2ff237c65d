"""Tickets from another city's Open311 server."""
