"""Open311 GeoReport v2 under `/open311/v2/`: other cities' programs and residents' apps."""
