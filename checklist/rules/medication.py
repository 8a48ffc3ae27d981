"""Medication review (reference 3.3, medications.md): each row by itself, and the rows together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from checklist.medicines import (
    Certainty,
    ClassFinding,
    CombinedFinding,
    CombinedRule,
    Match,
    Timing,
    combined,
    entry_findings,
    is_understood,
    level_of,
)
from checklist.medicines.around import is_continuous
from checklist.medicines.text import name_key
from checklist.model import Decision, Level, MedicineRow, Stage
from checklist.rules import standing
from checklist.rules.baseline_bands import bp_band
from checklist.rules.facts import Facts, finding
from checklist.rules.texts import number, when
from checklist.snapshot import Finding
from checklist.times import written_date

STEP = "medicines"


@dataclass(frozen=True, slots=True)
class _Judged:
    """A row with what is understood of it and how it is judged."""

    row: MedicineRow
    matches: tuple[Match, ...]
    found: tuple[tuple[ClassFinding, ...], ...]  # the classes of each match
    level: Level
    classes: tuple[ClassFinding, ...]  # of all matches, heaviest first
    weighty: tuple[ClassFinding, ...]  # those that carry the level: what is to be done is theirs to say
    standing: Decision | None = None  # the provider's clearance for later visits that makes a review a note

    @property
    def is_known(self) -> bool:
        return bool(self.matches) and all(match.ingredients for match in self.matches)

    @property
    def name(self) -> str:
        """`ALPRAZolam (Xanax)`; what is not known stands as it was typed, in quotes."""
        named = [_name(match) if match.ingredients else f"“{match.text}”" for match in self.matches]
        return ", ".join(named) or f"“{self.row.typed.strip()}”"

    @property
    def unknown(self) -> str:
        """What nobody could place, in quotes."""
        texts = [f"“{match.text}”" for match in self.matches if not match.ingredients]
        return ", ".join(texts) or self.name

    @property
    def told(self) -> tuple[ClassFinding, ...]:
        """Classes worth telling: everything that is at least a note, else the heaviest."""
        noted = tuple(each for each in self.classes if each.level.rank >= Level.NOTE.rank)
        return noted or tuple(each for each in self.weighty if each.level is not Level.CLEAR)


def _name(match: Match) -> str:
    generics = " + ".join(ingredient.display for ingredient in match.ingredients)
    plain = {generics.lower(), *(ingredient.name.lower() for ingredient in match.ingredients)}
    return generics if match.brand is None or match.brand.lower() in plain else f"{generics} ({match.brand})"


def findings(facts: Facts) -> Iterator[Finding]:
    """One finding for each current row, one for each rule that several rows meet together."""
    judged = _all_judged(facts)
    for each in judged:
        yield _of_row(facts, each)
    pairs = [pair for each in judged for pair in zip(each.matches, each.found, strict=True)]
    for found in combined(facts.medicines, pairs, bp_above_limit=_bp_above_limit(facts)):
        yield _together(facts, found, judged)
    if not judged and facts.word("medicines.complete") == "yes":
        yield finding("medicines.none", Level.CLEAR, "No medicines", "", "", STEP, items=("medicines.complete",))


def unconfirmed(facts: Facts) -> tuple[MedicineRow, ...]:
    """Current rows that nobody has confirmed in this session: the list is not complete while there is one."""
    return tuple(row for row in facts.record.current_medicines if not row.confirmed)


def medicine_levels(facts: Facts) -> Mapping[str, tuple[Level, str, str, str]]:
    """Row id -> level, name to show, class names, what to do."""
    return {each.row.id: (each.level, each.name, _class_names(each), _what_to_do(each)) for each in _all_judged(facts)}


def clearances(facts: Facts) -> Mapping[str, Decision]:
    """Row id -> the provider's clearance for later visits that quiets the row's review today."""
    return {each.row.id: each.standing for each in _all_judged(facts) if each.standing is not None}


def _all_judged(facts: Facts) -> tuple[_Judged, ...]:
    return facts.once(_judge_all)


def _judge_all(facts: Facts) -> tuple[_Judged, ...]:
    return tuple(_judge(facts, row) for row in facts.record.current_medicines)


def _judge(facts: Facts, row: MedicineRow) -> _Judged:
    lasting = is_continuous(name_key(f"{row.dose} {row.details.route} {row.details.frequency}").split())
    matches = tuple(replace(match, continuous=True) if lasting else match for match in facts.matches(row))
    hours = _hours_since(facts, row)
    found = tuple(entry_findings(facts.medicines, match, hours) for match in matches)
    level = Level.worst(map(level_of, matches, found)) if matches else Level.REVIEW
    classes = tuple(sorted((each for one in found for each in one), key=lambda each: -each.level.rank))
    weighty = tuple(each for each in classes if each.level is classes[0].level)
    cleared = standing.clearance(facts, row, level)
    return _Judged(row, matches, found, Level.NOTE if cleared else level, classes, weighty, cleared)


def _hours_since(facts: Facts, row: MedicineRow) -> Decimal | None:
    """Hours since the last dose until now, or until the start once it has started; None when not known."""
    if row.last_taken is None:
        return None
    return Decimal(facts.judged_at.since(row.last_taken.to_minute()) // timedelta(minutes=1)) / 60


def _bp_above_limit(facts: Facts) -> bool:
    """Whether the latest blood pressure before the start lies above the clinic's limit (not below it)."""
    for reading in reversed(facts.record.valid_readings(Stage.BASELINE)):
        if reading.sbp is not None and reading.dbp is not None:
            band = bp_band(reading.sbp, reading.dbp, facts.protocol)
            return band is not None and not band.limit.endswith("_low")
    return False


def _of_row(facts: Facts, judged: _Judged) -> Finding:
    row = judged.row
    title, detail, action = _words(facts, judged)
    top = judged.weighty[0].interaction if judged.weighty else None
    return finding(
        standing.finding_key(row),
        judged.level,
        title,
        detail,
        action,
        STEP,
        source=top.source if top is not None and top.source_seen else "clinic policy",
        inputs=(
            ("typed", row.typed),
            ("dose", row.dose),
            ("spelling", row.spelling_confirmed),
            ("last_taken", _stored(row)),
            *_said(row),
        ),
        can_stand=standing.can_stand(judged.level) and standing.is_understood(facts, row),
    )


def _said(row: MedicineRow) -> list[tuple[str, str]]:
    """The details that were given. What was not asked is left out, so that older decisions still fit."""
    details = row.details
    given = {
        "route": details.route,
        "frequency": details.frequency,
        "since_last": details.since_last.value,
        "today": details.today.value,
        "held_by": details.held_by,
    }
    return [(name, value) for name, value in given.items() if value]


def _stored(row: MedicineRow) -> str:
    return row.last_taken.store() if row.last_taken else row.last_taken_state.value


def _words(facts: Facts, judged: _Judged) -> tuple[str, str, str]:
    """Title, detail and action of a row's finding."""
    questions = [question.text for match in judged.matches for question in match.questions]
    unknown = ", ".join(word for match in judged.matches for word in match.not_understood)
    effects = " ".join(dict.fromkeys(_effect(each) for each in judged.told))
    if not judged.is_known:
        title = f"{judged.unknown} is not in the list"
        detail = " ".join(["An unknown medicine is never passed silently.", *questions, effects])
        return title, detail.strip(), "Identify it, or ask the provider."
    left_over = f"Not understood: {unknown}." if unknown else ""
    parts = [_cleared(judged), *questions, effects, left_over, _look_alikes(judged)]
    detail = " ".join(part for part in parts if part)
    return f"{judged.name}{_last_taken(facts, judged)}", detail, _what_to_do(judged)


def _cleared(judged: _Judged) -> str:
    """`Cleared for later visits on 18-Nov-2026: “Daily, low dose”.`"""
    decision = judged.standing
    if decision is None:
        return ""
    return f"Cleared for later visits on {written_date(decision.at.local.date())}: “{decision.why}”."


def _last_taken(facts: Facts, judged: _Judged) -> str:
    """` today 06:30`; `, last taken not known` only where a class asks for it."""
    taken = judged.row.last_taken
    if taken is not None:
        clock = when(taken, facts)
        today = taken.local.date() == facts.day_of_start
        return f" today {clock}" if today else f" {clock[0].lower()}{clock[1:]}" if clock[0] == "Y" else f" {clock}"
    asks = any(each.timing is Timing.NOT_KNOWN for each in judged.classes)
    return ", last taken not known" if asks else ""


def _effect(each: ClassFinding) -> str:
    """`Benzodiazepine within 24 h. Regular or high-dose …`."""
    window = each.interaction.ask_last_dose_hours
    hours = f"{number(window)} h" if window is not None else ""
    timing = {
        Timing.INSIDE: f" within {hours}",
        Timing.OUTSIDE: f", last taken over {hours} ago",
        Timing.CONTINUOUS: ", acting now (patch, pump, depot or long-acting form)",
    }.get(each.timing, "")
    return f"{_short(each)}{timing}. {each.interaction.effect}"


def _short(each: ClassFinding) -> str:
    """`Benzodiazepine`: the class without the effect that some names carry after a colon."""
    return each.interaction.name.partition(":")[0]


def _look_alikes(judged: _Judged) -> str:
    names = dict.fromkeys(name for match in judged.matches for name in match.look_alikes)
    return f"Looks like {', '.join(names)}: read the label." if names else ""


def _class_names(judged: _Judged) -> str:
    if not judged.classes:
        return "Not recognised"
    return ", ".join(dict.fromkeys(_short(each) for each in judged.classes))


def _what_to_do(judged: _Judged) -> str:
    if judged.standing is not None:
        return "Same medicine and dose as cleared. If either has changed, correct the entry."
    if not judged.is_known:
        return "Identify it, or ask the provider."
    if any(match.certainty is not Certainty.EXACT for match in judged.matches):
        return "Is this the medicine? Confirm the spelling."
    if not all(is_understood(match) for match in judged.matches):
        return "Say what the rest means, or ask the provider."
    return " ".join(dict.fromkeys(each.interaction.action for each in judged.weighty))


def _together(facts: Facts, found: CombinedFinding, judged: Sequence[_Judged]) -> Finding:
    named = {ingredient.name for ingredient in found.ingredients}
    rows = [
        (str(each.row.id), f"{each.row.typed}, {each.row.dose}, {_stored(each.row)}")
        for each in judged
        if any(ingredient.name in named for match in each.matches for ingredient in match.ingredients)
    ]
    if found.rule is CombinedRule.RAISED_BP:
        rows.append(("bp_above_limit", str(_bp_above_limit(facts))))
    return finding(
        f"med.together.{found.rule}",
        found.level,
        found.title,
        "",
        found.action,
        STEP,
        inputs=tuple(rows),
    )
