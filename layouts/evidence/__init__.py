"""The parts of the pages about clusters: the evidence on one, and their list."""
