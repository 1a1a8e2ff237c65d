"""Open311 GeoReport v2: what other cities' programs may ask of tickets, and hand in."""
