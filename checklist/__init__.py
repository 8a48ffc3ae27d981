"""Checklists, timers and signed records for nurses of an outpatient ketamine-infusion clinic."""

__version__ = "0.1.0"
