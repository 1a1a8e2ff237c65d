"""How the whole city's budget of false alarms is parted between what watches."""

CLUSTERS = 0.8
"""The share of clusters: they find what the city's counts do not show."""
SERIES = 1.0 - CLUSTERS
"""The share of the counts of categories, districts and departments."""
