"""The practice walk-through: the real program, driven by key presses, leaving pictures, PDFs and a count."""

from checklist.ui.tour.show import walk

__all__ = ["walk"]
