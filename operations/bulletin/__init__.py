"""Bulletins: what the city reports of a day, a week or a month."""
