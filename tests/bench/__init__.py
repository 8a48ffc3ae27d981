"""Measurements, run by `make bench`; figures are ratios to a floor of the same run. Never part of the suite."""
