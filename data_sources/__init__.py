"""Where facts come from and where they live: SQL, Redis, files and feeds."""
