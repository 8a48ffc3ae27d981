"""Vital signs before the infusion (reference 4.2) and the baseline that later percentages refer to.

Each sign is judged by its latest valid reading, so that a repeat of the blood pressure alone does not lose the rest of
the set. Earlier readings are named beside it, never averaged away (case 12.5).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from checklist.model import ItemId, Level, Quantity, Reading, Stage
from checklist.rules.bands import Band, band_of, is_outside, worst
from checklist.rules.baseline_bands import DBP, HR, RR, SBP, SPO2, TEMP, bp_band
from checklist.rules.dose import bmi, rounded, written
from checklist.rules.facts import Facts, finding
from checklist.rules.texts import limit_text, number
from checklist.snapshot import Finding, Record
from checklist.times import written_length, written_time

STEP = "vitals"
SIGNS = ("bp", "hr", "spo2", "rr", "temp")

_NAMES = {"bp": "BP", "hr": "Heart rate", "rr": "Breathing rate", "temp": "Temperature", "spo2": "SpO2"}
_UNITS = {"bp": "mmHg", "hr": "/min", "rr": "/min", "temp": "°C", "spo2": "%"}
_ACTIONS = {
    Level.REVIEW: "Repeat it; every reading is kept. The provider decides.",
    Level.HOLD: "Repeat it and call the provider before the start.",
    Level.STOP: (
        "Not today; the provider decides. Ask about chest pain, headache, sight, breath and weakness: "
        "with any of these it is an emergency."
    ),
}


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the 20 % rules compare with; a mean of two can end in .5. None: not taken. Units mmHg, /min, %."""

    sbp: Decimal | None
    dbp: Decimal | None
    hr: Decimal | None
    spo2: Decimal | None


def baseline_readings(facts: Facts) -> tuple[Reading, ...]:
    """Valid readings before the infusion, oldest first."""
    return facts.once(_before)


def _before(facts: Facts) -> tuple[Reading, ...]:
    return facts.record.valid_readings(Stage.BASELINE)


def baseline_reading(facts: Facts) -> Reading | None:
    """The latest valid reading before the infusion; None when there is none."""
    return next(reversed(baseline_readings(facts)), None)


def baseline_values(facts: Facts) -> Baseline:
    """The baseline by the clinic's rule: each sign's latest value, or the mean of its latest two."""
    return facts.once(_baseline)


def _baseline(facts: Facts) -> Baseline:
    count = 2 if facts.protocol.setting("baseline_rule") == "mean_of_two" else 1
    return Baseline(
        sbp=_mean(facts, lambda reading: reading.sbp, count),
        dbp=_mean(facts, lambda reading: reading.dbp, count),
        hr=_mean(facts, lambda reading: reading.hr, count),
        spo2=_mean(facts, lambda reading: reading.spo2, count),
    )


def missing_signs(facts: Facts) -> tuple[str, ...]:
    """Signs of the baseline set (bp, hr, spo2, rr, temp) that no valid reading holds."""
    return tuple(sign for sign in SIGNS if not _taken(facts, sign))


def findings(facts: Facts) -> Iterator[Finding]:
    """One finding for each sign outside its limits; the signs inside them together in one clear finding."""
    odd = [*_bp(facts), *_plain(facts, "hr", HR), *_spo2(facts)]
    odd += [*_plain(facts, "rr", RR), *_plain(facts, "temp", TEMP)]
    yield from odd
    yield from _sedation(facts)
    yield from _age_of_set(facts)
    yield from _weight_change(facts)
    yield from _bmi(facts)
    clear = [one for one in _latest(facts) if f"vitals.{one.sign}" not in {each.key for each in odd}]
    if clear:
        inputs = tuple((one.sign, one.bare + one.oxygen) for one in clear)
        yield finding("vitals.set", Level.CLEAR, _line(clear), "Inside the limits.", "", STEP, inputs=inputs)


def summary(facts: Facts) -> str:
    """The latest values in one line: `142/88 · 76 · 98 % · 14 · 36.7 °C`; empty before the first."""
    return _line(_latest(facts))


@dataclass(frozen=True, slots=True)
class _Taken:
    """One sign of one reading. For "bp" the value is the systolic, counted only with its diastolic."""

    sign: str
    reading: Reading
    value: Decimal

    @property
    def bare(self) -> str:
        """For people: a temperature typed in °F is rounded to a tenth here, and judged unrounded."""
        return f"{self.reading.sbp}/{self.reading.dbp}" if self.sign == "bp" else written(self.value, 1)

    @property
    def exact(self) -> str:
        return self.bare if self.sign == "bp" else number(self.value)

    @property
    def written(self) -> str:
        """Short, for one line; units where the number alone could be mistaken."""
        return f"{self.bare} {_UNITS[self.sign]}" if self.sign in ("spo2", "temp") else self.bare

    @property
    def oxygen(self) -> str:
        litres = self.reading.oxygen_l_min
        return f" on oxygen {number(litres)} L/min" if litres and self.sign == "spo2" else ""

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        return ((self.sign, self.exact + self.oxygen), ("observed", self.reading.observed.store()))


def _taken(facts: Facts, sign: str) -> list[_Taken]:
    """Every valid baseline value of a sign, oldest first."""
    return facts.once(_all_taken)[sign]


def _all_taken(facts: Facts) -> dict[str, list[_Taken]]:
    return {sign: list(_taken_of(baseline_readings(facts), sign)) for sign in SIGNS}


def _taken_of(readings: Sequence[Reading], sign: str) -> Iterator[_Taken]:
    for reading in readings:
        value = _value(reading, sign)
        if value is not None:
            yield _Taken(sign, reading, Decimal(value))


def _latest(facts: Facts) -> list[_Taken]:
    return [taken[-1] for sign in SIGNS if (taken := _taken(facts, sign))]


def _line(taken: list[_Taken]) -> str:
    return " · ".join(one.written for one in taken)


def _value(reading: Reading, sign: str) -> Decimal | int | None:
    match sign:
        case "bp":
            return None if reading.dbp is None else reading.sbp
        case "temp":
            return reading.temp_c
        case _:
            value: int | None = getattr(reading, sign)
            return value


def _mean(facts: Facts, sign: Callable[[Reading], int | None], count: int) -> Decimal | None:
    values = [value for reading in baseline_readings(facts) if (value := sign(reading)) is not None][-count:]
    return Decimal(sum(values)) / len(values) if values else None


def _bp(facts: Facts) -> Iterator[Finding]:
    taken = _taken(facts, "bp")
    if not taken:
        return
    dbp = taken[-1].reading.dbp
    assert dbp is not None  # a systolic without its diastolic is not counted as taken
    sides = (
        ("systolic", band_of(taken[-1].value, SBP, facts.protocol)),
        ("diastolic", band_of(dbp, DBP, facts.protocol)),
    )
    heaviest = worst(*(band for _, band in sides))
    if heaviest is None:
        yield from _came_down(facts, taken)
    else:
        why = " and ".join(f"{name} {band.why(facts.protocol)}" for name, band in sides if band is not None)
        yield _outside(facts, taken, f"{why[0].upper()}{why[1:]}", heaviest)


def _came_down(facts: Facts, taken: list[_Taken]) -> Iterator[Finding]:
    """A good pressure after one that was held: three repeats within half an hour are allowed (reference 4.2).

    After more of them, or after a pressure that was not for today, it is still the provider who decides.
    """
    held = [(one, band) for one in taken if (band := _held(facts, one)) is not None]
    if not held:
        return
    latest, first = taken[-1], held[0][0]
    peak, band = max(held, key=lambda pair: pair[1].level.rank)
    repeats, spent = len(taken) - 1 - taken.index(first), latest.reading.observed.since(first.reading.observed)
    within = timedelta(minutes=float(facts.limit("baseline.repeats_within")))
    is_over = repeats > facts.limit("baseline.repeats") or spent > within
    level = Level.REVIEW if is_over or band.level is Level.STOP else Level.NOTE
    allowed = f"{number(facts.limit('baseline.repeats'))} within {limit_text(facts, 'baseline.repeats_within')}"
    yield finding(
        "vitals.bp",
        level,
        f"BP {latest.bare} mmHg, repeat after {', '.join(one.bare for one in taken[:-1])}",
        f"{peak.bare} at {written_time(peak.reading.observed)}: {band.why(facts.protocol)}. "
        f"Repeat {repeats} after {written_length(spent)}; {allowed} are allowed.",
        "The provider decides." if level is Level.REVIEW else "Watch the pressure; every reading is kept.",
        STEP,
        source=facts.protocol.source_of(band.limit if band.level is Level.STOP else "baseline.repeats"),
        inputs=(*latest.inputs, ("after", ", ".join(one.bare for one in taken[:-1])), ("over", str(is_over))),
    )


def _held(facts: Facts, one: _Taken) -> Band | None:
    """The band of a pressure that keeps the infusion from starting; None for a lower one."""
    band = bp_band(int(one.value), one.reading.dbp or 0, facts.protocol)
    return band if band is not None and band.level.rank >= Level.HOLD.rank else None


def _plain(facts: Facts, sign: str, bands: tuple[Band, ...]) -> Iterator[Finding]:
    taken = _taken(facts, sign)
    band = band_of(taken[-1].value, bands, facts.protocol) if taken else None
    if band is not None:
        yield _outside(facts, taken, f"{_NAMES[sign]} {band.why(facts.protocol)}", band)


def _outside(facts: Facts, taken: list[_Taken], why: str, band: Band) -> Finding:
    latest, earlier = taken[-1], [one.bare for one in taken[:-1]]
    repeat = f", repeat after {', '.join(earlier)}" if earlier else ""
    return finding(
        f"vitals.{latest.sign}",
        band.level,
        f"{_NAMES[latest.sign]} {latest.bare} {_UNITS[latest.sign]}{latest.oxygen}{repeat}",
        f"{why}, taken {written_time(latest.reading.observed)}.",
        _action(facts, latest.sign, band.level),
        STEP,
        source=facts.protocol.source_of(band.limit),
        inputs=latest.inputs,
    )


def _action(facts: Facts, sign: str, level: Level) -> str:
    """A pressure is repeated after a rest (reference 4.2); what is not today is not repeated until it fits."""
    if sign != "bp" or level is Level.STOP:
        return _ACTIONS[level]
    if level is Level.HOLD:
        times, within = number(facts.limit("baseline.repeats")), limit_text(facts, "baseline.repeats_within")
        return f"{_ACTIONS[level]} At most {times} repeats within {within}."
    rest = f"{number(facts.limit('baseline.rest_from'))} to {limit_text(facts, 'baseline.rest_to')}"
    return (
        f"Let the patient rest {rest}, then repeat, also on the other arm or with another cuff. The provider decides."
    )


def _spo2(facts: Facts) -> Iterator[Finding]:
    """The limits are for room air: a good value on oxygen is still for the provider."""
    outside = list(_plain(facts, "spo2", SPO2))
    yield from outside
    taken = _taken(facts, "spo2")
    if taken and taken[-1].oxygen and not outside:
        yield finding(
            "vitals.spo2",
            Level.REVIEW,
            f"SpO2 {taken[-1].bare} %{taken[-1].oxygen}",
            "The limits are for room air.",
            "Repeat on room air, or let the provider decide.",
            STEP,
            inputs=taken[-1].inputs,
        )


def _sedation(facts: Facts) -> Iterator[Finding]:
    scored = [reading for reading in baseline_readings(facts) if reading.moaas is not None]
    score = scored[-1].moaas if scored else None
    if score is None or score >= facts.limit("baseline.alert"):
        return
    yield finding(
        "vitals.sedation",
        Level.HOLD,
        f"MOAA/S {score} before the start",
        f"Only an alert patient (MOAA/S {number(facts.limit('baseline.alert'))}) starts.",
        "Call the provider before the start.",
        STEP,
        source=facts.protocol.source_of("baseline.alert"),
        inputs=(("moaas", str(score)), ("observed", scored[-1].observed.store())),
    )


def _age_of_set(facts: Facts) -> Iterator[Finding]:
    """As old as its oldest sign. Belongs to the start, not to the clearance: time alone must not undo a signed
    clearance (reference 6.2).
    """
    observed = None if facts.started else min((one.reading.observed for one in _latest(facts)), default=None)
    if observed is None:
        return
    age = facts.judged_at.since(observed)
    if age.total_seconds() <= facts.limit("baseline.valid_for") * 60:
        return
    yield finding(
        "vitals.age",
        Level.HOLD,
        f"Vital signs are {written_length(age)} old",
        f"They count for {limit_text(facts, 'baseline.valid_for')} before the start.",
        "Take the set again before the start.",
        "infusion",
        source=facts.protocol.source_of("baseline.valid_for"),
        inputs=(("observed", observed.store()),),
    )


def _weight_change(facts: Facts) -> Iterator[Finding]:
    today, before = facts.number("vitals.weight"), _weight_of(facts.past.last)
    if today is None or not before:
        return
    percent = abs(today - before) * 100 / before
    if percent <= facts.limit("weight.change_percent"):
        return
    more = "more" if today > before else "less"
    yield finding(
        "vitals.weight_change",
        Level.NOTE,
        f"Weight {written(today, 1)} kg, {written(percent, 1)} % {more} than last time ({written(before, 1)} kg)",
        "A change this large is often kg and lb confused.",
        "Weigh again, or tell the provider that it is right: the dose depends on it.",
        STEP,
        items=("vitals.weight",),
        source=facts.protocol.source_of("weight.change_percent"),
        inputs=(("today", number(today)), ("before", number(before))),
    )


def _bmi(facts: Facts) -> Iterator[Finding]:
    """Weight and height that do not belong together (reference 4.4): a slip in one of them changes the dose."""
    weight, height, bounds = facts.number("vitals.weight"), facts.number("vitals.height"), facts.protocol.bounds["bmi"]
    if not weight or not height:
        return
    value = rounded(bmi(weight, height), 1)  # as it is shown
    possible, usual = (bounds.reject_low, bounds.reject_high), (bounds.confirm_low, bounds.confirm_high)
    if not is_outside(value, *usual):
        return
    cannot_be = is_outside(value, *possible)
    low, high = possible if cannot_be else usual
    yield finding(
        "vitals.bmi",
        Level.HOLD if cannot_be else Level.NOTE,
        f"BMI {number(value)} kg/m2: {written(weight, 1)} kg at {written(height, 1)} cm",
        f"{'Possible' if cannot_be else 'Usual'} is {number(low or Decimal(0))} to {number(high or Decimal(0))} kg/m2.",
        "Check weight and height: kg and lb, cm and inches."
        if cannot_be
        else "Are weight and height right? Look again.",
        STEP,
        items=("vitals.weight", "vitals.height"),
        source=facts.protocol.source_shown(bounds.source),
        inputs=(("weight", number(weight)), ("height", number(height))),
    )


def _weight_of(record: Record | None) -> Decimal | None:
    answer = record.answers.get(ItemId("vitals.weight")) if record else None
    return answer.value.value if answer and isinstance(answer.value, Quantity) else None
