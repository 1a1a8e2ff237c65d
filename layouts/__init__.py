"""What each screen looks like: values in, components out."""
