"""Batch scans over space and time: the answers of SaTScan, from files or arrays."""
