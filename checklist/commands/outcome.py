"""What a command has to say, and how it ends."""

from collections.abc import Sequence
from dataclasses import dataclass

MISTAKE = 2  # the exit code when a file handed in has a mistake


@dataclass(frozen=True, slots=True)
class Outcome:
    """`said` goes to standard output, `complaints` to standard error, one a line; `code` is the exit code."""

    said: str = ""
    complaints: tuple[str, ...] = ()
    code: int = 0


def refused(complaints: Sequence[str]) -> Outcome:
    """Mistakes in a file: nothing of it is used."""
    return Outcome(complaints=tuple(complaints), code=MISTAKE)
