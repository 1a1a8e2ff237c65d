"""People in tickets and at the desk: what is shown of them, what they do, who wrote it down."""
