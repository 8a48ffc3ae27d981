"""A discharge criterion as judged, before any provider's decision."""

from dataclasses import dataclass

from checklist.snapshot import Met
from checklist.times import Moment

POLICY = "clinic policy"
Inputs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A criterion as judged. `inputs` bind a provider's decision; `until` when time alone will meet it.

    `items` are the questions that it reads: it is only theirs to answer while one of them is open.
    """

    key: str
    title: str
    met: Met
    detail: str
    source: str = POLICY
    items: tuple[str, ...] = ()
    inputs: Inputs = ()
    until: Moment | None = None
    undone: str = ""  # what somebody still has to do, as the hold says it; no question of the checklist answers it
