"""How tickets come in: requests, tables, replays and the demo city."""
