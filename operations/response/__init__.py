"""How many departments answer one matter: disputes, rulings, incidents."""
