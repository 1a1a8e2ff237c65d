"""The id of every component, named once."""

ADDRESS = "address"
SCREEN = "screen"
NOTICE = "notice"
WALL = "wall"
MAP = "map"
PAGE_FACTS = "page-facts"
