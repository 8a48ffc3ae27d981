"""The screens of one visit: banner, steps, step pages, findings."""
