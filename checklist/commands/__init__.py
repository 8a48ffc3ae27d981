"""What the command line does besides opening the window: try a case, read a protocol, look up a medicine. No Qt.

Each command is a function that returns an `Outcome`; the command line prints it.
"""
