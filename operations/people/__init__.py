"""Who may do what: people, roles, permissions, how they sign in."""
