"""As limits.py, for what the desk and the typed line compare: departures, names, planned days, slips of typing."""

from dataclasses import replace
from decimal import Decimal

from checklist.desk.bounds import for_vitals
from checklist.desk.sessions import _planned
from checklist.desk.similar import similar
from checklist.errors import NeedsConfirmation, NotUnderstood
from checklist.model import PatientId, Reading
from checklist.parse import parse_vitals, weight_slip
from checklist.protocol import Protocol
from checklist.rules import baseline, before_start
from checklist.rules.departure import doubt
from checklist.rules.facts import FACTS
from checklist.rules.news2 import consciousness
from tests.rules.build import PATIENT, facts, moment, reading, with_limit
from tests.rules.leaving import leaving
from tests.rules.limits import standing
from tests.rules.visit import after, during, infusion

NOW = moment("10:42")


def may_be_pregnant(years: Decimal, protocol: Protocol) -> bool:
    born = NOW.local.date().replace(year=NOW.local.year - int(years))
    return FACTS["may_be_pregnant"](facts(patient=replace(PATIENT, born=born), protocol=protocol))


def sedated_before(moaas: Decimal, protocol: Protocol) -> str:
    found = baseline.findings(facts(readings=(reading(moaas=int(moaas)),), protocol=protocol))
    return next((str(one.level) for one in found if one.key == "vitals.sedation"), "nothing")


def scored_before(scale: str, score: Decimal, protocol: Protocol) -> str:
    taken = replace(reading(), **{scale: int(score)})  # type: ignore[arg-type]
    found = before_start.findings(facts(readings=(taken,), protocol=protocol))
    return next((str(one.level) for one in found if one.key == f"vitals.{scale}"), "nothing")


def told_to_repeat(key: str, line: str, value: Decimal, protocol: Protocol) -> str:
    here = facts(readings=(reading(line),), protocol=with_limit(f"baseline.{key}", value, protocol))
    return next(one.action for one in baseline.findings(here) if one.key == "vitals.bp")


def repeated(count: Decimal, protocol: Protocol) -> str:
    """Held at 10:05 and repeated so often, each minute, until it was good."""
    held = tuple(reading("165/88", f"10:{5 + place:02d}") for place in range(int(count)))
    return of_bp((*held, reading("138/84", f"10:{5 + int(count):02d}")), protocol)


def repeated_after(minutes: Decimal, protocol: Protocol) -> str:
    return of_bp((reading("165/88", "10:00"), reading("138/84", f"10:{int(minutes):02d}")), protocol)


def of_bp(readings: tuple[Reading, ...], protocol: Protocol) -> str:
    found = baseline.findings(facts(readings=readings, protocol=protocol))
    return next(str(one.level) for one in found if one.key == "vitals.bp")


def awake(moaas: Decimal, protocol: Protocol) -> str:
    """The scale ends at 5."""
    score = min(int(moaas), 5)
    sets = (after("118/76 72 98 14", "11:55", moaas=5), after("118/76 72 98 14", "12:10", moaas=score))
    return standing(leaving(readings=sets, protocol=protocol), "oriented")


def stable_sets(count: Decimal, protocol: Protocol) -> str:
    sets = tuple(after("118/76 72 98 14", f"11:{50 + place}", moaas=5) for place in range(int(count)))
    return standing(leaving(readings=sets, protocol=protocol), "vitals")


def alert_in_news2(moaas: Decimal, protocol: Protocol) -> str:
    return str(consciousness(reading(moaas=int(moaas)), protocol))


def confused_in_news2(dissociation: Decimal, protocol: Protocol) -> str:
    return str(consciousness(reading(moaas=5, dissociation=int(dissociation)), protocol))


def departs(name: str, value: Decimal, protocol: Protocol) -> str:
    """Whether a nurse alone may record a departure against advice."""
    signs = {"moaas": 5, "dissociation": 0, name: int(value)}
    here = infusion(during("", "11:10", **signs))
    return "a provider" if doubt(here) else "the nurse"


def alike(percent: Decimal, protocol: Protocol) -> bool:
    """Two full names of a hundred letters, so many of them the same and in place."""
    same = int(percent)
    one = replace(PATIENT, family="a" * same + "b" * (100 - same), given="")
    other = replace(PATIENT, id=PatientId("p2"), family="a" * same + "c" * (100 - same), given="")
    return similar(one, other, protocol)


def plans_ahead(days: Decimal, protocol: Protocol) -> str:
    day = NOW.plus(days=float(days)).local
    try:
        _planned(f"{day:%Y-%m-%d %H:%M}", NOW, protocol)
    except NotUnderstood:
        return "refused"
    return "planned"


def _changed_about(last: int, typed: int, protocol: Protocol) -> bool:
    """Whether a typed systolic is asked about as two digits in each other's place."""
    previous = reading(sbp=last, dbp=90)
    try:
        parse_vitals(f"{typed}/90", NOW, for_vitals(protocol), previous=previous)
    except NeedsConfirmation as asked:
        return "changed places" in asked.sentence
    return False


def jumps(points: Decimal, protocol: Protocol) -> bool:
    """131 typed; 113, its digits changed about, lies near the last reading."""
    return _changed_about(131 - int(points), 131, protocol)


def back_in_place(points: Decimal, protocol: Protocol) -> bool:
    """181 typed; 118 is so many points from the last reading."""
    return _changed_about(118 - int(points), 181, protocol)


def slips(percent: Decimal, protocol: Protocol) -> str:
    kg = Decimal(100) * (1 + percent / 100) / Decimal("0.45359237")
    change, slip = (protocol.limit(f"weight.{key}") for key in ("change_percent", "slip_percent"))
    said = weight_slip(Decimal(100), kg, change_percent=change, slip_percent=slip)
    return "a slip" if "likely" in (said or "") else "a change"
