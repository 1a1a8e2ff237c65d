"""People: what they do, and how it is written down."""
