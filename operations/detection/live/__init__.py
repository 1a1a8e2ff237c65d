"""The watch over the running city: every ticket re-scans what lies within its reach."""
