"""The evidence on one cluster, and what of it may be shown."""
