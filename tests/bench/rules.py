"""The rules on a whole session. The type-ahead is measured with the medicines."""

from collections.abc import Iterator
from dataclasses import replace

from checklist.model import EventKind
from checklist.rules.assemble import assemble
from checklist.rules.evaluate import evaluate
from checklist.rules.facts import Facts, fingerprint
from checklist.snapshot import Finding
from tests.bench.figures import Figure, median_ms
from tests.rules.build import BASELINE, event, facts, medicine, ready
from tests.rules.leaving import DONE
from tests.rules.test_assemble import CLINIC, STAFF
from tests.rules.visit import ORDER, STARTED, after, during

_TAKES = ("lexapro 10", "xanax 0.5", "lisinopril 10", "lamictal 100", "melatonin 3", "percocet 5/325", "zzyzx")


def whole_session() -> Facts:
    """Every question answered, seven medicines, one of them unknown, eleven sets of vital signs, ready to leave."""
    sets = [during("128/80 76 98 14", f"11:{minute:02d}", moaas=5) for minute in (0, 10, 20, 30, 40)]
    sets += [after("122/78 74 98 14", at, moaas=5) for at in ("11:55", "12:10", "12:25", "12:40", "12:55")]
    rows = tuple(medicine(name, "06:30", row=f"m{place}") for place, name in enumerate(_TAKES))
    ends = event(EventKind.STOPPED, "11:40", infused_ml="50")
    said = {**ready(), **ORDER, **DONE}
    return facts(said, now="13:00", readings=(BASELINE, *sets), medicines=rows, events=(STARTED, ends))


def _afresh(here: Facts) -> Facts:
    """The same facts as after an answer: nothing worked out yet but what the medicines' names mean."""
    return replace(here)


def _fingerprints(found: tuple[Finding, ...]) -> list[str]:
    """Floor: the hash that each finding needs, and nothing is judged."""
    return [fingerprint(one.key, one.level, one.inputs) for one in found]


def figures() -> Iterator[Figure]:
    here = whole_session()
    found = evaluate(here)
    floor = median_ms(lambda: _fingerprints(found), 200)
    judged = median_ms(lambda: evaluate(_afresh(here)), 200)
    yield Figure("all findings of a whole session", judged, "ms", floor, "under 2 ms", judged < 2)
    drawn = median_ms(lambda: assemble(_afresh(here), CLINIC, STAFF, practice=False), 100)
    yield Figure("snapshot of a whole session", drawn, "ms", floor)
