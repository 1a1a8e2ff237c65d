"""What other programs speak to."""
