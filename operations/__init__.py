"""The rules of a city's hotline: pure computation, no clock, no input or output."""
