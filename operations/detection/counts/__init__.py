"""Alarms on series of counts: EARS, CUSUM, Farrington."""
