"""Campaigns: the world fails in many ways and sizes, on real files. Run by `make campaign`, never part of the suite.

Each prints a Markdown table for docs/reliability.md and gives exit code 1 when something was not detected.
"""
