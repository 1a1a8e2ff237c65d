"""What happens on a screen."""
