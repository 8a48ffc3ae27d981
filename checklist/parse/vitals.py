"""A line of vital signs judged against the protocol's limits, and its preview while it is typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from checklist.errors import NotUnderstood
from checklist.model import Reading
from checklist.parse.numbers import Fit, fit, format_decimal
from checklist.parse.times import parse_time
from checklist.parse.typed import LONGEST, question, refusal
from checklist.parse.vitals_limits import VitalsLimits, in_celsius, refuse_impossible, tenths, transposed, unusual
from checklist.parse.vitals_line import Sign, read_line
from checklist.times import Moment, written_clock

_WIDEST_VALUE = 4  # digits; a longer word is several values without spaces
_EXPECTED: Mapping[str, Sign] = {
    "bp": Sign.SBP,
    "hr": Sign.HR,
    "spo2": Sign.SPO2,
    "rr": Sign.RR,
    "temp": Sign.TEMP,
    "oxygen": Sign.OXYGEN,
    "sedation": Sign.MOAAS,
    "dissociation": Sign.DISSOCIATION,
    "nausea": Sign.NAUSEA,
    "pain": Sign.PAIN,
    "agitation": Sign.AGITATION,
}


@dataclass(frozen=True, slots=True)
class VitalsDraft:
    """A line as understood; the names and units of `model.Reading`. `timed` when the line gave its own time."""

    observed: Moment
    timed: bool
    typed: str
    sbp: int | None = None
    dbp: int | None = None
    hr: int | None = None
    spo2: int | None = None
    rr: int | None = None
    temp_c: Decimal | None = None
    oxygen_l_min: Decimal | None = None
    moaas: int | None = None
    dissociation: int | None = None
    nausea: int | None = None
    pain: int | None = None
    agitation: int | None = None

    def preview(self, today: date) -> str:
        """`14:05 · 142/88 mmHg · HR 76 · SpO2 98 % · RR 14 · 36.7 °C · MOAA/S 4`: the time only when it was typed."""
        parts = (
            written_clock(self.observed, today) if self.timed else "",
            f"{self.sbp}/{self.dbp} mmHg" if self.sbp is not None else "",
            _named("HR", self.hr),
            _named("SpO2", self.spo2, " %"),
            _named("RR", self.rr),
            f"{tenths(self.temp_c)} °C" if self.temp_c is not None else "",
            _oxygen(self.oxygen_l_min),
            _named("MOAA/S", self.moaas),
            _named("Dissociation", self.dissociation),
            _named("Nausea", self.nausea),
            _named("Pain", self.pain),
            _named("Agitation", self.agitation),
        )
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class VitalsPreview:
    """What to show beneath the field while it is typed.

    `text`: what is understood so far; `problem`: why the line cannot be saved, or empty; `question`: what will be asked
    once, or empty; `missing`: the expected parts that are not there yet; `draft`: the whole line when it can be saved.
    """

    text: str
    problem: str
    question: str
    missing: tuple[str, ...]
    draft: VitalsDraft | None


def _named(name: str, value: int | None, unit: str = "") -> str:
    return "" if value is None else f"{name} {value}{unit}"


def _oxygen(litres: Decimal | None) -> str:
    if litres is None:
        return ""
    return f"O2 {format_decimal(litres)} L/min" if litres else "Room air"


def parse_vitals(
    text: str,
    now: Moment,
    limits: VitalsLimits,
    expects: tuple[str, ...] = (),
    *,
    previous: Reading | None = None,
    confirmed: bool = False,
) -> VitalsDraft:
    """`142/88 76 98 14 36.7`, `1405 142/88 76 98% 14 s4`, `bp 138/86`, `14288769814367` as one draft of a reading.

    `expects` names the parts of this set (`bp`, `hr`, `spo2`, `rr`, `temp`, `oxygen`, `sedation`, `dissociation`,
    `nausea`, `pain`, `agitation`); with `sedation` and without `temp` a last single digit is MOAA/S. Without a typed
    time the reading is of `now`, cut to the minute. A temperature that can only be °F is asked about; if confirmed, it
    is recorded as °F. Raises NotUnderstood, and NeedsConfirmation with all unusual values in one sentence.
    """
    draft, doubts = _read(text, now, limits, expects, previous)
    if doubts and not confirmed:
        raise question(f"{'; '.join(doubts)}.")
    return draft


def preview_vitals(
    text: str, now: Moment, limits: VitalsLimits, expects: tuple[str, ...] = (), *, previous: Reading | None = None
) -> VitalsPreview:
    """The line as far as it is understood. Never raises."""
    if not text.strip():
        return VitalsPreview("", "", "", expects, None)
    today = now.local.date()
    try:
        draft, doubts = _read(text, now, limits, expects, previous)
    except NotUnderstood as error:
        understood = _understood_so_far(text, now, limits, expects)
        shown = understood.preview(today) if understood else ""
        return VitalsPreview(shown, error.sentence, "", _missing(understood, expects), None)
    asks = question(f"{'; '.join(doubts)}.").sentence if doubts else ""
    return VitalsPreview(draft.preview(today), "", asks, _missing(draft, expects), draft)


def _understood_so_far(text: str, now: Moment, limits: VitalsLimits, expects: tuple[str, ...]) -> VitalsDraft | None:
    """The longest beginning of the line that can be read, also digits that stop in the middle of a set."""
    for beginning in _beginnings(text[:LONGEST].split()):
        try:
            return _read(beginning, now, limits, expects, None, unfinished=True)[0]
        except NotUnderstood:
            continue
    return None


def _beginnings(words: list[str]) -> Iterator[str]:
    """The line without the digits of a value that is not typed to its end, then without its last words."""
    for count in range(len(words), 0, -1):
        line = " ".join(words[:count])
        cuts = range(3) if len(words[count - 1]) > _WIDEST_VALUE else range(1)
        yield from (line[: len(line) - cut] for cut in cuts)


def _missing(draft: VitalsDraft | None, expects: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for part in expects if draft is None or getattr(draft, _EXPECTED[part].value) is None)


def _read(
    text: str,
    now: Moment,
    limits: VitalsLimits,
    expects: tuple[str, ...],
    previous: Reading | None,
    unfinished: bool = False,
) -> tuple[VitalsDraft, list[str]]:
    """The draft and what is unusual about it. Raises NotUnderstood."""
    line = read_line(
        text,
        lambda sign, value: fit(value, limits.of(sign)) is not Fit.IMPOSSIBLE,
        sedation_last="sedation" in expects and "temp" not in expects,
        unfinished=unfinished,
    )
    if not line.values:
        raise refusal(text, "holds no vital signs", "Type them like 142/88 76 98 14 36.7.")
    values, doubts = in_celsius(line, limits)
    refuse_impossible(text, values, limits)
    observed = parse_time(line.clock, now, confirmed=True) if line.clock else now.to_minute()
    if observed.local.date() != now.local.date():
        doubts.append(f"the time is {written_clock(observed, now.local.date())}")
    doubts += unusual(values, limits)
    doubts += transposed(values, previous, limits) if previous is not None else []
    return _draft(values, observed, bool(line.clock), text.strip()), doubts


def _draft(values: Mapping[Sign, Decimal], observed: Moment, timed: bool, typed: str) -> VitalsDraft:
    def whole(sign: Sign) -> int | None:
        return int(values[sign]) if sign in values else None

    return VitalsDraft(
        observed=observed,
        timed=timed,
        typed=typed,
        sbp=whole(Sign.SBP),
        dbp=whole(Sign.DBP),
        hr=whole(Sign.HR),
        spo2=whole(Sign.SPO2),
        rr=whole(Sign.RR),
        temp_c=values.get(Sign.TEMP),
        oxygen_l_min=values.get(Sign.OXYGEN),
        moaas=whole(Sign.MOAAS),
        dissociation=whole(Sign.DISSOCIATION),
        nausea=whole(Sign.NAUSEA),
        pain=whole(Sign.PAIN),
        agitation=whole(Sign.AGITATION),
    )
