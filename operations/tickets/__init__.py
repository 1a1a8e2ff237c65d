"""What a ticket is, and what happens to one."""
