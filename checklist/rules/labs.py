"""Laboratory values and how old they are (reference 3.2, row 13 and the fields below the table).

Every value that somebody entered is judged. Tests are asked for only where they matter: known disease, or a long
series of infusions; the protocol says where. Upper limits differ between laboratories and are limits of the protocol.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from checklist.model import EventKind, Level
from checklist.rules.consent import expires
from checklist.rules.facts import Facts, finding
from checklist.rules.texts import limit_text, number
from checklist.snapshot import Finding
from checklist.times import written_date

STEP = "screening"
ALT, ALT_TIMES = "labs.alt", "labs.alt_times"


@dataclass(frozen=True, slots=True)
class _Panel:
    """Tests that are taken together, on one date. When they are asked for stands in the protocol, at the date."""

    name: str  # `Liver tests`
    date: str
    months: str  # the limit that says how long they count
    results: tuple[str, ...]
    several: bool = False  # spoken of as many: tests, not a test


_LIVER = _Panel(
    *("Liver tests", "labs.lft_date", "labs.lft_months"),
    (ALT_TIMES, ALT, "labs.ast", "labs.alp", "labs.ggt", "labs.bilirubin"),
    several=True,
)
_PANELS = (
    _LIVER,
    _Panel("Kidney tests", "labs.kidney_date", "labs.kidney_months", ("labs.creatinine", "labs.egfr"), several=True),
    _Panel("Urinalysis", "labs.urine_date", "labs.urine_months", ("labs.urine",)),
    _Panel("Urine drug screen", "labs.drugs_date", "labs.drugs_months", ("labs.drugs",)),
    _Panel("ECG", "labs.ecg_date", "labs.ecg_months", ("labs.ecg",)),
    _Panel("TSH", "labs.tsh_date", "labs.tsh_months", ("labs.tsh",)),
)


def findings(facts: Facts) -> Iterator[Finding]:
    """Tests without a date or due again, and each value outside its limit."""
    for panel in _PANELS:
        yield from _currency(facts, panel)
    yield from _alt(facts)
    for value in _VALUES:
        yield from _outside(facts, value)
    for one in _RESULTS:
        yield from _result(facts, one)


# ---- how old


def _currency(facts: Facts, panel: _Panel) -> Iterator[Finding]:
    wanted = any(map(facts.holds, facts.protocol.item(panel.date).due_when))
    given = any(facts.word(item) not in ("", "unknown", "declined", "not_applicable") for item in panel.results)
    taken, months = facts.day(panel.date), limit_text(facts, panel.months)
    they, count, are = ("They", "count", "are") if panel.several else ("It", "counts", "is")
    if taken is None:
        if wanted or given:
            yield _dated(facts, panel, f"No date of {_inside(panel.name)}", f"{they} {count} for {months}.")
        return
    until = expires(taken, int(facts.limit(panel.months)))
    old = facts.judged_at.local.date() > until
    shown = f"{panel.name} of {written_date(taken)}"
    if old and wanted:
        told = f"{they} counted for {months}, until {written_date(until)}."
        yield _dated(facts, panel, f"{shown} {are} due again", told)
    elif old and given:
        yield _dated(facts, panel, f"{shown} {are} old", f"Over {months}.", Level.INFO)
    elif panel is _LIVER and wanted:
        yield from _since_then(facts, shown)


def _since_then(facts: Facts, shown: str) -> Iterator[Finding]:
    """Liver tests are also due again after so many infusions, however recent they are."""
    taken = facts.day(_LIVER.date)
    starts = (record.event(EventKind.STARTED) for record in facts.past.earlier)
    since = sum(1 for start in starts if start and taken and start.at.local.date() >= taken)
    if since >= facts.limit("labs.lft_infusions"):
        limit = limit_text(facts, "labs.lft_infusions")
        told = f"{since} infusions since then; asked for after {limit}."
        yield _dated(facts, _LIVER, f"{shown} are due again", told, since=str(since))


def _dated(
    facts: Facts, panel: _Panel, title: str, detail: str, level: Level = Level.NOTE, *, since: str = ""
) -> Finding:
    """`since`: infusions since then, where they make it due."""
    said = facts.word(panel.date) and str(facts.day(panel.date))
    return finding(
        panel.date,
        level,
        title,
        detail,
        "Tell the provider; plan the tests." if level is Level.NOTE else "",
        STEP,
        items=(panel.date, *panel.results),
        source=facts.protocol.source_of(panel.months),
        inputs=((panel.date, said), *((("infusions since", since),) if since else ())),
    )


# ---- values


def _alt(facts: Facts) -> Iterator[Finding]:
    """The multiple as typed, and the one that follows from the value; both are judged."""
    times, value = facts.number(ALT_TIMES), facts.number(ALT)
    if times is not None and times > facts.limit("labs.alt_review"):
        detail = f"Above {limit_text(facts, 'labs.alt_review')}."
        yield _found(facts, ALT_TIMES, Level.REVIEW, f"ALT {number(times)} times its upper limit", detail, "alt_review")
    if value is None or value <= facts.limit("labs.alt_upper"):
        return
    ratio = value / facts.limit("labs.alt_upper")
    level = Level.REVIEW if ratio > facts.limit("labs.alt_review") else Level.NOTE
    title = f"ALT {number(value)} U/L, {number(ratio.quantize(Decimal('0.1'), ROUND_HALF_UP))} times its upper limit"
    most = limit_text(facts, "labs.alt_review")
    detail = f"Upper limit {limit_text(facts, 'labs.alt_upper')}; reviewed above {most}."
    yield _found(facts, ALT, level, title, detail, "alt_review")


@dataclass(frozen=True, slots=True)
class _Value:
    item: str
    name: str
    limit: str
    level: Level
    low: bool = False  # the limit is a lower one


_VALUES = (
    _Value("labs.ast", "AST", "ast_upper", Level.NOTE),
    _Value("labs.alp", "ALP", "alp_upper", Level.NOTE),
    _Value("labs.ggt", "GGT", "ggt_upper", Level.NOTE),
    _Value("labs.bilirubin", "Bilirubin", "bilirubin_upper", Level.NOTE),
    _Value("labs.creatinine", "Creatinine", "creatinine_upper", Level.NOTE),
    _Value("labs.egfr", "Kidney function: eGFR", "egfr_low", Level.REVIEW, low=True),
    _Value("labs.tsh", "TSH", "tsh_low", Level.REVIEW, low=True),
    _Value("labs.tsh", "TSH", "tsh_upper", Level.NOTE),
)


def _outside(facts: Facts, one: _Value) -> Iterator[Finding]:
    value, limit = facts.number(one.item), facts.limit(f"labs.{one.limit}")
    if value is None or (value >= limit if one.low else value <= limit):
        return
    side, unit = ("Below" if one.low else "Above"), facts.protocol.limits[f"labs.{one.limit}"].unit
    detail = f"{side} {limit_text(facts, f'labs.{one.limit}')}."
    yield _found(facts, one.item, one.level, f"{one.name} {number(value)} {unit}", detail, one.limit)


_RESULTS = (
    ("labs.urine", "labs.urine_date", "Urinalysis", {"blood": "blood", "other": "abnormal"}),
    ("labs.drugs", "labs.drugs_date", "Urine drug screen", {"positive": "positive"}),
    ("labs.ecg", "labs.ecg_date", "ECG", {"abnormal": "abnormal"}),
)
"""Item, its date, name, and the words of the answers that are not as they should be."""


def _result(facts: Facts, one: tuple[str, str, str, dict[str, str]]) -> Iterator[Finding]:
    item, date, name, words = one
    said, taken = words.get(facts.word(item)), facts.day(date)
    if said is not None:
        detail = f"Result of {written_date(taken)}." if taken else "Result of no known date."
        yield _found(facts, item, Level.REVIEW, f"{name}: {said}", detail, "")


def _found(facts: Facts, item: str, level: Level, title: str, detail: str, limit: str) -> Finding:
    known = level is Level.REVIEW and _was_known(facts, item)
    return finding(
        item,
        Level.NOTE if known else level,
        title,
        f"{detail} Known at the last infusion." if known else detail,
        "The provider decides." if level is Level.REVIEW and not known else "Tell the provider.",
        STEP,
        items=(item,),
        source=facts.protocol.source_of(f"labs.{limit}") if limit else "clinic policy",
        inputs=((item, facts.said(item)),),
    )


def _was_known(facts: Facts, item: str) -> bool:
    """An infusion has been given since this result was entered, so a provider has decided on it already."""
    answer = facts.answer(item)
    starts = (record.event(EventKind.STARTED) for record in facts.past.newest_first())
    return answer is not None and any(start is not None and start.at >= answer.entered for start in starts)


def _inside(name: str) -> str:
    """The name inside a sentence: abbreviations keep their capitals."""
    return name if name.isupper() else name[0].lower() + name[1:]
