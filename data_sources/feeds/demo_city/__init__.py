"""The demo city: a seeded simulator of a hotline, delivered like any other city's tickets."""
