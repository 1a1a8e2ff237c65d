"""The running city: totals, volumes, departments, and what a screen may know of them."""
