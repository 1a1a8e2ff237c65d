"""Clusters and onsets: what is more than chance, where, since when, and how sure that is."""
