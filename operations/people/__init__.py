"""People in tickets and at the desk: what may be shown of them, and to whom."""
